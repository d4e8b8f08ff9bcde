import { type Article, isArticle } from '../../shared/model/article.ts';
import { story } from '../support/copy.ts';
import { type Desk, startDesk } from '../support/desk.ts';

/** What was killed stays killed, and what is not public yet is named nowhere. */

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk();
});
afterEach(() => desk.close());

/** As an editor kills an article in the console: the status and nothing else. */
async function kill(key: string): Promise<Article> {
  const record = await desk.record(key);
  if (!record || !isArticle(record)) throw new Error(`${key} is no article`);
  await desk.edit(record.id, { status: 'withdrawn' });
  await desk.publishAll();
  return record;
}

async function expectNothingOf(pattern: RegExp): Promise<void> {
  for (const [key, body] of await desk.files())
    expect([key, pattern.test(key), pattern.test(body)]).toEqual([key, false, false]);
}

test('a kill outlives corrections, and the deletion and return of the file', async () => {
  await desk.put('world/a.md', story('Ferry sails'));
  await desk.settle();
  await kill('world/a.md');
  await desk.put('world/a.md', story('Ferry sails again'));
  await desk.settle();
  await desk.remove('world/a.md');
  await desk.settle();
  await desk.put('world/a.md', story('Ferry sails'));
  await desk.settle();
  expect(await desk.record('world/a.md')).toMatchObject({ status: 'withdrawn' });
  expect(await desk.feed()).toEqual([]);
});

test('a killed story does not come back by its duplicates', async () => {
  await desk.put('world/a.md', story('Ferry sails'));
  await desk.settle();
  await desk.put('sport/b.md', story('Ferry sails'));
  await desk.settle();
  await kill('world/a.md');
  await desk.remove('world/a.md');
  await desk.settle();
  await desk.put('news/c.md', story('Ferry sails'));
  await desk.settle();
  expect(await desk.feed()).toEqual([]);
  expect(await desk.record('sport/b.md')).toMatchObject({ status: 'duplicate' });
});

test('a kill of an article that would have expired does not end with its expiry', async () => {
  const soon = new Date(Date.parse(desk.now) + 60_000).toISOString();
  await desk.put(
    'world/a.md',
    `---\ntitle: Sale\nexpires: ${soon}\n---\n\nEverything must go by this evening.\n`,
  );
  await desk.settle();
  await kill('world/a.md');
  desk.now = new Date(Date.parse(soon) + 60_000).toISOString();
  await desk.publish({ copydesk: 'tick' });
  await desk.put('world/a.md', story('Sale'));
  await desk.settle();
  expect(await desk.record('world/a.md')).toMatchObject({ status: 'withdrawn' });
});

test('an expired article leaves its content to others', async () => {
  const soon = new Date(Date.parse(desk.now) + 60_000).toISOString();
  const copy = `---\ntitle: Sale\nexpires: ${soon}\n---\n\nEverything must go by this evening.\n`;
  await desk.put('world/a.md', copy);
  await desk.settle();
  desk.now = new Date(Date.parse(soon) + 60_000).toISOString();
  await desk.publish({ copydesk: 'tick' });
  await desk.settle();
  expect(await desk.record('world/a.md')).toMatchObject({ status: 'withdrawn', withdrawnBy: 'expiry' });
  await desk.put('world/b.md', '---\ntitle: Sale\n---\n\nEverything must go by this evening.\n');
  await desk.settle();
  expect(await desk.record('world/b.md')).toMatchObject({ status: 'live' });
});

test('neither section, tags nor address of an embargoed article are named before its time', async () => {
  const until = new Date(Date.parse(desk.now) + 3_600_000).toISOString();
  await desk.put(
    'acquisitions/a.md',
    `---\ntitle: Acme buys Globex\nembargo: ${until}\ntags: [Acme buys Globex]\n---\n\nNobody may know of it before it is time.\n`,
  );
  await desk.settle();
  await desk.publish({ copydesk: 'tick' });
  await desk.publish({ copydesk: 'rebuild' });
  await expectNothingOf(/acme|globex|acquisitions/i);
  await kill('acquisitions/a.md');
  await expectNothingOf(/acme|globex|acquisitions/i);
});

test('a kill in the table between ingest’s reading and its writing is not lost', async () => {
  await desk.put('world/a.md', story('Ferry sails'));
  await desk.settle();
  const record = await desk.record('world/a.md');
  const correction = await desk.put('world/a.md', story('Ferry sails', 'A corrected text about the ferry.'));
  const replace = desk.articles.replace.bind(desk.articles);
  jest.spyOn(desk.articles, 'replace').mockImplementationOnce(async (current, next) => {
    await desk.edit(record?.id ?? '', { status: 'withdrawn' });
    return replace(current, next);
  });
  expect(await desk.deliver(correction)).toEqual([]);
  expect(await desk.record('world/a.md')).toMatchObject({ status: 'withdrawn', revision: 2 });
});

test('an article restored in the console is found by the index again', async () => {
  await desk.put('world/a.md', story('Ferry sails'));
  await desk.settle();
  const { id } = await kill('world/a.md');
  await desk.put('world/a.md', story('Ferry sails', 'A text that makes it drop out of the index.'));
  await desk.settle();
  expect(await desk.articles.newest(5)).toEqual([]);
  await desk.edit(id, { status: 'live' });
  await desk.publishAll();
  expect(await desk.articles.newest(5)).toEqual([id]);
  expect(await desk.feed()).toHaveLength(1);
});
