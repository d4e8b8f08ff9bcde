import { changeArticle } from '../../cli/deployment/change.ts';
import { rebuild } from '../../functions/publish/check/rebuild.ts';
import { releaseDue } from '../../functions/publish/jobs/release.ts';
import { siteOf } from '../../functions/publish/model/site.ts';
import type { Article } from '../../shared/model/article.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings/settings.ts';
import { ANSWER_STATUS } from '../../shared/stack/response-headers.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { brokenFeedRules } from '../support/feed-rules.ts';

/** What subscribers see of articles that appear, change or go long after their date. */

let desk: Desk;
let start: number;
beforeEach(async () => {
  desk = await startDesk({ database: 'memory', settings: { feeds: { entries: 5 } } });
  start = Date.parse(desk.now);
});
afterEach(() => desk.close());

const HOUR_MS = 3_600_000;
const after = (hours: number) => new Date(start + hours * HOUR_MS).toISOString();

/** Files copy at a time, as if it had been written a number of hours earlier. */
async function file(key: string, at: number, { hoursEarlier = 0, text = '', more = '' } = {}) {
  desk.now = after(at);
  const words = text || `The report on ${key} of the harbour council is long and has its own words: ${key}.`;
  const head = `title: Story ${key}\ndate: ${after(at - hoursEarlier)}\n${more}`;
  await desk.put(key, `---\n${head}---\n\n${words}\n`);
  await desk.settle();
}

const titles = async (feed = 'feed.json') => (await desk.entries(feed)).map(({ title }) => title);
const text = async (name: string) => (await desk.files()).get(name) ?? '';

/** Ends what is due, without publishing it. */
const endDue = (hours: number) =>
  releaseDue({
    articles: desk.articles,
    duplicates: DEFAULT_SETTINGS.duplicates,
    now: () => after(hours),
    onReleased: () => undefined,
    onFailed: (_, error) => {
      throw error;
    },
  });
const tick = (hours: number) => endDue(hours).then(() => desk.publishAll());

/** Changes an article as a command does. */
async function change(key: string, at: number, fields: Partial<Article>) {
  desk.now = after(at);
  const id = desk.articles.idOf(key);
  await changeArticle(desk.articles, id, article => ({ ...article, ...fields }), desk.now);
}

async function bulletins(count: number, from: number, hours: number) {
  for (let number = 0; number < count; number++)
    await file(`news/b${number}.md`, from + (number * hours) / count);
}

test('a reader that polls once a day gets every story of the day', async () => {
  await bulletins(12, 0, 23);
  expect(await titles()).toHaveLength(12);
  // The page shows as many as the settings say.
  expect((await text('index.html')).match(/<article/g)?.length ?? 0).toBeLessThanOrEqual(5);
});

test('back-dated copy reaches subscribers with its own date, and leaves after two days with news', async () => {
  await bulletins(8, 0, 200);
  await file('world/old.md', 200, { hoursEarlier: 24 * 400 });
  for (const feed of ['feed.json', 'world/feed.json'])
    expect(await titles(feed)).toContain('Story world/old.md');
  const [entry] = (await desk.entries()).slice(-1);
  expect(entry).toMatchObject({
    title: 'Story world/old.md',
    date_published: after(200 - 24 * 400),
  });
  await file('news/next.md', 247);
  expect(await titles()).toContain('Story world/old.md');
  await file('news/last.md', 249);
  expect(await titles()).not.toContain('Story world/old.md');
});

test('a story that is corrected after others comes back at its place', async () => {
  await file('world/ferry.md', 0);
  await bulletins(12, 30, 200);
  expect(await titles()).not.toContain('Story world/ferry.md');
  const correction = await desk.put(
    'world/ferry.md',
    `---\ntitle: Ferry corrected\ndate: ${after(0)}\n---\n\nThe ferry sailed at nine.\n`,
  );
  correction.eventTime = desk.now;
  await desk.settle();
  const items = await desk.entries();
  expect(items.at(-1)).toMatchObject({
    title: 'Ferry corrected',
    date_published: after(0),
  });
});

test('readers see a notice in place of a deleted or withdrawn story, for a week, and its page answers 410', async () => {
  await file('world/gone.md', 0, { more: 'tags: [Ports]\n' });
  await file('world/killed.md', 1);
  await file('world/stays.md', 2);
  const ids = new Map((await desk.entries()).map(({ id, title }) => [title, id]));
  const pages = await Promise.all(
    ['world/gone.md', 'world/killed.md'].map(async key => (await desk.record(key)) as { permalink: string }),
  );
  desk.now = after(3);
  await desk.remove('world/gone.md');
  await desk.put('world/killed.md', '---\ntitle: Story\nstatus: withdrawn\n---\n\nNo words.\n');
  await desk.settle();
  for (const folder of ['', 'world/']) {
    const items = await desk.entries(`${folder}feed.json`);
    expect(items.map(({ title }) => title)).toEqual([
      'Story world/stays.md',
      'Article withdrawn',
      'Article withdrawn',
    ]);
    expect(items.map(({ id }) => id)).toEqual(
      ['world/stays.md', 'world/killed.md', 'world/gone.md'].map(key => ids.get(`Story ${key}`)),
    );
    expect(items[1]).toMatchObject({
      content_html: '<p>This article is no longer published.</p>',
      _gone: {},
    });
    expect(String(items[1]?.date_modified) >= after(3).slice(0, 19)).toBe(true);
    const atom = await text(`${folder}atom.xml`);
    for (const item of items.slice(1)) expect(atom).toContain(`ref="${item.id}"`);
    for (const name of ['feed.xml', 'atom.xml', 'feed.json'])
      expect([name, brokenFeedRules(await text(folder + name))]).toEqual([name, []]);
    for (const name of ['feed.xml', 'atom.xml', 'feed.json', 'index.html'])
      expect(await text(folder + name)).not.toMatch(/world\/(gone|killed)\.md/);
  }
  expect(await titles('tags/ports/feed.json')).toEqual(['Article withdrawn']);
  for (const { permalink } of pages) {
    const page = await desk.site.get(permalink);
    expect(page?.metadata[ANSWER_STATUS]).toBe('410');
    expect(await text('sitemaps/000.xml')).not.toContain(permalink);
  }

  await tick(3 + 7 * 24 - 1);
  expect(await titles()).toHaveLength(3);
  await tick(3 + 7 * 24);
  expect(await titles()).toEqual(['Story world/stays.md']);
  expect(await titles('tags/ports/feed.json')).toEqual([]);
  for (const { permalink } of pages)
    expect((await desk.site.get(permalink))?.metadata[ANSWER_STATUS]).toBe('410');
});

test('a story that comes back takes the place of its notice, with a later date of change', async () => {
  await file('world/ferry.md', 0);
  await bulletins(8, 30, 200);
  const [before] = (await desk.entries('world/feed.json')).slice(-1);
  desk.now = after(240);
  await desk.remove('world/ferry.md');
  await desk.settle();
  expect(await titles()).toContain('Article withdrawn');
  const notice = (await desk.entries()).find(({ id }) => id === before?.id);
  await file('world/ferry.md', 250, { hoursEarlier: 250 });
  const back = (await desk.entries()).find(({ id }) => id === before?.id);
  expect(back).toMatchObject({ title: 'Story world/ferry.md', date_published: before?.date_published });
  expect(String(back?.date_modified) > String(notice?.date_modified)).toBe(true);
});

test('a story that was never public leaves no trace when it goes', async () => {
  await file('world/stays.md', 0);
  await file('world/draft.md', 1, { more: 'status: draft\n' });
  await file('world/later.md', 1, { more: `embargo: ${after(99)}\n` });
  const before = [...(await desk.files()).keys()];
  // It was live in the table, but nobody published it.
  await desk.put(
    'world/short.md',
    `---\ntitle: Short\ndate: ${after(1)}\n---\n\nIt is gone before anyone saw it.\n`,
  );
  await desk.deliver(...desk.events.splice(0));
  for (const key of ['world/draft.md', 'world/later.md', 'world/short.md']) await desk.remove(key);
  await desk.settle();
  expect(await titles()).toEqual(['Story world/stays.md']);
  expect([...(await desk.files()).keys()]).toEqual(before);
});

test('stories with one date keep their order when some of them go', async () => {
  for (const name of ['a', 'b', 'c', 'd']) await file(`world/${name}.md`, 0);
  const order = (await desk.entries()).map(({ id }) => id);
  for (const name of ['a', 'd', 'b']) {
    await change(`world/${name}.md`, 1, { status: 'withdrawn' });
    await desk.publishAll();
    expect((await desk.entries()).map(({ id }) => id)).toEqual(order);
  }
});

test('a new section or tag of a story that was never public leaves no trace either', async () => {
  await file('world/stays.md', 0);
  const before = [...(await desk.files()).keys()];
  await desk.put(
    'inquiry/short.md',
    '---\ntitle: Short\ntags: [Bribes]\nauthors: [Ada Quill]\n---\n\nSoon gone.\n',
  );
  await desk.deliver(...desk.events.splice(0));
  await desk.remove('inquiry/short.md');
  await desk.settle();
  expect([...(await desk.files()).keys()]).toEqual(before);
});

test('a story that comes back after the end of its notice has a later date of change than the notice', async () => {
  await file('world/ferry.md', 0);
  await change('world/ferry.md', 2, { status: 'withdrawn' });
  await desk.publishAll();
  const [notice] = await desk.entries();
  await tick(2 + 8 * 24);
  expect(await titles()).toEqual([]);
  await change('world/ferry.md', 2 + 9 * 24, { status: 'live' });
  await desk.publishAll();
  const [back] = await desk.entries();
  expect(back).toMatchObject({ id: notice?.id, title: 'Story world/ferry.md' });
  expect(Date.parse(String(back?.date_modified))).toBeGreaterThan(Date.parse(String(notice?.date_modified)));
});

test('a rebuild mends feeds to which the end of a notice was lost', async () => {
  await file('world/ferry.md', 0, { more: 'tags: [Ports]\n' });
  await file('world/stays.md', 1);
  await change('world/ferry.md', 2, { status: 'withdrawn' });
  await desk.publishAll();
  await endDue(2 + 8 * 24);
  desk.changes.splice(0);
  const { articles, storage, site: siteBucket } = desk;
  const site = siteOf(DEFAULT_SETTINGS, 'https://news.example.org');
  await rebuild({ articles, storage, siteBucket, site, now: () => after(2 + 8 * 24), onBroken: raise });
  for (const feed of ['feed.json', 'world/feed.json'])
    expect(await titles(feed)).toEqual(['Story world/stays.md']);
  expect(await titles('tags/ports/feed.json')).toEqual([]);
});

function raise(error: Error): never {
  throw error;
}

test('late copy does not end the notice of a killed story', async () => {
  await file('world/killed.md', 0);
  desk.now = after(1);
  await desk.remove('world/killed.md');
  await desk.settle();
  for (let number = 0; number < 55; number++)
    await desk.put(
      `sport/old${number}.md`,
      `---\ntitle: Old ${number}\ndate: ${after(-99 - number)}\n---\n\nMatch ${number} of the old cup was won by team ${number * 7}.\n`,
    );
  await desk.settle();
  expect(await titles()).toContain('Article withdrawn');
  expect((await titles()).length).toBeGreaterThan(40);
});
