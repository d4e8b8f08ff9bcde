import type { Article, ArticleRecord } from '../../shared/article.ts';
import type { Articles } from '../../shared/articles.ts';
import { liveArticle } from './copy.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

const SECTIONS = ['World', 'Sport', 'Science'];
const TAGS = ['Ports', 'Rowing', 'Weather', 'Elections', 'Rail'];
const AUTHORS = ['The Desk', 'The Night Desk', 'The Wire'];

/** Most steps in the life of an article, and the longest time between two of them, in milliseconds. */
const STEPS = 6;
const STEP_MS = 4_000;

/** The days on which articles are published: of two months. */
export const DAYS = ['2026-10-30', '2026-10-31', '2026-11-01'];

/** Articles come in no order of time. */
function someInstant(random: Random): string {
  return new Date(Date.parse(random.pick(DAYS)) + random.below(24) * 3_600_000).toISOString();
}

/** Writes the life of one article into the table: created, and then changed as `random` has it. */
export async function writeLife(
  number: number,
  { articles, random, time }: { articles: Articles; random: Random; time: VirtualTime },
): Promise<void> {
  let plan = lived(liveArticle(`desk/${number}.md`, someInstant(random)), 1, random);
  for (let step = random.below(STEPS); step >= 0; step--) {
    await time.sleep(random.below(STEP_MS));
    await write(articles, plan);
    plan = lived(plan, plan.version + 1, random);
  }
}

/** Until it is written: like ingest, whose message is delivered again when it fails. */
async function write(articles: Articles, next: Article): Promise<void> {
  for (;;) {
    try {
      const current = await articles.getForWrite(next.id);
      if (current !== undefined && current.version >= next.version) return;
      if (await articles.replace(current, recorded(next))) return;
    } catch {
      // The wire: again.
    }
  }
}

/** What is stored: of an article that was deleted, its tombstone. Marked by a slug of its own, for want of a status. */
function recorded(article: Article): ArticleRecord {
  if (article.slug !== DELETED) return article;
  const { id, guid, source, version, ingestedAt, permalink, revision } = article;
  return { id, guid, source, version, ingestedAt, permalink, revision, status: 'deleted' };
}

const DELETED = 'deleted';

/** The article after one more thing has happened to it. */
function lived(before: Article, version: number, random: Random): Article {
  const slug = `story-${before.id}`;
  const next: Article = { ...before, version, slug, status: 'live' };
  const revised = {
    ...next,
    revision: before.revision + 1,
    headline: `Story ${before.id} revised ${version}`,
  };
  switch (random.below(11)) {
    case 0:
    case 1:
      return { ...next, status: 'withdrawn' };
    case 2:
      return { ...next, slug: DELETED };
    case 3:
      return { ...next, status: 'scheduled', embargoUntil: '2030-01-01T00:00:00.000Z' };
    case 4:
      return { ...revised, pinned: random.chance(0.5) };
    case 5:
      return { ...next, publishedAt: someInstant(random) };
    case 6:
      return { ...revised, correction: `It was ${version}.` };
    default:
      return {
        ...revised,
        section: random.pick(SECTIONS),
        tags: random.shuffled(TAGS).slice(0, random.below(3)),
        authors: random
          .shuffled(AUTHORS)
          .slice(0, random.below(3))
          .map(name => ({ name })),
      };
  }
}
