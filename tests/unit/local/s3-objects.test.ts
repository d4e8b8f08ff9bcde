import { createHash } from 'node:crypto';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { PortInUseError } from '../../../local/common/listen.ts';
import { startS3 } from '../../../local/s3/server.ts';
import { type S3Harness, startHarness } from './s3-harness.ts';

let harness: S3Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

const put = (
  Key: string,
  Body: string | Uint8Array = 'x',
  more: Partial<PutObjectCommandInput> = {},
  Bucket = 'archive',
) => harness.s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const read = async (Key: string, VersionId?: string, Bucket = 'archive') => {
  const { Body } = await harness.s3.send(new GetObjectCommand({ Bucket, Key, VersionId }));
  return await Body?.transformToString();
};
const failure = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    caught => caught,
  );
  return error && `${error.$metadata.httpStatusCode} ${error.name}`;
};
const md5 = (text: string | Uint8Array) => `"${createHash('md5').update(text).digest('hex')}"`;

const ODD_KEYS = [
  'a b+c%20d.txt',
  '../../etc/passwd',
  'a/../b',
  './x',
  '//double//slash',
  'folder/',
  'ünïcode/日本語/😀.txt',
  'quote"<&>\'.txt',
  'Case',
  'case',
  'con',
  '.hidden',
  'semi;colon=?#[]@!$&()*,',
  'tab\tnew',
  'é'.repeat(512),
];

test('keeps every odd key apart, readable and listed, over a restart', async () => {
  for (const key of ODD_KEYS) await put(`odd/${key}`.slice(0, key.length > 500 ? 509 : undefined), key);
  await harness.restart();
  const { Contents = [] } = await harness.s3.send(
    new ListObjectsV2Command({ Bucket: 'archive', Prefix: 'odd/' }),
  );
  expect(Contents).toHaveLength(ODD_KEYS.length);
  for (const { Key = '' } of Contents) expect(ODD_KEYS).toContain(await read(Key));
});

test('a key of more than 1,024 bytes is refused', async () => {
  expect(await failure(put('é'.repeat(513)))).toBe('400 KeyTooLongError');
});

test('gives back headers, metadata and the MD5 as entity tag', async () => {
  const body = 'Hello';
  const { ETag, VersionId } = await put('meta', body, {
    ContentType: 'text/html; charset=utf-8',
    CacheControl: 'max-age=60',
    ContentDisposition: 'inline',
    ContentEncoding: 'identity',
    Metadata: { headline: 'A story', empty: '' },
  });
  expect(ETag).toBe(md5(body));
  expect(VersionId).toBeUndefined();
  for (const Command of [GetObjectCommand, HeadObjectCommand]) {
    const answer = await harness.s3.send(new Command({ Bucket: 'archive', Key: 'meta' }) as GetObjectCommand);
    expect(answer).toMatchObject({
      ETag: md5(body),
      ContentLength: 5,
      ContentType: 'text/html; charset=utf-8',
      CacheControl: 'max-age=60',
      ContentDisposition: 'inline',
      ContentEncoding: 'identity',
      Metadata: { headline: 'A story', empty: '' },
    });
    expect(answer.LastModified).toBeInstanceOf(Date);
  }
  expect(
    (await harness.s3.send(new HeadObjectCommand({ Bucket: 'archive', Key: 'meta' }))).VersionId,
  ).toBeUndefined();
});

test('an empty object is an object', async () => {
  await put('empty', new Uint8Array());
  expect(await read('empty')).toBe('');
});

test('serves ranges, and 416 beyond the end', async () => {
  await put('range', '0123456789');
  const range = async (Range: string) => {
    const answer = await harness.s3.send(new GetObjectCommand({ Bucket: 'archive', Key: 'range', Range }));
    return `${answer.$metadata.httpStatusCode} ${answer.ContentRange} ${await answer.Body?.transformToString()}`;
  };
  expect(await range('bytes=2-4')).toBe('206 bytes 2-4/10 234');
  expect(await range('bytes=7-')).toBe('206 bytes 7-9/10 789');
  expect(await range('bytes=-3')).toBe('206 bytes 7-9/10 789');
  expect(await range('bytes=5-99')).toBe('206 bytes 5-9/10 56789');
  expect(await range('bytes=0-1,4-5')).toBe('200 undefined 0123456789');
  expect(await failure(range('bytes=10-'))).toBe('416 InvalidRange');
});

test('conditional reads: 304 and 412', async () => {
  const { ETag } = await put('cond', 'x');
  const status = async (headers: Record<string, string>) =>
    (await fetch(`${harness.url}/archive/cond`, { headers })).status;
  expect(await status({ 'if-none-match': ETag ?? '' })).toBe(304);
  expect(await status({ 'if-none-match': '"other"' })).toBe(200);
  expect(await status({ 'if-match': '"other"' })).toBe(412);
  expect(await status({ 'if-modified-since': new Date().toUTCString() })).toBe(304);
  expect(await status({ 'if-modified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' })).toBe(200);
  expect(await status({ 'if-unmodified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' })).toBe(412);
  // RFC 9110: the tag decides where both are there.
  expect(await status({ 'if-none-match': '"other"', 'if-modified-since': new Date().toUTCString() })).toBe(
    200,
  );
});

test('conditional writes answer as S3 does', async () => {
  expect(await failure(put('cas', 'x', { IfMatch: '"1"' }))).toBe('404 NoSuchKey');
  const { ETag } = await put('cas', '1', { IfNoneMatch: '*' });
  expect(await failure(put('cas', '2', { IfNoneMatch: '*' }))).toBe('412 PreconditionFailed');
  expect(await failure(put('cas', '2', { IfMatch: '"0"' }))).toBe('412 PreconditionFailed');
  expect(await read('cas')).toBe('1');
  await put('cas', '2', { IfMatch: ETag });
  expect(await read('cas')).toBe('2');
});

test('twenty concurrent compare-and-swap writers lose nothing', async () => {
  const append = async (writer: number) => {
    for (;;) {
      const found = await harness.s3
        .send(new GetObjectCommand({ Bucket: 'archive', Key: 'counter' }))
        .catch(() => undefined);
      const text = (await found?.Body?.transformToString()) ?? '';
      const condition = found ? { IfMatch: found.ETag } : { IfNoneMatch: '*' };
      const lost = await failure(put('counter', `${text}${writer},`, condition));
      if (!lost) return;
      expect(lost).toBe('412 PreconditionFailed');
      // All begin at once; after that the losers spread out, or the test spends its time on losing.
      await new Promise(resolve => setTimeout(resolve, Math.random() * 200));
    }
  };
  await Promise.all(Array.from({ length: 20 }, (_, writer) => append(writer)));
  const written = ((await read('counter')) ?? '').split(',').filter(Boolean).map(Number);
  expect(written.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, writer) => writer));
});

test('fifty concurrent creators: one wins', async () => {
  const results = await Promise.all(
    Array.from({ length: 50 }, () => failure(put('once', 'x', { IfNoneMatch: '*' }))),
  );
  expect(results.filter(result => result === undefined)).toHaveLength(1);
});

test('a reader never sees a half-written or missing object while it is replaced', async () => {
  const sizes = [10, 300_000];
  await put('busy', 'a'.repeat(10));
  let writing = true;
  const writer = (async () => {
    for (let turn = 0; turn < 30; turn++) await put('busy', 'ab'[turn % 2]?.repeat(sizes[turn % 2] ?? 0));
    writing = false;
  })();
  while (writing) {
    const text = (await read('busy')) ?? '';
    expect(new Set(text).size).toBe(1);
    expect(sizes).toContain(text.length);
  }
  await writer;
});

test('versions: the version of an event stays readable; deletes leave a marker that can be deleted', async () => {
  const key = 'versions';
  const inIntake = (body: string) => put(key, body, {}, 'intake');
  const first = (await inIntake('one')).VersionId;
  const second = (await inIntake('two')).VersionId;
  expect(first).not.toBe(second);
  const gone = await harness.s3.send(new DeleteObjectCommand({ Bucket: 'intake', Key: key }));
  expect(gone.DeleteMarker).toBe(true);
  expect(await failure(read(key, undefined, 'intake'))).toBe('404 NoSuchKey');
  expect(await read(key, first, 'intake')).toBe('one');
  expect(await failure(read(key, gone.VersionId, 'intake'))).toBe('405 MethodNotAllowed');
  expect(await failure(read(key, 'nothing', 'intake'))).toBe('404 NoSuchVersion');
  await harness.restart();
  expect(await read(key, second, 'intake')).toBe('two');
  await harness.s3.send(new DeleteObjectCommand({ Bucket: 'intake', Key: key, VersionId: gone.VersionId }));
  expect(await read(key, undefined, 'intake')).toBe('two');
  await harness.s3.send(new DeleteObjectCommand({ Bucket: 'intake', Key: key, VersionId: second }));
  expect(await read(key, undefined, 'intake')).toBe('one');
});

test('after a delete marker a key counts as missing for conditions', async () => {
  await put('again', '1', {}, 'intake');
  await harness.s3.send(new DeleteObjectCommand({ Bucket: 'intake', Key: 'again' }));
  await put('again', '2', { IfNoneMatch: '*' }, 'intake');
  expect(await read('again', undefined, 'intake')).toBe('2');
});

test('lists in UTF-8 order, by prefix, rolled up, in pages', async () => {
  const keys = ['list/a', 'list/b/1', 'list/b/2', 'list/c', 'list/d/1', 'list/\uffee', 'list/😀'];
  for (const key of [...keys].reverse()) await put(key);
  const list = async (input: Partial<ListObjectsV2CommandInput>) => {
    const found: string[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await harness.s3.send(
        new ListObjectsV2Command({ Bucket: 'archive', Prefix: 'list/', ...input, ContinuationToken }),
      );
      const names = [
        ...(page.Contents ?? []).map(({ Key = '' }) => Key),
        ...(page.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix),
      ];
      expect(page.KeyCount).toBe(names.length);
      expect(names.length).toBeLessThanOrEqual(input.MaxKeys ?? 1000);
      found.push(...names);
      ContinuationToken = page.NextContinuationToken;
      expect(page.IsTruncated).toBe(ContinuationToken !== undefined);
    } while (ContinuationToken);
    return found;
  };
  expect(await list({})).toEqual(keys);
  const rolled = ['list/a', 'list/b/', 'list/c', 'list/d/', 'list/\uffee', 'list/😀'];
  for (const MaxKeys of [1, 2, 3, 1000]) {
    expect(await list({ MaxKeys })).toEqual(keys);
    expect((await list({ MaxKeys, Delimiter: '/' })).sort()).toEqual([...rolled].sort());
  }
  expect(await list({ StartAfter: 'list/b/1' })).toEqual(keys.slice(2));
  expect(await list({ Prefix: 'list/b/' })).toEqual(['list/b/1', 'list/b/2']);
  expect(await list({ Prefix: 'nothing' })).toEqual([]);
  const old = await harness.s3.send(
    new ListObjectsCommand({ Bucket: 'archive', Prefix: 'list/', Marker: 'list/c', MaxKeys: 1 }),
  );
  expect([old.Contents?.map(({ Key }) => Key), old.IsTruncated]).toEqual([['list/d/1'], true]);
});

test('copies, within and between buckets, with or without new metadata', async () => {
  await put('from a+b', 'copied', { ContentType: 'text/plain', Metadata: { a: '1' } });
  const copy = (more: object) =>
    harness.s3.send(
      new CopyObjectCommand({
        Bucket: 'intake',
        Key: 'to',
        CopySource: `archive/${encodeURIComponent('from a+b')}`,
        ...more,
      }),
    );
  const { CopyObjectResult, VersionId } = await copy({});
  expect(CopyObjectResult?.ETag).toBe(md5('copied'));
  expect(VersionId).toBeDefined();
  const head = () => harness.s3.send(new HeadObjectCommand({ Bucket: 'intake', Key: 'to' }));
  expect(await head()).toMatchObject({ ContentType: 'text/plain', Metadata: { a: '1' } });
  await copy({ MetadataDirective: 'REPLACE', ContentType: 'text/html', Metadata: { b: '2' } });
  expect(await head()).toMatchObject({ ContentType: 'text/html', Metadata: { b: '2' } });
  const itself = { Bucket: 'intake', CopySource: 'intake/to' };
  expect(await failure(copy(itself))).toBe('400 InvalidRequest');
  expect(await failure(copy({ CopySource: 'archive/missing' }))).toBe('404 NoSuchKey');
});

test('deletes many, those that are not there included', async () => {
  await put('del/a&b');
  await put('del/c');
  const Objects = ['del/a&b', 'del/c', 'del/none'].map(Key => ({ Key }));
  const { Deleted, Errors } = await harness.s3.send(
    new DeleteObjectsCommand({ Bucket: 'archive', Delete: { Objects } }),
  );
  expect(Deleted?.map(({ Key }) => Key)).toEqual(['del/a&b', 'del/c', 'del/none']);
  expect(Errors).toBeUndefined();
  expect(await failure(read('del/c'))).toBe('404 NoSuchKey');
});

test('buckets', async () => {
  const { Buckets } = await harness.s3.send(new ListBucketsCommand({}));
  expect(Buckets?.map(({ Name }) => Name)).toEqual(['intake', 'archive']);
  await harness.s3.send(new HeadBucketCommand({ Bucket: 'intake' }));
  await harness.s3.send(new GetBucketLocationCommand({ Bucket: 'intake' }));
  expect(await failure(put('x', 'x', {}, 'nobody'))).toBe('404 NoSuchBucket');
});

test('virtual-host style addresses work', async () => {
  await put('vhost', 'here');
  const { request } = await import('node:http');
  const get = (headers: Record<string, string>, path: string) =>
    new Promise<string>((resolve, reject) => {
      const call = request(`${harness.url}${path}`, { headers }, async response => {
        let text = '';
        for await (const chunk of response) text += chunk;
        resolve(`${response.statusCode} ${response.statusCode === 200 ? text : ''}`.trim());
      });
      call.on('error', reject).end();
    });
  expect(await get({ host: 'archive.localhost' }, '/vhost')).toBe('200 here');
});

test('a client that hangs up in the middle of an object is no failure', async () => {
  // More than the buffers of both ends of a connection take.
  await put('big', new Uint8Array(32 * 2 ** 20));
  const { get } = await import('node:http');
  await new Promise<void>((resolve, reject) => {
    const call = get(`${harness.url}/archive/big`, response => {
      response.once('data', () => response.destroy());
      response.once('close', () => resolve());
    });
    call.on('error', reject);
  });
  // The server, which lives in this process, hears of the end before it hears of these.
  for (let at = 0; at < 10; at++) await read('vhost');
  expect(harness.unexpected).toEqual([]);
});

test('a port in use has its own error', async () => {
  const port = Number(new URL(harness.url).port);
  const second = startS3({ dir: `${process.env.TMPDIR ?? '/tmp'}/copydesk-port-test`, port, buckets: {} });
  await expect(second).rejects.toThrow(PortInUseError);
  await expect(second).rejects.toMatchObject({ code: 'port-in-use', port });
});
