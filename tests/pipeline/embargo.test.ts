import { siteOf } from '../../functions/publish/model/site.ts';
import { publishHandler } from '../../functions/publish/receive/handler.ts';
import { localHandlers } from '../../local/handlers.ts';
import { startServices } from '../../local/services.ts';
import { Bucket } from '../../shared/aws/bucket.ts';
import type { LogLine } from '../../shared/aws/telemetry.ts';
import type { Article } from '../../shared/model/article.ts';
import { LOOK_AHEAD_MS } from '../../shared/model/schedule.ts';
import { DEFAULT_SETTINGS, readSettings } from '../../shared/settings/settings.ts';
import { type Desk, startDesk } from '../support/desk.ts';

/** Nothing of an article anywhere before its instant, and all of it seconds after. */

const MARGIN_MS = 1_000;

describe('a tick that waits', () => {
  let desk: Desk;
  let clock: number;
  let sleeps: number[];
  beforeEach(async () => {
    desk = await startDesk();
    clock = Date.parse(desk.now);
    sleeps = [];
  });
  afterEach(() => desk.close());

  const instantIn = (ms: number) => new Date(clock + ms).toISOString();

  /** Tick of a container of its own, on the clock of the test; `early`: by how much its timers fire too soon. */
  const tick = (early = 0) =>
    publishHandler({
      articles: desk.articles,
      storage: desk.storage,
      siteBucket: desk.site,
      duplicates: DEFAULT_SETTINGS.duplicates,
      site: siteOf(readSettings({}), 'https://news.example.org'),
      now: () => new Date(clock).toISOString(),
      log: line => desk.log.push({ ...line, at: clock }),
      lookAhead: {
        aheadMs: LOOK_AHEAD_MS,
        marginMs: MARGIN_MS,
        async sleep(ms) {
          sleeps.push(ms);
          clock = Math.max(clock, clock + ms - (sleeps.length === 1 ? early : 0));
          await new Promise(setImmediate);
        },
      },
    })({ copydesk: 'tick' });

  const file = async (key: string, frontMatter: string) => {
    const text = `The text of ${key} stays in the drawer until its time has come.`;
    await desk.put(key, `---\ntitle: Story of ${key}\n${frontMatter}\n---\n\n${text}\n`);
    await desk.settle();
  };
  const statusOf = async (key: string) => (await desk.record(key))?.status;
  const released = () => desk.log.filter(({ event }) => event === 'article.released');

  test('releases at its instant what falls due before the next tick, and names it', async () => {
    const until = instantIn(70_000);
    await file('world/a.md', `embargo: ${until}`);
    expect(await statusOf('world/a.md')).toBe('scheduled');
    await tick();
    expect(await desk.record('world/a.md')).toMatchObject({ status: 'live', version: 2 });
    const [line] = released() as [LogLine & { at: number }];
    expect(line).toMatchObject({ key: 'world/a.md', headline: 'Story of world/a.md', status: 'live' });
    expect(line.at - Date.parse(until)).toBeGreaterThanOrEqual(MARGIN_MS);
    expect(line.at - Date.parse(until)).toBeLessThan(MARGIN_MS + 100);
  });

  test('withdraws what expires, and releases one after the other', async () => {
    await file('world/a.md', `expires: ${instantIn(40_000)}`);
    await file('world/b.md', `embargo: ${instantIn(20_000)}`);
    await tick();
    expect(released().map(({ key, status }) => [key, status])).toEqual([
      ['world/b.md', 'live'],
      ['world/a.md', 'withdrawn'],
    ]);
    expect(sleeps).toHaveLength(2);
  });

  test('waits for nothing where nothing falls due in time', async () => {
    await file('world/a.md', `embargo: ${instantIn(LOOK_AHEAD_MS + 5_000)}`);
    await file('world/b.md', 'section: Sport');
    await tick();
    expect(sleeps).toEqual([]);
    expect(await statusOf('world/a.md')).toBe('scheduled');
  });

  test('is never early, whatever its timers and the clocks of other hosts do', async () => {
    const until = instantIn(30_000);
    await file('world/a.md', `embargo: ${until}`);
    await tick(5);
    expect(sleeps.length).toBeGreaterThan(1);
    expect((released()[0] as LogLine & { at: number }).at).toBeGreaterThanOrEqual(
      Date.parse(until) + MARGIN_MS,
    );
  });

  test('a host whose clock is a little fast releases nothing at once', async () => {
    await file('world/a.md', `embargo: ${instantIn(30_000)}`);
    clock += 30_000 + MARGIN_MS - 1;
    await tick();
    expect(sleeps).toEqual([1]);
    expect(await statusOf('world/a.md')).toBe('live');
  });

  test('ticks that overlap release it once', async () => {
    await file('world/a.md', `embargo: ${instantIn(30_000)}`);
    await Promise.all([tick(), tick(), tick()]);
    expect(await desk.record('world/a.md')).toMatchObject({ status: 'live', version: 2 });
    expect(released()).toHaveLength(1);
  });

  test('a record that an edit by hand has broken does not keep it waiting', async () => {
    await file('world/a.md', `embargo: ${instantIn(20_000)}`);
    await file('world/b.md', `embargo: ${instantIn(30_000)}`);
    await desk.edit((await desk.record('world/a.md'))?.id ?? '', { wordCount: -1 });
    await tick();
    expect(await statusOf('world/b.md')).toBe('live');
    // It is tried at its instant, which reports it.
    expect(sleeps).toHaveLength(2);
    expect(desk.log).toContainEqual(expect.objectContaining({ code: 'bad-record' }));
  });

  test('many that fall due together are released side by side, once each, and those that must go come first', async () => {
    const [until, count] = [instantIn(-5_000), 24];
    await file('world/a.md', 'section: World');
    const record = (await desk.record('world/a.md')) as Article;
    const seed = async (key: string, fields: Partial<Article>) => {
      const id = desk.articles.idOf(key);
      const hash = `${id}-hash`;
      const next = { ...record, ...fields, id, contentHash: hash, source: { ...record.source, key } };
      if (!(await desk.articles.replace(undefined, { ...next, version: 1 }))) throw new Error(key);
    };
    const seedRound = async (round: string) => {
      for (let at = 0; at < count; at++) {
        await seed(`world/${round}/due-${at}.md`, { status: 'scheduled', embargoUntil: until });
        await seed(`world/${round}/over-${at}.md`, { expiresAt: until });
      }
    };
    let [running, most] = [0, 0];
    const replace = desk.articles.replace.bind(desk.articles);
    desk.articles.replace = async (...args) => {
      most = Math.max(most, ++running);
      return replace(...args).finally(() => running--);
    };
    await seedRound('one');
    await tick();
    const statuses = released().map(({ status }) => status);
    expect(statuses).toEqual([...Array(count).fill('withdrawn'), ...Array(count).fill('live')]);
    expect(most).toBeGreaterThan(8);
    await seedRound('two');
    await Promise.all([tick(), tick()]);
    const ids = released().map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([4 * count, 4 * count]);
  });
});

test('on a laptop an article is public within seconds of its instant, and nothing of it before', async () => {
  let handlers: ReturnType<typeof localHandlers> | undefined;
  const services = await startServices({
    handlers: local => {
      const settings = readSettings({});
      handlers = localHandlers(local, { settings, baseUrl: 'http://127.0.0.1:1', log: () => undefined });
      return handlers;
    },
  });
  try {
    const site = new Bucket(services.s3, services.buckets.site);
    /** Keys of the files that tell of the story, by name or by text. */
    const telling = async () => {
      const found = [];
      for await (const key of site.keys()) {
        const body = Buffer.from((await site.get(key))?.bytes ?? []).toString();
        if (/quiet-ferry|quiet ferry/i.test(key + body)) found.push(key);
      }
      return found;
    };
    const story = (title: string, rest: string) => `---\ntitle: ${title}\n${rest}\n---\n\nOf the ${title}.\n`;
    const intake = new Bucket(services.s3, services.buckets.intake);
    const type = { contentType: 'text/markdown' };
    // Others first, so that everything is loaded when the clock starts.
    await intake.put('harbour/b.md', story('Loud bridge', ''), type);
    await services.idle();
    const began = Date.now();
    await intake.put('harbour/c.md', story('Low tide', ''), type);
    await services.idle();
    await telling();
    // Time enough to file a story and to look at the site before its embargo ends, on any machine.
    const until = Date.now() + Math.max(2_000, 4 * (Date.now() - began));
    const embargo = `embargo: ${new Date(until).toISOString()}\ntags: [Quiet ferry]`;
    await intake.put('harbour/a.md', story('Quiet ferry', embargo), type);
    await services.idle();
    const everywhere = ['feed.xml', 'index.html', 'tags/quiet-ferry/feed.json'];
    let found: string[] = [];
    let looks = 0;
    // The limit of the test ends the wait for a story that is never released.
    while (!everywhere.every(key => found.includes(key))) {
      found = await telling();
      // What was read had been written by now.
      if (Date.now() < until) {
        expect(found).toEqual([]);
        looks++;
      }
      await new Promise(resolve => setTimeout(resolve, 250));
    }
    expect(looks).toBeGreaterThan(0);
    expect(Date.now()).toBeGreaterThanOrEqual(until);
  } finally {
    await services.close();
  }
});
