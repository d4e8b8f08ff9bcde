import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { Bucket } from '../../../shared/aws/bucket.ts';

const s3 = mockClient(S3Client);
const bucket = new Bucket(new S3Client({}), 'intake');

beforeEach(() => s3.reset());

/** An error as the SDK throws it. */
function fault(name: string, httpStatusCode: number): Error {
  return Object.assign(new Error(`${name}!`), { name, $metadata: { httpStatusCode } });
}

test.each([
  ['NoSuchKey', 404],
  ['NoSuchVersion', 404],
  // HEAD has no body to name the error in.
  ['NotFound', 404],
  ['UnknownError', 404],
  // A delete marker, read by its version id.
  ['MethodNotAllowed', 405],
])('an object that is not there (%s, %i) is no error', async (name, status) => {
  s3.on(GetObjectCommand).rejects(fault(name, status));
  s3.on(HeadObjectCommand).rejects(fault(name, status));
  expect(await bucket.get('a.txt')).toBeUndefined();
  expect(await bucket.head('a.txt')).toBeUndefined();
});

test.each([
  ['AccessDenied', 403, 's3-forbidden', false],
  ['UnknownError', 403, 's3-forbidden', false],
  ['SlowDown', 503, 's3-busy', true],
  ['UnknownError', 503, 's3-busy', true],
  ['TimeoutError', 0, 's3-busy', true],
  ['InvalidRequest', 400, 's3-refused', false],
  ['NoSuchBucket', 404, 's3-refused', false],
  ['ExpiredToken', 400, 's3-busy', true],
  ['Strange', 0, 's3-other', true],
])('%s (%i) is %s, which names the object', async (name, status, code, retryable) => {
  s3.on(GetObjectCommand).rejects(fault(name, status));
  await expect(bucket.get('a.txt')).rejects.toMatchObject({ code, retryable, subject: 'a.txt' });
});

test('an object above the limit is not read', async () => {
  const body = new Readable({
    read() {
      throw new Error('was read');
    },
  });
  s3.on(GetObjectCommand).resolves({ ContentLength: 11, Body: body as never });
  await expect(bucket.get('a.txt', { maxBytes: 10 })).rejects.toMatchObject({ code: 'too-large', size: 11 });
  expect(body.destroyed).toBe(true);
});

test.each([
  ['PreconditionFailed', 412],
  ['ConditionalRequestConflict', 409],
  ['NoSuchKey', 404],
])(
  'a conditional write whose condition does not hold (%s) is told from one that failed',
  async (name, status) => {
    s3.on(PutObjectCommand).rejects(fault(name, status));
    const options = { contentType: 'text/plain' };
    expect(await bucket.putIf('a.txt', 'x', options, { etag: '"1"' })).toBeUndefined();
    s3.on(PutObjectCommand).rejects(fault('SlowDown', 503));
    await expect(bucket.putIf('a.txt', 'x', options, 'absent')).rejects.toMatchObject({ retryable: true });
  },
);

describe('an object with the same bytes', () => {
  const OPTIONS = { contentType: 'text/plain', cacheControl: 'max-age=30', metadata: { lang: 'en' } };

  test.each([
    ['the same headers', OPTIONS, false],
    ['another Cache-Control', { ...OPTIONS, cacheControl: 'max-age=60' }, true],
    ['no Cache-Control', { contentType: 'text/plain', metadata: OPTIONS.metadata }, true],
    ['another content type', { ...OPTIONS, contentType: 'text/html' }, true],
    ['other metadata', { ...OPTIONS, metadata: { lang: 'de' } }, true],
  ])('and %s', async (_, options, isWritten) => {
    s3.on(HeadObjectCommand).rejects(fault('NotFound', 404));
    s3.on(PutObjectCommand).resolves({});
    expect(await bucket.putIfChanged('a.txt', 'x', OPTIONS)).toBe(true);
    s3.on(HeadObjectCommand).resolves({
      Metadata: s3.commandCalls(PutObjectCommand)[0]?.args[0].input.Metadata,
    });
    expect(await bucket.putIfChanged('a.txt', 'x', options)).toBe(isWritten);
  });

  test.each([
    ['max-age=30', false],
    ['max-age=60', true],
  ])('of another bucket and Cache-Control %s', async (cacheControl, isWritten) => {
    const from = { bucket: new Bucket(new S3Client({}), 'archive'), key: 'a', sha256: '00' };
    s3.on(HeadObjectCommand).rejects(fault('NotFound', 404));
    s3.on(CopyObjectCommand).resolves({});
    const options = { contentType: 'image/png', cacheControl: 'max-age=30' };
    expect(await bucket.copyIfChanged('a.png', from, options)).toBe(true);
    s3.on(HeadObjectCommand).resolves({
      Metadata: s3.commandCalls(CopyObjectCommand)[0]?.args[0].input.Metadata,
    });
    expect(await bucket.copyIfChanged('a.png', from, { ...options, cacheControl })).toBe(isWritten);
  });
});
