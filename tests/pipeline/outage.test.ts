import { setTimeout } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { siteOf } from '../../functions/publish/model/site.ts';
import { type PublishHandler, publishHandler } from '../../functions/publish/receive/handler.ts';
import { type InProcessServices, openInProcess } from '../../local/in-process.ts';
import { Bucket } from '../../shared/aws/bucket.ts';
import type { LogLine } from '../../shared/aws/telemetry.ts';
import type { Article } from '../../shared/model/article.ts';
import { readSettings } from '../../shared/settings/settings.ts';
import { Articles } from '../../shared/table/articles.ts';
import { article, instant } from '../support/articles.ts';

/** Changes that cannot be published for a long time, by the clock of the test, on the services of a laptop. */

const MINUTE = 60_000;

let services: InProcessServices;
let publish: PublishHandler;
let articles: Articles;
let site: Bucket;
let log: LogLine[];
let now: number;
/** Whether S3 refuses a write to the site. */
let refuses: (key: string) => boolean;
/** Keys of the pages of articles, in the order in which they were written. */
let pages: string[];
let parked: number;

beforeEach(async () => {
  log = [];
  pages = [];
  parked = 0;
  now = Date.parse(instant(3_600));
  refuses = () => false;
  services = await openInProcess({
    stream: { batchingWindowMs: 1, firstPauseMs: 1 },
    onPublishFailure: () => parked++,
    handlers({ s3, dynamodb, tableName, buckets }) {
      guard(s3, buckets.site);
      articles = new Articles(dynamodb, tableName, { namespace: 'copydesk' });
      site = new Bucket(s3, buckets.site);
      const settings = readSettings({});
      publish = publishHandler({
        articles,
        storage: new Bucket(s3, buckets.storage),
        siteBucket: site,
        site: siteOf(settings, 'https://news.example.org'),
        duplicates: settings.duplicates,
        now: () => new Date(now).toISOString(),
        log: line => log.push(line),
      });
      return { ingest: async () => ({ batchItemFailures: [] }), publish };
    },
  });
});
afterEach(() => services.close());

/** Makes the bucket of the site refuse writes as {@link refuses} says, and notes the pages that it takes. */
function guard(s3: S3Client, bucket: string): void {
  const send = s3.send.bind(s3) as (command: Command) => Promise<unknown>;
  s3.send = (async (command: Command) => {
    const { Bucket: name, Key: key = '' } = command.input;
    const isWrite = name === bucket && /^(Put|Delete|Copy)/.test(command.constructor.name);
    if (isWrite && refuses(key))
      throw Object.assign(new Error('Refused.'), {
        name: 'AccessDenied',
        $metadata: { httpStatusCode: 403 },
      });
    const result = await send(command);
    if (isWrite && key.startsWith('articles/')) pages.push(key);
    return result;
  }) as S3Client['send'];
}

interface Command {
  input: { Bucket?: string; Key?: string };
}

function numbered(number: number, fields: Partial<Article> = {}): Article {
  const id = `id${String(number).padStart(5, '0')}`;
  return article({
    id,
    guid: `urn:test:${id}`,
    headline: `Story ${number}`,
    publishedAt: instant(number),
    permalink: `articles/story-${id}.html`,
    tags: [],
    contentHash: `hash of ${id}`,
    ...fields,
  });
}

async function store(number: number): Promise<Article> {
  const record = numbered(number);
  expect(await articles.replace(undefined, record)).toBe(true);
  return record;
}

async function change(record: Article, fields: Partial<Article>): Promise<Article> {
  const next = { ...record, ...fields, version: record.version + 1 };
  expect(await articles.replace(record, next)).toBe(true);
  return next;
}

const pageOf = async ({ permalink }: Article) => {
  const object = await site.get(permalink);
  return object && Buffer.from(object.bytes).toString();
};

async function ticks(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    now += MINUTE;
    await publish({ copydesk: 'tick' }).catch(() => undefined);
  }
}

async function remembered(): Promise<string[]> {
  const { unpublished } = articles;
  const all = [...(await unpublished.waiting('gone', 1_000)), ...(await unpublished.waiting('live', 1_000))];
  return all.map(({ id }) => id).sort();
}

test('after an hour without the site everything is published when it returns, the killed stories first', async () => {
  const standing = [];
  for (let number = 0; number < 12; number++) standing.push(await store(number));
  await services.idle();
  refuses = () => true;
  pages = [];
  const [killed, alsoKilled, deleted, ...others] = standing as [Article, Article, Article, ...Article[]];
  const corrected = await Promise.all(
    others.map(each => change(each, { headline: `${each.headline}, corrected` })),
  );
  await services.idle();
  await ticks(20);
  await change(killed, { status: 'withdrawn' });
  await services.idle();
  await ticks(20);
  await change(alsoKilled, { status: 'withdrawn' });
  await change(deleted, { status: 'deleted' } as never);
  const fresh = [await store(20), await store(21)];
  await services.idle();
  await ticks(20);
  expect(pages).toEqual([]);
  expect(parked).toBe(0);
  expect(await remembered()).toEqual([...standing, ...fresh].map(({ id }) => id).sort());
  refuses = () => false;
  await ticks(6);
  const gone = [killed, alsoKilled, deleted].map(({ permalink }) => permalink);
  // A kill also writes the pages that listed the story. No other story comes before it.
  const kills = pages.slice(0, Math.max(...gone.map(key => pages.indexOf(key))));
  expect(pages).toEqual(expect.arrayContaining(gone));
  for (const { permalink } of fresh) expect(kills).not.toContain(permalink);
  await ticks(30);
  expect(await remembered()).toEqual([]);
  for (const each of [...corrected, ...fresh]) expect(await pageOf(each)).toContain(each.headline);
  for (const each of [killed, alsoKilled]) expect(await pageOf(each)).not.toContain(each.headline);
  expect(await pageOf(deleted)).not.toContain(deleted.headline);
  const feed = Buffer.from((await site.get('feed.json'))?.bytes ?? []).toString();
  for (const each of [killed, alsoKilled, deleted]) expect(feed).not.toContain(each.id);
  for (const each of [...corrected, ...fresh]) expect(feed).toContain(each.id);
});

test('a change that always fails holds up no other, and is tried less and less', async () => {
  const broken = numbered(0);
  refuses = key => key === broken.permalink;
  for (let number = 0; number < 5; number++) await store(number);
  await services.idle();
  expect(await remembered()).toEqual([broken.id]);
  for (let number = 1; number < 5; number++) expect(await pageOf(numbered(number))).toBeDefined();
  await ticks(120);
  const { tries = 0, since } = (await articles.unpublished.read(broken.id)) ?? {};
  expect(tries).toBeGreaterThan(5);
  expect(tries).toBeLessThan(12);
  expect(since).toBe(instant(3_600));
  const killed = await change(numbered(1), { status: 'withdrawn' });
  await services.idle();
  expect(await pageOf(killed)).not.toContain('Story 1');
  refuses = () => false;
  await ticks(30);
  expect(await remembered()).toEqual([]);
  expect(await pageOf(broken)).toContain('Story 0');
});

test('a change that fails again while it is retried is not forgotten', async () => {
  const story = await store(0);
  await services.idle();
  refuses = () => true;
  const second = await change(story, { headline: 'Second headline' });
  await services.idle();
  const known = await articles.unpublished.read(story.id);
  expect(known).toMatchObject({ written: 1 });
  await change(second, { headline: 'Third headline' });
  await services.idle();
  if (known) await articles.unpublished.forget(known);
  expect(await articles.unpublished.read(story.id)).toMatchObject({ written: 2 });
  refuses = () => false;
  const { retried } = await publish({ copydesk: 'retry' });
  expect(retried).toEqual({ published: 1, failures: 0, left: 0 });
  expect(await pageOf(story)).toContain('Third headline');
  expect(await remembered()).toEqual([]);
});

test('a retry by command does not wait for the end of a pause, and says what fails', async () => {
  refuses = () => true;
  const story = await store(0);
  await services.idle();
  await ticks(10);
  expect((await articles.unpublished.waiting('live', 10))[0]?.next).toBeDefined();
  const order = () => publish({ copydesk: 'retry' });
  expect((await order()).retried).toEqual({ published: 0, failures: 1, left: 0 });
  refuses = () => false;
  expect((await order()).retried).toEqual({ published: 1, failures: 0, left: 0 });
  expect(await pageOf(story)).toContain('Story 0');
  expect((await order()).retried).toEqual({ published: 0, failures: 0, left: 0 });
});

test('one retry stops after some failures, and leaves the rest for the next', async () => {
  refuses = () => true;
  for (let number = 0; number < 40; number++) await store(number);
  await setTimeout(0);
  await services.idle();
  expect(await remembered()).toHaveLength(40);
  log.length = 0;
  await ticks(1);
  // The others were not tried, so they are still due.
  expect(log.filter(({ event }) => event === 'publish.failed').length).toBeLessThan(11);
  const due = (await articles.unpublished.waiting('live', 100)).filter(({ next }) => Date.parse(next) <= now);
  expect(due.length).toBeGreaterThan(30);
  refuses = () => false;
  await ticks(1);
  expect((await remembered()).length).toBeLessThan(10);
});
