import { MemoryS3 } from '../../../bench/publish/memory-s3.ts';
import { MemoryTable } from '../../../bench/publish/memory-table.ts';
import type { Call, Wire } from '../../../bench/publish/wire.ts';
import { publishAliases, publishRedirects } from '../../../functions/publish/jobs/publish-aliases.ts';
import { changeTo } from '../../../functions/publish/model/change.ts';
import { siteOf } from '../../../functions/publish/model/site.ts';
import type { PublishDeps } from '../../../functions/publish/views/view.ts';
import { Bucket } from '../../../shared/aws/bucket.ts';
import type { Article, ArticleRecord } from '../../../shared/model/article.ts';
import { isDeepStrictEqual } from '../../../shared/model/deep-equal.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/settings.ts';
import { Articles } from '../../../shared/table/articles.ts';
import { article, source } from '../../support/articles.ts';

const PATH = '/old/ferry/';
const KEY = 'old/ferry/index.html';

/** More than all tests of a world make. */
const MAX_CALLS = 20_000;

/** The table and the site in memory. */
class World {
  readonly calls: Call[] = [];
  readonly articles: Articles;
  readonly deps: PublishDeps;
  /** Called before each request. */
  turn: () => Promise<unknown> = async () => undefined;

  constructor(redirects: Readonly<Record<string, string>> = {}) {
    const wire: Wire = async (call, act) => {
      await this.turn();
      this.calls.push(call);
      if (this.calls.length > MAX_CALLS) throw new Error('The requests do not end.');
      return (await act()).output;
    };
    const { client } = new MemoryTable({ name: 'articles', wire, onRecord: () => undefined });
    const pacing = { sleep: () => Promise.resolve(), random: () => 0 };
    this.articles = new Articles(client, 'articles', { namespace: 'copydesk', pacing });
    const s3 = new MemoryS3({ wire }).client;
    this.deps = {
      articles: this.articles,
      storage: new Bucket(s3, 'storage'),
      siteBucket: new Bucket(s3, 'site'),
      site: { ...siteOf(DEFAULT_SETTINGS, 'https://news.example.org'), redirects },
      onBroken: () => undefined,
      now: () => '2026-11-01T00:00:00.000Z',
      pacing,
    };
  }

  /** Stores the next version of a record as ingest does: the claims come first. Then publishes it as the stream does. */
  async change(key: string, fields: Partial<Article>): Promise<void> {
    const id = this.articles.idOf(key);
    const before = await this.articles.get(id);
    const version = (before?.version ?? 0) + 1;
    const next = article({ source: source({ key }), ...fields, version });
    await this.articles.aliases.enter((next.aliases ?? []).map(path => ({ path, id })));
    await this.articles.replace(before, next);
    const former = before && 'aliases' in before ? before.aliases : undefined;
    await this.publish(id, former);
  }

  /** Publishes an article until its record stays the same, as `publishChanges` does. */
  async publish(id: string, former: readonly string[] = []): Promise<void> {
    let aliases = [...former];
    let record: ArticleRecord | undefined;
    let now = await this.articles.get(id);
    do {
      record = now;
      await publishAliases(changeTo(id, { aliases }), record, this.deps);
      aliases = [...aliases, ...(record && 'aliases' in record ? (record.aliases ?? []) : [])];
      now = await this.articles.get(id);
    } while (!isDeepStrictEqual(record, now));
  }

  async holder(): Promise<string | undefined> {
    return (await this.deps.siteBucket.head(KEY))?.metadata['redirect-of'];
  }

  /** The requests of an action, by their operations. */
  async requestsOf(act: () => Promise<unknown>): Promise<string[]> {
    const from = this.calls.length;
    await act();
    return this.calls.slice(from).map(({ operation }) => operation);
  }
}

const CLAIMED: Partial<Article> = { aliases: [PATH] };

describe('whatever happens between two requests', () => {
  const world = new World();
  const NAMES = ['claims', 'plain', 'gone'] as const;
  type State = (typeof NAMES)[number];
  let count = 0;

  /** Two stories and an address that nobody used before. */
  function place() {
    const at = ++count;
    const path = `/old/${at}/`;
    const states: Record<State, Partial<Article>> = {
      claims: { aliases: [path] },
      plain: {},
      gone: { aliases: [path], status: 'withdrawn' },
    };
    const story = (name: string) => {
      const key = `world/${name}-${at}.md`;
      return { id: world.articles.idOf(key), becomes: (state: State) => world.change(key, states[state]) };
    };
    return { key: `old/${at}/index.html`, first: story('a'), second: story('b') };
  }

  /** Runs an action, and another one before the request with a number. Returns false if there are fewer requests. */
  async function interrupted(act: () => Promise<void>, at: number, other: () => Promise<void>) {
    let requests = 0;
    let isReached = false;
    world.turn = async () => {
      if (requests++ !== at) return;
      isReached = true;
      world.turn = async () => undefined;
      await other();
    };
    await act();
    world.turn = async () => undefined;
    return isReached;
  }

  const pairs = NAMES.flatMap(a => NAMES.map(b => [a, b] as const));

  test.each([
    ['claims', 'claims'],
    ['claims', 'plain'],
    ['plain', 'claims'],
    ['gone', 'claims'],
  ] as const)('one live claimant has the address, if there is one (%s, %s)', async (a, b) => {
    for (const [first, second] of pairs)
      for (let at = 0, isReached = true; isReached; at++) {
        const stories = place();
        await stories.first.becomes(a);
        await stories.second.becomes(b);
        const other = () => stories.second.becomes(second);
        isReached = await interrupted(() => stories.first.becomes(first), at, other);
        const claimants = [
          ...(first === 'claims' ? [stories.first.id] : []),
          ...((isReached ? second : b) === 'claims' ? [stories.second.id] : []),
        ];
        const holder = (await world.deps.siteBucket.head(stories.key))?.metadata['redirect-of'];
        const isRight = claimants.length === 0 ? holder === undefined : claimants.includes(holder ?? '');
        expect({ first, second, at, isRight }).toEqual({ first, second, at, isRight: true });
      }
  });

  test.each(NAMES)('a page of the site stays (%s)', async state => {
    for (let at = 0, isReached = true; isReached; at++) {
      const { first, second, key } = place();
      await first.becomes('claims');
      await second.becomes('claims');
      const page = () => world.deps.siteBucket.put(key, 'A page', { contentType: 'text/html' });
      isReached = await interrupted(() => first.becomes(state), at, page);
      if (isReached) expect((await world.deps.siteBucket.get(key))?.metadata).toEqual({});
    }
  });
});

test('a story keeps its alias while others change', async () => {
  const world = new World();
  await world.change('world/b.md', CLAIMED);
  const holder = await world.holder();
  expect(holder).toBe(world.articles.idOf('world/b.md'));
  await world.change('world/a.md', { ...CLAIMED, publishedAt: '2020-01-01T00:00:00.000Z' });
  expect(await world.holder()).toBe(holder);
  await world.publish(world.articles.idOf('world/b.md'));
  await world.change('world/a.md', { ...CLAIMED, status: 'withdrawn' });
  expect(await world.holder()).toBe(holder);
});

test('the next claimant is one that is public', async () => {
  const world = new World();
  await world.change('world/a.md', CLAIMED);
  await world.change('world/b.md', { ...CLAIMED, status: 'held' });
  await world.change('world/c.md', {});
  await world.change('world/d.md', { ...CLAIMED, publishedAt: '2027-01-01T00:00:00.000Z' });
  await world.change('world/e.md', CLAIMED);
  await world.change('world/a.md', { ...CLAIMED, status: 'withdrawn' });
  expect(await world.holder()).toBe(world.articles.idOf('world/e.md'));
});

test('a holder that died before it gave the address up does not keep it', async () => {
  const world = new World();
  await world.change('world/a.md', CLAIMED);
  const id = world.articles.idOf('world/a.md');
  const before = await world.articles.get(id);
  await world.articles.replace(before, article({ source: source({ key: 'world/a.md' }), version: 2 }));
  await world.change('world/b.md', CLAIMED);
  expect(await world.holder()).toBe(world.articles.idOf('world/b.md'));
});

test('a claim that was lost is entered again', async () => {
  const world = new World();
  await world.change('world/a.md', CLAIMED);
  await world.change('world/b.md', CLAIMED);
  const [a, b] = ['world/a.md', 'world/b.md'].map(key => world.articles.idOf(key)) as [string, string];
  await world.articles.aliases.remove({ path: PATH, id: b });
  await world.publish(b);
  expect(await world.holder()).toBe(a);
  await world.change('world/a.md', {});
  expect(await world.holder()).toBe(b);
});

test('a claim that was lost is entered in time, whenever the holder gives up', async () => {
  for (let at = 0, isReached = true; isReached; at++) {
    const world = new World();
    await world.change('world/a.md', CLAIMED);
    await world.change('world/b.md', CLAIMED);
    const b = world.articles.idOf('world/b.md');
    await world.articles.aliases.remove({ path: PATH, id: b });
    let requests = 0;
    isReached = false;
    world.turn = async () => {
      if (requests++ !== at) return;
      isReached = true;
      world.turn = async () => undefined;
      await world.change('world/a.md', {});
    };
    await world.publish(b);
    world.turn = async () => undefined;
    if (!isReached) break;
    expect([at, await world.holder()]).toEqual([at, b]);
  }
});

describe('at an address of the settings', () => {
  const NAMES = ['a', 'b', 'c', 'd'].map(name => `world/${name}.md`);
  test.each([
    ['withdrawn', { ...CLAIMED, status: 'withdrawn' }],
    ['held', { ...CLAIMED, status: 'held' }],
    ['without the alias', {}],
    ['as it was', CLAIMED],
  ] as const)('a story %s changes nothing, however many stories claim it', async (_, fields) => {
    const world = new World({ [PATH]: '/about/' });
    for (const key of NAMES) await world.change(key, CLAIMED);
    expect(await world.holder()).toBeUndefined();
    await publishRedirects(world.deps);
    expect(await world.holder()).toBe('settings');
    const requests = await world.requestsOf(() => world.change('world/a.md', fields));
    expect(await world.holder()).toBe('settings');
    expect(requests.length).toBeLessThan(20);
  });

  test('a story that had it before gives it up to the settings only', async () => {
    const world = new World();
    for (const key of NAMES) await world.change(key, CLAIMED);
    const later = new World({ [PATH]: '/about/' });
    const deps = { ...world.deps, site: later.deps.site };
    const id = world.articles.idOf('world/a.md');
    const gone = article({
      source: source({ key: 'world/a.md' }),
      ...CLAIMED,
      status: 'withdrawn',
      version: 2,
    });
    await world.articles.replace(await world.articles.get(id), gone);
    await publishAliases(changeTo(id), gone, deps);
    expect(await world.holder()).toBeUndefined();
    await publishRedirects(deps);
    expect(await world.holder()).toBe('settings');
  });
});

test('only an alias costs requests', async () => {
  const world = new World();
  const publish = (record: Article, former: string[] = []) =>
    world.requestsOf(() => publishAliases(changeTo(record.id, { aliases: former }), record, world.deps));
  const plain = article();
  const claimed = article(CLAIMED);
  expect(await publish(plain)).toEqual([]);
  expect(await publish(claimed)).toEqual(['HeadObject', 'PutObject']);
  expect(await publish(claimed)).toEqual(['HeadObject']);
  expect(await publish(plain, [PATH])).toEqual(['HeadObject', 'DeleteObject', 'Query']);
});
