import type { DynamoDBRecord } from 'aws-lambda';
import { siteOf } from '../../functions/publish/model/site.ts';
import { bulkHandler } from '../../functions/publish/receive/bulk.ts';
import { publishHandler } from '../../functions/publish/receive/handler.ts';
import { runBulk } from '../../local/bulk-run.ts';
import { Bucket } from '../../shared/aws/bucket.ts';
import type { Article } from '../../shared/model/article.ts';
import { type BulkEvent, bulkRunName } from '../../shared/model/bulk-run.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings/settings.ts';
import { Articles } from '../../shared/table/articles.ts';
import { RECORD_SK } from '../../shared/table/keys.ts';
import { liveArticle } from './copy.ts';
import { MemoryS3 } from './memory-s3.ts';
import { MemoryTable } from './memory-table.ts';
import { randomFrom } from './random.ts';
import { DIRECT, type Wire } from './wire.ts';

/** What AWS bills of a run over all articles. */
export interface RepublishCounts {
  /** PUT, COPY and LIST of S3. */
  s3Writes: number;
  /** GET and HEAD of S3. */
  s3Reads: number;
  /** Units of the table. */
  tableReads: number;
  tableWrites: number;
}

/** A run in parts: what grows with the articles, with the editions, and with neither. */
export interface RepublishCost {
  articles: RepublishCounts;
  editions: RepublishCounts;
  finish: RepublishCounts;
}

/** A site whose articles have all been published, in memory. */
export interface RepublishedSite {
  /** Number of editions: the main one, sections, tags and authors. */
  editions: number;
  /** Loses the files and all states. */
  lose(): Promise<void>;
  /** Publishes everything again. */
  republish(onProgress?: (done: number) => void): Promise<RepublishCost>;
}

const SECTIONS = 5;
const TAGS = 30;
const AUTHORS = 20;

/** Articles that one call publishes as they are filed. */
const FILED_TOGETHER = 1_000;

/** Words of a body, which then has about 5 KB. */
const PARAGRAPHS = 15;
const WORDS_PER_PARAGRAPH = 50;

/** The instant of the first article, and the time between two. */
const FIRST = Date.UTC(2026, 9, 1);
const MINUTE_MS = 60_000;

const NOW = '2026-12-31T00:00:00.000Z';

const WRITES = new Set(['PutObject', 'CopyObject', 'ListObjectsV2']);
const FREE = new Set(['DeleteObject']);

/**
 * Makes a site of so many articles of 5 KB in the order of their dates, a minute apart, each with two tags and an
 * author, and publishes them.
 */
export async function openRepublishedSite(
  size: number,
  onProgress: (done: number) => void = () => undefined,
): Promise<RepublishedSite> {
  let counts = nothing();
  const records: DynamoDBRecord[] = [];
  const wire: Wire = (call, act) => {
    if (WRITES.has(call.operation)) counts.s3Writes++;
    else if (!FREE.has(call.operation)) counts.s3Reads++;
    return DIRECT(call, act);
  };
  const table = new MemoryTable({
    name: 'articles',
    wire: DIRECT,
    onRecord: record => {
      if (record.dynamodb?.Keys?.sk?.S === RECORD_SK) records.push(record);
    },
    onCapacity: ({ reads, writes }) => {
      counts.tableReads += reads;
      counts.tableWrites += writes;
    },
  });
  const s3 = new MemoryS3({ wire, etags: 'counter' });
  const [storage, siteBucket] = [new Bucket(s3.client, 'storage'), new Bucket(s3.client, 'site')];
  const articles = new Articles(table.client, 'articles', { namespace: 'copydesk' });
  const deps = {
    ...{ articles, storage, siteBucket },
    site: siteOf(DEFAULT_SETTINGS, 'https://news.example.org'),
    duplicates: DEFAULT_SETTINGS.duplicates,
    now: () => NOW,
    log: () => undefined,
  };
  const publish = publishHandler(deps);
  for (let from = 0; from < size; from += FILED_TOGETHER) {
    for (let number = from; number < Math.min(size, from + FILED_TOGETHER); number++)
      await articles.replace(undefined, articleOf(number));
    await publish({ Records: records.splice(0) });
    onProgress(Math.min(size, from + FILED_TOGETHER));
  }
  return {
    editions: 1 + SECTIONS + TAGS + AUTHORS,
    async lose() {
      for (const bucket of [siteBucket, storage])
        for await (const key of bucket.keys()) await bucket.delete(key);
    },
    async republish(onProgress = () => undefined) {
      const cost = { articles: nothing(), editions: nothing(), finish: nothing() };
      const bulk = bulkHandler(deps);
      // One batch after the other, or chance would decide how often two batches read a page that they share.
      let last: Promise<unknown> = Promise.resolve();
      const counted = (event: BulkEvent) => {
        const call = last.then(async () => {
          counts = nothing();
          const answer = await bulk(event);
          add(cost[partOf(event)], counts);
          return answer;
        });
        last = call;
        return call;
      };
      const order = { kind: 'publish' } as const;
      await runBulk({
        ...{ run: bulkRunName(order, new Date()), order },
        storage,
        functions: {
          publish: counted,
          reprocess: () => Promise.reject(new Error('Nothing is parsed here.')),
        },
        onProgress: ({ done }) => onProgress(done),
      });
      return cost;
    },
  };
}

function articleOf(number: number): Article {
  const random = randomFrom(number);
  const word = () => random.below(2 ** 24).toString(36);
  const paragraph = () => `<p>${Array.from({ length: WORDS_PER_PARAGRAPH }, word).join(' ')}.</p>`;
  return liveArticle(`story-${number}.md`, new Date(FIRST + number * MINUTE_MS).toISOString(), {
    headline: `Council ${number} votes on the plan for the ${word()} harbour`,
    section: `Section ${number % SECTIONS}`,
    tags: [number % TAGS, (number * 7 + 1) % TAGS].map(tag => `Topic ${tag}`),
    authors: [{ name: `Reporter ${number % AUTHORS}` }],
    bodyHtml: Array.from({ length: PARAGRAPHS }, paragraph).join(''),
  });
}

function partOf(event: BulkEvent): keyof RepublishCost {
  if (event.copydesk !== 'bulk-work') return 'articles';
  return event.batch.editions ? 'editions' : event.batch.finish ? 'finish' : 'articles';
}

function nothing(): RepublishCounts {
  return { s3Writes: 0, s3Reads: 0, tableReads: 0, tableWrites: 0 };
}

function add(sum: RepublishCounts, counts: RepublishCounts): void {
  for (const name of Object.keys(sum) as (keyof RepublishCounts)[]) sum[name] += counts[name];
}
