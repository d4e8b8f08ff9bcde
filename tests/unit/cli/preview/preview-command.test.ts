import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { preview } from '../../../../cli/commands/preview.ts';

const STORY = 'Ferry sails\n\nThe ferry sails again from Monday, the harbour master said on Friday.\n';

let dir: string;
const here = process.cwd();
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'copydesk-preview-'));
  process.chdir(dir);
});
afterEach(async () => {
  process.chdir(here);
  jest.restoreAllMocks();
  await rm(dir, { recursive: true });
});

/** Starts the command. Gives the next of its results, and ends it as Ctrl-C does. */
function run(names: string[], options: object = {}) {
  const results: Record<string, unknown>[] = [];
  let wake = () => {};
  jest.spyOn(process.stdout, 'write').mockImplementation(text => {
    results.push(
      ...String(text)
        .trim()
        .split('\n')
        .map(line => JSON.parse(line)),
    );
    wake();
    return true;
  });
  const done = preview(names, { port: 0, json: true, ...options });
  return {
    done,
    async next() {
      while (results.length === 0)
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      return results.shift() ?? {};
    },
    stop: () => process.emit('SIGINT'),
  };
}

test('it prints the address and what the file became, follows the file, and ends at Ctrl-C with 0', async () => {
  await writeFile('ferry.txt', STORY);
  const command = run(['ferry.txt'], { prefix: 'world', section: 'Sport' });
  const { url } = await command.next();
  expect(await command.next()).toMatchObject({
    outcome: 'live',
    key: 'world/ferry.txt',
    headline: 'Ferry sails',
  });
  expect(await (await fetch(String(url))).text()).toContain('<dd dir="auto">Sport</dd>');
  await writeFile('ferry.txt', ' ');
  expect(await command.next()).toMatchObject({
    outcome: 'rejected',
    reason: expect.stringContaining('white space'),
  });
  expect(await (await fetch(String(url))).text()).toContain('status rejected');
  command.stop();
  expect(await command.done).toBe(0);
});

test('a file in the inbox has the key that the inbox gives it, and pictures are no stories', async () => {
  await mkdir('inbox/world', { recursive: true });
  await writeFile('inbox/world/ferry.txt', STORY);
  await writeFile('inbox/world/quay.jpg', 'x');
  const command = run(['inbox']);
  await command.next();
  expect(await command.next()).toMatchObject({ key: 'world/ferry.txt' });
  command.stop();
  expect(await command.done).toBe(0);
  await expect(preview(['inbox/world/quay.jpg'], { port: 0 })).rejects.toThrow('There is no story in');
});

test('a name that is no file is looked for among the stored stories', async () => {
  await expect(preview(['nothing.txt'], { port: 0, state: 'none' })).rejects.toThrow(
    /^No Copydesk is running on none/,
  );
  await writeFile('ferry.txt', STORY);
  await expect(preview(['ferry.txt', 'nothing.txt'], { port: 0 })).rejects.toThrow(
    'The file nothing.txt does not exist.',
  );
});
