import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { AwsChunkedDecoder } from '../../../local/s3/store/aws-chunked.ts';
import { checksumOf } from '../../../local/s3/store/checksums.ts';
import { type S3Harness, startHarness } from './s3-harness.ts';

let harness: S3Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

const PART = 5 * 1024 * 1024;
const at = { Bucket: 'archive', Key: 'many parts' };
const md5 = (data: Uint8Array) => createHash('md5').update(data).digest();
const code = async (work: Promise<unknown>) =>
  await work.then(
    () => undefined,
    error => error.name,
  );
const bytesOf = async (input: { Bucket: string; Key: string }) => {
  const { Body, ...head } = await harness.s3.send(new GetObjectCommand(input));
  return { ...head, bytes: Buffer.from((await Body?.transformToByteArray()) ?? []) };
};

describe('multipart', () => {
  const bodies = [randomBytes(PART), randomBytes(PART), randomBytes(1000)];
  const begin = async () => {
    const { UploadId } = await harness.s3.send(
      new CreateMultipartUploadCommand({ ...at, ContentType: 'text/plain', Metadata: { a: '1' } }),
    );
    return UploadId ?? '';
  };
  const upload = async (UploadId: string, PartNumber: number, Body: Buffer) => {
    const { ETag } = await harness.s3.send(new UploadPartCommand({ ...at, UploadId, PartNumber, Body }));
    return { PartNumber, ETag };
  };
  const complete = (UploadId: string, Parts: { PartNumber: number; ETag: string | undefined }[], more = {}) =>
    harness.s3.send(
      new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts }, ...more }),
    );

  test('parts in any order, one replaced, a restart between: the object is their sum', async () => {
    const id = await begin();
    await upload(id, 1, randomBytes(10));
    const parts = [
      await upload(id, 3, bodies[2] ?? Buffer.alloc(0)),
      await upload(id, 1, bodies[0] ?? Buffer.alloc(0)),
    ];
    await harness.restart();
    parts.push(await upload(id, 2, bodies[1] ?? Buffer.alloc(0)));
    parts.sort((a, b) => a.PartNumber - b.PartNumber);
    const { Parts = [] } = await harness.s3.send(new ListPartsCommand({ ...at, UploadId: id }));
    expect(Parts.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [1, PART],
      [2, PART],
      [3, 1000],
    ]);
    const { ETag } = await complete(id, parts);
    expect(ETag).toBe(`"${md5(Buffer.concat(bodies.map(md5))).toString('hex')}-3"`);
    const stored = await bytesOf(at);
    expect(stored.bytes.equals(Buffer.concat(bodies))).toBe(true);
    expect(stored).toMatchObject({ ETag, ContentType: 'text/plain', Metadata: { a: '1' } });
    expect(harness.events.at(-1)).toMatchObject({
      eventName: 'ObjectCreated:CompleteMultipartUpload',
      s3: { object: { key: 'many+parts', size: 2 * PART + 1000, eTag: ETag?.replaceAll('"', '') } },
    });
    expect(await code(complete(id, parts))).toBe('NoSuchUpload');
  });

  test('what does not fit is refused', async () => {
    const id = await begin();
    const small = [await upload(id, 1, Buffer.from('a')), await upload(id, 2, Buffer.from('b'))];
    expect(await code(complete(id, small))).toBe('EntityTooSmall');
    expect(await code(complete(id, [...small].reverse()))).toBe('InvalidPartOrder');
    expect(await code(complete(id, [{ PartNumber: 1, ETag: '"no"' }]))).toBe('InvalidPart');
    expect(await code(complete('../../x', small))).toBe('NoSuchUpload');
    expect(await code(complete(id, small.slice(0, 1), { IfNoneMatch: '*' }))).toBe('PreconditionFailed');
    await harness.s3.send(new AbortMultipartUploadCommand({ ...at, UploadId: id }));
    expect(await code(upload(id, 1, Buffer.from('a')))).toBe('NoSuchUpload');
  });

  test('a part can be copied from an object, whole or a range of it', async () => {
    await harness.s3.send(new PutObjectCommand({ Bucket: 'intake', Key: 'source', Body: '0123456789' }));
    const id = await begin();
    const { CopyPartResult } = await harness.s3.send(
      new UploadPartCopyCommand({
        ...at,
        UploadId: id,
        PartNumber: 1,
        CopySource: 'intake/source',
        CopySourceRange: 'bytes=2-5',
      }),
    );
    await complete(id, [{ PartNumber: 1, ETag: CopyPartResult?.ETag }]);
    expect((await bytesOf(at)).bytes.toString()).toBe('2345');
  });
});

describe('checksums', () => {
  test.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)(
    '%s in the trailer of a stream',
    async ChecksumAlgorithm => {
      const body = randomBytes(200_000);
      const stream = Readable.from([body.subarray(0, 7), body.subarray(7, 100_000), body.subarray(100_000)], {
        objectMode: false,
      });
      const input = { Bucket: 'archive', Key: `trailer-${ChecksumAlgorithm}` };
      const put = harness.s3.send(
        new PutObjectCommand({ ...input, Body: stream, ContentLength: body.length, ChecksumAlgorithm }),
      );
      await put;
      const stored = await bytesOf(input);
      expect(stored.bytes.equals(body)).toBe(true);
      expect(stored.ContentEncoding).toBeUndefined();
    },
  );

  test.each([
    ['crc32', 'cbf43926'],
    ['crc32c', 'e3069283'],
    ['crc64nvme', 'ae8b14860a799888'],
  ])('%s has the check value of its catalogue entry', (name, expected) => {
    const digest = checksumOf(name);
    for (const part of ['123', '', '456789']) digest?.update(Buffer.from(part));
    expect(digest?.digest().toString('hex')).toBe(expected);
  });

  const send = async (headers: Record<string, string>, body = 'hello') => {
    const response = await fetch(`${harness.url}/archive/checked`, { method: 'PUT', headers, body });
    return `${response.status} ${/<Code>(\w+)/.exec(await response.text())?.[1] ?? ''}`.trim();
  };

  test('bodies that do not match what was said of them are refused, and nothing is stored', async () => {
    expect(await send({ 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' })).toBe('400 BadDigest');
    expect(await send({ 'content-md5': 'short' })).toBe('400 InvalidDigest');
    expect(await send({ 'x-amz-checksum-crc32': 'AAAAAA==' })).toBe('400 BadDigest');
    expect(await send({ 'x-amz-content-sha256': '0'.repeat(64) })).toBe('400 XAmzContentSHA256Mismatch');
    const chunked = {
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-trailer': 'x-amz-checksum-crc32',
    };
    expect(await send(chunked, '5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n')).toBe(
      '400 BadDigest',
    );
    expect(await send(chunked, '5\r\nhello\r\n0\r\n\r\n')).toBe('400 InvalidRequest');
    expect(await send(chunked, '5\r\nhel')).toBe('400 IncompleteBody');
    expect(
      await send(
        { ...chunked, 'x-amz-decoded-content-length': '9' },
        '5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n',
      ),
    ).toBe('400 IncompleteBody');
    expect((await fetch(`${harness.url}/archive/checked`)).status).toBe(404);
    expect(await send({ 'content-md5': 'XUFAKrxLKna5cZ2REBfFkg==' })).toBe('200');
  });

  test('signed chunks lose their framing', async () => {
    const headers = {
      'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
      'content-encoding': 'aws-chunked,gzip',
      'x-amz-decoded-content-length': '10',
    };
    const signature = `chunk-signature=${'0'.repeat(64)}`;
    expect(
      await send(headers, `8;${signature}\r\nabcd\r\n\r\n\r\n2;${signature}\r\nef\r\n0;${signature}\r\n\r\n`),
    ).toBe('200');
    const stored = await harness.s3.send(new GetObjectCommand({ Bucket: 'archive', Key: 'checked' }));
    expect([await stored.Body?.transformToString(), stored.ContentEncoding]).toEqual([
      'abcd\r\n\r\nef',
      'gzip',
    ]);
  });
});

test('framing is taken off however the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 5 }),
      fc.integer({ min: 1, max: 30 }),
      async (chunks, cut) => {
        const framed = Buffer.concat([
          ...chunks.flatMap(chunk => [
            Buffer.from(`${chunk.length.toString(16)}\r\n`),
            chunk,
            Buffer.from('\r\n'),
          ]),
          Buffer.from('0\r\nX-Amz-Checksum: a:b\r\n\r\n'),
        ]);
        const decoder = new AwsChunkedDecoder();
        const out: Buffer[] = [];
        decoder.on('data', chunk => out.push(chunk));
        for (let start = 0; start < framed.length; start += cut)
          decoder.write(framed.subarray(start, start + cut));
        await new Promise<void>((resolve, reject) => decoder.on('end', resolve).on('error', reject).end());
        expect(Buffer.concat(out)).toEqual(Buffer.concat(chunks));
        expect(decoder.trailers.get('x-amz-checksum')).toBe('a:b');
      },
    ),
  );
});
