import { type HubDeps, tellHubAgain, tellingHub } from '../../functions/publish/jobs/websub.ts';
import { siteOf } from '../../functions/publish/model/site.ts';
import { publishHandler } from '../../functions/publish/receive/handler.ts';
import { Bucket } from '../../shared/aws/bucket.ts';
import type { LogLine } from '../../shared/aws/telemetry.ts';
import { readSettings } from '../../shared/settings/settings.ts';
import { openClients, type TestClients } from '../support/clients.ts';
import { startDesk } from '../support/desk.ts';
import { type Hub, startHub } from '../support/hub.ts';

const BASE = 'https://news.example.org';
const START = Date.UTC(2026, 10, 1, 12);

let clients: TestClients;
let hub: Hub;
let storage: Bucket;
let seconds: number;
let log: LogLine[];

beforeAll(async () => {
  clients = await openClients({ buckets: { storage: {} } });
  storage = new Bucket(clients.s3, 'storage');
});

beforeEach(async () => {
  hub = await startHub();
  await storage.delete('websub.json');
  seconds = 0;
  log = [];
});

afterEach(() => hub.close());

afterAll(() => clients.close());

const deps = (changes: Partial<HubDeps> = {}): HubDeps => ({
  storage: storage,
  site: siteOf(readSettings({ feeds: { hub: hub.url } }), BASE),
  fetch,
  now: () => new Date(START + seconds * 1000).toISOString(),
  log: line => {
    log.push(line);
  },
  onBroken: () => undefined,
  ...changes,
});

/** As the publish function does that has written these files. */
const publish = (keys: readonly string[], changes: Partial<HubDeps> = {}) =>
  tellingHub(deps(changes), async onWritten => {
    for (const key of keys) onWritten(key);
  });

async function waiting(): Promise<string[]> {
  const object = await storage.get('websub.json');
  return object ? Object.keys(JSON.parse(Buffer.from(object.bytes).toString())) : [];
}

const FEEDS = ['feed.xml', 'atom.xml', 'feed.json', 'city/feed.xml'];
const TOPICS = FEEDS.map(key => `${BASE}/${key}`).sort();

test('the hub is told of each feed that was written, and of nothing else', async () => {
  await publish([...FEEDS, 'index.html', 'sitemap.xml', 'articles/a.html', 'archive/3/feed.xml', 'opml.xml']);
  expect(hub.topics()).toEqual(TOPICS);
  expect(hub.pings).toHaveLength(TOPICS.length);
  for (const ping of hub.pings)
    expect(ping).toMatchObject({
      method: 'POST',
      contentType: 'application/x-www-form-urlencoded;charset=UTF-8',
      mode: 'publish',
      topics: [expect.any(String)],
    });
  expect(log).toEqual([expect.objectContaining({ event: 'hub.told', heard: 4, failed: 0 })]);
});

test('where no feed was written the hub is told nothing and nothing is stored', async () => {
  await publish(['index.html']);
  await tellHubAgain(deps());
  expect([hub.pings, await waiting(), log]).toEqual([[], [], []]);
});

test.each([
  ['without a hub', () => ({ site: siteOf(readSettings({}), BASE) })],
  ['where no hub could read the feeds', () => ({ fetch: undefined })],
])('%s nobody is told', async (_, changes: () => Partial<HubDeps>) => {
  await publish(FEEDS, changes());
  await tellHubAgain(deps(changes()));
  expect([hub.pings, await waiting()]).toEqual([[], []]);
});

test('it is told once more when caches have forgotten the old feed, and then no more', async () => {
  await publish(FEEDS);
  seconds = 60;
  await tellHubAgain(deps());
  expect(hub.pings).toHaveLength(4);
  seconds = 90;
  await tellHubAgain(deps());
  expect(hub.pings).toHaveLength(8);
  expect(await waiting()).toEqual([]);
  seconds = 1_000;
  await tellHubAgain(deps());
  expect(hub.pings).toHaveLength(8);
});

test('a feed that changes all the time is still told of after each 90 seconds', async () => {
  for (seconds = 0; seconds <= 300; seconds += 30) {
    await publish(['feed.xml']);
    const before = hub.pings.length;
    await tellHubAgain(deps());
    expect(hub.pings.length - before).toBe(seconds > 0 && seconds % 90 === 0 ? 1 : 0);
  }
  expect(await waiting()).toEqual([`${BASE}/feed.xml`]);
});

test.each([500, 503, 429, 408])('a hub that answers %i is told again, less and less often', async status => {
  hub.answer = status;
  await publish(['feed.xml']);
  expect(log.at(-1)).toMatchObject({
    event: 'hub.failed',
    failed: 1,
    message: expect.stringContaining(`${status}`),
  });
  const asked: number[] = [];
  for (seconds = 0; seconds <= 1_200; seconds += 30) {
    const before = hub.pings.length;
    await tellHubAgain(deps());
    if (hub.pings.length > before) asked.push(seconds);
  }
  expect(asked).toEqual([90, 150, 270, 510, 990]);
  hub.answer = 204;
  seconds = 100_000;
  await tellHubAgain(deps());
  expect(await waiting()).toEqual([]);
});

test('the next change does not wait for the pause of a hub that failed', async () => {
  hub.answer = 500;
  await publish(['feed.xml']);
  for (seconds = 0; seconds < 5_000; seconds += 60) await tellHubAgain(deps());
  hub.answer = 202;
  hub.pings.length = 0;
  await publish(['feed.xml']);
  expect(hub.topics()).toEqual([`${BASE}/feed.xml`]);
  seconds += 90;
  await tellHubAgain(deps());
  expect([hub.pings.length, await waiting()]).toEqual([2, []]);
});

test.each([301, 400, 404])('what a hub refuses with %i is logged and not repeated for ever', async status => {
  hub.answer = status;
  await publish(['feed.xml']);
  expect(log.at(-1)).toMatchObject({ event: 'hub.failed', refused: 1 });
  seconds = 90;
  await tellHubAgain(deps());
  expect([hub.pings.length, await waiting()]).toEqual([2, []]);
});

test('one feed that the hub does not take leaves the others told', async () => {
  hub.answer = ({ topics: [topic] }) => (topic?.endsWith('atom.xml') ? 500 : 202);
  await publish(FEEDS);
  seconds = 90;
  await tellHubAgain(deps());
  expect(await waiting()).toEqual([`${BASE}/atom.xml`]);
});

test('a hub that does not answer holds nothing up, and one that is gone neither', async () => {
  hub.answer = 'hang';
  const started = performance.now();
  const many = Array.from({ length: 30 }, (_, index) => `tags/t${index}/feed.xml`);
  await publish([...many, 'feed.xml']);
  // Without a limit for all pings, eight rounds of five seconds take 40 seconds.
  expect(performance.now() - started).toBeLessThan(30_000);
  expect(hub.topics()).toContain(`${BASE}/feed.xml`);
  expect(hub.mostAtOnce).toBeLessThanOrEqual(4);
  expect(await waiting()).toHaveLength(31);
  await hub.close();
  await publish(['feed.xml']);
  expect(log.at(-1)).toMatchObject({ event: 'hub.failed', failed: 1 });
  hub = await startHub();
});

test('work that fails half-way fails as it would, and what it wrote is told', async () => {
  const work = tellingHub(deps(), async onWritten => {
    onWritten('feed.xml');
    throw new RangeError('half-way');
  });
  await expect(work).rejects.toThrow(RangeError);
  expect(hub.topics()).toEqual([`${BASE}/feed.xml`]);
});

test('a state that cannot be read or written fails no publish', async () => {
  const gone = new Bucket(clients.s3, 'no-such-bucket');
  expect(await tellingHub(deps({ storage: gone }), async onWritten => onWritten('feed.xml'))).toBeUndefined();
  expect(hub.topics()).toEqual([`${BASE}/feed.xml`]);
  await tellHubAgain(deps({ storage: gone }));
  expect(log.map(({ event }) => event)).toEqual(['hub.told', 'hub.failed', 'hub.failed']);
});

test('publishers at the same time lose no feed', async () => {
  const keys = Array.from({ length: 12 }, (_, index) => `tags/t${index}/feed.xml`);
  await Promise.all(keys.map(key => publish([key])));
  expect((await waiting()).sort()).toEqual(keys.map(key => `${BASE}/${key}`).sort());
});

test('a hub that is gone for good makes the state no larger than 1,000 feeds, those of the site among them', async () => {
  const hungUp = { fetch: () => Promise.reject(new Error('gone')) };
  const keys = Array.from({ length: 1_200 }, (_, index) => `tags/t${index}/feed.xml`);
  await publish([...keys, 'atom.xml'], hungUp);
  const left = await waiting();
  expect(left).toHaveLength(1_000);
  expect(left[0]).toBe(`${BASE}/atom.xml`);
});

test('from the upload of a file to the hub: changed feeds only, named in each feed', async () => {
  const desk = await startDesk();
  try {
    const settings = readSettings({ feeds: { hub: hub.url } });
    const handler = publishHandler({
      ...deps(),
      articles: desk.articles,
      storage: desk.storage,
      siteBucket: desk.site,
      duplicates: settings.duplicates,
    });
    const settle = async () => {
      await desk.deliver(...desk.events.splice(0));
      while (desk.changes.length > 0) await handler({ Records: desk.changes.splice(0) });
    };
    await desk.put(
      'city/one.txt',
      'Bridge opens\n\nThe bridge opened today. It took nine years to build it.',
    );
    await desk.put('sport/two.txt', 'Boats race\n\nThe boats raced today. Nobody knows yet which one won.');
    await settle();
    for (const feed of ['feed.xml', 'atom.xml', 'feed.json', 'city/feed.xml', 'sport/feed.json'])
      expect(hub.topics()).toContain(`${BASE}/${feed}`);
    const files = await desk.files();
    const named = String(settings.feeds.hub);
    for (const feed of ['feed.xml', 'atom.xml', 'city/atom.xml'])
      expect(files.get(feed)).toContain(`rel="hub" href="${named}"`);
    expect(JSON.parse(files.get('feed.json') ?? '')).toMatchObject({
      hubs: [{ type: 'WebSub', url: named }],
    });

    hub.pings.length = 0;
    await desk.put('city/one.txt', 'Bridge opens\n\nThe bridge opened today. It took ten years to build it.');
    await settle();
    expect(hub.topics()).toContain(`${BASE}/city/feed.xml`);
    expect(hub.topics().filter(topic => topic.includes('/sport/'))).toEqual([]);
  } finally {
    await desk.close();
  }
});
