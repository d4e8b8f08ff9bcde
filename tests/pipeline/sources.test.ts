import { story } from '../support/copy.ts';
import { type Desk, startDesk } from '../support/desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk();
});
afterEach(() => desk.close());

async function headlines(file?: string): Promise<string[]> {
  return (await desk.feed(file)).map(({ title }) => title);
}

test('an upload reaches every feed, its section, its page and the sitemap', async () => {
  await desk.put('world/a.md', story('Ferry sails'));
  await desk.settle();
  const files = await desk.files();
  for (const file of [
    'feed.xml',
    'atom.xml',
    'feed.json',
    'index.html',
    'world/feed.xml',
    'world/index.html',
  ])
    expect(files.get(file)).toContain('Ferry sails');
  const record = await desk.record('world/a.md');
  expect(record).toMatchObject({ status: 'live', section: 'world' });
  const page = record && 'permalink' in record ? (record.permalink ?? '') : '';
  expect(files.get(page)).toContain('The ferry left the harbour');
  expect(files.get('sitemaps/000.xml')).toContain(page);
  expect(files.get('sitemap.xml')).toContain('sitemaps/000.xml');
  expect(files.get('opml.xml')).toContain('world/feed.xml');
});

test('a correction changes the entry under the same id and address', async () => {
  await desk.put('world/a.md', story('Ferry sails'));
  await desk.settle();
  const [before] = await desk.feed();
  await desk.put('world/a.md', story('Ferry sails at last'));
  await desk.settle();
  const after = await desk.feed();
  expect(after).toHaveLength(1);
  expect(after[0]).toMatchObject({ id: before?.id, url: before?.url, title: 'Ferry sails at last' });
  expect(String(after[0]?.date_modified) > String(before?.date_modified)).toBe(true);
  expect(after[0]?.date_published).toBe(before?.date_published);
});

test('an equal upload changes not one byte of the site', async () => {
  await desk.put('world/a.md', story('Ferry sails'));
  await desk.settle();
  const before = await desk.files();
  await desk.put('world/a.md', story('Ferry sails'));
  await desk.settle();
  expect(await desk.files()).toEqual(before);
  expect(await desk.record('world/a.md')).toMatchObject({ revision: 1 });
  expect(desk.log.at(-2)).toMatchObject({ outcome: 'unchanged' });
});

test('a deletion removes the article everywhere', async () => {
  await desk.put('world/a.md', story('Ferry sails'));
  await desk.put('world/b.md', story('Bridge opens', 'The bridge is open to traffic in both directions.'));
  await desk.settle();
  await desk.remove('world/a.md');
  await desk.settle();
  for (const [key, body] of await desk.files()) expect([key, body.includes('Ferry')]).toEqual([key, false]);
  expect(await headlines()).toEqual(['Bridge opens']);
});

test('a deletion that arrives before the upload it follows wins', async () => {
  const created = await desk.put('world/a.md', story('Ferry sails'));
  const removed = await desk.remove('world/a.md');
  await desk.deliver(removed);
  await desk.deliver(created);
  await desk.publishAll();
  expect(await desk.record('world/a.md')).toMatchObject({ status: 'deleted' });
  expect(await desk.feed()).toEqual([]);
});

test('created, deleted and created again is the same article, in any order of events', async () => {
  const first = await desk.put('world/a.md', story('Ferry sails'));
  const removed = await desk.remove('world/a.md');
  const again = await desk.put('world/a.md', story('Ferry sails again'));
  desk.events.length = 0;
  for (const order of [
    [first, removed, again],
    [again, removed, first],
    [removed, again, first],
    [removed, first, again, removed, first],
  ]) {
    for (const event of order) await desk.deliver(event);
    await desk.publishAll();
    expect(await headlines()).toEqual(['Ferry sails again']);
    expect(await desk.record('world/a.md')).toMatchObject({ status: 'live' });
  }
  const ids = (await desk.feed()).map(({ id }) => id);
  const record = await desk.record('world/a.md');
  expect(ids).toEqual([record?.guid]);
});

test('events of one key in any order, repeated and all at once, end with the newest', async () => {
  const versions = [];
  for (let number = 1; number <= 6; number++)
    versions.push(
      await desk.put(
        'world/a.md',
        story(`Version ${number}`, `Version ${number} of the story of the ferry.`),
      ),
    );
  desk.events.length = 0;
  expect(await desk.deliver(...versions.slice().reverse(), ...versions, ...versions.slice(3))).toEqual([]);
  await desk.publishAll();
  expect(await headlines()).toEqual(['Version 6']);
});

test('the version that an event names is read, not the newest', async () => {
  const first = await desk.put('world/a.md', story('First version'));
  await desk.put('world/a.md', story('Second version'));
  desk.events.length = 0;
  await desk.deliver(first);
  await desk.publishAll();
  expect(await headlines()).toEqual(['First version']);
});

describe('the same content under two keys', () => {
  test('is shown once; when the first goes, the eldest duplicate takes its place', async () => {
    await desk.put('world/a.md', story('Ferry sails'));
    await desk.settle();
    await desk.put('sport/b.md', story('Ferry sails'));
    await desk.settle();
    await desk.put('news/c.md', story('Ferry sails'));
    await desk.settle();
    const first = await desk.record('world/a.md');
    expect(await desk.record('sport/b.md')).toMatchObject({ status: 'duplicate', duplicateOf: first?.id });
    expect(await headlines()).toEqual(['Ferry sails']);
    await desk.remove('world/a.md');
    await desk.settle();
    const heir = await desk.record('sport/b.md');
    expect(heir).toMatchObject({ status: 'live' });
    expect(await desk.record('news/c.md')).toMatchObject({ status: 'duplicate', duplicateOf: heir?.id });
    expect((await desk.feed()).map(({ id }) => id)).toEqual([heir?.guid]);
    expect(await headlines('sport/feed.json')).toEqual(['Ferry sails']);
    expect(await headlines('world/feed.json')).toEqual([]);
  });

  test('when the first is corrected, both are shown', async () => {
    await desk.put('world/a.md', story('Ferry sails'));
    await desk.settle();
    await desk.put('sport/b.md', story('Ferry sails'));
    await desk.settle();
    await desk.put('world/a.md', story('Ferry sails', 'This one tells quite another story of that ferry.'));
    await desk.settle();
    expect(await desk.feed()).toHaveLength(2);
  });

  test('uploaded all at once is shown exactly once', async () => {
    for (let number = 0; number < 10; number++) await desk.put(`world/${number}.md`, story('Ferry sails'));
    await desk.settle();
    expect(await headlines()).toEqual(['Ferry sails']);
    const statuses = await Promise.all(
      Array.from({ length: 10 }, async (_, number) => (await desk.record(`world/${number}.md`))?.status),
    );
    expect(statuses.filter(status => status === 'live')).toHaveLength(1);
    expect(statuses.filter(status => status === 'duplicate')).toHaveLength(9);
  });
});

test('a rejected upload is recorded with its reason; over a good article it is a warning', async () => {
  await desk.put('world/a.md', story('Ferry sails'));
  await desk.put('world/b.txt', ' \n\t ');
  await desk.settle();
  await desk.put('world/a.md', new Uint8Array([0, 1, 2, 3, 0, 0, 0, 255]));
  await desk.settle();
  expect(await desk.record('world/b.txt')).toMatchObject({ status: 'rejected', reason: { code: 'empty' } });
  expect(await headlines()).toEqual(['Ferry sails']);
  const kept = await desk.record('world/a.md');
  expect(kept && 'warnings' in kept ? kept.warnings.join() : '').toContain('A later upload was rejected');
  await desk.put(
    'world/b.txt',
    story('Second thoughts', 'Now it does hold a text about the weather at sea.'),
  );
  await desk.settle();
  expect(await desk.record('world/b.txt')).toMatchObject({ status: 'live' });
});

test('folder markers and odd keys', async () => {
  await desk.put('world/', '');
  await desk.put('world/2026 + 50% “done” &c.md', story('Odd key'));
  await desk.settle();
  expect(await desk.record('world/')).toBeUndefined();
  expect(await headlines()).toEqual(['Odd key']);
});

test('an embargoed article is nowhere before its instant, and public at the tick after it', async () => {
  const until = new Date(Date.parse(desk.now) + 3_600_000).toISOString();
  await desk.put(
    'world/a.md',
    `---\ntitle: Secret\nembargo: ${until}\n---\n\nNobody may read this before it is time.\n`,
  );
  await desk.settle();
  expect(await desk.record('world/a.md')).toMatchObject({ status: 'scheduled', embargoUntil: until });
  await desk.publish({ copydesk: 'tick' });
  await desk.settle();
  for (const [key, body] of await desk.files())
    expect([key, /Secret|Nobody may/.test(body)]).toEqual([key, false]);
  desk.now = until;
  await desk.publish({ copydesk: 'tick' });
  await desk.settle();
  expect(await desk.feed()).toMatchObject([{ title: 'Secret', date_published: until }]);
});

test('an edit by hand in the table reaches every feed', async () => {
  await desk.put('world/a.md', story('Ferry sails'));
  await desk.settle();
  const record = await desk.record('world/a.md');
  if (record?.status !== 'live') throw new Error('not live');
  await desk.articles.replace(record, { ...record, headline: 'Edited by hand' });
  await desk.publishAll();
  expect(await headlines()).toEqual(['Edited by hand']);
  await desk.articles.replace(record, { ...record, status: 'withdrawn' });
  await desk.publishAll();
  for (const [key, body] of await desk.files()) expect([key, body.includes('Ferry')]).toEqual([key, false]);
  await desk.put('world/a.md', story('Ferry sails once more'));
  await desk.settle();
  expect(await desk.feed()).toEqual([]);
});

test('what systems and editors leave is acknowledged as ignored, with the reason', async () => {
  const keys = [
    'world/.DS_Store',
    'world/Thumbs.db',
    'world/a.md~',
    '.git/HEAD',
    'world/a.md.part',
    'Icon\r',
  ];
  for (const key of keys) await desk.put(key, story('Ferry sails'));
  await desk.remove('world/.DS_Store');
  await desk.settle();
  const lines = desk.log.filter(({ outcome }) => outcome === 'ignored');
  expect(lines.map(({ key }) => key).sort()).toEqual([...keys, 'world/.DS_Store'].sort());
  expect(lines[0]?.reason).toMatchObject({ message: expect.stringMatching(/not copy/) });
  expect([...(await desk.files()).values()].join()).not.toContain('Ferry sails');
  for (const key of keys) expect(await desk.record(key)).toBeUndefined();
});
