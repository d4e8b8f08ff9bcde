import { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { Bucket } from '../../../shared/objects.ts';

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
