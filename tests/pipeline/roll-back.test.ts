import { PutObjectCommand } from '@aws-sdk/client-s3';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { siteOf } from '../../functions/publish/model/site.ts';
import { readSettings } from '../../shared/settings/settings.ts';
import { POSITION_SK } from '../../shared/table/keys.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { republish } from '../support/republish.ts';

/**
 * A newer version has written the states, and an older one runs again. It neither trusts nor merges them, and it makes
 * them again from the table. The newer version does the same with the states of the older one.
 */

const SETTINGS = { feeds: { entries: 3 } };

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ settings: SETTINGS });
  for (let number = 0; number < 8; number++) await upload(number);
});
afterEach(() => desk.close());

const keyOf = (number: number) => `${number % 2 ? 'world' : 'sport'}/story-${number}.md`;

async function upload(number: number, text = ''): Promise<void> {
  const date = `2026-${number % 3 ? '10' : '09'}-0${1 + (number % 2)}T0${number}:00:00Z`;
  const fields = `title: Story ${number}\ndate: ${date}\ntags: [ports, tag ${number % 3}]\nauthor: Ann Lee`;
  const words = `The secret of quay ${number} is told here. ${text}`;
  await desk.put(keyOf(number), `---\n${fields}\n---\n\n${words}\n`);
  await desk.settle();
}

async function rewriteStates(
  change: (state: unknown) => unknown,
  metadata?: Record<string, string>,
): Promise<number> {
  let count = 0;
  for await (const key of desk.storage.keys()) {
    if (!key.endsWith('.json')) continue;
    const object = await desk.storage.get(key);
    const Body = Buffer.from(JSON.stringify(change(JSON.parse(Buffer.from(object?.bytes ?? []).toString()))));
    const Metadata = metadata ?? object?.metadata ?? {};
    await desk.clients.s3.send(new PutObjectCommand({ Bucket: 'storage', Key: key, Body, Metadata }));
    count++;
  }
  return count;
}

/** Every list of the state without its last row: a state that must not be trusted. */
function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, -1).map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shortened(part)]));
}

/** The same state with a field that this version does not know. */
function extended(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(extended);
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.entries(value).map(([name, part]) => [name, extended(part)] as const);
  return { ...Object.fromEntries(parts), addedLater: { deep: ['news'] } };
}

async function filesOfNewSite(): Promise<Map<string, string>> {
  for (const bucket of [desk.site, desk.storage])
    for await (const key of bucket.keys()) if (!key.startsWith('bodies/')) await bucket.delete(key);
  const { articles, storage, site: siteBucket } = desk;
  await republish({
    articles,
    storage,
    siteBucket,
    site: siteOf(readSettings(SETTINGS), 'https://news.example.org'),
    now: () => desk.now,
    onBroken: error => {
      throw error;
    },
  });
  return desk.files();
}

const broken = () => new Set(desk.log.flatMap(line => (line.event === 'state.broken' ? [line.key] : [])));

/** Publishes a new story, a correction and a kill. */
async function work(number: number): Promise<void> {
  await upload(20 + number);
  await upload(number, 'It was corrected.');
  await desk.edit(desk.articles.idOf(keyOf(number + 1)), { status: 'withdrawn' });
  await desk.publishAll();
  for (const [file, text] of await desk.files())
    expect([file, text.includes(`quay ${number + 1} is`)]).toEqual([file, false]);
}

test.each([
  ['of another format', shortened, { format: '99' }],
  ['with fields that this version does not know', extended, undefined],
])('states %s are reported, and every file is as a new site has it', async (_, change, metadata) => {
  expect(await rewriteStates(change, metadata)).toBeGreaterThan(10);
  await work(0);
  for (const key of ['editions/all.json', 'directory.json', 'history/000000.json', 'months/all.json'])
    expect(broken()).toContain(key);
  // The newer version again: what the older one wrote is of another format.
  await rewriteStates(shortened, { format: '0' });
  await work(2);
  await desk.publish({ copydesk: 'rebuild' });
  const files = await desk.files();
  expect(Object.fromEntries(files)).toEqual(Object.fromEntries(await filesOfNewSite()));
});

test('an earlier version sees no place of a story but those in the history', async () => {
  const id = desk.articles.idOf(keyOf(1));
  const Key = { pk: `article#${id}`, sk: POSITION_SK };
  const { Item = {} } = await desk.clients.dynamodb.send(new GetCommand({ TableName: 'articles', Key }));
  // It takes each number for a position, and each name of ten characters for a day.
  const seen = Object.entries(Item).filter(([, value]) => typeof value === 'number');
  expect(seen.map(([name]) => name).sort()).toEqual(['2026-10', '2026-10-02', 'all']);
  const positions = (await desk.articles.positions.read([id])).get(id);
  expect([...(positions?.keys() ?? [])]).toContain('tags/ports');
});
