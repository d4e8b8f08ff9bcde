import type { DynamoDBRecord } from 'aws-lambda';
import { siteOf } from '../../functions/publish/model/site.ts';
import { type PublishHandler, publishHandler } from '../../functions/publish/receive/handler.ts';
import { DIRECTORY } from '../../functions/publish/states/directory.ts';
import { EDITIONS, editionState } from '../../functions/publish/states/edition-state.ts';
import { HISTORY, historyState } from '../../functions/publish/states/history-states.ts';
import { Bucket } from '../../shared/aws/bucket.ts';
import type { Article } from '../../shared/model/article.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings/settings.ts';
import { recordKey } from '../../shared/table/article-item.ts';
import { Articles } from '../../shared/table/articles.ts';
import { RECORD_SK } from '../../shared/table/keys.ts';
import { liveArticle } from './copy.ts';
import { MemoryS3 } from './memory-s3.ts';
import { MemoryTable } from './memory-table.ts';
import { stateKeys, stateOf } from './seeded-archive.ts';
import { tableOf } from './seeded-table.ts';
import { type Synthetic, syntheticArchive } from './synthetic.ts';
import { countingWire, type Tally } from './tally.ts';

/** The changes whose cost is measured. */
export const CHANGES = {
  new: 'a new article',
  correction: 'a correction',
  withdrawal: 'a withdrawal',
  old: 'a correction of an old one',
} as const;
export type ChangeName = keyof typeof CHANGES;

/** What the publication of one change took. */
export interface Cost extends Tally {
  /** Milliseconds of this process, user and system. */
  cpu: number;
}

/** An archive of a size, at work. */
export interface Newsroom {
  size: number;
  /** Publishes the next change of a kind. */
  measure(kind: ChangeName): Promise<Cost>;
}

const SITE = siteOf(DEFAULT_SETTINGS, 'https://news.example.org');

/** The instant of every tick, after all articles. */
const NOW = '2026-12-31T00:00:00.000Z';

/** Minutes between the new articles. */
const PACE = 10;

/** The format of a state. States in their first format do not name it. */
function formatOf(key: string): number | undefined {
  if (key === DIRECTORY.key) return DIRECTORY.format;
  if (key.startsWith(EDITIONS)) return editionState({ kind: 'all' }, { language: 'en' }).format;
  return key.startsWith(HISTORY) ? historyState(0).format : undefined;
}

/** An archive in memory whose articles have all been published, with its publish function. */
export function openArchive(size: number) {
  const archive = syntheticArchive(size);
  const { wire, take } = countingWire();
  const records: DynamoDBRecord[] = [];
  const table = new MemoryTable({
    name: 'articles',
    wire,
    seed: tableOf(archive),
    onRecord: record => {
      if (record.dynamodb?.Keys?.sk?.S === RECORD_SK) records.push(record);
    },
  });
  const s3 = new MemoryS3({
    wire,
    etags: 'counter',
    seed: (bucket, key) => {
      const state = bucket === 'storage' ? stateOf(key, archive, deps) : undefined;
      if (state === undefined) return undefined;
      const format = formatOf(key);
      const metadata = format === undefined ? undefined : { format: String(format) };
      return { bytes: Buffer.from(JSON.stringify(state)), ...(metadata && { metadata }) };
    },
    seedKeys: (bucket, prefix) => (bucket === 'storage' ? stateKeys(prefix, archive) : []),
  });
  const articles = new Articles(table.client, 'articles', { namespace: 'copydesk' });
  const deps = {
    articles,
    storage: new Bucket(s3.client, 'storage'),
    siteBucket: new Bucket(s3.client, 'site'),
    site: SITE,
    now: () => NOW,
    onBroken: (error: Error) => {
      throw error;
    },
  };
  const publish = publishHandler({
    ...deps,
    duplicates: DEFAULT_SETTINGS.duplicates,
    log: () => undefined,
  });
  return { archive, articles, deps, publish, records, take };
}

/** Makes an archive of so many articles, in memory, as if all of them had been published. */
export function openNewsroom(size: number): Newsroom {
  const { archive, articles, publish, records, take } = openArchive(size);
  const changes = changesOf(archive);

  /** Publishes what `write` changes; what it costs is counted from there on. */
  const published = async (write: () => Promise<unknown>): Promise<Cost> => {
    records.length = 0;
    await write();
    return costOf(publish, records.splice(0), take);
  };
  const current = async (id: string) => {
    const record = await articles.get(id);
    if (record === undefined || !('headline' in record)) throw new Error(`There is no article ${id}.`);
    return record;
  };
  /** So that every view that it stands in has been written, and its files are there. */
  const settle = async (article: Article) => {
    await costOf(publish, [touched(article)], take);
  };
  const replaced = async (article: Article, fields: Partial<Article>) =>
    published(() => articles.replace(article, { ...article, ...fields, version: article.version + 1 }));

  return {
    size,
    async measure(kind) {
      if (kind === 'new') return published(() => articles.replace(undefined, changes.next()));
      const article = await current(kind === 'old' ? changes.old() : changes.recent());
      await settle(article);
      if (kind !== 'withdrawal')
        return replaced(article, {
          headline: `${article.headline}, corrected`,
          revision: article.revision + 1,
        });
      const cost = await replaced(article, { status: 'withdrawn' });
      await replaced(await current(article.id), { status: 'live' });
      return cost;
    },
  };
}

async function costOf(publish: PublishHandler, Records: DynamoDBRecord[], take: () => Tally): Promise<Cost> {
  take();
  const before = process.cpuUsage();
  await publish({ Records });
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1_000, ...take() };
}

/** A change record that says no more than that something was written. */
function touched({ id }: Article): DynamoDBRecord {
  const { pk, sk } = recordKey(id);
  return { dynamodb: { Keys: { pk: { S: pk }, sk: { S: sk } } } };
}

/** Which articles are changed: of the busiest section, or old ones, all with as many tags and authors. */
function changesOf(archive: Synthetic) {
  const { size } = archive;
  const newest = archive.article(size - 1);
  const isLikeIt = (number: number) => {
    const { tags, authors } = archive.article(number);
    return tags.length === newest.tags.length && authors.length === newest.authors.length;
  };
  let made = 0;
  let recent = size;
  let old = 0;
  return {
    next(): Article {
      made++;
      const published = new Date(Date.parse(newest.publishedAt) + made * PACE * 60_000).toISOString();
      const { section, tags, authors, bodyHtml, summary } = newest;
      const headline = `Council of new district ${made} votes on the harbour plan for a second time`;
      return liveArticle(`world/new-${made}.md`, published, {
        section,
        tags,
        authors,
        bodyHtml,
        summary,
        headline,
      });
    },
    recent(): string {
      do recent = recent <= size - 40 ? size - 1 : recent - 1;
      while (archive.article(recent).section !== newest.section);
      return archive.article(recent).id;
    },
    old(): string {
      // Here and there in the older half, never the same again where there are enough.
      do old = (old + Math.max(1, Math.floor(size / 500)) + 1) % Math.floor(size / 2);
      while (!isLikeIt(old));
      return archive.article(old).id;
    },
  };
}
