import { PARSER_VERSION, parseArticle } from '../../functions/ingest/parse.ts';
import { ingestHandler } from '../../functions/ingest/receive/handler.ts';
import { siteOf } from '../../functions/publish/model/site.ts';
import { publishHandler } from '../../functions/publish/receive/handler.ts';
import { Bucket } from '../../shared/aws/bucket.ts';
import { CopydeskError } from '../../shared/errors/errors.ts';
import { DEFAULT_SETTINGS, ingestSettings, readSettings } from '../../shared/settings/settings.ts';
import { METRICS, type MetricName } from '../../shared/stack/metrics.ts';
import { story } from '../support/copy.ts';
import { type Desk, failingIntake, sqsEvent, startDesk } from '../support/desk.ts';
import { storedMail } from '../support/mails.ts';

/** What the functions measure of real files. */

const HUB = 'https://hub.example/';

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ database: 'memory' });
});
afterEach(() => desk.close());

/** The publish function as in the cloud: it measures, and tells a hub that is out of order. */
const press = () =>
  publishHandler({
    articles: desk.articles,
    storage: desk.storage,
    siteBucket: desk.site,
    duplicates: DEFAULT_SETTINGS.duplicates,
    site: siteOf(readSettings({ feeds: { hub: HUB } }), 'https://news.example.org'),
    now: () => desk.now,
    log: line => desk.log.push(line),
    fetch: async () => new Response(null, { status: 503 }),
    measuring: true,
  });

/** The sum of all values of a metric, by all lines of the log. */
const total = (name: MetricName): number =>
  desk.log
    .flatMap(({ metrics }) => metrics?.[name] ?? [])
    .flat()
    .reduce<number>((sum, value) => sum + Number(value), 0);

const later = (seconds: number) => {
  desk.now = new Date(Date.parse(desk.now) + seconds * 1_000).toISOString();
};

/** How far the front page is behind, by a tick. */
const behind = async () => {
  desk.log.length = 0;
  await press()({ copydesk: 'tick' });
  // A tick that cannot measure says nothing, and nothing is not 0.
  const told = desk.log.flatMap(({ metrics }) => metrics?.Behind ?? []);
  expect(told).toHaveLength(1);
  return told[0];
};

const publish = async () => {
  while (desk.changes.length > 0) await press()({ Records: desk.changes.splice(0) });
};

const ingested = () => desk.deliver(...desk.events.splice(0));

test('every metric is emitted by some outcome, and none that has no name', async () => {
  await desk.put('world/a.md', story('First', 'The first text is about a ferry.'));
  await ingested();
  await desk.put('world/b.md', story('First', 'The first text is about a ferry.'));
  await desk.put('world/c.txt', '');
  await ingested();
  await publish();
  const record = await desk.record('world/a.md');
  await desk.edit(record?.id ?? '', { embargoUntil: 'next week' });
  await publish();
  await press()({ copydesk: 'tick' });
  await desk.ingest({
    Records: [{ messageId: '1', body: 'no event' } as Parameters<typeof desk.ingest>[0]['Records'][0]],
  });
  await desk.put('mail/1', storedMail());
  const mail = { address: 'desk@news.example', senders: ['jane@example.org'], reply: true };
  const mailed = desk.ingestWith({
    settings: ingestSettings(readSettings({ deployment: { mail } })),
    answer: () => Promise.reject(new Error('The mail service is down.')),
  });
  const [event] = desk.events.splice(0);
  await mailed(sqsEvent(event ? [event] : []));
  const emitted = new Set(desk.log.flatMap(({ metrics }) => Object.keys(metrics ?? {})));
  expect(emitted).toEqual(new Set(Object.keys(METRICS)));
  expect(total('HubFailed')).toBeGreaterThan(0);
});

test('files are counted by what became of them', async () => {
  await desk.put('world/a.md', story('First', 'The first text is about a ferry.'));
  await ingested();
  await desk.put('world/a.md', story('First', 'The first text is about a ferry.'));
  await desk.put('world/b.md', story('First', 'The first text is about a ferry.'));
  await desk.put('world/c.txt', '');
  await desk.put('folder/', '');
  await ingested();
  await desk.remove('world/a.md');
  await ingested();
  expect(total('Received')).toBe(4);
  expect(total('Live')).toBe(1);
  expect(total('Duplicate')).toBe(1);
  expect(total('Rejected')).toBe(1);
  expect(desk.log.filter(({ metrics }) => metrics?.Rejected)).toEqual([
    expect.objectContaining({ Reason: 'empty', key: 'world/c.txt' }),
  ]);
});

test('a file that fails is a failed try, and not received yet', async () => {
  const ingest = ingestHandler({
    articles: desk.articles,
    storage: desk.storage,
    intake: failingIntake(new CopydeskError('table-busy', 'Too many requests.')),
    settings: readSettings({}),
    parse: parseArticle,
    parserVersion: PARSER_VERSION,
    now: () => desk.now,
    log: line => desk.log.push(line),
  });
  await desk.put('world/a.md', story('First'));
  const body = JSON.stringify({ Records: desk.events.splice(0) });
  await ingest({ Records: [{ messageId: '1', body }] } as Parameters<typeof ingest>[0]);
  expect([total('Failed'), total('Received')]).toEqual([1, 0]);
});

test('the age of a story is from its upload until its pages are written', async () => {
  const event = await desk.put('world/a.md', story('First'));
  await ingested();
  desk.now = new Date(Date.parse(event.eventTime) + 7_500).toISOString();
  const written: number[] = [];
  const { putIfChanged } = Bucket.prototype;
  jest.spyOn(Bucket.prototype, 'putIfChanged').mockImplementation(async function (this: Bucket, ...args) {
    const isWritten = await putIfChanged.apply(this, args);
    if (isWritten && this.name === desk.site.name) written.push(Buffer.byteLength(args[1]));
    return isWritten;
  });
  await publish();
  jest.restoreAllMocks();
  expect(total('Age')).toBe(7.5);
  expect(written.length).toBeGreaterThan(5);
  expect(total('FilesWritten')).toBe(written.length);
  expect(total('BytesWritten')).toBe(written.reduce((sum, bytes) => sum + bytes, 0));
  expect(total('EditionsTouched')).toBeGreaterThan(1);
});

test('the age of a held story is from its instant', async () => {
  const embargo = new Date(Date.parse(desk.now) + 60_000).toISOString();
  await desk.put('world/a.md', `---\ntitle: Held\nembargo: ${embargo}\n---\n\nA text that must wait.\n`);
  await ingested();
  await publish();
  expect(total('Age')).toBe(0);
  desk.now = new Date(Date.parse(embargo) + 2_000).toISOString();
  await press()({ copydesk: 'tick' });
  await publish();
  expect(total('Age')).toBe(2);
});

describe('how far the front page is behind', () => {
  test('nothing, where there is nothing, and where everything stands', async () => {
    expect(await behind()).toBe(0);
    await desk.put('world/a.md', story('First'));
    await ingested();
    await publish();
    later(600);
    expect(await behind()).toBe(0);
  });

  test('as long as a new story is not there, since it could have been', async () => {
    await desk.put('world/a.md', story('First', 'The first text is about a ferry.'));
    await ingested();
    await publish();
    later(3_600);
    await desk.put(
      'world/b.md',
      `---\ntitle: Second\ndate: 2020-01-01\n---\n\nThe second text is about a bridge.\n`,
    );
    await ingested();
    later(90);
    expect(await behind()).toBe(90);
    later(60);
    expect(await behind()).toBe(150);
    await publish();
    expect(await behind()).toBe(0);
  });

  test('a kill takes the newest away, and is no delay', async () => {
    await desk.put('world/a.md', story('First'));
    await ingested();
    await publish();
    await desk.remove('world/a.md');
    await ingested();
    later(600);
    expect(await behind()).toBe(0);
  });

  test('a state that cannot be read keeps no story from being released', async () => {
    await desk.put('world/a.md', story('First'));
    await ingested();
    await publish();
    const cloud = press();
    await cloud({ copydesk: 'tick' });
    const get = jest.spyOn(desk.storage, 'get').mockRejectedValue(new Error('S3 is away.'));
    desk.log.length = 0;
    await cloud({ copydesk: 'tick' });
    get.mockRestore();
    expect(desk.log.find(line => line.event === 'schedule.ticked')).toMatchObject({
      metrics: { Ticks: 1 },
      unmeasured: expect.stringContaining('S3 is away'),
    });
  });

  test('a broken state does not look as if nothing were published: it is made again', async () => {
    await desk.put('world/a.md', story('First'));
    await ingested();
    await publish();
    await desk.storage.put('editions/all.json', 'no JSON', { contentType: 'application/json' });
    desk.now = new Date(Date.parse(desk.now) + 3_600_000).toISOString();
    expect(await behind()).toBe(0);
    expect(await desk.storage.get('editions/all.json')).not.toMatchObject({ bytes: Buffer.from('no JSON') });
  });
});
