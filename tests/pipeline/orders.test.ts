import { type Article, isArticle } from '../../shared/model/article.ts';
import { story } from '../support/copy.ts';
import { type Desk, startDesk } from '../support/desk.ts';

/** What an editor orders in the file itself, or in its upload's metadata, reaches every output. */

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk();
});
afterEach(() => desk.close());

const TEXT = 'The ferry left the harbour at noon on its first trip.';

function ordered(front: string): string {
  return `---\ntitle: Ferry sails\ndate: 2026-11-01T10:00:00Z\n${front}\n---\n\n${TEXT}\n`;
}

async function article(key = 'world/a.md'): Promise<Article> {
  const record = await desk.record(key);
  if (!record || !isArticle(record)) throw new Error(`${key} is no article`);
  return record;
}

/** Files of the site that hold a word of the story. */
async function filesThatTell(): Promise<string[]> {
  return [...(await desk.files())].filter(([, body]) => /ferry/i.test(body)).map(([key]) => key);
}

test.each(['withdraw: true', 'kill: yes', 'status: withdrawn', 'status: Killed'])(
  '`%s` withdraws what was live from every file; an upload without it restores it',
  async order => {
    await desk.put('world/a.md', story('Ferry sails'));
    await desk.settle();
    const { permalink } = await article();
    await desk.put('world/a.md', ordered(order));
    await desk.settle();
    expect(await article()).toMatchObject({ status: 'withdrawn', withdrawnBy: 'source', permalink });
    expect(await filesThatTell()).toEqual([]);
    expect((await desk.files()).get(permalink)).toMatch(/withdrawn/i);
    await desk.put('world/a.md', story('Ferry sails'));
    await desk.settle();
    expect(await article()).toMatchObject({ status: 'live', permalink });
    expect(await desk.feed()).toHaveLength(1);
  },
);

test('an editor’s kill does not end with what a file says of its own withdrawal', async () => {
  await desk.put(
    'world/c.md',
    story('Tram runs', 'The tram ran through the town at noon for the first time.'),
  );
  await desk.settle();
  await desk.edit((await article('world/c.md')).id, { status: 'withdrawn' });
  await desk.publishAll();
  for (const front of ['withdraw: true', 'withdraw: false']) {
    await desk.put('world/c.md', ordered(front).replace(TEXT, 'The tram ran through the town.'));
    await desk.settle();
    const record = await article('world/c.md');
    expect([record.status, record.withdrawnBy]).toEqual(['withdrawn', undefined]);
  }
});

test.each(['hold: true', 'status: hold', 'draft: true', 'published: false'])(
  '`%s` takes a story off the site until it is filed without it',
  async order => {
    await desk.put('world/a.md', story('Ferry sails'));
    await desk.settle();
    await desk.put('world/a.md', ordered(order));
    await desk.settle();
    await desk.publish({ copydesk: 'tick' });
    expect(await article()).toMatchObject({ status: 'held' });
    expect(await filesThatTell()).toEqual([]);
    await desk.put('world/a.md', story('Ferry sails'));
    await desk.settle();
    expect(await article()).toMatchObject({ status: 'live', publishedAt: '2026-11-01T10:00:00.000Z' });
  },
);

test('a hold wins over an embargo beside it', async () => {
  await desk.put('world/a.md', ordered('hold: true\nembargo: 2020-01-01'));
  await desk.settle();
  expect(await article()).toMatchObject({ status: 'held' });
});

test('a correction is a revision with its note, in the page and the feeds', async () => {
  await desk.put('world/a.md', story('Ferry sails'));
  await desk.settle();
  const note = 'An earlier version named the wrong harbour.';
  await desk.put('world/a.md', ordered(`correction: ${note}`));
  await desk.settle();
  const record = await article();
  expect(record).toMatchObject({ revision: 2, correction: note });
  const files = await desk.files();
  for (const file of [record.permalink, 'feed.xml', 'atom.xml', 'feed.json'])
    expect([file, files.get(file)?.includes(note)]).toEqual([file, true]);
});

test('the metadata of an upload orders the same', async () => {
  await desk.put('world/a.md', story('Ferry sails'), { correction: 'A note.', pinned: 'true' });
  await desk.settle();
  expect(await article()).toMatchObject({ status: 'live', correction: 'A note.', pinned: true });
  await desk.put('world/a.md', story('Ferry sails'), { status: 'hold' });
  await desk.settle();
  expect(await article()).toMatchObject({ status: 'held' });
  await desk.put('world/a.md', story('Ferry sails'), { withdraw: 'true' });
  await desk.settle();
  expect(await article()).toMatchObject({ status: 'withdrawn', withdrawnBy: 'source' });
  expect(await filesThatTell()).toEqual([]);
});
