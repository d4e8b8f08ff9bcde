import { rebuild } from '../../functions/publish/check/rebuild.ts';
import { siteOf } from '../../functions/publish/model/site.ts';
import { isArticle } from '../../shared/model/article.ts';
import { readSettings } from '../../shared/settings/settings.ts';
import { type Desk, startDesk } from '../support/desk.ts';

let desk: Desk;
const open = async (settings: unknown = {}) => {
  desk = await startDesk({ database: 'memory', settings });
};
afterEach(() => desk.close());

const OLD = 'old/ferry/index.html';
const story = (name: string, head = '') =>
  `---\ntitle: ${name} sails again\n${head}---\n\n${name} sailed to the island again, after nine weeks in the yard.\n`;
const withAlias = (name: string, head = '') => story(name, `aliases: [/old/ferry/]\n${head}`);

const update = async (key: string, body: string) => {
  await desk.put(key, body);
  await desk.settle();
};
const remove = async (key: string) => {
  await desk.remove(key);
  await desk.settle();
};
const idOf = (key: string) => desk.articles.idOf(key);
const addressOf = async (key: string) => {
  const record = await desk.record(key);
  if (record === undefined || !isArticle(record)) throw new Error(`no article ${key}`);
  return `/${record.permalink}`;
};
/** Where an address leads. */
const targetOf = async (key: string) => (await desk.site.head(key))?.metadata['answer-location'];
const warningsOf = async (key: string) => (await desk.record(key)) as { warnings: string[] };
const check = (settings: unknown = {}) =>
  rebuild({
    articles: desk.articles,
    storage: desk.storage,
    siteBucket: desk.site,
    site: siteOf(readSettings(settings), 'https://news.example.org'),
    onBroken: () => undefined,
    now: () => desk.now,
  });

test('an alias leads to its story, with and without a server that redirects', async () => {
  await open();
  await update('world/ferry.md', withAlias('Aurora', 'redirect_from: /ferry.php\n'));
  const address = await addressOf('world/ferry.md');
  const object = await desk.site.get(OLD);
  expect(object?.metadata).toMatchObject({
    'answer-status': '301',
    'answer-location': address,
    'redirect-of': idOf('world/ferry.md'),
  });
  expect(await targetOf('ferry.php')).toBe(address);
  const page = Buffer.from(object?.bytes ?? '').toString();
  expect(page).toContain(`<meta http-equiv="refresh" content="0; url=../..${address}"`);
  expect(page).toContain(`<link rel="canonical" href="https://news.example.org${address}"`);
  expect(page).toContain('content="noindex"');
  expect(page).not.toContain('Aurora');
  const naming = [...(await desk.files())].filter(
    ([key, body]) => key !== OLD && /old\/ferry|ferry\.php/.test(body),
  );
  expect(naming.map(([key]) => key)).toEqual([]);
});

test('a page of the site itself can have aliases', async () => {
  await open();
  await update('pages/about.md', story('About', 'redirect_from:\n  - /about-us.php\n'));
  expect(await targetOf('about-us.php')).toBe('/about/');
  await remove('pages/about.md');
  expect(await targetOf('about-us.php')).toBeUndefined();
});

test('the target stays when headline, section and file change, and an alias that is left out goes', async () => {
  await open();
  await update('world/ferry.md', withAlias('Aurora'));
  const address = await addressOf('world/ferry.md');
  await update('world/ferry.md', story('Borealis', 'section: sport\naliases: [/old/ferry/, /older.html]\n'));
  expect([await targetOf(OLD), await targetOf('older.html')]).toEqual([address, address]);
  await update('world/ferry.md', story('Borealis', 'aliases: /older.html\n'));
  expect([await targetOf(OLD), await targetOf('older.html')]).toEqual([undefined, address]);
  expect(await desk.articles.aliases.of('/old/ferry/')).toEqual([]);
});

test.each([
  ['held', 'draft: true\n'],
  ['scheduled', 'embargo: 2099-01-01T00:00:00Z\n'],
  ['withdrawn', 'withdraw: true\n'],
])('a story that is %s has no alias, whether it was public before or not', async (status, head) => {
  await open();
  await update('world/new.md', withAlias('Secret', head));
  expect((await desk.record('world/new.md'))?.status).toBe(status);
  expect(await desk.site.head(OLD)).toBeUndefined();
  await remove('world/new.md');
  await update('world/ferry.md', withAlias('Aurora'));
  await update('world/ferry.md', withAlias('Aurora', head));
  expect(await desk.site.head(OLD)).toBeUndefined();
  await update('world/ferry.md', withAlias('Aurora'));
  expect(await targetOf(OLD)).toBe(await addressOf('world/ferry.md'));
});

test('a second story gets a warning, and gets the alias when the first one goes', async () => {
  await open();
  await update('world/first.md', withAlias('Aurora'));
  await update('sport/second.md', withAlias('Borealis'));
  const [first, second] = [await addressOf('world/first.md'), await addressOf('sport/second.md')];
  expect(await targetOf(OLD)).toBe(first);
  expect((await warningsOf('world/first.md')).warnings).toEqual([]);
  expect((await warningsOf('sport/second.md')).warnings.join()).toMatch(/“\/old\/ferry\/”.*world\/first\.md/);
  await desk.edit(idOf('world/first.md'), { status: 'withdrawn' });
  await desk.publishAll();
  expect(await targetOf(OLD)).toBe(second);
  // The first one comes back, and waits.
  await desk.edit(idOf('world/first.md'), { status: 'live' });
  await desk.publishAll();
  expect(await targetOf(OLD)).toBe(second);
  await remove('sport/second.md');
  expect(await targetOf(OLD)).toBe(first);
});

test('a page of a section stays at its address, also if it comes later', async () => {
  await open();
  await update('world/ferry.md', story('Aurora', 'aliases: [/world/, /sport/]\n'));
  expect(await targetOf('world/index.html')).toBeUndefined();
  expect(await targetOf('sport/index.html')).toBe(await addressOf('world/ferry.md'));
  await update('sport/match.md', story('Harbour FC'));
  await remove('world/ferry.md');
  const front = await desk.site.get('sport/index.html');
  expect(front?.metadata['answer-status']).toBeUndefined();
  expect(Buffer.from(front?.bytes ?? '').toString()).toContain('Harbour FC');
});

test('a file that is moved keeps the alias of its story', async () => {
  await open();
  await update('world/ferry.md', withAlias('Aurora'));
  const address = await targetOf(OLD);
  await update('sport/ferry.md', withAlias('Aurora'));
  await remove('world/ferry.md');
  expect(await targetOf(OLD)).toBe(address);
  expect((await desk.site.head(OLD))?.metadata['redirect-of']).toBe(
    (await desk.record('sport/ferry.md'))?.id,
  );
  await remove('sport/ferry.md');
  expect(await desk.site.head(OLD)).toBeUndefined();
});

test('the daily check writes a lost alias again', async () => {
  await open();
  await update('world/ferry.md', withAlias('Aurora'));
  await desk.site.delete(OLD);
  await check();
  expect(await targetOf(OLD)).toBe(await addressOf('world/ferry.md'));
});

test('redirects of the settings are written and removed, and take an alias', async () => {
  await open();
  await update('world/ferry.md', withAlias('Aurora'));
  await update('world/other.md', story('Borealis'));
  const redirects = {
    '/old/ferry': 'https://archive.example/ferry?from=news',
    '/blog.xml': '/feed.xml',
    '/world/': '/about/',
  };
  const feed = await desk.site.get('world/index.html');
  await check({ site: { redirects } });
  expect([await targetOf(OLD), await targetOf('blog.xml')]).toEqual([
    'https://archive.example/ferry?from=news',
    '/feed.xml',
  ]);
  expect((await desk.site.get('world/index.html'))?.etag).toBe(feed?.etag);
  await check();
  expect(await targetOf('blog.xml')).toBeUndefined();
  expect(await targetOf(OLD)).toBe(await addressOf('world/ferry.md'));
});

describe('the address of a page of the site itself', () => {
  const ABOUT = 'about/index.html';
  const page = (head = '') => story('About', head);

  test('leads to the renamed page as soon as the former file goes', async () => {
    await open();
    await update('pages/about.md', page());
    await update('pages/about-us.md', story('About us', 'aliases: /about/\n'));
    expect(await targetOf(ABOUT)).toBeUndefined();
    await remove('pages/about.md');
    expect(await targetOf(ABOUT)).toBe('/about-us/');
  });

  test.each([
    ['held', 'draft: true\n'],
    ['scheduled', 'embargo: 2099-01-01T00:00:00Z\n'],
    ['withdrawn', 'withdraw: true\n'],
  ])('stays the alias of a story while a page that was never public is %s', async (_, head) => {
    await open();
    await update('world/ferry.md', story('Aurora', 'aliases: /about/\n'));
    const address = await addressOf('world/ferry.md');
    await update('pages/about.md', page(head));
    expect(await targetOf(ABOUT)).toBe(address);
    await remove('pages/about.md');
    expect(await targetOf(ABOUT)).toBe(address);
  });

  test('is that of the page if both are public, and tells of its withdrawal', async () => {
    await open();
    await update('world/ferry.md', story('Aurora', 'aliases: /about/\n'));
    await update('pages/about.md', page());
    expect(await targetOf(ABOUT)).toBeUndefined();
    await desk.edit(idOf('pages/about.md'), { status: 'withdrawn' });
    await desk.publishAll();
    expect((await desk.site.head(ABOUT))?.metadata).toMatchObject({ 'answer-status': '410' });
    await check();
    expect((await desk.site.head(ABOUT))?.metadata).toMatchObject({ 'answer-status': '410' });
    await remove('pages/about.md');
    expect(await targetOf(ABOUT)).toBe(await addressOf('world/ferry.md'));
  });
});

test('the page of a section stays at its address when its last story goes', async () => {
  await open();
  await update('world/ferry.md', story('Aurora'));
  await update('sport/match.md', story('Harbour FC', 'aliases: /world/\n'));
  await remove('world/ferry.md');
  await check();
  expect((await desk.site.head('world/index.html'))?.metadata).not.toHaveProperty('answer-status');
});
