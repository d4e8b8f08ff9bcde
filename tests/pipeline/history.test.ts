import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import { siteOf } from '../../functions/publish/model/site.ts';
import { HISTORY_POSITIONS, LIST_PAGE_POSITIONS } from '../../functions/publish/states/positions.ts';
import type { Article, ArticleRecord } from '../../shared/model/article.ts';
import { sectionPath } from '../../shared/model/identity.ts';
import { readSettings } from '../../shared/settings/settings.ts';
import { instant } from '../support/articles.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { republish } from '../support/republish.ts';
import { archived, linked, linkedArticles, listedIn, mapped, searched, walk } from '../support/site-walk.ts';
import { change, store } from '../support/stories.ts';

/** The whole of the archive: each live article once wherever everything is listed, at a cost that does not grow. */

let desk: Desk;
afterEach(async () => {
  jest.restoreAllMocks();
  await desk.close();
});

/** Small feeds, and none of authors: the history is what these tests are about, and the rest takes the most time. */
const FEEDS = { entries: 10, authors: false };

async function start(settings: { feeds?: object; articles?: object } = {}): Promise<void> {
  desk = await startDesk({
    settings: { ...settings, feeds: { ...FEEDS, ...settings.feeds } },
    database: 'memory',
  });
}

/** Files of the site that list articles, by key. */
async function lists(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const key of desk.site.keys())
    if (!key.startsWith('articles/')) files.set(key, (await fileOf(key)) ?? '');
  return files;
}

/** The text of a file of the site, if it is there. */
async function fileOf(key: string): Promise<string | undefined> {
  const object = await desk.site.get(key);
  return object && Buffer.from(object.bytes).toString();
}

/** What every list of everything must say, whatever happened before. */
async function expectArchiveOf(live: readonly Article[]): Promise<void> {
  const files = await lists();
  const guids = live.map(({ guid }) => guid).sort();
  const pages = live.map(({ permalink }) => permalink).sort();
  for (const feed of ['feed.xml', 'atom.xml']) expect([...walk(files, feed).ids].sort()).toEqual(guids);
  expect(mapped(files)).toEqual(pages);
  expect(searched(files)).toEqual(pages);
  const { articles, counted } = archived(files);
  expect(articles).toEqual(pages);
  for (const section of new Set(live.map(story => sectionPath(story.section, 'en')))) {
    const own = live.filter(story => sectionPath(story.section, 'en') === section);
    expect(listedIn(files, `${section}/`)).toEqual(own.map(({ permalink }) => permalink).sort());
  }
  // No page leads to a story that has left the site.
  const gone = [...linkedArticles(await desk.files())].filter(([key]) => !pages.includes(key));
  expect(gone).toEqual([]);
  // Counts from 100 on are rounded down to two digits.
  expect(live.length - counted).toBeGreaterThanOrEqual(0);
  expect(live.length - counted).toBeLessThan(live.length < 100 ? 1 : live.length / 10);
}

async function placesOf(records: readonly ArticleRecord[]): Promise<(number | undefined)[]> {
  const places = await desk.articles.positions.read(records.map(({ id }) => id));
  return records.map(({ id }) => places.get(id)?.get('all'));
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map(item => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

test('six publishers at once give each article one place, which it keeps for ever', async () => {
  await start();
  const stories = [];
  for (let number = 0; number < 12; number++) stories.push(await store(desk, number));
  const changes = desk.changes.splice(0).filter(({ dynamodb }) => dynamodb?.Keys?.sk?.S === 'record');
  // Every article comes to two publishers, neither of which knows of the other.
  const batches = Array.from({ length: 6 }, (_, index) =>
    [...changes, ...changes].slice(index * 4, index * 4 + 4),
  );
  await Promise.all(batches.map(Records => desk.publish({ Records })));
  const places = await placesOf(stories);
  expect(new Set(places).size).toBe(12);
  expect(places.every(Number.isInteger)).toBe(true);
  await expectArchiveOf(stories);

  const [first, ...others] = stories;
  if (first === undefined) throw new Error('no story');
  const killed = await change(desk, first, { status: 'withdrawn' });
  await desk.publishAll();
  await expectArchiveOf(others);
  const restored = await change(desk, killed, { status: 'live', publishedAt: instant(86_400 * 40) });
  await desk.publishAll();
  await expectArchiveOf([...others, restored]);
  expect(await placesOf(stories)).toEqual(places);
});

// More sequences on a quiet night: `ARCHIVE_RUNS=100`.
test('whatever happens in whatever order, every list of everything names exactly the live articles', async () => {
  const operation = fc.record({
    kind: fc.constantFrom('create', 'correct', 'withdraw', 'restore', 'redate', 'move', 'remove'),
    which: fc.nat(200),
    days: fc.nat(40),
  });
  const publishing = fc.record({ seed: fc.nat(), share: fc.integer({ min: 1, max: 4 }) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(operation, { minLength: 15, maxLength: 40 }),
      fc.array(publishing, { minLength: 2, maxLength: 6 }),
      async (operations, publishings) => {
        await start();
        const known: Article[] = [];
        let next = 1_000;
        const delivered: DynamoDBRecord[] = [];
        // Enough for a full page before anything happens.
        for (let number = 0; number < HISTORY_POSITIONS + 5; number++)
          known.push(await store(desk, number, { publishedAt: instant(number * 20_000) }));
        const rounds = publishings.length;
        for (const [round, { seed, share }] of publishings.entries()) {
          for (const [at, { kind, which, days }] of operations.entries()) {
            if (at % rounds !== round) continue;
            const index = which % known.length;
            const story = known[index];
            if (story === undefined) continue;
            const publishedAt = instant(days * 86_400);
            if (kind === 'create') known.push(await store(desk, next++, { publishedAt }));
            else if (kind === 'remove') {
              await desk.removeItem(story.id);
              known.splice(index, 1);
            } else if (kind === 'correct')
              known[index] = await change(desk, story, { headline: `Corrected ${round}-${at}` });
            else if (kind === 'move')
              known[index] = await change(desk, story, { section: days % 2 === 0 ? 'Harbour' : 'World' });
            else if (kind === 'redate') known[index] = await change(desk, story, { publishedAt });
            else
              known[index] = await change(desk, story, { status: kind === 'restore' ? 'live' : 'withdrawn' });
          }
          // Late, repeated, out of order, and to several at once.
          const random = mulberry(seed);
          const waiting = shuffled(desk.changes.splice(0), random);
          const now = waiting.slice(0, Math.ceil(waiting.length / share));
          desk.changes.push(...waiting.slice(now.length));
          delivered.push(...now);
          const again = shuffled(delivered, random).slice(0, 5);
          const half = Math.ceil(now.length / 2);
          await Promise.all(
            [now.slice(0, half), [...now.slice(half), ...again]].map(Records => desk.publish({ Records })),
          );
        }
        await desk.publishAll();
        await expectArchiveOf(known.filter(({ status }) => status === 'live'));
        await desk.close();
      },
    ),
    { numRuns: Number(process.env.ARCHIVE_RUNS ?? 2), endOnFailure: true },
  );
});

test('a full archive document does not change when others are added, and links both neighbours', async () => {
  await start();
  const add = async (from: number, count: number) => {
    for (let number = from; number < from + count; number++) await store(desk, number);
    await desk.publishAll();
    return lists();
  };
  await add(0, HISTORY_POSITIONS - 1);
  const before = await add(HISTORY_POSITIONS - 1, 2);
  const after = await add(HISTORY_POSITIONS + 1, HISTORY_POSITIONS);
  for (const file of ['archive/0/feed.xml', 'archive/0/atom.xml']) {
    expect(before.get(file)).toBeDefined();
    expect(after.get(file)).toBe(before.get(file));
  }
  const middle = after.get('archive/1/atom.xml') ?? '';
  expect(middle).toContain('<fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/>');
  expect(linked(middle, 'prev-archive')).toBe('archive/0/atom.xml');
  expect(linked(middle, 'next-archive')).toBe('archive/2/atom.xml');
  expect(linked(middle, 'current')).toBe('atom.xml');
  expect(linked(middle, 'self')).toBe('archive/1/atom.xml');
  expect(linked(after.get('archive/0/feed.xml') ?? '', 'prev-archive')).toBeUndefined();
  expect(linked(after.get('archive/2/feed.xml') ?? '', 'next-archive')).toBeUndefined();
  expect(linked(after.get('feed.xml') ?? '', 'prev-archive')).toBe('archive/2/feed.xml');
  expect(after.get('feed.xml')).not.toContain('fh:archive');
});

test('an article too old for the window opens a document that the feed links all the same', async () => {
  await start({ feeds: { entries: 5 } });
  const stories = [];
  for (let number = 100; number < 100 + HISTORY_POSITIONS; number++) stories.push(await store(desk, number));
  await desk.publishAll();
  expect(walk(await lists(), 'feed.xml').documents).toEqual(['feed.xml', 'archive/0/feed.xml']);
  stories.push(await store(desk, 1));
  await desk.publishAll();
  expect(walk(await lists(), 'feed.xml').documents).toEqual([
    'feed.xml',
    'archive/1/feed.xml',
    'archive/0/feed.xml',
  ]);
  await expectArchiveOf(stories);
});

test('a document whose places were lost, and a publisher that died before it linked one, break no chain', async () => {
  await start();
  const stories = [await store(desk, 1)];
  await desk.publishAll();
  // As if others had taken these places and died.
  await losePlaces(2 * HISTORY_POSITIONS + 10);
  stories.push(await store(desk, 2));
  const changes = desk.changes.splice(0);
  const putIfChanged = desk.site.putIfChanged.bind(desk.site);
  const dying = jest.spyOn(desk.site, 'putIfChanged').mockImplementation(async (key, body, options) => {
    if (key === 'archive/1/atom.xml') throw new Error('The function died.');
    return putIfChanged(key, body, options);
  });
  // A change that fails alone is remembered, and the call ends well.
  await desk.publish({ Records: changes });
  expect(desk.log).toContainEqual(
    expect.objectContaining({ event: 'publish.failed', message: 'The function died.' }),
  );
  dying.mockRestore();
  // Another publisher, which opens nothing itself, makes it good.
  const [first] = stories;
  if (first) stories[0] = await change(desk, first, { headline: 'Corrected' });
  await desk.publishAll();
  await desk.publish({ Records: changes });
  expect(walk(await lists(), 'atom.xml').documents).toHaveLength(4);
  await expectArchiveOf(stories);
});

test('a month of more articles than its page lists has its days, on pages of a bounded size', async () => {
  await start();
  const stories = [];
  // 202 on one day, 4 on another.
  for (let number = 0; number < 206; number++)
    stories.push(
      await store(desk, number, { publishedAt: instant(number < 202 ? number : 86_400 * 9 + number) }),
    );
  const changes = desk.changes.splice(0);
  await desk.publish({ Records: shuffled(changes.slice(0, 120), mulberry(1)) });
  expect(await fileOf('archive/2026/11/index.html')).toContain('Story 7<');
  await desk.publish({ Records: changes.slice(120) });
  await expectArchiveOf(stories);
  expect(await fileOf('archive/2026/11/index.html')).not.toContain('Story');
  for (const page of ['index', '2', '3']) {
    const rows = (await fileOf(`archive/2026/11/01/${page}.html`))?.match(/<time/g) ?? [];
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.length).toBeLessThanOrEqual(100);
  }
  for (const story of stories.slice(190)) await change(desk, story, { status: 'withdrawn' });
  await desk.publishAll();
  await expectArchiveOf(stories.slice(0, 190));
  expect(await fileOf('archive/2026/11/index.html')).not.toContain('November 10');
});

test('publishing everything anew restores a site that was lost, and takes away what has no record', async () => {
  await start();
  const stories = [await store(desk, 1), await store(desk, 2)];
  await losePlaces(HISTORY_POSITIONS);
  await desk.publishAll();
  stories.push(await store(desk, 3));
  await desk.publishAll();
  const before = await desk.files();
  for (const key of before.keys()) await desk.site.delete(key);
  const press = { articles: desk.articles, storage: desk.storage, siteBucket: desk.site };
  const site = siteOf(readSettings({ feeds: FEEDS }), 'https://news.example.org');
  const publishAgain = () => republish({ ...press, site, onBroken: () => undefined, now: () => desk.now });
  await publishAgain();
  expect(await desk.files()).toEqual(before);
  const [gone, ...others] = stories;
  await desk.removeItem(gone?.id ?? '');
  desk.changes.length = 0;
  await publishAgain();
  await expectArchiveOf(others);
});

test('a run over everything writes no page of a list that a kill would miss', async () => {
  await start();
  const stories: Article[] = [];
  for (let number = 0; number < LIST_PAGE_POSITIONS - 1; number++) stories.push(await store(desk, number));
  await desk.publishAll();
  const [first] = stories;
  if (first === undefined) return;
  // The article with the last position of the page was killed before its section was written.
  await desk.articles.positions.assign(new Map([['lost', [`sections/${sectionPath(first.section, 'en')}`]]]));
  const { articles, storage, site: siteBucket } = desk;
  const site = siteOf(readSettings({ feeds: FEEDS }), 'https://news.example.org');
  await republish({ articles, storage, siteBucket, site, onBroken: () => undefined, now: () => desk.now });
  await change(desk, first, { status: 'withdrawn' });
  await desk.publishAll();
  const naming = [...(await desk.files())].filter(([, body]) => body.includes(first.headline));
  expect(naming.map(([key]) => key)).toEqual([]);
});

test('days are cut in the zone in which pages show times', async () => {
  await start({ articles: { timeZone: 'America/New_York' } });
  await store(desk, 1, { publishedAt: '2026-12-01T03:30:00.000Z' });
  await desk.publishAll();
  expect(await fileOf('archive/2026/11/30/index.html')).toContain('22:30');
  expect(await fileOf('archive/2026/11/index.html')).toContain('November 30');
});

test('one change costs the same number of requests in a small archive and in a large one', async () => {
  const costs = [];
  // Most places were lost: to the publisher the archive is as large, and it is quickly made. From 200 articles on, the
  // search has a filter for the oldest.
  for (const lost of [250, Number(process.env.ARCHIVE_SIZE ?? 850)]) {
    // More stories than an edition keeps in reserve, on few days.
    await start({ feeds: { entries: 5 } });
    const stories = [];
    for (let number = 0; number < 56; number++) {
      if (number === 52) {
        await desk.publishAll();
        await losePlaces(lost);
      }
      stories.push(await store(desk, number, { publishedAt: instant(number * 2 * 3_600) }));
    }
    await desk.publishAll();
    costs.push(await costOfChanges(stories));
    await desk.close();
  }
  const [small, large] = costs;
  expect(large).toEqual(small);
  await start();
});

/** Takes places as publishers do that die before they use them. */
async function losePlaces(count: number): Promise<void> {
  const ids = Array.from({ length: count }, (_, index) => `lost${index}`);
  await desk.articles.positions.assign(new Map(ids.map(id => [id, ['all']])));
}

/** Requests of each kind that each kind of change makes. */
async function costOfChanges(stories: Article[]): Promise<Record<string, Record<string, number>>> {
  const costs: Record<string, Record<string, number>> = {};
  const measure = async (name: string) => {
    const requests: Record<string, number> = {};
    const count = (command: { constructor: { name: string } }) => {
      const kind = command.constructor.name.replace('Command', '');
      requests[kind] = (requests[kind] ?? 0) + 1;
    };
    const { s3, dynamodb } = desk.clients;
    const spies = [s3, dynamodb].map(client => {
      const send = client.send.bind(client) as (command: object) => unknown;
      return jest.spyOn(client as { send: typeof send }, 'send').mockImplementation(command => {
        count(command);
        return send(command);
      });
    });
    await desk.publish({ Records: desk.changes.splice(0) });
    for (const spy of spies) spy.mockRestore();
    costs[name] = requests;
  };
  const [oldest] = stories;
  const newest = stories.at(-1);
  if (oldest === undefined || newest === undefined) throw new Error('no stories');
  await change(desk, oldest, { headline: 'An old story, corrected' });
  await measure('an old correction');
  await store(desk, 50_000, { publishedAt: newest.publishedAt });
  await measure('a new article');
  const corrected = await change(desk, newest, { headline: 'A new story, corrected' });
  await measure('a new correction');
  await change(desk, corrected, { status: 'withdrawn' });
  await measure('a withdrawal');
  return costs;
}

/** A small generator of random numbers from a seed, each from 0 up to 1 (mulberry32). */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
