import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import type { S3EventRecord } from 'aws-lambda';
import { LOCAL_ACCESS } from '../../../local/common/region.ts';
import { S3Buckets } from '../../../local/s3/buckets.ts';
import { inProcessS3 } from '../../../local/s3/client.ts';
import { startS3 } from '../../../local/s3/server.ts';
import { sameOnBoth } from '../../support/same-on-both.ts';

const Bucket = 'plain';
const open = async (isInProcess: boolean) => {
  const dir = await mkdtemp(join(tmpdir(), 'in-process-'));
  const seen: unknown[] = [];
  const onEvent = ({ eventName, s3 }: S3EventRecord) => {
    const { key, size, eTag } = s3.object;
    seen.push({ eventName, bucket: s3.bucket.name, key, size, eTag });
  };
  const buckets = { plain: { onEvent }, versioned: { versioned: true, onEvent } };
  if (isInProcess) {
    const client = inProcessS3(await S3Buckets.open({ dir, isTemporary: true, buckets }));
    return { client, seen, close: () => rm(dir, { recursive: true }) };
  }
  const server = await startS3({ dir, port: 0, buckets });
  const client = new S3Client({
    ...LOCAL_ACCESS,
    endpoint: server.url,
    forcePathStyle: true,
    maxAttempts: 1,
  });
  const close = async () => {
    client.destroy();
    await server.close();
    await rm(dir, { recursive: true });
  };
  return { client, seen, close };
};
const put = (Key: string, Body: string | Uint8Array, more: Partial<PutObjectCommandInput> = {}) =>
  new PutObjectCommand({ Bucket, Key, Body: Buffer.from(Body), ...more });
const get = (Key: string, more: object = {}) => new GetObjectCommand({ Bucket, Key, ...more });
const head = (Key: string, more: object = {}) => new HeadObjectCommand({ Bucket, Key, ...more });
const remove = (Key: string, more: object = {}) => new DeleteObjectCommand({ Bucket, Key, ...more });
const list = (more: object = {}) => new ListObjectsV2Command({ Bucket, ...more });

test('headers, metadata, checksums and entity tags', async () => {
  const headers = {
    ContentType: 'text/plain; charset=utf-8',
    CacheControl: 'max-age=60',
    ContentDisposition: 'inline',
    ContentEncoding: 'identity',
    ContentLanguage: 'de',
  };
  const bodies = ['', 'hello', 'ü 日本 😀', new Uint8Array([0, 255, 10]), 'x'.repeat(2 ** 20 + 1)];
  await sameOnBoth(open, async call => {
    for (const [at, body] of bodies.entries()) {
      await call(put(`body/${at}`, body));
      await call(get(`body/${at}`));
      await call(head(`body/${at}`));
    }
    await call(put('all', 'hello', { ...headers, Metadata: { Section: ' Wörld ', mtime: '1', 'x-y': '' } }));
    for (const read of [get, head]) await call(read('all'));
    await call(put('wide', 'hello', { Metadata: { headline: '日本' } }));
    await call(put('long', 'hello', { Metadata: { headline: 'x'.repeat(3_000) } }));
    await call(put('k'.repeat(1_025), 'hello'));
  });
});

test('conditions of writes and reads', async () => {
  const results = await sameOnBoth(open, async call => {
    const absent = { IfNoneMatch: '*' };
    const { ETag } = (await call(put('a', '1', absent))) as { ETag: string };
    await call(put('a', '2', absent));
    await call(put('a', '2', { IfMatch: '"other"' }));
    await call(put('a', '2', { IfMatch: ETag }));
    await call(put('none', '2', { IfMatch: ETag }));
    await call(put('a', '3', { IfNoneMatch: ETag }));
    const { ETag: tag } = (await call(head('a'))) as { ETag: string };
    for (const read of [get, head])
      for (const more of [{ IfNoneMatch: tag }, { IfMatch: tag }, { IfMatch: '"other"' }])
        await call(read('a', more));
    await call(put('a', '1', { Bucket: 'versioned' }));
    await call(remove('a', { Bucket: 'versioned' }));
    await call(put('a', '2', { Bucket: 'versioned', ...absent }));
  });
  const statuses = results.map(result => (result as [string, { status?: number }])[1]?.status);
  expect(statuses).toEqual(expect.arrayContaining([304, 404, 412, 501]));
});

test('what is not there, versions and delete markers', async () => {
  const versioned = { Bucket: 'versioned' };
  await sameOnBoth(open, async call => {
    for (const command of [get, head, remove]) await call(command('none'));
    for (const command of [get, head, remove]) await call(command('none', { Bucket: 'no-such-bucket' }));
    await call(list({ Bucket: 'no-such-bucket' }));
    const { VersionId } = (await call(put('a', 'one', versioned))) as { VersionId: string };
    await call(put('a', 'two', versioned));
    for (const read of [get, head]) await call(read('a', { ...versioned, VersionId }));
    const gone = (await call(remove('a', versioned))) as { VersionId: string };
    for (const read of [get, head]) await call(read('a', versioned));
    for (const read of [get, head]) await call(read('a', { ...versioned, VersionId: gone.VersionId }));
    for (const read of [get, head]) await call(read('a', { ...versioned, VersionId: 'none' }));
    await call(remove('a', { ...versioned, VersionId: gone.VersionId }));
    await call(remove('a', { ...versioned, VersionId }));
    await call(get('a', versioned));
    await call(remove('none', versioned));
  });
});

test('lists, with pages and delimiters, in the order of UTF-8', async () => {
  const keys = ['a', 'a/b', 'a/b/c', 'a b', 'a+b', 'ü', '日本', '\uffee', '😀', 'z/1', 'z/2', "it's (1)"];
  await sameOnBoth(open, async call => {
    for (const key of keys) await call(put(key, key));
    await call(list());
    await call(list({ Prefix: 'a/' }));
    await call(list({ Delimiter: '/' }));
    await call(list({ StartAfter: 'a+b', MaxKeys: 3 }));
    await call(list({ Prefix: 'none' }));
    await call(list({ MaxKeys: 0 }));
    let ContinuationToken: string | undefined;
    do {
      const page = (await call(list({ MaxKeys: 2, Delimiter: '/', ContinuationToken }))) as {
        NextContinuationToken?: string;
      };
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
  });
});

test('copies with new metadata', async () => {
  await sameOnBoth(open, async call => {
    const copy = (Key: string, CopySource: string, more: object = {}) =>
      new CopyObjectCommand({ Bucket, Key, CopySource, MetadataDirective: 'REPLACE', ...more });
    await call(put('a ü', 'text', { Bucket: 'versioned', Metadata: { old: '1' } }));
    await call(
      copy('copy', `versioned/${encodeURIComponent('a ü')}`, {
        Metadata: { new: '2' },
        ContentType: 'a/b',
      }),
    );
    await call(get('copy'));
    await call(copy('plain', `versioned/${encodeURIComponent('a ü')}`));
    await call(get('plain'));
    await call(copy('copy', 'versioned/none'));
    await call(copy('copy', 'no-such-bucket/a'));
    await call(copy('copy', 'versioned'));
  });
});

test('of fifty creators at once one wins', async () => {
  const { client, close } = await open(true);
  const writes = Array.from({ length: 50 }, (_, n) => client.send(put('a', `${n}`, { IfNoneMatch: '*' })));
  const settled = await Promise.allSettled(writes);
  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await close();
});

test('fifty writers that compare and swap lose nothing', async () => {
  const { client, close } = await open(true);
  const read = async () => {
    const found = await client.send(new GetObjectCommand({ Bucket, Key: 'list' })).catch(() => undefined);
    return { text: (await found?.Body?.transformToString()) ?? '', etag: found?.ETag };
  };
  const append = async (writer: number) => {
    for (;;) {
      const { text, etag } = await read();
      const condition = etag === undefined ? { IfNoneMatch: '*' } : { IfMatch: etag };
      const lost = await client.send(put('list', `${text}${writer},`, condition)).then(
        () => undefined,
        (error: Error) => error.name,
      );
      if (lost === undefined) return;
      expect(lost).toBe('PreconditionFailed');
    }
  };
  await Promise.all(Array.from({ length: 50 }, (_, writer) => append(writer)));
  const written = (await read()).text.split(',').filter(Boolean).map(Number);
  expect(written.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, writer) => writer));
  await close();
});

test('bytes that are given and taken are nobody else’s', async () => {
  const { client, close } = await open(true);
  const body = Buffer.from('hello');
  await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: body }));
  body.fill(0);
  const first = await (
    await client.send(new GetObjectCommand({ Bucket, Key: 'a' }))
  ).Body?.transformToByteArray();
  first?.fill(0);
  const second = await client.send(new GetObjectCommand({ Bucket, Key: 'a' }));
  expect(await second.Body?.transformToString()).toBe('hello');
  await close();
});
