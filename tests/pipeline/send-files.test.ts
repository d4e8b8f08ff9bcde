import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { sendFiles } from '../../cli/bulk/send-files.ts';
import { LOCAL_CREDENTIALS, REGION } from '../../local/common/region.ts';
import { startS3 } from '../../local/s3/server.ts';

let dir: string;
const files = Array.from({ length: 2 }, (_, index) => ({ key: `${index}.txt`, file: '' }));
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'copydesk-send-'));
  for (const file of files) {
    file.file = path.join(dir, file.key);
    await writeFile(file.file, `Copy ${file.key}`);
  }
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const clientOf = (endpoint: string) =>
  new S3Client({
    endpoint,
    region: REGION,
    credentials: LOCAL_CREDENTIALS,
    forcePathStyle: true,
    maxAttempts: 1,
  });

const options = (s3: S3Client) => ({
  ...{ s3, bucket: 'intake', metadata: {}, concurrency: 4, signal: new AbortController().signal },
  onDone: () => undefined,
});

test('a file that cannot be read does not hold up the others', async () => {
  const server = await startS3({ dir: path.join(dir, 'other'), port: 0, buckets: { intake: {} } });
  const s3 = clientOf(server.url);
  const missing = { key: 'missing.txt', file: path.join(dir, 'missing.txt') };
  const { files: sent, unread } = await sendFiles([missing, ...files], options(s3));
  expect(sent).toHaveLength(2);
  expect(unread).toEqual([{ key: 'missing.txt', reason: expect.stringMatching(/does not exist/) }]);
  s3.destroy();
  await server.close();
});

test('who may only write uploads too: nothing is looked at', async () => {
  const server = await startS3({ dir: path.join(dir, 'write-only'), port: 0, buckets: { intake: {} } });
  const s3 = clientOf(server.url);
  s3.middlewareStack.add(
    (next, { commandName }) =>
      async args => {
        // As S3 answers a HEAD: it has no body that could hold a code.
        const denied = Object.assign(new Error('UnknownError'), { $metadata: { httpStatusCode: 403 } });
        if (commandName === 'HeadObjectCommand') throw denied;
        return next(args);
      },
    { step: 'initialize' },
  );
  try {
    const { files: sent, stoppedBy } = await sendFiles(files, { ...options(s3), pausesMs: [] });
    expect(stoppedBy).toBeUndefined();
    expect(sent.map(({ state }) => state)).toEqual(['sent', 'sent']);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'intake', Key: '1.txt' }));
    expect(await Body?.transformToString()).toBe('Copy 1.txt');
  } finally {
    s3.destroy();
    await server.close();
  }
});
