import { randomBytes } from 'node:crypto';
import { validateHeaderValue } from 'node:http';
import {
  CopyObjectCommand,
  type CopyObjectCommandInput,
  DeleteObjectCommand,
  type DeleteObjectCommandInput,
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  NoSuchBucket,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { LIMITS, makeClient } from '../../shared/aws/clients.ts';
import { LOOPBACK } from '../common/listen.ts';
import { LOCAL_ACCESS } from '../common/region.ts';
import { pageToken, readLimit, readToken } from './bucket-operations.ts';
import type { S3Buckets } from './buckets.ts';
import { checkRead, checkWrite } from './conditions.ts';
import type { EventOrigin } from './events.ts';
import { listKeys } from './list.ts';
import { openSource, readCopySource, removeObject, storedHeaders } from './object-operations.ts';
import { checkKey } from './request.ts';
import type { ObjectVersion } from './store/bucket-files.ts';
import { type BucketStore, findVersion } from './store/bucket-store.ts';
import { S3Error } from './store/errors.ts';

/** An answer: a status and the output of the command. */
interface Answer {
  status: number;
  output: object;
}

/** Headers of a request. */
type Headers = Record<string, string>;

/** The media type that the SDK gives to a body without one. */
const DEFAULT_TYPE = 'application/octet-stream';

/**
 * Makes an S3 client whose calls go straight to the buckets of this process. They take no serialisation, signature or
 * connection, which cost ten times as much as the buckets. It has the operations that the functions and `build` use.
 */
export function inProcessS3(buckets: S3Buckets): S3Client {
  const client = makeClient(S3Client, LIMITS.loopback, LOCAL_ACCESS);
  // In the place of the SDK's own method. Its middleware takes longer than the buckets.
  client.send = (async ({
    constructor: { name },
    input,
  }: {
    constructor: { name: string };
    input: object;
  }) => {
    try {
      const { status, output } = await answerTo(buckets, name, input);
      return { ...output, $metadata: metadata(status) };
    } catch (error) {
      throw error instanceof S3Error ? sdkError(error, name) : error;
    }
  }) as S3Client['send'];
  return client;
}

async function answerTo(buckets: S3Buckets, command: string, input: object): Promise<Answer> {
  switch (command) {
    case GetObjectCommand.name:
      return getObject(buckets, input as GetObjectCommandInput);
    case HeadObjectCommand.name:
      return headObject(buckets, input as GetObjectCommandInput);
    case PutObjectCommand.name:
      return putObject(buckets, input as PutObjectCommandInput);
    case CopyObjectCommand.name:
      return copyObject(buckets, input as CopyObjectCommandInput);
    case DeleteObjectCommand.name:
      return deleteObject(buckets, input as DeleteObjectCommandInput);
    case ListObjectsV2Command.name:
      return listObjects(buckets, input as ListObjectsV2CommandInput);
    default:
      throw new Error(`The buckets in this process have no operation ${command}.`);
  }
}

async function getObject(buckets: S3Buckets, input: GetObjectCommandInput): Promise<Answer> {
  const { bucket, key } = placeOf(buckets, input);
  const opened = await bucket.open(key, () => findVersion(bucket, key, input.VersionId));
  if (!opened) throw new S3Error('NoSuchKey', { subject: key });
  const { version, bytes } = opened;
  try {
    if (checkRead(conditionsOf(input), version) === 'not-modified') throw new NotModified();
    // Nobody else has this buffer.
    const body: Uint8Array = await bytes.readFile();
    const Body = {
      transformToByteArray: async () => body,
      transformToString: async (encoding?: BufferEncoding) => Buffer.from(body).toString(encoding),
      destroy: () => undefined,
    };
    return { status: 200, output: { ...described(bucket, version), Body } };
  } finally {
    await bytes.close();
  }
}

async function headObject(buckets: S3Buckets, input: GetObjectCommandInput): Promise<Answer> {
  const { bucket, key } = placeOf(buckets, input);
  const version = findVersion(bucket, key, input.VersionId);
  if (checkRead(conditionsOf(input), version) === 'not-modified') throw new NotModified();
  return { status: 200, output: described(bucket, version) };
}

async function putObject(buckets: S3Buckets, input: PutObjectCommandInput): Promise<Answer> {
  const { bucket, key } = placeOf(buckets, input);
  const { Body = '' } = input;
  if (typeof Body !== 'string' && !(Body instanceof Uint8Array))
    throw new Error('The buckets in this process take bytes and texts only.');
  const headers = storedHeaders({ 'content-type': DEFAULT_TYPE, ...headersOf(input) });
  const body = await bucket.stage(Buffer.from(Body));
  const announce = buckets.announcer(bucket.name, newOrigin);
  const version = await bucket.put(
    key,
    { body, headers },
    current => checkWrite(conditionsOf(input), current),
    made => announce('ObjectCreated:Put', key, made),
  );
  return {
    status: 200,
    output: { ETag: `"${version.etag}"`, ...versionId(bucket, version) },
  };
}

async function copyObject(buckets: S3Buckets, input: CopyObjectCommandInput): Promise<Answer> {
  const { bucket, key } = placeOf(buckets, input);
  if (input.MetadataDirective !== 'REPLACE')
    throw new Error('The buckets in this process copy with new metadata only.');
  const source = readCopySource({
    source: input.CopySource ?? '',
    otherBucket: name => buckets.store(name),
  });
  const { version: from, bytes } = await openSource(source, {});
  const body = await bytes
    .readFile()
    .then(read => bucket.stage(read))
    .finally(() => bytes.close());
  const announce = buckets.announcer(bucket.name, newOrigin);
  const version = await bucket.put(
    key,
    { body, headers: storedHeaders(headersOf(input)) },
    current => checkWrite(conditionsOf(input), current),
    made => announce('ObjectCreated:Copy', key, made),
  );
  const CopyObjectResult = { LastModified: new Date(version.lastModified), ETag: `"${version.etag}"` };
  const copied = source.bucket.versioned ? { CopySourceVersionId: from.versionId } : {};
  return { status: 200, output: { CopyObjectResult, ...versionId(bucket, version), ...copied } };
}

async function deleteObject(buckets: S3Buckets, input: DeleteObjectCommandInput): Promise<Answer> {
  const { bucket, key } = placeOf(buckets, input);
  const announce = buckets.announcer(bucket.name, newOrigin);
  const gone = await removeObject({ bucket, announce }, key, input.VersionId, current => {
    if (input.IfMatch !== undefined) checkWrite(conditionsOf(input), current);
  });
  if (!gone || !bucket.versioned) return { status: 204, output: {} };
  const isMarker = gone.made === 'marker' || gone.version.deleteMarker;
  const output = { VersionId: gone.version.versionId, ...(isMarker && { DeleteMarker: true }) };
  return { status: 204, output };
}

async function listObjects(buckets: S3Buckets, input: ListObjectsV2CommandInput): Promise<Answer> {
  const { Bucket = '', Prefix = '', Delimiter = '', ContinuationToken, StartAfter, MaxKeys } = input;
  const after = readToken(ContinuationToken ?? null) ?? StartAfter ?? '';
  const page = listKeys(buckets.store(Bucket), {
    prefix: Prefix,
    delimiter: Delimiter,
    after,
    limit: readLimit(MaxKeys === undefined ? null : String(MaxKeys)),
  });
  const Contents = page.objects.map(([Key, version]) => ({
    Key,
    LastModified: new Date(version.lastModified),
    ETag: `"${version.etag}"`,
    Size: version.size,
    StorageClass: 'STANDARD',
  }));
  const output = {
    Name: Bucket,
    Prefix,
    MaxKeys: page.limit,
    KeyCount: page.objects.length + page.prefixes.length,
    IsTruncated: page.last !== undefined,
    ...(Contents.length > 0 && { Contents }),
    ...(page.prefixes.length > 0 && { CommonPrefixes: page.prefixes.map(prefix => ({ Prefix: prefix })) }),
    ...(Delimiter && { Delimiter }),
    ...(StartAfter && { StartAfter }),
    ...(ContinuationToken && { ContinuationToken }),
    ...(page.last !== undefined && { NextContinuationToken: pageToken(page.last) }),
  };
  return { status: 200, output };
}

/** Thrown when a condition of a read says that the caller has the object already. */
class NotModified extends S3ServiceException {
  constructor() {
    super({ name: 'Unknown', message: 'UnknownError', $fault: 'client', $metadata: metadata(304) });
  }
}

/** Makes the exception that the SDK makes of an error. */
function sdkError({ code, message, status }: S3Error, command: string): S3ServiceException {
  const $metadata = metadata(status);
  // The answer to HEAD has no body, so that the SDK knows nothing but its status.
  if (command === HeadObjectCommand.name)
    return status === 404
      ? new NotFound({ message: 'UnknownError', $metadata })
      : new S3ServiceException({
          name: 'Unknown',
          message: 'UnknownError',
          $fault: 'client',
          $metadata,
        });
  if (code === 'NoSuchKey') return new NoSuchKey({ message, $metadata });
  if (code === 'NoSuchBucket') return new NoSuchBucket({ message, $metadata });
  return new S3ServiceException({
    name: code,
    message,
    $fault: status < 500 ? 'client' : 'server',
    $metadata,
  });
}

function placeOf(
  buckets: S3Buckets,
  { Bucket = '', Key = '' }: { Bucket?: string | undefined; Key?: string | undefined },
): { bucket: BucketStore; key: string } {
  return { bucket: buckets.store(Bucket), key: checkKey(Key) };
}

/** The headers that an input becomes, as far as they are stored with an object. */
function headersOf({
  ContentType,
  CacheControl,
  ContentDisposition,
  ContentEncoding,
  ContentLanguage,
  Metadata = {},
}: PutObjectCommandInput | CopyObjectCommandInput): Headers {
  const named = [
    ['content-type', ContentType],
    ['cache-control', CacheControl],
    ['content-disposition', ContentDisposition],
    ['content-encoding', ContentEncoding],
    ['content-language', ContentLanguage],
    ...Object.entries(Metadata).map(([name, value]) => [`x-amz-meta-${name.toLowerCase()}`, value] as const),
  ] as const;
  const headers: Headers = {};
  for (const [name, value] of named) {
    if (value === undefined) continue;
    validateHeaderValue(name, value);
    headers[name] = value.trim();
  }
  return headers;
}

function conditionsOf(input: {
  IfMatch?: string | undefined;
  IfNoneMatch?: string | undefined;
  IfModifiedSince?: Date | undefined;
  IfUnmodifiedSince?: Date | undefined;
}): Headers {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = input;
  return {
    ...(IfMatch !== undefined && { 'if-match': IfMatch }),
    ...(IfNoneMatch !== undefined && { 'if-none-match': IfNoneMatch }),
    ...(IfModifiedSince && { 'if-modified-since': IfModifiedSince.toUTCString() }),
    ...(IfUnmodifiedSince && { 'if-unmodified-since': IfUnmodifiedSince.toUTCString() }),
  };
}

/** The members of an output that describe an object. */
function described(bucket: BucketStore, version: ObjectVersion) {
  const { headers } = version;
  const Metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (name.startsWith('x-amz-meta-')) Metadata[name.slice('x-amz-meta-'.length)] = value;
  return {
    AcceptRanges: 'bytes',
    ContentLength: version.size,
    ETag: `"${version.etag}"`,
    // HTTP dates count whole seconds.
    LastModified: new Date(Math.floor(Date.parse(version.lastModified) / 1000) * 1000),
    ContentType: headers['content-type'],
    CacheControl: headers['cache-control'],
    ContentDisposition: headers['content-disposition'],
    ContentEncoding: headers['content-encoding'],
    ContentLanguage: headers['content-language'],
    Metadata,
    ...versionId(bucket, version),
  };
}

function versionId({ versioned }: BucketStore, version: ObjectVersion): { VersionId?: string } {
  return versioned ? { VersionId: version.versionId } : {};
}

function newOrigin(): EventOrigin {
  return {
    requestId: randomBytes(8).toString('hex').toUpperCase(),
    hostId: randomBytes(42).toString('base64'),
    sourceIp: LOOPBACK,
  };
}

function metadata(httpStatusCode: number) {
  return { httpStatusCode, attempts: 1, totalRetryDelay: 0 };
}
