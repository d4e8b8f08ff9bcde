import { mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { type Inbox, watchInbox } from '../../../local/inbox/inbox.ts';
import { inboxBucket } from '../../../local/inbox/inbox-bucket.ts';
import type { RunningServices } from '../../../local/service-types.ts';
import { startServices } from '../../../local/services.ts';

let root: string;
let dir: string;
let services: RunningServices;
let inbox: Inbox | undefined;
let heldBack: string[] = [];
beforeAll(async () => {
  services = await startServices({
    handlers: () => ({ ingest: async () => undefined, publish: async () => undefined }),
  });
});
afterAll(() => services.close());
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'inbox-bucket-test-'));
  dir = path.join(root, 'inbox');
  heldBack = [];
});
afterEach(async () => {
  await close();
  for (const { key } of [...services.intake.objects()]) await remove(key);
  await rm(root, { recursive: true, force: true });
});

/** Starts to watch the folder, and waits until all that is there has been passed on. */
async function open(folder = dir): Promise<void> {
  inbox = await watchInbox({
    dir: folder,
    bucket: inboxBucket(services),
    onHeldBack: sentence => heldBack.push(sentence),
    quietMs: 50,
  });
  await inbox.idle();
}
async function close(): Promise<void> {
  await inbox?.close();
  inbox = undefined;
}
const save = async (name: string, text: string) => {
  const file = path.join(dir, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
};
const put = (Key: string, Body: string) =>
  services.s3.send(new PutObjectCommand({ Bucket: 'intake', Key, Body }));
const remove = (Key: string) => services.s3.send(new DeleteObjectCommand({ Bucket: 'intake', Key }));
const text = async (Key: string) =>
  (await services.s3.send(new GetObjectCommand({ Bucket: 'intake', Key }))).Body?.transformToString();
const keys = () => [...services.intake.objects()].map(({ key }) => key);

test('a file deleted while nothing ran is taken back; what another client uploaded is not', async () => {
  for (const name of ['world/a.md', 'world/b.md', 'c.md', 'replaced.md']) await save(name, name);
  await put('client.md', 'client');
  await open();
  await close();
  await put('replaced.md', 'newer, by a client');
  for (const name of ['world/a.md', 'c.md', 'replaced.md']) await rm(path.join(dir, name));
  await open();
  expect(keys()).toEqual(['client.md', 'replaced.md', 'world/b.md']);
  expect(heldBack).toEqual([]);
});

test('the last file of an inbox is taken back too', async () => {
  await save('a.md', 'a');
  await open();
  await close();
  await rm(path.join(dir, 'a.md'));
  await open();
  expect([keys(), heldBack]).toEqual([[], []]);
});

test('an inbox that was moved is the same inbox', async () => {
  await save('a.md', 'a');
  await save('b.md', 'b');
  await open();
  await close();
  const moved = path.join(root, 'moved');
  await rename(dir, moved);
  await rm(path.join(moved, 'a.md'));
  await open(moved);
  expect([keys(), heldBack]).toEqual([['b.md'], []]);
});

test('an empty place where the inbox was takes nothing back, and says so', async () => {
  await save('a.md', 'a');
  await save('b.md', 'b');
  await open();
  await close();
  await rename(dir, path.join(root, 'unmounted'));
  await mkdir(dir);
  await open();
  expect(keys()).toEqual(['a.md', 'b.md']);
  expect(heldBack).toEqual([expect.stringMatching(/^a\.md and 1 more .* stay published: .*--inbox/)]);
  await close();
  // The true one is back.
  await rm(dir, { recursive: true });
  await rename(path.join(root, 'unmounted'), dir);
  await rm(path.join(dir, 'b.md'));
  await open();
  expect(keys()).toEqual(['a.md']);
});

test('an inbox that goes while it is watched takes nothing back', async () => {
  await save('a.md', 'a');
  await open();
  await rename(dir, path.join(root, 'unmounted'));
  for (let turn = 0; turn < 200 && heldBack.length === 0; turn++) await setTimeout(20);
  expect([keys(), heldBack]).toEqual([['a.md'], [expect.stringMatching(/missing, or another folder/)]]);
});

test('files of an inbox that was copied belong to the copy', async () => {
  await save('a.md', 'a');
  await open();
  await close();
  dir = path.join(root, 'copy');
  await save('a.md', 'a');
  await open();
  await close();
  await rm(path.join(dir, 'a.md'));
  await open();
  expect(keys()).toEqual([]);
});

test('a restart neither reverts a correction nor resurrects a story that another client deleted', async () => {
  for (const name of ['corrected.md', 'deleted.md', 'edited.md']) await save(name, 'from the inbox');
  await open();
  await close();
  await setTimeout(5);
  await put('corrected.md', 'corrected by a client');
  await remove('deleted.md');
  await put('edited.md', 'corrected by a client');
  await setTimeout(5);
  await save('edited.md', 'edited since');
  // What a copying program says of its age does not count.
  await utimes(path.join(dir, 'edited.md'), 1, 1);
  await open();
  expect(await text('corrected.md')).toBe('corrected by a client');
  expect(await text('edited.md')).toBe('edited since');
  expect(keys()).toEqual(['corrected.md', 'edited.md']);
});

test('a letter may be spelled in two ways, and a folder be linked', async () => {
  await save('Cafe\u0301/a.md', 'a');
  await mkdir(path.join(root, 'elsewhere'));
  await open();
  await close();
  expect(keys()).toEqual(['Caf\u00e9/a.md']);
  await open();
  expect([keys(), heldBack]).toEqual([['Caf\u00e9/a.md'], []]);
});
