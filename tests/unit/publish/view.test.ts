import * as z from 'zod/mini';
import { MemoryS3 } from '../../../bench/publish/memory-s3.ts';
import { type Call, DIRECT, fault, type Wire } from '../../../bench/publish/wire.ts';
import { changing } from '../../../functions/publish/model/rendition.ts';
import { DIRECTORY } from '../../../functions/publish/states/directory.ts';
import { bind, type SiteWriter, type View } from '../../../functions/publish/views/view.ts';
import { Bucket } from '../../../shared/aws/bucket.ts';
import type { ArticleRecord } from '../../../shared/model/article.ts';

/** Ids of records. `all.txt` shows all of them, `first.txt` the first, and `about.txt` none. */
const VIEW: View<string[]> = {
  key: 'ids.json',
  schema: z.array(z.string()),
  initial: [],
  merge: (ids, records) => [...new Set([...ids, ...records.keys()])].sort(),
  render(ids) {
    if (ids.includes('poison')) throw new TypeError('This state cannot be rendered.');
    return [
      changing('all.txt', 'text/plain', ids.join(' ')),
      changing('first.txt', 'text/plain', ids[0] ?? ''),
      { ...changing('about.txt', 'text/plain', 'About'), isSteady: true },
    ];
  },
  isEmpty: ids => ids.length === 0,
};

let calls: string[];
/** Called before each request. */
let before: (call: Call) => Promise<void>;
let writer: SiteWriter;
beforeEach(() => {
  calls = [];
  before = async () => undefined;
  const wire: Wire = async (call, act) => {
    calls.push(`${call.operation.replace('Object', '')} ${call.key}`);
    await before(call);
    return DIRECT(call, act);
  };
  const { client } = new MemoryS3({ wire });
  writer = {
    storage: new Bucket(client, 'storage'),
    siteBucket: new Bucket(client, 'site'),
    onBroken: error => {
      throw error;
    },
    pacing: { sleep: async () => undefined, random: () => 0 },
  };
});

const records = (...ids: string[]) => new Map(ids.map(id => [id, undefined as ArticleRecord | undefined]));
const render = (view: ReturnType<typeof publisher>) => view.render(DIRECTORY.initial);
const publisher = () => bind(writer, VIEW);

async function publish(...ids: string[]): Promise<string[]> {
  calls = [];
  const view = publisher();
  await view.merge(records(...ids));
  await render(view);
  return calls;
}

async function files(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const key of writer.siteBucket.keys())
    found[key] = Buffer.from((await writer.siteBucket.get(key))?.bytes ?? []).toString();
  return found;
}

/** Fails all requests until it is called. */
function die(): () => void {
  before = async () => {
    throw fault('InternalError', 500);
  };
  return () => {
    before = async () => undefined;
  };
}

test('a file that differs is written without a look, another is compared, and a steady one costs nothing', async () => {
  await publish('b');
  expect(await publish('c')).toEqual([
    'Get ids.json',
    'Put ids.json',
    'Put all.txt',
    'Head first.txt',
    'Head ids.json',
  ]);
  expect(await files()).toEqual({ 'all.txt': 'b c', 'first.txt': 'b', 'about.txt': 'About' });
});

test('a merge that changes nothing compares every file, so a lost one comes back', async () => {
  await publish('b');
  for (const key of Object.keys(await files())) await writer.siteBucket.delete(key);
  await publish('b');
  expect(await files()).toEqual({ 'all.txt': 'b', 'first.txt': 'b', 'about.txt': 'About' });
});

test('the steady files of a view that becomes empty are compared, because its section leaves the navigation', async () => {
  await publish('b');
  await writer.siteBucket.delete('about.txt');
  const last = bind(writer, { ...VIEW, merge: () => [] });
  await last.merge(records('b'));
  await render(last);
  expect(await files()).toEqual({ 'all.txt': '', 'first.txt': '', 'about.txt': 'About' });
});

test('a run that compares all files writes lost steady ones, also after a merge that changes something', async () => {
  await publish('b');
  await writer.siteBucket.delete('about.txt');
  const whole = bind({ ...writer, comparesAll: true }, VIEW);
  await whole.merge(records('c'));
  await render(whole);
  expect(await files()).toEqual({ 'all.txt': 'b c', 'first.txt': 'b', 'about.txt': 'About' });
});

test('what a dead publisher did not write is written by those that follow it', async () => {
  const dead = publisher();
  await dead.merge(records('b'));
  const revive = die();
  await expect(render(dead)).rejects.toThrow();
  revive();
  await publish('c');
  expect(await files()).toEqual({ 'all.txt': 'b c', 'first.txt': 'b' });
  await publish('b');
  expect(await files()).toMatchObject({ 'about.txt': 'About' });
});

test('a publisher that met others leaves its files to one that merged later, but not the steady ones', async () => {
  let isMet = false;
  let isOvertaken = false;
  before = async ({ operation, key, place }) => {
    if (operation === 'PutObject' && key === 'ids.json' && !isMet) {
      isMet = true;
      await publisher().merge(records('z'));
    }
    if (place === 'site' && !isOvertaken) throw new Error('Written before the later publisher.');
  };
  const early = publisher();
  await early.merge(records('b'));
  const late = publisher();
  await late.merge(records('c'));
  calls = [];
  await render(early);
  expect(calls).toEqual(['Head ids.json']);
  isOvertaken = true;
  await render(late);
  // The merge of the late publisher has not changed the first id.
  expect(await files()).toEqual({ 'all.txt': 'b c z', 'first.txt': 'b' });
});

test('a directory that has changed makes every file compared', async () => {
  await publish('b');
  const view = publisher();
  await view.merge(records('c'));
  await render(view);
  calls = [];
  await render(view);
  expect(calls).toEqual(['Head all.txt', 'Head first.txt', 'Head about.txt', 'Head ids.json']);
});

test('a state that could not be rendered does not stop the one after it', async () => {
  await publish('b');
  await expect(publish('poison')).rejects.toThrow(TypeError);
  calls = [];
  const healing = bind(writer, { ...VIEW, merge: ids => ids.filter(id => id !== 'poison') });
  await healing.merge(records());
  await render(healing);
  expect(await files()).toMatchObject({ 'all.txt': 'b', 'first.txt': 'b' });
});
