import { BatchWriteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { type Desk, startDesk } from '../support/desk.ts';

/** A table that was restored to an earlier time tells less than the files show. A kill still reaches all of them. */

const TABLE_NAME = 'articles';

const SECRET = 'The ferry carried the secret cargo to the island of Orsay.';

let desk: Desk;
let table: Desk['clients']['dynamodb'];
beforeEach(async () => {
  desk = await startDesk();
  table = desk.clients.dynamodb;
});
afterEach(() => desk.close());

const story = (fields: string, text = SECRET) => `---\ntitle: Ferry\n${fields}\n---\n\n${text}\n`;

async function items(): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await table.send(new ScanCommand({ TableName: TABLE_NAME, ConsistentRead: true }));
  return Items;
}

/** Makes the table what it was, as a restored table: no change record tells of it. */
async function restore(earlier: readonly Record<string, unknown>[]): Promise<void> {
  const writes = [
    ...(await items()).map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } })),
    ...earlier.map(Item => ({ PutRequest: { Item } })),
  ];
  for (const write of writes)
    await table.send(new BatchWriteCommand({ RequestItems: { [TABLE_NAME]: [write] } }));
  desk.changes.length = 0;
}

/** Takes positions, so that the next article stands on other pages. */
const take = (taken: number) =>
  table.send(new PutCommand({ TableName: TABLE_NAME, Item: { pk: 'series#all', sk: 'counter', taken } }));

async function kill(key: string): Promise<void> {
  await desk.edit(desk.articles.idOf(key), { status: 'withdrawn' });
  await desk.publishAll();
}

/** Keys of the files of the site, and of the states, that hold the text or the id of the story. */
async function holding(key: string): Promise<string[]> {
  const id = desk.articles.idOf(key);
  const found: string[] = [];
  for (const [file, text] of await desk.files())
    if (text.includes(SECRET) || (text.includes(id) && !file.includes(id))) found.push(file);
  for await (const file of desk.storage.keys()) {
    const text = Buffer.from((await desk.storage.get(file))?.bytes ?? []).toString();
    if (text.includes(id)) found.push(file);
  }
  return found;
}

const upload = async (key: string, text: string) => {
  await desk.put(key, text);
  await desk.settle();
};

beforeEach(async () => {
  await upload('world/other.md', story('tags: [ports]', 'Another story stays.'));
});

test('of a story that the table forgot, and that came back on other pages', async () => {
  const earlier = await items();
  await take(612);
  await upload('world/ferry.md', story('tags: [ports]\ndate: 2026-10-01'));
  expect(await holding('world/ferry.md')).toEqual(
    expect.arrayContaining(['archive/12/feed.xml', 'sitemaps/001.xml', 'history/000012.json']),
  );
  await restore(earlier);
  await upload('world/ferry.md', story('tags: [harbours]\ndate: 2026-10-02'));
  expect(await holding('world/ferry.md')).not.toContain('history/000012.json');
  await kill('world/ferry.md');
  expect(await holding('world/ferry.md')).toEqual([]);
  expect((await desk.feed()).map(({ title }) => title)).toEqual(['Ferry']);
});

test('of a story whose later tags, date and versions the table forgot', async () => {
  await upload('world/ferry.md', story('tags: [ports]\ndate: 2026-10-01'));
  const earlier = await items();
  for (const tag of ['harbours', 'islands', 'ships'])
    await upload('world/ferry.md', story(`tags: [${tag}]\nauthor: Ann ${tag}\ndate: 2026-09-01`));
  expect(await holding('world/ferry.md')).toEqual(
    expect.arrayContaining([
      'tags/ships/feed.xml',
      'authors/ann-ships/feed.xml',
      'archive/2026/09/01/index.html',
    ]),
  );
  await restore(earlier);
  await kill('world/ferry.md');
  expect(await holding('world/ferry.md')).toEqual([]);
});

test('of a story that the table forgot, and that came back with another tag', async () => {
  const earlier = await items();
  await upload('world/ferry.md', story('tags: [ports]\ndate: 2026-10-01'));
  await restore(earlier);
  await upload('world/ferry.md', story('tags: [harbours]\ndate: 2026-10-01'));
  expect(await holding('world/ferry.md')).not.toContain('tags/ports/feed.xml');
  await kill('world/ferry.md');
  expect(await holding('world/ferry.md')).toEqual([]);
});

test('of a story that was corrected after the table forgot one of its tags', async () => {
  await upload('world/ferry.md', story('tags: [ports]\ndate: 2026-10-01'));
  const earlier = await items();
  for (const tag of ['islands', 'ships'])
    await upload('world/ferry.md', story(`tags: [${tag}]\ndate: 2026-10-01`));
  await restore(earlier);
  for (const tag of ['harbours', 'boats'])
    await upload('world/ferry.md', story(`tags: [${tag}]\ndate: 2026-10-01`));
  expect(await holding('world/ferry.md')).not.toContain('tags/ships/feed.xml');
  expect(await holding('world/ferry.md')).toContain('tags/boats/feed.xml');
  await kill('world/ferry.md');
  expect(await holding('world/ferry.md')).toEqual([]);
});

test('also if the publisher dies at each of its writes, and each retry gets one write further', async () => {
  await upload('world/ferry.md', story('tags: [ports]\ndate: 2026-10-01'));
  const earlier = await items();
  await upload('world/ferry.md', story('tags: [ships]\ndate: 2026-09-01'));
  await restore(earlier);
  await desk.edit(desk.articles.idOf('world/ferry.md'), { status: 'withdrawn' });
  const Records = desk.changes.splice(0);
  const { s3 } = desk.clients;
  const send = s3.send.bind(s3);
  let [allowed, writes] = [0, 0];
  do {
    writes = 0;
    s3.send = (async (command: { constructor: { name: string } }) => {
      if (/Put|Delete/.test(command.constructor.name) && ++writes > allowed) throw new Error('It died.');
      return send(command as never);
    }) as typeof s3.send;
    await desk.publish({ Records }).catch(() => undefined);
  } while (writes > allowed++);
  expect(allowed).toBeGreaterThan(5);
  s3.send = send;
  expect(await holding('world/ferry.md')).toEqual([]);
});
