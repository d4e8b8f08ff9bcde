import type { DynamoDBRecord } from 'aws-lambda';
import { MemoryS3 } from '../../../bench/publish/memory-s3.ts';
import { MemoryTable } from '../../../bench/publish/memory-table.ts';
import { DIRECT, fault, type Wire } from '../../../bench/publish/wire.ts';
import { type PublishHandler, publishHandler } from '../../../functions/publish/receive/handler.ts';
import { Bucket } from '../../../shared/aws/bucket.ts';
import type { Article } from '../../../shared/model/article.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/settings.ts';
import { Articles } from '../../../shared/table/articles.ts';
import { RECORD_SK } from '../../../shared/table/keys.ts';
import { article } from '../../support/articles.ts';
import { SITE } from '../feeds/sample.ts';

const WAIT_MINUTES = 15;

/** The views that can wait, and those that never do. */
const TOPICS = ['tags/ports/feed.json', 'authors/ann-lee/feed.json'];
const HISTORY = ['archive/0/feed.xml', 'archive/2026/11/23/index.html', 'sitemaps/000.xml'];
const AT_ONCE = ['feed.json', 'world/feed.json'];

let minutes: number;
let articles: Articles;
let site: Bucket;
let publish: PublishHandler;
let changes: DynamoDBRecord[];
/** Key of the object whose requests fail. */
let broken: string | undefined;

beforeEach(() => {
  minutes = 0;
  changes = [];
  broken = undefined;
  const wire: Wire = async (call, act) => {
    if (call.key === broken) throw fault('AccessDenied', 403);
    return DIRECT(call, act);
  };
  const now = () => Date.UTC(2026, 10, 24) + minutes * 60_000;
  const clock = () => new Date(now()).toISOString();
  const table = new MemoryTable({
    name: 'articles',
    wire,
    onRecord: record => {
      if (record.dynamodb?.Keys?.sk?.S === RECORD_SK) changes.push(record);
    },
  });
  const { client } = new MemoryS3({ wire, now });
  articles = new Articles(table.client, 'articles', { namespace: 'copydesk' });
  site = new Bucket(client, 'site');
  publish = publishHandler({
    articles,
    storage: new Bucket(client, 'storage'),
    siteBucket: site,
    site: SITE,
    duplicates: DEFAULT_SETTINGS.duplicates,
    now: clock,
    log: () => undefined,
    postponing: { waitMs: WAIT_MINUTES * 60_000, now: clock },
  });
});

async function publishChanges(): Promise<void> {
  await publish({ Records: changes.splice(0) });
}

/** Stores a live article, and publishes it. */
async function file(number: number, fields: Partial<Article> = {}): Promise<Article> {
  const made = await store(number, fields);
  await publishChanges();
  return made;
}

async function store(number: number, fields: Partial<Article> = {}): Promise<Article> {
  const made = article({
    id: `id${number}`,
    guid: `urn:test:${number}`,
    headline: `Story ${number}`,
    publishedAt: new Date(Date.UTC(2026, 10, 23) + number * 1_000).toISOString(),
    permalink: `articles/id${number}.html`,
    section: 'World',
    tags: ['Ports'],
    authors: [{ name: 'Ann Lee' }],
    ...fields,
  });
  await articles.replace(undefined, made);
  return made;
}

async function change(record: Article, fields: Partial<Article>): Promise<void> {
  await articles.replace(record, { ...record, ...fields, version: record.version + 1 } as Article);
  await publishChanges();
}

async function tickAfter(passed: number): Promise<void> {
  minutes += passed;
  await publish({ copydesk: 'tick' });
}

/** The given files that name the address of an article. */
async function naming(number: number, keys: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const key of keys) {
    const body = Buffer.from((await site.get(key))?.bytes ?? []).toString();
    if (body.includes(`articles/id${number}.html`)) found.push(key);
  }
  return found;
}

const ALL = [...AT_ONCE, ...TOPICS, ...HISTORY];

test('busy topics and the history get new articles together, the main edition and the section at once', async () => {
  await file(1);
  expect(await naming(1, ALL)).toEqual(ALL);
  minutes = 10;
  await file(2);
  await file(3);
  expect(await naming(2, ALL)).toEqual(AT_ONCE);
  await tickAfter(WAIT_MINUTES - 1);
  expect(await naming(2, ALL)).toEqual(AT_ONCE);
  await tickAfter(1);
  expect(await naming(2, ALL)).toEqual(ALL);
  expect(await naming(3, ALL)).toEqual(ALL);
  expect(await articles.postponed.list(1)).toEqual([]);
});

test('a topic that was quiet for twice the wait gets an article at once', async () => {
  await file(1, { tags: ['Rail'] });
  await file(2, { tags: ['Ports'] });
  minutes = 2 * WAIT_MINUTES - 1;
  await file(5, { tags: ['Ports'] });
  expect(await naming(5, ALL)).toEqual(AT_ONCE);
  await tickAfter(WAIT_MINUTES);
  minutes += 2 * WAIT_MINUTES;
  await file(3, { tags: ['Ports'] });
  minutes += 1;
  await file(4, { tags: ['Rail', 'Ports'] });
  expect(await naming(3, ALL)).toEqual(ALL);
  expect(await naming(4, [...ALL, 'tags/rail/feed.json'])).toEqual([...AT_ONCE, 'tags/rail/feed.json']);
});

test('corrections and kills of waiting articles do not wait', async () => {
  await file(1);
  const corrected = await file(2);
  const killed = await file(3);
  await change(corrected, { headline: 'Story 2, corrected' });
  expect(await naming(2, ALL)).toEqual(ALL);
  await change(killed, { status: 'withdrawn' } as Partial<Article>);
  await tickAfter(WAIT_MINUTES);
  expect(await naming(3, ALL)).toEqual([]);
  expect(Buffer.from((await site.get('articles/id3.html'))?.bytes ?? []).toString()).toContain('noindex');
});

test('a large batch, and a change beside a new article, postpone nothing of theirs', async () => {
  const first = await file(1);
  for (let number = 2; number < 30; number++) await store(number);
  await publishChanges();
  expect(await naming(29, ALL)).toEqual(ALL);
  await store(30, { tags: ['Rail'] });
  await change(first, { tags: ['Rail'] });
  expect(await naming(1, TOPICS)).toEqual(['authors/ann-lee/feed.json']);
  expect(await naming(30, ['authors/ann-lee/feed.json', 'tags/rail/feed.json'])).toHaveLength(2);
});

test('views that could not be written are remembered and tried again', async () => {
  await file(1);
  await file(2);
  broken = 'tags/ports/feed.xml';
  await tickAfter(WAIT_MINUTES);
  broken = undefined;
  expect(await articles.postponed.list(1)).toEqual([]);
  expect(await publish({ copydesk: 'retry' })).toMatchObject({ retried: { published: 1, left: 0 } });
  expect(await naming(2, ALL)).toEqual(ALL);
});

test('what waits longest is written first, and an article entered again stays', async () => {
  const { postponed } = articles;
  await postponed.enter(['b'], '2026-11-24T00:01:00.000Z');
  await postponed.enter(['c', 'a'], '2026-11-24T00:00:00.000Z');
  const [oldest, ...others] = await postponed.list(3);
  expect([oldest, ...others].map(waiting => waiting?.id)).toEqual(['a', 'c', 'b']);
  await postponed.enter(['a'], '2026-11-24T00:02:00.000Z');
  if (oldest) await postponed.remove([oldest]);
  expect((await postponed.list(9)).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
});
