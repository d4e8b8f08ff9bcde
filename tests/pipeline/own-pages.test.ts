import { rebuild } from '../../functions/publish/check/rebuild.ts';
import { siteOf } from '../../functions/publish/model/site.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings/settings.ts';
import { type Desk, startDesk } from '../support/desk.ts';

const ABOUT = 'about/index.html';
/** A page with a headline, and lines of front matter. */
const page = (words: string, head = '') =>
  `---\ntitle: ${words}\n${head}---\n\n${words}, and how to reach us.\n`;
const STORY = '# Ferry sails again\n\nThe ferry to the island sailed again on Thursday, after nine weeks.\n';

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ database: 'memory' });
  await desk.put('world/ferry.md', STORY);
  await desk.put('pages/about.md', page('About us'));
  await desk.settle();
});
afterEach(() => desk.close());

const text = async (key: string) => {
  const object = await desk.site.get(key);
  return object && Buffer.from(object.bytes).toString();
};
const recordOf = async (key: string) =>
  (await desk.record(key)) as { status: string; reason?: { message: string } };
const update = async (key: string, body: string) => {
  await desk.put(key, body);
  await desk.settle();
};
const remove = async (key: string) => {
  await desk.remove(key);
  await desk.settle();
};
const check = () =>
  rebuild({
    articles: desk.articles,
    storage: desk.storage,
    siteBucket: desk.site,
    site: siteOf(DEFAULT_SETTINGS, 'https://news.example.org'),
    onBroken: () => undefined,
    now: () => desk.now,
  });

test('a page is at its address, linked and in the sitemap, and nowhere else', async () => {
  expect(await text(ABOUT)).toContain('<h1>About us</h1>');
  expect(await text(ABOUT)).toContain('<link rel="canonical" href="https://news.example.org/about/"');
  for (const linking of ['index.html', 'world/index.html', '404.html', ABOUT])
    expect(await text(linking)).toMatch(/href="[./]*about\/">About us</);
  expect(await text('sitemaps/pages.xml')).toContain('<loc>https://news.example.org/about/</loc>');
  expect(await text('sitemap.xml')).toContain('<loc>https://news.example.org/sitemaps/pages.xml</loc>');
  const files = await desk.files();
  const frames = ['', 'world/'].flatMap(folder => [`${folder}index.html`, `${folder}subscribe.html`]);
  const linking = new Set([...frames, '404.html', 'search/index.html', ABOUT, 'sitemaps/pages.xml']);
  const naming = [...files].filter(([key, body]) => /about us|about\//i.test(body) && !linking.has(key));
  expect(naming.map(([key]) => key)).toEqual([]);
  expect([...files.keys()].filter(key => key.startsWith('pages'))).toEqual([]);
  expect((await desk.feed()).map(({ title }) => title)).toEqual(['Ferry sails again']);
  expect(await desk.articles.months()).toHaveLength(1);
});

test('a correction and a new title reach the page and the links', async () => {
  await update('pages/about.md', page('Who we are'));
  expect(await text(ABOUT)).toContain('<h1>Who we are</h1>');
  expect(await text('world/index.html')).toContain('about/">Who we are<');
});

test('a new section reaches the navigation of the page', async () => {
  await update('sport/match.md', '# Harbour wins\n\nThe harbour won the match by two goals on Friday.\n');
  expect(await text(ABOUT)).toContain('href="../sport/"');
});

test('a deleted page is gone, also from the links and the sitemap', async () => {
  await remove('pages/about.md');
  expect(await text(ABOUT)).toBeUndefined();
  expect(await text('sitemaps/pages.xml')).toBeUndefined();
  expect(await text('sitemap.xml')).not.toContain('pages.xml');
  // Feeds never had it, so they tell nothing of its end.
  expect(await recordOf('pages/about.md')).not.toHaveProperty('gone');
  for (const [key, body] of await desk.files())
    expect([key, body.includes('About us')]).toEqual([key, false]);
});

test.each([
  ['held', 'draft: true\n'],
  ['scheduled', 'embargo: 2099-01-01T00:00:00Z\n'],
  ['withdrawn', 'withdraw: true\n'],
])('a page that is %s is not public, whether it was before or not', async (status, head) => {
  await update('pages/about.md', page('Secret plans', head));
  await update('pages/jobs.md', page('Secret jobs', head));
  expect([(await recordOf('pages/about.md')).status, (await recordOf('pages/jobs.md')).status]).toEqual([
    status,
    status,
  ]);
  for (const [key, body] of await desk.files())
    expect([key, /secret|about us/i.test(body)]).toEqual([key, false]);
  expect(await text('jobs/index.html')).toBeUndefined();
});

test('a killed page leaves a notice at its address, and comes back if the kill is undone', async () => {
  const id = desk.articles.idOf('pages/about.md');
  await desk.edit(id, { status: 'withdrawn' });
  await desk.publishAll();
  expect((await desk.site.get(ABOUT))?.metadata).toMatchObject({ 'answer-status': '410' });
  expect(await text('index.html')).not.toContain('About us');
  await update('pages/about.md', page('About us again'));
  expect(await text(ABOUT)).not.toContain('About us');
  await desk.edit(id, { status: 'live' });
  await desk.publishAll();
  expect(await text(ABOUT)).toContain('About us again');
});

test('two files of one address: the first is shown, and the other follows when it goes', async () => {
  await update(
    'pages/about.html',
    '<title>The other</title><h1>The other</h1><p>Another page about us, with other words.</p>',
  );
  expect((await recordOf('pages/about.html')).status).toBe('duplicate');
  expect(await text(ABOUT)).toContain('<h1>About us</h1>');
  await remove('pages/about.md');
  expect(await text(ABOUT)).toContain('<h1>The other</h1>');
  expect(await text('index.html')).toContain('about/">The other<');
  await remove('pages/about.html');
  expect(await text(ABOUT)).toBeUndefined();
});

test('a page and a story with the same words hide neither', async () => {
  await update('pages/ferry.md', STORY);
  await update('world/about.md', page('About us'));
  expect(await text('ferry/index.html')).toContain('Ferry sails again');
  expect((await desk.feed()).map(({ title }) => title).sort()).toEqual(['About us', 'Ferry sails again']);
});

test.each([
  ['pages/archive.md', 'The site itself uses the address /archive/.'],
  ['pages/sections.md', 'The site itself uses the address /sections/.'],
  ['pages/Tags.md', 'The site itself uses the address /tags/.'],
  ['pages/index.md', 'The site itself uses the address /index/.'],
  ['pages/world.md', 'The section “world” has the address /world/.'],
  ['pages/legal/privacy.md', 'A page is directly in the folder pages/'],
])('%s is refused with a sentence', async (key, sentence) => {
  await update(key, page('Our page'));
  expect(await recordOf(key)).toMatchObject({
    status: 'rejected',
    reason: { code: 'bad-key', message: expect.stringContaining(sentence) },
  });
  expect(await text('world/index.html')).not.toContain('Our page');
});

test('a section that gets the address of a page later keeps its feeds, and the page stays until it is deleted', async () => {
  await update(
    'about/story.md',
    '# A story about the house\n\nThe old house at the harbour was sold on Monday.\n',
  );
  expect(await text(ABOUT)).toContain('<h1>About us</h1>');
  expect(await text('about/feed.xml')).toContain('A story about the house');
  await remove('pages/about.md');
  expect(await text(ABOUT)).toContain('A story about the house');
});

describe('a section has the address of a page since the page was stored', () => {
  const section = () =>
    update('about/story.md', '# The house\n\nThe old house at the harbour was sold on Monday.\n');

  test('a correction and a withdrawal of the page still count', async () => {
    await section();
    await update('pages/about.md', page('Who we are'));
    expect(await text(ABOUT)).toContain('<h1>Who we are</h1>');
    await update('pages/about.md', page('Who we are', 'withdraw: true\n'));
    expect((await recordOf('pages/about.md')).status).toBe('withdrawn');
    for (const [key, body] of await desk.files())
      expect([key, /who we are/i.test(body)]).toEqual([key, false]);
    expect(await text(ABOUT)).toContain('The house');
  });

  test('the kill of a page that was never public leaves the section its front page', async () => {
    await update('pages/sport.md', page('Secret plans', 'embargo: 2099-01-01T00:00:00Z\n'));
    await update('sport/match.md', '# Harbour wins\n\nThe harbour won the match by two goals on Friday.\n');
    await desk.edit(desk.articles.idOf('pages/sport.md'), { status: 'withdrawn' });
    await desk.publishAll();
    expect(await text('sport/index.html')).toContain('Harbour wins');
  });

  test('the deleted page does not come back', async () => {
    await section();
    await remove('pages/about.md');
    await update('pages/about.md', page('About us'));
    expect(await recordOf('pages/about.md')).toMatchObject({ status: 'rejected' });
    expect(await text(ABOUT)).toContain('The house');
  });
});

test.each(['pages/contact/index.md', 'pages/contact', 'pages/Contact.txt'])(
  '%s is at /contact/',
  async key => {
    await update(key, '# Contact\n\nWrite to the desk, or call us in the morning.\n');
    expect(await text('contact/index.html')).toContain('<h1>Contact</h1>');
  },
);

test('the daily check writes a lost page again, and removes one whose record is gone', async () => {
  await desk.put('pages/jobs.md', page('Jobs'));
  await desk.settle();
  await desk.site.delete(ABOUT);
  await desk.removeItem(desk.articles.idOf('pages/jobs.md'));
  desk.changes.length = 0;
  await check();
  expect(await text(ABOUT)).toContain('<h1>About us</h1>');
  expect(await text('jobs/index.html')).toBeUndefined();
  expect(await text('index.html')).not.toContain('Jobs');
});

test('a lost directory lists the pages again after the check', async () => {
  await desk.storage.delete('directory.json');
  await check();
  expect(await text('index.html')).toContain('about/">About us<');
  expect(await text('sitemaps/pages.xml')).toContain('/about/');
});
