import { mkdtemp, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { followFiles } from '../../../../cli/preview/follow-files.ts';

let dir: string;
let end: () => Promise<void>;
beforeEach(async () => {
  dir = await realpath(await mkdtemp(path.join(tmpdir(), 'copydesk-follow-')));
});
afterEach(async () => {
  await end();
  await rm(dir, { recursive: true });
});

/** Follows a file. Gives the next report of a save. */
async function follow(name: string): Promise<() => Promise<string>> {
  const reports: string[] = [];
  let wake = () => {};
  end = await followFiles(
    [path.join(dir, name)],
    file => {
      reports.push(path.basename(file));
      wake();
    },
    {
      ...{ quietMs: 50, longQuietMs: 100 },
      onError: error => reports.push(String(error)),
    },
  );
  return async () => {
    while (reports.length === 0)
      await new Promise<void>(resolve => {
        wake = resolve;
      });
    return reports.shift() ?? '';
  };
}

test('a file that is saved, replaced by another, or has a new picture beside it is reported', async () => {
  const file = path.join(dir, 'ferry.md');
  await writeFile(file, 'one');
  const next = await follow('ferry.md');
  await writeFile(file, 'two');
  expect(await next()).toBe('ferry.md');
  // Most editors write another file and rename it.
  await writeFile(path.join(dir, 'ferry.md~'), 'three');
  await rename(path.join(dir, 'ferry.md~'), file);
  expect(await next()).toBe('ferry.md');
  await writeFile(path.join(dir, 'other.txt'), 'other');
  await writeFile(path.join(dir, 'quay.jpg'), 'picture');
  expect(await next()).toBe('ferry.md');
});
