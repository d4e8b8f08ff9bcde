import { parseArticle } from '../../functions/ingest/parse.ts';
import { story } from '../support/copy.ts';
import { type Desk, type DeskOptions, startDesk } from '../support/desk.ts';
import { store } from '../support/stories.ts';

let desk: Desk;
afterEach(() => desk.close());

async function start(options?: DeskOptions): Promise<void> {
  desk = await startDesk({ ...options, database: 'memory' });
}

async function headlines(file?: string): Promise<string[]> {
  return (await desk.feed(file)).map(({ title }) => title);
}

test('six publishers at once lose no entry, in any file at rest', async () => {
  await start({ settings: { feeds: { entries: 100 } } });
  for (let number = 0; number < 18; number++) await store(desk, number);
  // Not one has seen what the others publish, and each gets its own three articles.
  const changes = desk.changes
    .splice(0)
    .filter(({ dynamodb }) => dynamodb?.Keys?.pk?.S?.startsWith('article#'));
  const batches = Array.from({ length: 6 }, (_, index) => changes.slice(index * 3, index * 3 + 3));
  await Promise.all(batches.map(Records => desk.publish({ Records })));
  const expected = Array.from({ length: 18 }, (_, index) => `Story ${17 - index}`);
  expect(await headlines()).toEqual(expected);
  expect(await headlines('world/feed.json')).toEqual(expected);
  const files = await desk.files();
  for (const file of ['feed.xml', 'atom.xml', 'world/feed.xml', 'world/atom.xml'])
    for (const headline of expected) expect(files.get(file)).toContain(headline);
  // A front page shows only so many of one section.
  for (const headline of expected.slice(0, 10)) expect(files.get('index.html')).toContain(headline);
  expect(files.get('sitemaps/000.xml')?.match(/<loc>/g)).toHaveLength(18);
});

test('a publisher that read before a kill and writes after it leaves nothing of the article', async () => {
  await start();
  const live = await store(desk, 1);
  const stale = desk.changes.splice(0);
  const killed = { ...live, status: 'withdrawn' as const, version: 2 };
  await desk.articles.replace(live, killed);
  const kill = desk.changes.splice(0);
  await Promise.all([desk.publish({ Records: stale }), desk.publish({ Records: kill })]);
  await desk.publish({ Records: stale });
  expect(await headlines()).toEqual([]);
  for (const [key, body] of await desk.files()) expect([key, body.includes('Story 1')]).toEqual([key, false]);
});

test('a file that fails does not take its neighbours along, and succeeds when it is delivered again', async () => {
  let broken = true;
  await start({
    parse: async (input, settings) => {
      if (broken && input.key === 'world/2.md') throw new Error('The disk is full.');
      return parseArticle(input, settings);
    },
  });
  const events = [];
  for (const number of [1, 2, 3])
    events.push(
      await desk.put(`world/${number}.md`, story(`Story ${number}`, `Text of the ${number}th story.`)),
    );
  expect(await desk.deliver(...events)).toEqual([1]);
  await desk.publishAll();
  expect((await headlines()).sort()).toEqual(['Story 1', 'Story 3']);
  broken = false;
  expect(await desk.deliver(...events)).toEqual([]);
  await desk.publishAll();
  expect((await headlines()).sort()).toEqual(['Story 1', 'Story 2', 'Story 3']);
});

test('an event sent again after an upgrade of the parser is parsed again', async () => {
  await start();
  const event = await desk.put('world/a.md', story('Old reading'));
  await desk.settle();
  const before = await desk.record('world/a.md');
  if (before?.status !== 'live') throw new Error('not live');
  await desk.articles.replace(before, { ...before, headline: 'Misread', parserVersion: 'older' });
  expect(await desk.deliver(event)).toEqual([]);
  await desk.publishAll();
  expect(await headlines()).toEqual(['Old reading']);
});

test('a window that withdrawals have emptied is filled up from the table', async () => {
  await start({ settings: { feeds: { entries: 5 } } });
  const stories = [];
  for (let number = 0; number < 30; number++) stories.push(await store(desk, number));
  await desk.publishAll();
  for (const story of stories.slice(5))
    await desk.articles.replace(story, { ...story, status: 'withdrawn', version: 2 });
  await desk.publishAll();
  expect(await headlines()).toEqual(['Story 4', 'Story 3', 'Story 2', 'Story 1', 'Story 0']);
});

test('a rebuild mends what a lost change record left behind, and keeps what the index lacks', async () => {
  await start();
  const first = await store(desk, 1);
  await store(desk, 2);
  await desk.publishAll();
  await store(desk, 3);
  await desk.articles.replace(first, { ...first, status: 'withdrawn', version: 2 });
  desk.changes.length = 0;
  expect(await headlines()).toEqual(['Story 2', 'Story 1']);
  await desk.publish({ copydesk: 'rebuild' });
  expect(await headlines()).toEqual(['Story 3', 'Story 2']);
  expect(await headlines('world/feed.json')).toEqual(['Story 3', 'Story 2']);
});

test('a rebuild publishes what a lost change record never did, and withdraws what it did not', async () => {
  await start();
  const killed = await store(desk, 1, { section: 'crime' });
  await desk.publishAll();
  await desk.articles.replace(killed, { ...killed, status: 'withdrawn', version: 2 });
  const lost = await store(desk, 2, { section: 'science', publishedAt: '2026-10-05T00:00:00.000Z' });
  desk.changes.length = 0;
  await desk.publish({ copydesk: 'rebuild' });
  const files = await desk.files();
  expect(files.get(killed.permalink)).not.toContain('Story 1');
  expect(files.get(lost.permalink)).toContain('Story 2');
  expect(await headlines('science/feed.json')).toEqual(['Story 2']);
  expect(await headlines('crime/feed.json')).toEqual([]);
  for (const file of ['sitemaps/000.xml', 'archive/2026/10/index.html', 'archive/0/atom.xml'])
    expect(files.get(file)).toContain(lost.permalink);
  expect(files.get('opml.xml')).not.toContain('crime/');
});

test('a tick reads no article of the archive that is not due', async () => {
  await start();
  for (let number = 0; number < 5; number++) await store(desk, number);
  await desk.publishAll();
  // The first tick of a container writes the files of the site.
  await desk.publish({ copydesk: 'tick' });
  const read = [jest.spyOn(desk.articles, 'getMany'), jest.spyOn(desk.articles, 'get')];
  await desk.publish({ copydesk: 'tick' });
  for (const spy of read) expect(spy).not.toHaveBeenCalled();
});

test('an article that moves to another section and tag leaves the old ones', async () => {
  await start();
  const before = await store(desk, 1, { tags: ['Ports'] });
  await desk.publishAll();
  expect(await headlines('tags/ports/feed.json')).toEqual(['Story 1']);
  await desk.articles.replace(before, { ...before, section: 'Sport', tags: ['Rowing'], version: 2 });
  await desk.publishAll();
  expect(await headlines('world/feed.json')).toEqual([]);
  expect(await headlines('tags/ports/feed.json')).toEqual([]);
  expect(await headlines('sport/feed.json')).toEqual(['Story 1']);
  expect(await headlines('tags/rowing/feed.json')).toEqual(['Story 1']);
  const opml = (await desk.files()).get('opml.xml');
  expect(opml).toContain('sport/feed.xml');
  expect(opml).not.toContain('world/feed.xml');
});

test('publishing again writes no file at all', async () => {
  await start();
  for (let number = 0; number < 3; number++) await store(desk, number);
  const changes = desk.changes.slice();
  await desk.publishAll();
  const before = await desk.files();
  desk.log.length = 0;
  await desk.publish({ Records: changes });
  expect(desk.log.at(-1)).toMatchObject({ event: 'edition.published', files: 0 });
  expect(await desk.files()).toEqual(before);
});

test('a body too large for the table is whole in the feeds and on its page', async () => {
  await start();
  const paragraphs = Array.from(
    { length: 3_000 },
    (_, number) =>
      `Paragraph ${number} is about the ferry, the harbour and the long winter that was behind them all.`,
  );
  await desk.put('world/long.md', story('Long read', paragraphs.join('\n\n')));
  await desk.settle();
  const record = await desk.record('world/long.md');
  expect(record).toMatchObject({ status: 'live', bodyKey: expect.stringMatching(/^bodies\//) });
  expect(record).not.toHaveProperty('bodyHtml');
  const [item] = await desk.feed();
  for (const paragraph of [paragraphs[0], paragraphs[2_999]]) expect(item?.content_html).toContain(paragraph);
});

test('a new site has its front page and empty feeds after the first tick', async () => {
  await start();
  await desk.publish({ copydesk: 'tick' });
  const files = await desk.files();
  for (const file of [
    'index.html',
    'feed.xml',
    'atom.xml',
    'feed.json',
    'robots.txt',
    'sitemap.xml',
    'opml.xml',
  ])
    expect([file, files.has(file)]).toEqual([file, true]);
});
