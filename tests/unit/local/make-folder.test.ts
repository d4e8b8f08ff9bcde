import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeFolder } from '../../../local/common/make-folder.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'copydesk-folder-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

test.each(['a', 'a/b/c', 'a/b/c/', './a'])('%s is made, and making it again is no error', async name => {
  const folder = `${dir}/${name}`;
  await makeFolder(folder);
  await makeFolder(folder);
  expect((await stat(folder)).isDirectory()).toBe(true);
});

test('folders that others make meanwhile are no error', async () => {
  const names = Array.from({ length: 20 }, (_, at) => path.join(dir, 'a/b/c', `${at % 3}`, 'd'));
  await expect(Promise.all(names.map(makeFolder))).resolves.toHaveLength(20);
});

test.each(['file', 'file/below'])('%s, where a file is in the way, is an error', async name => {
  await writeFile(path.join(dir, 'file'), 'a file');
  await expect(makeFolder(path.join(dir, name))).rejects.toMatchObject({
    code: expect.stringMatching(/EEXIST|ENOTDIR/),
  });
});

// Node's own mkdir with `recursive` never ends here.
(existsSync('/proc/self') ? test : test.skip).each(['/proc/site', '/proc/site/a/b'])(
  '%s, which the file system refuses, is an error',
  async name => {
    await expect(makeFolder(name)).rejects.toMatchObject({ code: 'ENOENT' });
  },
);
