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
import { TableClient } from '../../../shared/table/table-client.ts';
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
let table: TableClient;
let changes: DynamoDBRecord[];
/** Key of the object whose requests fail. */
let broken: string | undefined;
/** What happens before the next write of a key. After that write every request fails, as if the function had died. */
let meanwhile: { key: string; run(): Promise<void> } | undefined;
let isDead: boolean;

beforeEach(() => {
  minutes = 0;
  changes = [];
  broken = meanwhile = undefined;
  isDead = false;
  const wire: Wire = async (call, act) => {
    if (isDead || call.key === broken) throw fault('AccessDenied', 403);
    if (call.operation !== 'PutObject' || call.key !== meanwhile?.key) return DIRECT(call, act);
    const { run } = meanwhile;
    meanwhile = undefined;
    await run();
    const answer = await DIRECT(call, act);
    isDead = true;
    return answer;
  };
  const now = () => Date.UTC(2026, 10, 24) + minutes * 60_000;
  const clock = () => new Date(now()).toISOString();
  const memory = new MemoryTable({
    name: 'articles',
    wire,
    onRecord: record => {
      if (record.dynamodb?.Keys?.sk?.S === RECORD_SK) changes.push(record);
    },
  });
  const { client } = new MemoryS3({ wire, now });
  table = new TableClient(memory.client, 'articles');
  articles = new Articles(memory.client, 'articles', { namespace: 'copydesk' });
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

test.each([
  { name: 'a kill', fields: { status: 'withdrawn' } },
  { name: 'other tags', fields: { tags: ['Rail'] } },
])('$name beside a tick that stores the article and then dies', async ({ fields }) => {
  await file(1);
  const waiting = await file(2);
  const run = () => change(waiting, fields as Partial<Article>);
  meanwhile = { key: 'editions/tags/ports.json', run };
  await expect(tickAfter(WAIT_MINUTES)).rejects.toThrow();
  isDead = false;
  await tickAfter(1);
  await file(3);
  await tickAfter(WAIT_MINUTES);
  expect(await naming(3, ['tags/ports/feed.json'])).toHaveLength(1);
  expect(await naming(2, ['tags/ports/feed.json'])).toEqual([]);
});

test('a killed article stays among the changes that are tried first if a tick fails too', async () => {
  await file(1);
  const waiting = await file(2);
  broken = 'archive/0/feed.xml';
  await change(waiting, { status: 'withdrawn' } as Partial<Article>);
  await tickAfter(WAIT_MINUTES);
  expect(await articles.unpublished.read('id2')).toMatchObject({ isGone: true });
});

test('the history waits also in a month whose count is rounded in the list of months', async () => {
  for (let number = 1; number <= 120; number++) await store(number);
  await publishChanges();
  minutes = 60;
  await file(201);
  await file(202);
  const history = ['archive/2/feed.xml', 'sitemaps/000.xml'];
  expect(await naming(202, history)).toEqual([]);
  await tickAfter(WAIT_MINUTES);
  expect(await naming(202, history)).toEqual(history);
});

test('a kill finds the editions of an article that a restored table forgot before the history showed it', async () => {
  await file(1);
  const forgotten = await file(2, { tags: ['Rail'] });
  const shown = [...AT_ONCE, 'tags/rail/feed.json'];
  expect(await naming(2, ALL.concat('tags/rail/feed.json'))).toEqual(shown);
  for await (const { pk, sk } of table.scan())
    if (`${pk} ${sk}`.includes('id2')) await table.delete('id2', { pk: String(pk), sk: String(sk) });
  changes = [];
  await articles.replace(undefined, { ...forgotten, status: 'withdrawn' } as Article);
  await publishChanges();
  expect(await naming(2, shown)).toEqual([]);
});

test('what waits longest is written first, and an article entered again stays', async () => {
  const { postponed } = articles;
  const waiting = (id: string, minute: number) => ({
    id,
    since: `2026-11-24T00:0${minute}:00.000Z`,
    change: {},
  });
  await postponed.enter([waiting('b', 1)]);
  await postponed.enter([waiting('c', 0), waiting('a', 0)]);
  const [oldest, ...others] = await postponed.list(3);
  expect([oldest, ...others].map(each => each?.id)).toEqual(['a', 'c', 'b']);
  await postponed.enter([waiting('a', 2)]);
  if (oldest) await postponed.remove([oldest]);
  expect((await postponed.list(9)).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
});
