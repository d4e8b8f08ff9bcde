import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { filesNear, lookFolderOf, readPreviewed } from '../../../../cli/preview/disk-files.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'copydesk-near-'));
});
afterEach(() => rm(dir, { recursive: true }));

async function write(...names: string[]): Promise<void> {
  for (const name of names) {
    await mkdir(path.dirname(path.join(dir, name)), { recursive: true });
    await writeFile(path.join(dir, name), name);
  }
}

const near = (name: string, key: string, maxBytes = 100) =>
  filesNear({ file: path.join(dir, name), key }, { lookFolder: dir, maxBytes });

async function text(files: ReturnType<typeof filesNear>, key: string): Promise<string | undefined> {
  const found = await files.get(key);
  return found && Buffer.from(found.bytes).toString();
}

test('a picture is found in the folder of its story, under the prefix of its key', async () => {
  await write('stories/ferry.md', 'stories/pictures/quay.jpg', 'quay.jpg');
  const files = near('stories/ferry.md', 'world/ferry.md');
  expect(await text(files, 'world/pictures/quay.jpg')).toBe('stories/pictures/quay.jpg');
  expect(await text(files, 'world/quay.jpg')).toBeUndefined();
  expect(await text(files, 'quay.jpg')).toBeUndefined();
});

test('the folder of all keys holds the pictures of the other folders', async () => {
  await write('inbox/world/ferry.md', 'inbox/world/a/quay.jpg', 'inbox/shared/logo.png');
  const files = near('inbox/world/ferry.md', 'world/ferry.md');
  expect(await text(files, 'world/a/quay.jpg')).toBe('inbox/world/a/quay.jpg');
  expect(await text(files, 'shared/logo.png')).toBe('inbox/shared/logo.png');
});

test('only media and the look of the site are read, from within their folders, and not above the limit', async () => {
  await write('in/ferry.md', 'in/note.txt', 'in/large.jpg', 'out/secret.jpg', 'theme/logo.svg', 'theme.css');
  await symlink(path.join(dir, 'out/secret.jpg'), path.join(dir, 'in/link.jpg'));
  const files = near('in/ferry.md', 'ferry.md');
  for (const key of ['note.txt', 'link.jpg', '../out/secret.jpg', 'nothing.jpg'])
    expect([key, await text(files, key)]).toEqual([key, undefined]);
  for (const key of ['theme/logo.svg', 'theme.css']) expect(await text(files, key)).toBe(key);
  expect(await text(files, 'large.jpg')).toBe('in/large.jpg');
  expect(await text(near('in/ferry.md', 'ferry.md', 5), 'large.jpg')).toBeUndefined();
});

test('the keys of a prefix are listed', async () => {
  await write('ferry.md', 'ferry.jpg', 'ferry-2.jpg', 'other.jpg', 'theme/a.svg', 'theme/b.woff2');
  const files = near('ferry.md', 'world/ferry.md');
  const list = async (prefix: string) => {
    const keys: string[] = [];
    for await (const key of files.keys(prefix)) keys.push(key);
    return keys;
  };
  expect(await list('world/ferry.')).toEqual(['world/ferry.jpg', 'world/ferry.md']);
  expect(await list('theme/')).toEqual(['theme/a.svg', 'theme/b.woff2']);
  expect(await list('culture/')).toEqual([]);
  expect(await list('world/../')).toEqual([]);
});

test('the look is that of the first folder that has one', async () => {
  await write('a/story.md', 'b/theme.css', 'c/theme/logo.svg');
  const folders = ['a', 'c', 'b', 'none'].map(name => path.join(dir, name));
  expect(await lookFolderOf(folders)).toBe(path.join(dir, 'c'));
  expect(await lookFolderOf(folders.slice(3))).toBeUndefined();
});

test('a file is read as an upload would send it', async () => {
  await write('ferry.md');
  const file = path.join(dir, 'ferry.md');
  const read = await readPreviewed({ file, key: 'world/ferry.md' }, { section: 'Sport' });
  expect(read).toMatchObject({ key: 'world/ferry.md', metadata: { section: 'Sport' } });
  expect(Number(read.metadata?.mtime)).toBeGreaterThan(1_700_000_000);
});
