import { appendFile, mkdir, mkdtemp, open, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Inbox, watchInbox } from '../../../local/inbox/inbox.ts';
import { inboxKey } from '../../../local/inbox/inbox-folder.ts';
import { ChangedWhileRead, readWhole, SavedFiles } from '../../../local/inbox/saved-files.ts';

/** Long enough to be told from each other on a busy machine. */
const QUIET = { quietMs: 300, longQuietMs: 1_800 };

let dir: string;
let inbox: Inbox;
let done: string[] = [];
const errors: string[] = [];
const texts = new Map<string, string>();
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'inbox-test-'));
  await mkdir(join(dir, 'world'));
  await writeFile(join(dir, 'world', 'before.txt'), 'x');
  inbox = await watchInbox({
    dir,
    bucket: {
      upload: async (key, { bytes }) => {
        if (key === 'refused.txt') throw new Error('no');
        texts.set(key, bytes.toString());
        done.push(`upload ${key}`);
      },
      remove: async key => void done.push(`remove ${key}`),
      removeFrom: async () => undefined,
      uploads: () => [],
    },
    onError: (_error, key) => errors.push(key),
    ...QUIET,
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
  for (let turn = 0; turn < 500 && !check(); turn++) await setTimeout(20);
};

test('files that are there at the start are uploaded', async () => {
  await until(() => texts.has('world/before.txt'));
  expect(texts.get('world/before.txt')).toBe('x');
});

test('saved files are uploaded under their path, once they stop growing; removed ones are removed', async () => {
  await mkdir(join(dir, 'a b', 'c'), { recursive: true });
  const file = join(dir, 'a b', 'c', 'é+.txt');
  await writeFile(file, 'one');
  for (let part = 0; part < 5; part++) {
    await setTimeout(60);
    await appendFile(file, 'more');
    expect(done).toEqual([]);
  }
  await until(() => done.length > 0);
  expect(done).toEqual(['upload a b/c/é+.txt']);
  await rm(file);
  await until(() => done.length > 1);
  expect(done).toEqual(['upload a b/c/é+.txt', 'remove a b/c/é+.txt']);
});

test('a file that a process still writes is not read in part, however long it pauses', async () => {
  const file = await open(join(dir, 'slow.txt'), 'w');
  await file.write('first half, ');
  await setTimeout(4 * QUIET.quietMs);
  // Where it cannot be seen who writes, only growth can be noticed.
  if (process.platform === 'linux') expect(done).toEqual([]);
  await file.write('second half');
  await file.close();
  await until(() => done.length > 0);
  expect(texts.get('slow.txt')).toBe('first half, second half');
});

test('a file that grew after a pause is waited for longer', async () => {
  const whole: string[] = [];
  const saved = new SavedFiles(file => whole.push(file), { quietMs: 900, longQuietMs: 2_200 });
  const file = join(dir, 'paused.bak');
  const append = async (text: string) => {
    await appendFile(file, text);
    saved.changed(file);
  };
  await append('1');
  await setTimeout(700);
  await append('2');
  await setTimeout(1_600);
  expect(whole).toEqual([]);
  await append('3');
  await until(() => saved.isEmpty);
  expect(whole).toEqual([file]);
});

test('a file that changes while it is read is noticed', async () => {
  const file = join(dir, 'large.bak');
  await writeFile(file, Buffer.alloc(8_000_000));
  const reading = readWhole(file);
  await appendFile(file, 'more');
  await expect(reading).rejects.toThrow(ChangedWhileRead);
  expect((await readWhole(file)).bytes).toHaveLength(8_000_004);
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

test('what systems and editors leave is left alone', async () => {
  await mkdir(join(dir, '.git'), { recursive: true });
  for (const name of ['.DS_Store', 'Thumbs.db', '~$a.docx', 'b.txt.part', 'c.bak', '.git/HEAD'])
    await writeFile(join(dir, name), 'x');
  await writeFile(join(dir, 'backup.md'), 'x');
  await until(() => done.length > 0);
  await inbox.idle();
  expect(done).toEqual(['upload backup.md']);
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

describe('links', () => {
  const watched = async (follow: boolean) => {
    const home = await mkdtemp(join(tmpdir(), 'inbox-links-'));
    for (const [file, text] of [
      ['in/own.txt', 'own'],
      ['outside/secret.txt', 'secret'],
    ] as const) {
      await mkdir(join(home, file, '..'), { recursive: true });
      await writeFile(join(home, file), text);
    }
    const keys: string[] = [];
    const links: string[] = [];
    await symlink('../outside/secret.txt', join(home, 'in/file.txt'));
    await symlink('../outside', join(home, 'in/folder'));
    await symlink('own.txt', join(home, 'in/inside.txt'));
    const watching = await watchInbox({
      dir: join(home, 'in'),
      follow,
      bucket: {
        upload: async key => void keys.push(key),
        remove: async () => undefined,
        removeFrom: async () => undefined,
        uploads: () => [],
      },
      onLink: file => links.push(basename(file)),
      ...QUIET,
    });
    // A link that comes later is passed over too.
    await symlink('../outside/secret.txt', join(home, 'in/later.txt'));
    await writeFile(join(home, 'in/marker.txt'), 'x');
    await until(() => keys.includes('marker.txt'));
    await watching.idle();
    await watching.close();
    await rm(home, { recursive: true, force: true });
    return { keys: [...new Set(keys)].sort(), links: links.sort() };
  };

  test('that lead out of the folder are passed over, each told once', async () =>
    expect(await watched(false)).toEqual({
      keys: ['inside.txt', 'marker.txt', 'own.txt'],
      links: ['file.txt', 'folder', 'later.txt'],
    }));

  test('are followed where that is asked for', async () =>
    expect(await watched(true)).toEqual({
      keys: ['file.txt', 'folder/secret.txt', 'inside.txt', 'later.txt', 'marker.txt', 'own.txt'],
      links: [],
    }));
});
