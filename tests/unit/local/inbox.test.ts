import { appendFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Inbox, inboxKey, watchInbox } from '../../../local/inbox.ts';

let dir: string;
let inbox: Inbox;
let done: string[] = [];
const errors: string[] = [];
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'inbox-test-'));
  await mkdir(join(dir, 'world'));
  await writeFile(join(dir, 'world', 'before.txt'), 'x');
  inbox = await watchInbox({
    dir,
    upload: async key => {
      if (key === 'refused.txt') throw new Error('no');
      done.push(`upload ${key}`);
    },
    remove: async key => void done.push(`remove ${key}`),
    onError: (_error, key) => errors.push(key),
  });
});
afterAll(async () => {
  await inbox.close();
  await rm(dir, { recursive: true, force: true });
});
beforeEach(() => {
  done = [];
});

const until = async (check: () => boolean) => {
  for (let turn = 0; turn < 200 && !check(); turn++) await new Promise(resolve => setTimeout(resolve, 20));
  await inbox.idle();
};

test('files that are there at the start are uploaded', async () => {
  await writeFile(join(dir, 'marker.txt'), 'x');
  await until(() => done.includes('upload marker.txt'));
  expect(done).toContain('upload marker.txt');
});

test('saved files are uploaded under their path, once they stop growing; removed ones are removed', async () => {
  await mkdir(join(dir, 'a b', 'c'), { recursive: true });
  const file = join(dir, 'a b', 'c', 'é+.txt');
  await writeFile(file, 'one');
  for (let part = 0; part < 5; part++) {
    await new Promise(resolve => setTimeout(resolve, 60));
    await appendFile(file, 'more');
    expect(done).toEqual([]);
  }
  await until(() => done.length > 0);
  expect(done).toEqual(['upload a b/c/é+.txt']);
  await rm(file);
  await until(() => done.length > 1);
  expect(done).toEqual(['upload a b/c/é+.txt', 'remove a b/c/é+.txt']);
});

test('a save by renaming a temporary file is one upload and no removal', async () => {
  await writeFile(join(dir, 'story.txt'), 'one');
  await until(() => done.length > 0);
  await writeFile(join(dir, '.story.txt.swp'), 'x');
  await writeFile(join(dir, 'story.txt~'), 'two');
  await rename(join(dir, 'story.txt~'), join(dir, 'story.txt'));
  await until(() => done.length > 1);
  expect(done).toEqual(['upload story.txt', 'upload story.txt']);
});

test('a failure is told, and the next file goes through', async () => {
  await writeFile(join(dir, 'refused.txt'), 'x');
  await until(() => errors.length > 0);
  await writeFile(join(dir, 'taken.txt'), 'x');
  await until(() => done.length > 0);
  expect([errors, done]).toEqual([['refused.txt'], ['upload taken.txt']]);
});

test('keys have composed letters', () => {
  expect(inboxKey('e\u0301.txt')).toBe('\u00e9.txt');
});
