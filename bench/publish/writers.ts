import type { Article, ArticleRecord } from '../../shared/model/article.ts';
import { statusAt } from '../../shared/model/schedule.ts';
import type { Articles } from '../../shared/table/articles.ts';
import { liveArticle } from './copy.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

const SECTIONS = ['World', 'Sport', 'Science'];
const TAGS = ['Ports', 'Rowing', 'Weather', 'Elections', 'Rail'];
const AUTHORS = ['The Desk', 'The Night Desk', 'The Wire'];

/** Most steps in the life of an article, and the longest time between two of them, in milliseconds. */
const STEPS = 6;
const STEP_MS = 4_000;

/** Longest time until an article falls due that was written to do so, in milliseconds. */
export const DUE_MS = 6_000;

/** The days on which articles are published: of two months. */
export const DAYS = ['2026-10-30', '2026-10-31', '2026-11-01'];

/** Articles come in no order of time. */
function someInstant(random: Random): string {
  return new Date(Date.parse(random.pick(DAYS)) + random.below(24) * 3_600_000).toISOString();
}

/** Who writes, and when: `start` is the instant at which `time` began, in milliseconds since 1970. */
interface WriterDeps {
  articles: Articles;
  random: Random;
  time: VirtualTime;
  start: number;
}

/** Writes the life of one article into the table: created, and then changed as `random` has it. */
export async function writeLife(number: number, deps: WriterDeps): Promise<void> {
  const { random, time, start } = deps;
  let plan = liveArticle(`desk/${number}.md`, someInstant(random));
  for (let left = random.below(STEPS), step = 1; left >= 0; left--, step++) {
    await time.sleep(random.below(STEP_MS));
    plan = lived(plan, step, start + time.now, random);
    await write(plan, deps);
  }
}

/** Until it is written: like ingest, whose message is delivered again when it fails, and which a sequencer keeps from writing twice. */
async function write(plan: Article, { articles, time, start }: WriterDeps): Promise<void> {
  for (;;) {
    try {
      const current = await articles.getForWrite(plan.id);
      if (current !== undefined && current.source.sequencer >= plan.source.sequencer) return;
      const now = new Date(start + time.now).toISOString();
      const status = plan.status === 'live' ? statusAt(plan, now) : {};
      const changed = recorded({ ...plan, ...status, version: (current?.version ?? 0) + 1 });
      if (await articles.replace(current, articles.withNews(changed, current, now))) return;
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

/** The article after one more thing has happened to it at `now`. */
function lived(before: Article, step: number, now: number, random: Random): Article {
  const { embargoUntil: _, expiresAt: __, ...lasting } = before;
  const slug = `story-${before.id}`;
  const source = { ...before.source, sequencer: String(step).padStart(16, '0') };
  const next: Article = { ...lasting, source, slug, status: 'live' };
  const revised = {
    ...next,
    revision: before.revision + 1,
    headline: `Story ${before.id} revised ${step}`,
  };
  const soon = () => new Date(now + random.below(DUE_MS)).toISOString();
  switch (random.below(14)) {
    case 0:
    case 1:
      return { ...next, status: 'withdrawn' };
    case 2:
      return { ...next, slug: DELETED };
    case 3:
      return { ...next, embargoUntil: '2030-01-01T00:00:00.000Z' };
    case 4:
      return { ...revised, pinned: random.chance(0.5) };
    case 5:
      return { ...next, publishedAt: someInstant(random) };
    case 6:
      return { ...revised, correction: `It was ${step}.` };
    case 7:
      return { ...revised, embargoUntil: soon() };
    case 8:
      return { ...revised, expiresAt: soon() };
    case 9:
      return { ...revised, publishedAt: soon() };
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
