import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { answerOf, lawOf } from './law.ts';
import { BUCKETS, openS3, SIDES } from './sides.ts';

const { plain, versioned } = BUCKETS;
const MEBIBYTE = 2 ** 20;
const md5 = (body: string) => `"${createHash('md5').update(body).digest('hex')}"`;

describe.each(SIDES)('S3, %s', side => {
  const law = lawOf(side);
  let s3: S3Client;
  let close: () => Promise<void>;
  /** Of the test under way, so that none sees the objects of another. */
  let prefix: string;
  let tests = 0;

  beforeAll(async () => {
    ({ client: s3, close } = await openS3(side));
  });
  afterAll(() => close());
  beforeEach(() => {
    prefix = `t${++tests}/`;
  });

  const put = (name: string, body: string, more: Partial<PutObjectCommandInput> = {}) =>
    s3.send(new PutObjectCommand({ Bucket: plain, Key: prefix + name, Body: body, ...more }));
  const get = (name: string, more: { Bucket?: string; VersionId?: string; Range?: string } = {}) =>
    s3.send(new GetObjectCommand({ Bucket: plain, Key: prefix + name, ...more }));
  const text = async (...args: Parameters<typeof get>) => (await get(...args)).Body?.transformToString();
  const list = async (more: object = {}) =>
    s3.send(new ListObjectsV2Command({ Bucket: plain, Prefix: prefix, ...more }));

  describe('objects', () => {
    law('headers and metadata come back, and the entity tag is the MD5', async () => {
      const about = { ContentType: 'text/plain; charset=utf-8', CacheControl: 'max-age=30' };
      const { ETag } = await put('a', 'hello', { ...about, Metadata: { Section: 'world', 'x-y': 'a b' } });
      expect(ETag).toBe(md5('hello'));
      const expected = { ...about, ETag, ContentLength: 5, Metadata: { section: 'world', 'x-y': 'a b' } };
      expect(await get('a')).toMatchObject(expected);
      expect(await s3.send(new HeadObjectCommand({ Bucket: plain, Key: `${prefix}a` }))).toMatchObject(
        expected,
      );
    });

    law('a put replaces the metadata too', async () => {
      await put('a', 'one', { Metadata: { section: 'world' } });
      await put('a', 'two');
      expect((await get('a')).Metadata).toEqual({});
    });

    law('odd keys stay apart', async () => {
      const keys = [
        'a b',
        'a+b',
        'a%20b',
        'ü',
        'u\u0308',
        '日本/語',
        'q?x=1&y',
        'hash#1',
        "it's",
        '(1)',
        'a//b',
      ];
      for (const key of keys) await put(key, key);
      for (const key of keys) expect(await text(key)).toBe(key);
      expect(((await list()).Contents ?? []).map(({ Key }) => Key).sort()).toEqual(
        keys.map(key => prefix + key).sort(),
      );
    });

    law('what is not there is a 404, and deleting it is none', async () => {
      expect(await answerOf(get('none'))).toBe('404 NoSuchKey');
      expect(await answerOf(s3.send(new HeadObjectCommand({ Bucket: plain, Key: `${prefix}none` })))).toBe(
        '404 NotFound',
      );
      expect(await answerOf(s3.send(new DeleteObjectCommand({ Bucket: plain, Key: `${prefix}none` })))).toBe(
        '204',
      );
      expect(await answerOf(get('none', { Bucket: 'contract-no-such-bucket' }))).toBe('404 NoSuchBucket');
    });

    law('many are deleted at once, those that are not there too', async () => {
      await put('a', '1');
      const Objects = ['a', 'none'].map(name => ({ Key: prefix + name }));
      const { Deleted, Errors } = await s3.send(
        new DeleteObjectsCommand({ Bucket: plain, Delete: { Objects } }),
      );
      expect(Deleted?.map(({ Key }) => Key).sort()).toEqual([`${prefix}a`, `${prefix}none`]);
      expect(Errors ?? []).toEqual([]);
      expect(await answerOf(get('a'))).toBe('404 NoSuchKey');
    });

    law('ranges', async () => {
      await put('a', '0123456789');
      const middle = await get('a', { Range: 'bytes=2-4' });
      expect(middle).toMatchObject({ ContentRange: 'bytes 2-4/10', ContentLength: 3 });
      expect(middle.$metadata.httpStatusCode).toBe(206);
      expect(await middle.Body?.transformToString()).toBe('234');
      expect(await text('a', { Range: 'bytes=-3' })).toBe('789');
      expect(await text('a', { Range: 'bytes=8-99' })).toBe('89');
      expect(await answerOf(get('a', { Range: 'bytes=10-' }))).toBe('416 InvalidRange');
    });
  });

  describe('conditions', () => {
    law('If-None-Match * writes only where there is nothing', async () => {
      expect(await answerOf(put('a', '1', { IfNoneMatch: '*' }))).toBe('200');
      expect(await answerOf(put('a', '2', { IfNoneMatch: '*' }))).toBe('412 PreconditionFailed');
      expect(await text('a')).toBe('1');
    });

    law('If-Match writes only over what was read', async () => {
      const { ETag } = await put('a', '1');
      expect(await answerOf(put('a', '2', { IfMatch: md5('other') }))).toBe('412 PreconditionFailed');
      expect(await answerOf(put('a', '2', { IfMatch: ETag }))).toBe('200');
      expect(await text('a')).toBe('2');
    });

    law('If-Match where there is no object is a 404', async () => {
      expect(await answerOf(put('none', '1', { IfMatch: md5('1') }))).toBe('404 NoSuchKey');
    });

    law('of fifty creators at once one wins', async () => {
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, n) => answerOf(put('a', `${n}`, { IfNoneMatch: '*' }))),
      );
      expect(answers.filter(answer => answer === '200')).toHaveLength(1);
    });

    law('a delete marker counts as nothing', async () => {
      const where = { Bucket: versioned };
      const { ETag } = await put('a', '1', where);
      await s3.send(new DeleteObjectCommand({ ...where, Key: `${prefix}a` }));
      expect(await answerOf(put('a', '2', { ...where, IfMatch: ETag }))).toBe('404 NoSuchKey');
      expect(await answerOf(put('a', '2', { ...where, IfNoneMatch: '*' }))).toBe('200');
    });

    law('reads: 304 where it is the same, 412 where it is not', async () => {
      const { ETag } = await put('a', '1');
      const read = (more: object) =>
        answerOf(s3.send(new GetObjectCommand({ Bucket: plain, Key: `${prefix}a`, ...more })));
      expect(await read({ IfNoneMatch: ETag })).toMatch(/^304/);
      expect(await read({ IfNoneMatch: md5('other') })).toBe('200');
      expect(await read({ IfMatch: md5('other') })).toMatch(/^412/);
      expect(await read({ IfMatch: ETag })).toBe('200');
    });
  });

  describe('versions', () => {
    const Bucket = versioned;

    law('an older version is read by its id', async () => {
      const first = await put('a', 'one', { Bucket });
      const second = await put('a', 'two', { Bucket });
      expect(first.VersionId).not.toBe(second.VersionId);
      expect(await text('a', { Bucket, VersionId: first.VersionId ?? '' })).toBe('one');
      expect(await text('a', { Bucket })).toBe('two');
    });

    law('a deletion leaves a marker, and without it the object is back', async () => {
      const { VersionId = '' } = await put('a', 'one', { Bucket });
      const deleted = await s3.send(new DeleteObjectCommand({ Bucket, Key: `${prefix}a` }));
      expect(deleted.DeleteMarker).toBe(true);
      expect(await answerOf(get('a', { Bucket }))).toBe('404 NoSuchKey');
      expect(await text('a', { Bucket, VersionId })).toBe('one');
      expect((await list({ Bucket })).Contents ?? []).toEqual([]);
      await s3.send(new DeleteObjectCommand({ Bucket, Key: `${prefix}a`, VersionId: deleted.VersionId }));
      expect(await text('a', { Bucket })).toBe('one');
    });

    law('a delete marker read by its id is a 405', async () => {
      await put('a', 'one', { Bucket });
      const { VersionId = '' } = await s3.send(new DeleteObjectCommand({ Bucket, Key: `${prefix}a` }));
      expect(await answerOf(get('a', { Bucket, VersionId }))).toBe('405 MethodNotAllowed');
    });

    law('a version that was deleted for good is a 404', async () => {
      const { VersionId = '' } = await put('a', 'one', { Bucket });
      await put('a', 'two', { Bucket });
      await s3.send(new DeleteObjectCommand({ Bucket, Key: `${prefix}a`, VersionId }));
      expect(await answerOf(get('a', { Bucket, VersionId }))).toBe('404 NoSuchVersion');
    });
  });

  describe('lists', () => {
    law('keys come in the order of their UTF-8 bytes', async () => {
      const keys = ['B', 'a', 'a!', 'a/b', 'z', 'é', '\uffee', '😀'];
      for (const key of [...keys].reverse()) await put(key, 'x');
      expect((await list()).Contents?.map(({ Key }) => Key?.slice(prefix.length))).toEqual(keys);
    });

    law('pages: each key once, and a token for the next', async () => {
      for (let n = 0; n < 7; n++) await put(`${n}`, 'x');
      const seen: string[] = [];
      let ContinuationToken: string | undefined;
      let pages = 0;
      do {
        const page = await list({ MaxKeys: 3, ContinuationToken });
        seen.push(...(page.Contents ?? []).map(({ Key = '' }) => Key.slice(prefix.length)));
        expect(page.IsTruncated).toBe(page.NextContinuationToken !== undefined);
        ContinuationToken = page.NextContinuationToken;
        pages++;
      } while (ContinuationToken !== undefined);
      expect(pages).toBe(3);
      expect(seen).toEqual(['0', '1', '2', '3', '4', '5', '6']);
      const later = await list({ StartAfter: `${prefix}4` });
      expect(later.Contents?.map(({ Key }) => Key)).toEqual([`${prefix}5`, `${prefix}6`]);
    });

    law('a delimiter rolls keys up, and a page counts what is rolled up once', async () => {
      for (const key of ['a/1', 'a/2', 'b', 'c/1']) await put(key, 'x');
      const all = await list({ Delimiter: '/' });
      expect(all.CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual([`${prefix}a/`, `${prefix}c/`]);
      expect(all.Contents?.map(({ Key }) => Key)).toEqual([`${prefix}b`]);
      expect(all.KeyCount).toBe(3);
      const page = await list({ Delimiter: '/', MaxKeys: 2 });
      expect(page).toMatchObject({ KeyCount: 2, IsTruncated: true });
    });
  });

  describe('copies', () => {
    const copy = (to: string, from: string, more: object = {}) =>
      s3.send(
        new CopyObjectCommand({
          Bucket: versioned,
          Key: prefix + to,
          CopySource: `${plain}/${prefix}${from}`,
          ...more,
        }),
      );

    law('a copy keeps what the original says of itself, or says what it is told', async () => {
      await put('a', 'hello', { ContentType: 'text/plain', Metadata: { section: 'world' } });
      await copy('kept', 'a');
      expect(await get('kept', { Bucket: versioned })).toMatchObject({
        ContentType: 'text/plain',
        Metadata: { section: 'world' },
      });
      await copy('new', 'a', {
        MetadataDirective: 'REPLACE',
        ContentType: 'image/png',
        Metadata: { sha256: 'x' },
      });
      const told = await get('new', { Bucket: versioned });
      expect(told).toMatchObject({ ContentType: 'image/png', Metadata: { sha256: 'x' }, ETag: md5('hello') });
      expect(await told.Body?.transformToString()).toBe('hello');
    });

    law('a copy of what is not there is a 404', async () => {
      expect(await answerOf(copy('a', 'none'))).toBe('404 NoSuchKey');
    });

    law('a copy onto itself that changes nothing is refused', async () => {
      await put('a', 'hello');
      expect(await answerOf(copy('a', 'a', { Bucket: plain }))).toBe('400 InvalidRequest');
    });
  });

  describe('uploads in parts', () => {
    const begin = async (name: string) => {
      const { UploadId } = await s3.send(
        new CreateMultipartUploadCommand({
          Bucket: plain,
          Key: prefix + name,
          ContentType: 'text/plain',
          Metadata: { a: 'b' },
        }),
      );
      const about = { Bucket: plain, Key: prefix + name, UploadId };
      return {
        part: async (PartNumber: number, Body: Uint8Array) => {
          const { ETag } = await s3.send(new UploadPartCommand({ ...about, PartNumber, Body }));
          return { PartNumber, ETag };
        },
        complete: (Parts: { PartNumber: number; ETag: string | undefined }[], more: object = {}) =>
          s3.send(new CompleteMultipartUploadCommand({ ...about, MultipartUpload: { Parts }, ...more })),
        abort: () => s3.send(new AbortMultipartUploadCommand(about)),
      };
    };
    const large = new Uint8Array(5 * MEBIBYTE).fill(97);
    const small = new Uint8Array(3).fill(98);

    law('the object is the sum of its parts, and its entity tag says how many', async () => {
      const upload = await begin('a');
      const second = await upload.part(2, small);
      const { ETag } = await upload.complete([await upload.part(1, large), second]);
      expect(ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
      const head = await s3.send(new HeadObjectCommand({ Bucket: plain, Key: `${prefix}a` }));
      expect(head).toMatchObject({
        ...{ ContentLength: large.length + 3, ContentType: 'text/plain', Metadata: { a: 'b' }, ETag },
      });
      expect(await text('a', { Range: `bytes=${large.length - 1}-` })).toBe('abbb');
    });

    law('a part that is not the last must have 5 MiB', async () => {
      const upload = await begin('a');
      const parts = [await upload.part(1, small), await upload.part(2, small)];
      expect(await answerOf(upload.complete(parts))).toBe('400 EntityTooSmall');
    });

    law('a part that was not uploaded is refused', async () => {
      const upload = await begin('a');
      await upload.part(1, small);
      expect(await answerOf(upload.complete([{ PartNumber: 1, ETag: md5('other') }]))).toBe(
        '400 InvalidPart',
      );
    });

    law('an upload that was given up is a 404', async () => {
      const upload = await begin('a');
      const part = await upload.part(1, small);
      await upload.abort();
      expect(await answerOf(upload.complete([part]))).toBe('404 NoSuchUpload');
      expect(await answerOf(get('a'))).toBe('404 NoSuchKey');
    });

    law('If-None-Match * holds when the parts are put together', async () => {
      await put('a', 'first');
      const upload = await begin('a');
      const part = await upload.part(1, small);
      expect(await answerOf(upload.complete([part], { IfNoneMatch: '*' }))).toBe('412 PreconditionFailed');
      expect(await text('a')).toBe('first');
    });
  });

  describe('checksums', () => {
    const digest = (body: string) => createHash('sha256').update(body).digest('base64');

    law('a checksum that was sent comes back when asked for', async () => {
      await put('a', 'hello', { ChecksumSHA256: digest('hello') });
      const head = await s3.send(
        new HeadObjectCommand({ Bucket: plain, Key: `${prefix}a`, ChecksumMode: 'ENABLED' }),
      );
      expect(head.ChecksumSHA256).toBe(digest('hello'));
    });

    law('a body that does not match its checksum is refused', async () => {
      expect(await answerOf(put('a', 'hello', { ChecksumSHA256: digest('other') }))).toBe('400 BadDigest');
      expect(await answerOf(get('a'))).toBe('404 NoSuchKey');
    });

    law('a body that does not match its Content-MD5 is refused', async () => {
      const ContentMD5 = createHash('md5').update('other').digest('base64');
      expect(await answerOf(put('a', 'hello', { ContentMD5 }))).toBe('400 BadDigest');
      expect(await answerOf(get('a'))).toBe('404 NoSuchKey');
    });
  });
});
