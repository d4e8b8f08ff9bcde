import { access, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObjectVersion } from '../../../local/s3/store/bucket-files.ts';
import { moveDamaged } from '../../../local/s3/store/bucket-files.ts';
import { BucketStore } from '../../../local/s3/store/bucket-store.ts';
import { SequencerClock } from '../../../local/s3/store/sequencer.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bucket-test-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const open = (versioned = false) =>
  BucketStore.open({ name: 'b', dir, versioned, sequencers: new SequencerClock(Date.now), now: Date.now });
const put = async (bucket: BucketStore, key: string, text: string): Promise<ObjectVersion> => {
  const file = bucket.stagingFile();
  await writeFile(file, text);
  const nothing = () => undefined;
  return await bucket.put(
    key,
    { body: { file, size: text.length, md5: 'md5' }, headers: {} },
    nothing,
    nothing,
  );
};
const textOf = async (bucket: BucketStore, key: string, find = () => bucket.current(key)) => {
  const opened = await bucket.open(key, find);
  const text = (await opened?.bytes.readFile())?.toString();
  await opened?.bytes.close();
  return text;
};
const files = async () =>
  (await readdir(dir, { recursive: true, withFileTypes: true })).filter(entry => entry.isFile());

test('a reader that was overtaken by a writer looks again', async () => {
  const bucket = await open();
  const stale = await put(bucket, 'k', 'old');
  await put(bucket, 'k', 'new');
  let looks = 0;
  expect(await textOf(bucket, 'k', () => (looks++ === 0 ? stale : bucket.current('k')))).toBe('new');
});

test('an open object stays readable after it is replaced', async () => {
  const bucket = await open();
  await put(bucket, 'k', 'old');
  const opened = await bucket.open('k', () => bucket.current('k'));
  await put(bucket, 'k', 'new');
  expect((await opened?.bytes.readFile())?.toString()).toBe('old');
  await opened?.bytes.close();
});

test('replacing and deleting leave no files behind', async () => {
  const bucket = await open();
  for (let turn = 0; turn < 5; turn++) await put(bucket, 'k', String(turn));
  expect(await files()).toHaveLength(2);
  await bucket.remove(
    'k',
    undefined,
    () => undefined,
    () => undefined,
  );
  expect(await files()).toEqual([]);
});

test('the newest hundred versions are kept, and no more files than that', async () => {
  const bucket = await open(true);
  const versions: ObjectVersion[] = [];
  for (let turn = 0; turn < 103; turn++) versions.push(await put(bucket, 'k', String(turn)));
  expect(bucket.version('k', versions[2]?.versionId ?? '')).toBeUndefined();
  expect(bucket.version('k', versions[3]?.versionId ?? '')).toEqual(versions[3]);
  expect(await files()).toHaveLength(101);
});

test('what a crash left half-written is thrown away at the next start', async () => {
  const bucket = await open();
  const { file } = await put(bucket, 'k', 'kept');
  const shard = (await files())[0]?.parentPath ?? '';
  await writeFile(bucket.stagingFile(), 'cut off');
  await writeFile(join(shard, `${file.split('.')[0]}.000000000000`), 'no record names this');
  expect(await files()).toHaveLength(4);
  expect(await textOf(await open(), 'k')).toBe('kept');
  expect(await files()).toHaveLength(2);
});

test.each([
  ['{', undefined],
  ['{"key":"world/a \\"b\\".md","versions":[{"ver', 'world/a "b".md'],
])(
  'a record that cannot be read ends the start, names its key where it can, and can be put aside',
  async (text, key) => {
    const bucket = await open();
    const { file } = await put(bucket, 'k', 'bytes');
    const shard = (await files())[0]?.parentPath ?? '';
    await writeFile(join(shard, `${file.split('.')[0]}.json`), text);
    await expect(open()).rejects.toMatchObject({ code: 'broken-record', key });
    await access(join(shard, file));
    expect(await moveDamaged(dir, join(dir, 'aside'))).toHaveLength(2);
    expect((await open()).current('k')).toBeUndefined();
    await access(join(dir, 'aside', file));
  },
);

test('the last change of a key outlives a restart, also that of the last version deleted for good', async () => {
  const bucket = await open(true);
  const first = await put(bucket, 'a', 'one');
  await put(bucket, 'b', 'one');
  const nothing = () => undefined;
  const deleted = await bucket.remove('b', undefined, nothing, nothing);
  await put(bucket, 'c', 'one');
  const gone = await bucket.remove('c', bucket.latest('c')?.versionId, nothing, nothing);
  const again = await open(true);
  const changes = [...again.lastChanges()];
  expect(changes.map(({ key, made }) => [key, made])).toEqual([
    ['a', 'object'],
    ['b', 'marker'],
    ['c', 'removal'],
  ]);
  expect(changes.map(({ version }) => version.versionId)).toEqual(
    [first, deleted?.version, gone?.version].map(version => version?.versionId),
  );
  const sequencers = changes.map(({ version }) => version.sequencer);
  expect([...sequencers].sort()).toEqual(sequencers);
  expect([...again.keysFrom('')].map(([key]) => key)).toEqual(['a']);
  expect([...again.versionsFrom('c')]).toEqual([]);
});

test('the last changes are told of while keys come, each at least once', async () => {
  const bucket = await open(true);
  for (let at = 0; at < 250; at++) await put(bucket, `k${String(at).padStart(3, '0')}`, 'x');
  const told = new Set<string>();
  let calls = 0;
  for (const { key } of bucket.lastChanges()) {
    told.add(key);
    if (++calls % 50 === 0) await put(bucket, `a${calls}`, 'x');
  }
  expect([...told].filter(key => key.startsWith('k'))).toHaveLength(250);
});
