import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { MemoryS3 } from '../../../bench/publish/memory-s3.ts';
import { MemoryTable } from '../../../bench/publish/memory-table.ts';
import { type Call, DIRECT, type Wire } from '../../../bench/publish/wire.ts';
import { waitingChanges } from '../../../functions/publish/jobs/retry-unpublished.ts';
import { siteOf } from '../../../functions/publish/model/site.ts';
import { publishHandler } from '../../../functions/publish/receive/handler.ts';
import type { PublishHandlerDeps } from '../../../functions/publish/receive/handler-deps.ts';
import { Bucket } from '../../../shared/aws/bucket.ts';
import type { LogLine } from '../../../shared/aws/telemetry.ts';
import { CopydeskError } from '../../../shared/errors/errors.ts';
import type { Article } from '../../../shared/model/article.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/settings.ts';
import { toItem } from '../../../shared/table/article-item.ts';
import { Articles } from '../../../shared/table/articles.ts';
import { article, instant, source } from '../../support/articles.ts';

/** Services in memory, each call of which the test may see and refuse. */
class World {
  readonly log: LogLine[] = [];
  readonly changes: DynamoDBRecord[] = [];
  readonly client: DynamoDBClient;
  readonly articles: Articles;
  readonly deps: PublishHandlerDeps;
  now = instant(3600);
  refuse: (call: Call) => Error | undefined = () => undefined;

  constructor(parts: Partial<PublishHandlerDeps> = {}) {
    const wire: Wire = (call, act) => {
      const error = this.refuse(call);
      return error ? Promise.reject(error) : DIRECT(call, act);
    };
    const { client } = new MemoryTable({
      name: 'articles',
      wire,
      onRecord: record => this.changes.push(record),
    });
    this.client = client;
    this.articles = new Articles(client, 'articles', { namespace: 'copydesk' });
    const s3 = new MemoryS3({ wire }).client;
    this.deps = {
      articles: this.articles,
      storage: new Bucket(s3, 'storage'),
      siteBucket: new Bucket(s3, 'site'),
      site: siteOf(DEFAULT_SETTINGS, 'https://news.example.org'),
      duplicates: DEFAULT_SETTINGS.duplicates,
      now: () => this.now,
      log: line => this.log.push(line),
      ...parts,
    };
  }

  /** Writes records, and takes the changes that came of it. */
  async write(...records: Article[]): Promise<DynamoDBStreamEvent> {
    for (const record of records) await this.articles.replace(undefined, record);
    const Records = this.changes.splice(0).filter(({ dynamodb }) => dynamodb?.Keys?.sk?.S === 'record');
    return { Records };
  }

  /** Writes a record as an edit by hand may leave it. */
  async break(record: Article): Promise<void> {
    await this.client.send(
      new PutCommand({ TableName: 'articles', Item: { ...toItem(record), headline: 7 } }),
    );
  }

  async file(key: string): Promise<string | undefined> {
    const object = await this.deps.siteBucket.get(key);
    return object && Buffer.from(object.bytes).toString();
  }

  lines(event: LogLine['event']): LogLine[] {
    return this.log.filter(line => line.event === event);
  }
}

const story = (name: string, fields: Partial<Article> = {}) =>
  article({
    source: source({ key: `world/${name}.txt` }),
    headline: `Story ${name}`,
    contentHash: `hash-${name}`,
    ...fields,
  });
const CONTEXT = { awsRequestId: 'r1', getRemainingTimeInMillis: () => 60_000 };
const boom = new CopydeskError('table-busy', 'Later.');

describe('a batch of changes', () => {
  test('is published as one, and the line tells how much and for how long readers waited', async () => {
    const world = new World();
    const event = await world.write(story('a'), story('b'));
    const written: string[] = [];
    world.deps.fetch = async () => new Response();
    expect(
      await publishHandler({ ...world.deps, onWritten: key => written.push(key) })(event, CONTEXT),
    ).toEqual({ batchItemFailures: [] });
    expect(await world.file('feed.xml')).toContain('Story a');
    const [line] = world.lines('edition.published');
    expect(line).toMatchObject({
      requestId: 'r1',
      articles: 2,
      ids: [story('a').id, story('b').id],
      metrics: { Age: [3600, 3600], EditionsTouched: line?.views, FilesWritten: line?.files },
    });
    expect(line?.files).toBeGreaterThan(5);
    expect(line?.ms).toBeGreaterThanOrEqual(0);
    expect(line?.ms).toBeLessThan(60_000);
    expect(line?.metrics?.BytesWritten).toBeGreaterThan(1_000);
  });

  test('names each article once, and what it left before the last of its changes', async () => {
    const world = new World();
    const publish = publishHandler(world.deps);
    const first = story('a', { section: 'world' });
    await publish(await world.write(first));
    const second = { ...first, section: 'sport', version: 2 };
    const third = { ...second, section: 'news', version: 3 };
    await world.articles.replace(first, second);
    await world.articles.replace(second, third);
    await publish(await world.write());
    expect(world.lines('edition.published').at(-1)).toMatchObject({ articles: 1, ids: [first.id] });
    for (const folder of ['world', 'sport'])
      expect((await world.file(`${folder}/feed.xml`)) ?? '').not.toContain('Story a');
    expect(await world.file('news/feed.xml')).toContain('Story a');
  });

  test('without any change of an article is done without a line', async () => {
    const world = new World();
    const other = { dynamodb: { Keys: { pk: { S: 'calendar' }, sk: { S: '2026-11' } } } };
    expect(await publishHandler(world.deps)({ Records: [other] })).toEqual({ batchItemFailures: [] });
    expect(world.log).toEqual([]);
  });

  test('that fails is thrown, with a line that names its articles', async () => {
    const world = new World();
    const event = await world.write(story('a'), story('b'));
    world.refuse = ({ service }) => (service === 'table' ? boom : undefined);
    await expect(publishHandler(world.deps)(event, CONTEXT)).rejects.toBeDefined();
    expect(world.log).toEqual([
      expect.objectContaining({
        event: 'publish.failed',
        ids: [story('a').id, story('b').id],
        requestId: 'r1',
        level: expect.any(String),
        remembered: false,
      }),
    ]);
    expect(world.log[0]).not.toHaveProperty('metrics');
    // Nothing is remembered of several: Lambda halves the batch first.
    world.refuse = () => undefined;
    expect(await remembered(world)).toEqual([]);
  });

  test('of one change that fails is remembered and done, and the next tick publishes it', async () => {
    const world = new World();
    const publish = publishHandler(world.deps);
    const { id } = story('a');
    const event = await world.write(story('a'));
    world.refuse = ({ place }) => (place === 'site' ? boom : undefined);
    expect(await publish(event, CONTEXT)).toEqual({ batchItemFailures: [] });
    expect(world.log).toEqual([
      expect.objectContaining({ event: 'publish.failed', ids: [id], remembered: true, requestId: 'r1' }),
    ]);
    world.refuse = () => undefined;
    expect(await remembered(world)).toEqual([id]);
    await publish({ copydesk: 'tick' }, CONTEXT);
    expect(world.lines('edition.published')).toEqual([
      expect.objectContaining({ ids: [id], articles: 1, retried: true, requestId: 'r1' }),
    ]);
    expect(await world.file('feed.xml')).toContain('Story a');
    expect(await remembered(world)).toEqual([]);
  });

  test('of one change that the table cannot remember is thrown, so that Lambda tries it again', async () => {
    const world = new World();
    const event = await world.write(story('a'));
    world.refuse = ({ service, operation }) =>
      service === 's3' || operation === 'PutItem' ? boom : undefined;
    await expect(publishHandler(world.deps)(event)).rejects.toBeDefined();
    expect(world.lines('publish.failed')).toHaveLength(1);
  });

  test('of one change whose duplicate group cannot be settled is remembered and thrown', async () => {
    const world = new World();
    const first = story('a');
    await world.write(first);
    await world.articles.replace(first, { ...first, status: 'withdrawn', version: 2 });
    const event = await world.write();
    world.refuse = ({ key }) => (key.startsWith('group#') ? boom : undefined);
    await expect(publishHandler(world.deps)(event)).rejects.toBeDefined();
    expect(await remembered(world)).toEqual([first.id]);
  });

  test('without a failure asks nothing about remembered changes', async () => {
    const world = new World();
    const event = await world.write(story('a'));
    const asked: string[] = [];
    world.refuse = ({ key, place }) => {
      if (key.includes('unpublished') || place === 'due') asked.push(key);
      return undefined;
    };
    await publishHandler(world.deps)(event);
    expect(await world.file('feed.xml')).toContain('Story a');
    expect(asked).toEqual([]);
  });

  test('a record that an edit by hand has broken is named, and keeps none of the others', async () => {
    const world = new World();
    const broken = story('a');
    const event = await world.write(broken, story('b'));
    await world.break(broken);
    await publishHandler(world.deps)(event, CONTEXT);
    expect(world.lines('record.failed')).toContainEqual(
      expect.objectContaining({
        id: broken.id,
        requestId: 'r1',
        metrics: { RecordFailed: 1 },
        code: 'bad-record',
      }),
    );
    expect(await world.file('feed.xml')).toContain('Story b');
  });

  test('a stored state that is broken is named by its key, rings nobody and is made again', async () => {
    const world = new World();
    await world.deps.storage.put('editions/all.json', '{"entries":3}', { contentType: 'application/json' });
    await publishHandler(world.deps)(await world.write(story('a')), CONTEXT);
    const [line] = world.lines('state.broken');
    expect(line).toMatchObject({ key: 'editions/all.json', code: 'bad-state', requestId: 'r1' });
    expect(line).not.toHaveProperty('metrics');
    expect(await world.file('feed.xml')).toContain('Story a');
  });

  test('is not begun to be written with less than half a minute left', async () => {
    const world = new World();
    const event = await world.write(story('a'), story('b'));
    const left = (ms: number) => ({ awsRequestId: 'r1', getRemainingTimeInMillis: () => ms });
    await expect(publishHandler(world.deps)(event, left(29_999))).rejects.toMatchObject({
      code: 'out-of-time',
    });
    expect(await keys(world, '', 'site')).toEqual([]);
    await publishHandler(world.deps)(event, left(30_000));
    expect(await world.file('feed.xml')).toContain('Story a');
  });
});

describe('a tick', () => {
  const due = {
    embargoUntil: instant(1800),
    publishedAt: instant(1800),
    publishedFrom: 'embargo',
    status: 'scheduled',
  } as const;

  test('releases what is due, says what it was, and publishes the frame of the site once', async () => {
    const world = new World();
    await world.write(
      story('a', due),
      story('b', { ...due, embargoUntil: instant(9000), publishedAt: instant(9000) }),
    );
    const publish = publishHandler(world.deps);
    expect(await publish({ copydesk: 'tick' }, CONTEXT)).toEqual({ batchItemFailures: [] });
    expect(world.lines('article.released')).toEqual([
      {
        event: 'article.released',
        id: story('a').id,
        key: 'world/a.txt',
        headline: 'Story a',
        status: 'live',
        requestId: 'r1',
      },
    ]);
    expect(world.lines('schedule.ticked')).toEqual([
      { event: 'schedule.ticked', released: 1, metrics: { Ticks: 1 }, requestId: 'r1' },
    ]);
    expect((await world.articles.get(story('a').id))?.status).toBe('live');
    expect((await keys(world, '', 'site')).length).toBeGreaterThan(0);
    const looked: string[] = [];
    world.refuse = ({ service, place }) => {
      if (service === 's3') looked.push(place);
      return undefined;
    };
    await publish({ copydesk: 'tick' });
    expect(looked).toEqual([]);
    expect(world.lines('schedule.ticked').at(-1)).toMatchObject({ released: 0 });
  });

  test('that could not publish the frame tries again, and has released what is due before', async () => {
    const world = new World();
    await world.write(story('a', due));
    const publish = publishHandler(world.deps);
    world.refuse = ({ service }) => (service === 's3' ? boom : undefined);
    await expect(publish({ copydesk: 'tick' })).rejects.toBeDefined();
    expect(world.lines('article.released')).toHaveLength(1);
    world.refuse = () => undefined;
    await publish({ copydesk: 'tick' });
    expect((await keys(world, '', 'site')).length).toBeGreaterThan(0);
  });

  test('measures how far the front page is behind the table, and is no failure where it cannot', async () => {
    const world = new World({ measuring: true });
    await world.write(story('a', { ingestedAt: instant(3540) }));
    const publish = publishHandler(world.deps);
    world.refuse = ({ operation, place }) =>
      operation === 'Query' && place.includes('newest') ? boom : undefined;
    await publish({ copydesk: 'tick' });
    expect(world.lines('schedule.ticked')).toEqual([
      expect.objectContaining({
        metrics: { Ticks: 1, Checks: 0, Unpublished: 0 },
        unmeasured: expect.stringMatching(/./),
      }),
    ]);
    world.refuse = () => undefined;
    await publish({ copydesk: 'tick' });
    const line = world.lines('schedule.ticked').at(-1);
    expect(line).toMatchObject({ metrics: { Ticks: 1, Unpublished: 0, Behind: expect.any(Number) } });
    expect(line).not.toHaveProperty('unmeasured');
  });

  test('names an article that it cannot release, and goes on with the others', async () => {
    const world = new World();
    await world.write(story('a', due), story('b', due));
    const id = story('a').id;
    world.refuse = ({ service, key, operation }) =>
      service === 'table' && key.includes(id) && operation === 'GetItem' ? boom : undefined;
    await publishHandler(world.deps)({ copydesk: 'tick' }, CONTEXT);
    expect(world.lines('record.failed')).toEqual([
      expect.objectContaining({ id, metrics: { RecordFailed: 1 }, requestId: 'r1' }),
    ]);
    expect(world.lines('article.released')).toEqual([expect.objectContaining({ id: story('b').id })]);
    expect(world.lines('schedule.ticked')).toEqual([expect.objectContaining({ released: 1 })]);
  });

  test('waits for what falls due before the next one, and releases it at its instant', async () => {
    const slept: number[] = [];
    const world = new World({
      lookAhead: {
        aheadMs: 120_000,
        marginMs: 1_000,
        async sleep(ms) {
          slept.push(ms);
          world.now = new Date(Date.parse(world.now) + ms).toISOString();
        },
      },
    });
    await world.write(story('a', { ...due, embargoUntil: instant(3660), publishedAt: instant(3660) }));
    await publishHandler(world.deps)({ copydesk: 'tick' });
    expect(slept).toEqual([61_000]);
    expect((await world.articles.get(story('a').id))?.status).toBe('live');
    // A rebuild waits for nothing.
    await world.write(story('b', { ...due, embargoUntil: instant(3700), publishedAt: instant(3700) }));
    const rebuilt = await publishHandler(world.deps)({ copydesk: 'rebuild' });
    expect(rebuilt).toMatchObject({ batchItemFailures: [], rebuilt: expect.anything() });
    expect(slept).toHaveLength(1);
  });
});

async function remembered({ articles }: World): Promise<string[]> {
  const { gone, live } = await waitingChanges({ articles });
  return [...gone, ...live].map(({ id }) => id);
}

async function keys(
  { deps }: World,
  prefix: string,
  bucket: 'storage' | 'site' = 'storage',
): Promise<string[]> {
  const found: string[] = [];
  const from = bucket === 'site' ? deps.siteBucket : deps.storage;
  for await (const key of from.keys(prefix)) found.push(key);
  return found;
}
