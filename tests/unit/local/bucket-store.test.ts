import { access, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BucketStore, type ObjectVersion } from '../../../local/s3/bucket-store.ts';
import { SequencerClock } from '../../../local/s3/sequencer.ts';

let dir: string;
const warnings = jest.spyOn(process, 'emitWarning');
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bucket-test-'));
  warnings.mockReset();
});
afterEach(() => rm(dir, { recursive: true, force: true }));
afterAll(() => warnings.mockRestore());

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
  const text = await opened?.bytes.readFile('utf8');
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
  expect(await opened?.bytes.readFile('utf8')).toBe('old');
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

test('a record that cannot be read is told of, and its bytes are left alone', async () => {
  const bucket = await open();
  const { file } = await put(bucket, 'k', 'bytes');
  const shard = (await files())[0]?.parentPath ?? '';
  await writeFile(join(shard, `${file.split('.')[0]}.json`), '{');
  const again = await open();
  expect(again.current('k')).toBeUndefined();
  expect(warnings).toHaveBeenCalledTimes(1);
  await access(join(shard, file));
});
