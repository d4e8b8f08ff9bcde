import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { feeds } from '../../cli/doctor/site/feeds.ts';
import { rebuild } from '../../functions/publish/check/rebuild.ts';
import { lift } from '../../functions/publish/jobs/mend.ts';
import type { RetryDeps } from '../../functions/publish/jobs/retry-unpublished.ts';
import { changeTo } from '../../functions/publish/model/change.ts';
import { siteOf } from '../../functions/publish/model/site.ts';
import { rememberChange } from '../../functions/publish/states/unpublished.ts';
import { Bucket } from '../../shared/aws/bucket.ts';
import { CopydeskError } from '../../shared/errors/errors.ts';
import { mediaPath } from '../../shared/model/media-address.ts';
import { readSettings } from '../../shared/settings/settings.ts';
import { POSITION_SK } from '../../shared/table/keys.ts';
import { story } from '../support/copy.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { jpeg } from '../support/pictures.ts';
import { republish } from '../support/republish.ts';
import { change, store } from '../support/stories.ts';

/** What the table says is what the site shows after a rebuild, whatever was lost, restored or deleted by hand. */

let desk: Desk;
let reported: string[];
beforeEach(async () => {
  desk = await startDesk();
  reported = [];
});
afterEach(async () => {
  jest.restoreAllMocks();
  await desk.close();
});

const deps = (): RetryDeps => ({
  now: () => desk.now,
  articles: desk.articles,
  storage: desk.storage,
  siteBucket: desk.site,
  site: siteOf(readSettings({}), 'https://news.example.org'),
  onBroken: ({ code, subject }) => reported.push(`${code} ${subject}`),
});

/** The text of a file of the site, if it is there. */
async function fileOf(key: string): Promise<string | undefined> {
  const object = await desk.site.get(key);
  return object && Buffer.from(object.bytes).toString();
}

/** The files of the site in which a text stands. */
async function where(text: string): Promise<string[]> {
  return [...(await desk.files())].filter(([, file]) => file.includes(text)).map(([key]) => key);
}

/** Takes the record and the place of an article out of the table, as a restore to an earlier time does. */
async function removeAll(id: string): Promise<void> {
  const lists = (await desk.articles.positions.read([id])).get(id) ?? new Map();
  await desk.articles.listRows.change({
    enter: [],
    remove: [...lists].map(([list, position]) => ({ list, position })),
  });
  await desk.clients.dynamodb.send(
    new DeleteCommand({ TableName: 'articles', Key: { pk: `article#${id}`, sk: POSITION_SK } }),
  );
  await desk.removeItem(id);
}

test.each([
  ['rebuild', rebuild],
  ['a bulk run', republish],
])('%s shows a table that was restored to an earlier time, and kills are heard again', async (_, mend) => {
  const first = await store(desk, 1, { tags: ['Ports'] });
  const second = await change(desk, first, { headline: 'Second headline' });
  await change(desk, second, { headline: 'Third headline' });
  await desk.publishAll();
  await desk.removeItem(first.id);
  await desk.articles.replace(undefined, first);
  desk.changes.length = 0;
  await mend(deps());
  expect(await where('Third headline')).toEqual([]);
  expect(await where(first.headline)).toContain('archive/0/feed.xml');
  const lifted = await desk.articles.get(first.id);
  expect(lifted?.version).toBe(4);
  await mend(deps());
  expect((await desk.articles.get(first.id))?.version).toBe(4);
  await change(desk, { ...first, version: 4 }, { status: 'withdrawn' });
  await desk.publishAll();
  expect(await where(first.headline)).toEqual([]);
});

test.each([
  ['rebuild', rebuild],
  ['a bulk run', republish],
])('%s takes out an article of which neither record nor place is left', async (_, mend) => {
  const gone = await store(desk, 1, { tags: ['Ports'] });
  const other = await store(desk, 2, { tags: ['Ports'] });
  await desk.publishAll();
  await removeAll(gone.id);
  desk.changes.length = 0;
  await mend(deps());
  expect(await where(gone.headline)).toEqual([]);
  expect(await where(gone.permalink)).toEqual([]);
  expect(await desk.site.head(gone.permalink)).toBeUndefined();
  for (const file of ['archive/0/feed.xml', 'sitemaps/000.xml', 'archive/2026/11/01/index.html'])
    expect(await where(other.permalink)).toContain(file);
  expect(await fileOf('archive/index.html')).toContain('>1<');
});

test('the last article of all leaves every list with its record and place', async () => {
  const gone = await store(desk, 1, { tags: ['Ports'] });
  await desk.publishAll();
  await removeAll(gone.id);
  desk.changes.length = 0;
  await rebuild(deps());
  expect(await where(gone.headline)).toEqual([]);
  expect(await where(gone.permalink)).toEqual([]);
});

test('an article whose place alone was lost stands once in the archive, in its new place', async () => {
  const moved = await store(desk, 1, { headline: 'Story of the harbour' });
  await desk.publishAll();
  await removeAll(moved.id);
  await desk.articles.replace(undefined, moved);
  for (let number = 2; number < 12; number++) await store(desk, number);
  await desk.articles.positions.assign(
    new Map(Array.from({ length: 60 }, (_, at) => [`lost${at}`, ['all']])),
  );
  desk.changes.length = 0;
  await republish(deps());
  const documents = (await where(moved.headline)).filter(key => /^archive\/\d+\/feed\.xml$/.test(key));
  expect(documents).toHaveLength(1);
  expect(documents).not.toContain('archive/0/feed.xml');
});

test('the picture of a deleted story leaves the site though the change record was lost', async () => {
  await desk.put('world/pic.jpg', jpeg());
  const text = 'The ferry left the harbour at noon on its first trip of the year.';
  await desk.put('world/a.md', `---\ntitle: Ferry sails\n---\n\n${text}\n\n![The ferry](pic.jpg)\n`);
  await desk.settle();
  expect(await desk.site.head(mediaPath('world/pic.jpg'))).toBeDefined();
  await desk.remove('world/a.md');
  await desk.deliver(...desk.events.splice(0));
  desk.changes.length = 0;
  await rebuild(deps());
  expect(await desk.site.head(mediaPath('world/pic.jpg'))).toBeUndefined();
  expect(await where('Ferry sails')).toEqual([]);
});

test('an article that cannot be published keeps no other from being published, and is reported', async () => {
  const stuck = await store(desk, 1, { tags: ['Ports'] });
  const killed = await store(desk, 2, { tags: ['Ports'] });
  await desk.publishAll();
  await change(desk, killed, { status: 'withdrawn' });
  await change(desk, stuck, { headline: 'Stuck headline' });
  desk.changes.length = 0;
  for (const method of ['putIfChanged', 'putOver'] as const) {
    const put = desk.site[method].bind(desk.site) as Bucket['put'];
    jest.spyOn(desk.site, method).mockImplementation((async (...given: Parameters<Bucket['put']>) => {
      if (given[0] === stuck.permalink) throw new Error('It cannot be written.');
      return put(...given);
    }) as never);
  }
  const error: unknown = await rebuild(deps()).catch(reason => reason);
  expect(error).toBeInstanceOf(CopydeskError);
  expect(error).toMatchObject({ code: 'not-rebuilt', subject: stuck.id });
  expect(reported).toEqual([`not-published ${stuck.id}`]);
  expect(await desk.articles.unpublished.read(stuck.id)).toMatchObject({ isGone: false, code: 'internal' });
  // The page that cannot be written lists the killed story. It is remembered.
  expect(await where(killed.headline)).toEqual([stuck.permalink]);
});

test('a kill that could not be published is remembered, and the next rebuild publishes it and forgets it', async () => {
  const story = await store(desk, 1);
  await desk.publishAll();
  await change(desk, story, { status: 'withdrawn' });
  const Records = desk.changes.splice(0);
  const { unpublished } = desk.articles;
  const { head } = Bucket.prototype;
  jest.spyOn(Bucket.prototype, 'head').mockImplementation(function (this: Bucket, key) {
    if (key === story.permalink) throw new CopydeskError('s3-busy', 'S3 is away.');
    return head.call(this, key);
  });
  await desk.publish({ Records });
  const first = await unpublished.read(story.id);
  expect(first).toMatchObject({
    change: { id: story.id, permalinks: [story.permalink] },
    isGone: true,
    tries: 1,
    since: desk.now,
    code: 's3-busy',
    message: 'S3 is away.',
  });
  // The same change can come again. What is remembered does not grow.
  await desk.publish({ Records });
  jest.restoreAllMocks();
  expect(await unpublished.read(story.id)).toEqual({ ...first, tries: 2, written: 2 });
  expect(await fileOf(story.permalink)).toContain('Story 1');
  await rebuild(deps());
  expect(await where('Story 1')).toEqual([]);
  expect(await unpublished.read(story.id)).toBeUndefined();
});

test('a record is lifted above what stands on the site where it is one version behind, and not where it is the same', async () => {
  const first = await store(desk, 1);
  const second = await change(desk, first, { headline: 'Second headline' });
  const versionAfter = async (version: number) => {
    await lift([{ id: second.id, version }], deps());
    return (await desk.articles.get(second.id))?.version;
  };
  expect(await versionAfter(2)).toBe(2);
  expect(await versionAfter(3)).toBe(4);
});

/** Articles of two days in two sections, of which one is withdrawn: something for each kind of state. */
async function fileSome(): Promise<void> {
  for (let number = 1; number <= 6; number++)
    await store(desk, number, {
      section: number % 2 === 0 ? 'World' : 'Sport',
      tags: number > 3 ? ['Ports'] : [],
      publishedAt: `2026-11-0${(number % 2) + 1}T10:00:00.000Z`,
    });
  await desk.publishAll();
}

async function storedKeys(): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of desk.storage.keys()) keys.push(key);
  return keys;
}

const JSON_TYPE = { contentType: 'application/json' };

const BROKEN = [
  ['not JSON', '{"entries":[{"id"'],
  ['JSON of another kind', '{"entries":[{}],"rows":[{}],"all":7}'],
] as const;

test.each(BROKEN)('states that are %s are reported and made again by a rebuild', async (_, broken) => {
  await fileSome();
  const files = await desk.files();
  const keys = await storedKeys();
  expect(keys.length).toBeGreaterThan(11);
  for (const key of keys) await desk.storage.put(key, broken, JSON_TYPE);
  const { failures } = await rebuild(deps());
  expect(failures).toBe(0);
  expect(new Set(reported)).toEqual(new Set(keys.map(key => `bad-state ${key}`)));
  expect(await desk.files()).toEqual(files);
  expect(await storedKeys()).toEqual(['check.json', ...keys]);
  reported = [];
  await rebuild(deps());
  expect(reported).toEqual([]);
});

test('a broken state is made again by the publish that meets it, with all that was in it', async () => {
  await fileSome();
  const [, broken] = BROKEN[1];
  let number = 6;
  for (const kind of [
    'editions/',
    'history/',
    'sitemaps/',
    'days/2026-11-02',
    'months/2026-11',
    'months/all',
    'directory',
  ]) {
    const keys = (await storedKeys()).filter(key => key.startsWith(kind));
    for (const key of keys) await desk.storage.put(key, broken, JSON_TYPE);
    number++;
    await store(desk, number, { section: 'Sport', tags: ['Ports'], publishedAt: '2026-11-02T11:00:00.000Z' });
    await desk.publishAll();
    const listed = async (file: string) =>
      new Set((await fileOf(file))?.match(/articles\/story-id\d+\.html/g)).size;
    const [months, front] = [await fileOf('archive/index.html'), await fileOf('index.html')];
    expect({
      kind,
      all: await listed('feed.xml'),
      section: await listed('sport/feed.xml'),
      tag: await listed('tags/ports/feed.xml'),
      document: await listed('archive/0/feed.xml'),
      sitemap: await listed('sitemaps/000.xml'),
      day: await listed('archive/2026/11/02/index.html'),
      month: await listed('archive/2026/11/index.html'),
      months: months?.includes(`>${number}<`),
      navigation: ['sport/', 'world/'].every(path => front?.includes(`href="${path}`)),
    }).toEqual({
      kind,
      all: number,
      section: number - 3,
      tag: number - 3,
      document: number,
      sitemap: number,
      day: number - 3,
      month: number,
      months: true,
      navigation: true,
    });
    const told = desk.log.splice(0).filter(({ event }) => event === 'state.broken');
    expect(told.map(({ key }) => key)).toContain(keys.at(-1));
  }
});

test('states that are lost are made again by a rebuild', async () => {
  await fileSome();
  const files = await desk.files();
  for (const key of await storedKeys()) await desk.storage.delete(key);
  await rebuild(deps());
  expect(await desk.files()).toEqual(files);
});

test('a lost body keeps nothing else from being published, and a broken record neither: both are told', async () => {
  const large = await store(desk, 1, { bodyHtml: undefined, bodyKey: 'bodies/id00001/x.html' });
  await desk.storage.put('bodies/id00001/x.html', '<p>Zebra crossing.</p>', { contentType: 'text/html' });
  const torn = await store(desk, 2);
  await store(desk, 3);
  await desk.publishAll();
  await desk.storage.delete('bodies/id00001/x.html');
  await desk.edit(torn.id, { headline: 7 });
  await desk.site.delete('index.html');
  await desk.site.delete('feed.json');
  const { failures, failed } = await rebuild(deps());
  expect(failures).toBe(2);
  expect(failed.map(({ subject }) => subject).sort()).toEqual([large.id, torn.id]);
  expect((await desk.feed()).map(({ title }) => title)).toEqual(['Story 3', 'Story 2', 'Story 1']);
  expect(await fileOf('index.html')).toContain('Story 1');
  expect(await fileOf(large.permalink)).toContain('Zebra');
});

test('a rebuild begins with what is remembered, then takes away what is gone, then publishes the rest', async () => {
  const noted = await store(desk, 1);
  const gone = await store(desk, 2);
  const fresh = await store(desk, 3);
  await desk.publishAll();
  for (const [at, record] of [noted, gone, fresh].entries())
    await change(desk, record, at === 1 ? { status: 'withdrawn' } : { headline: `Changed ${at}` });
  desk.changes.length = 0;
  const failure = { isGone: false, error: new Error('It failed.'), now: desk.now };
  await rememberChange(changeTo(noted.id), failure, desk.articles);
  const written: string[] = [];
  await rebuild({ ...deps(), onWritten: key => void written.push(key) });
  const pages = written.filter(key => key.startsWith('articles/'));
  // The pages that list a story are written again with it.
  const turns = [
    pages.indexOf(noted.permalink),
    pages.indexOf(gone.permalink),
    pages.lastIndexOf(fresh.permalink),
  ];
  expect(turns).not.toContain(-1);
  expect(turns).toEqual(turns.toSorted((a, b) => a - b));
});

test('doctor finds feeds that hold too little, and a rebuild fills them up', async () => {
  await fileSome();
  const look = async () => {
    const checks = await feeds({
      ...desk,
      feedEntries: 50,
      language: 'en',
      now: Date.parse('2026-12-01T00:00:00.000Z'),
    });
    return checks.map(({ state, says }) => `${state} ${says}`);
  };
  expect(await look()).toEqual(['ok 3, each holds what it should']);
  const before = await desk.site.get('world/feed.json');
  await desk.site.put('world/feed.json', '{"items":[]}', JSON_TYPE);
  expect(await look()).toEqual([
    expect.stringMatching(
      /^fail world\/feed\.json holds 0 entries, and 3 of the newest 3 articles are missing/,
    ),
  ]);
  await rebuild(deps());
  expect(await look()).toEqual(['ok 3, each holds what it should']);
  expect((await desk.site.get('world/feed.json'))?.bytes).toEqual(before?.bytes);
});

test('a check whose time ends in the slices keeps its place, and the next check goes on', async () => {
  await fileSome();
  const place = async () =>
    JSON.parse(Buffer.from((await desk.storage.get('check.json'))?.bytes ?? []).toString());
  const looked: string[] = [];
  const endsAt = (last: string) => ({
    ...deps(),
    requireTime(key: string) {
      looked.push(key);
      if (key === last) throw new CopydeskError('out-of-time', 'Too little time.', { subject: key });
    },
  });
  await rebuild(endsAt('sitemaps/000000.json'));
  expect(looked).toContain('2026-11');
  expect(await place()).toEqual({ media: desk.now });
  await rebuild(deps());
  expect(await place()).toEqual({ media: desk.now });
});

test('an article that no list of the site has is published, however old it is', async () => {
  await fileSome();
  const missed = await store(desk, 9, { publishedAt: '2019-01-02T03:04:05.000Z' });
  desk.changes.length = 0;
  jest.spyOn(desk.articles, 'newest').mockResolvedValue([]);
  await rebuild(deps());
  expect(await where('Story 9')).toContain(missed.permalink);
});

test('a recent picture that the site lost is copied again', async () => {
  await desk.put('world/pic.jpg', jpeg());
  await desk.put('world/a.md', story('Ferry sails', 'The ferry sailed.\n\n![The ferry](pic.jpg)'));
  await desk.settle();
  await desk.site.delete(mediaPath('world/pic.jpg'));
  jest.spyOn(desk.articles, 'newest').mockResolvedValue([]);
  await rebuild(deps());
  expect(await desk.site.head(mediaPath('world/pic.jpg'))).toBeDefined();
});
