import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { checkRead, checkWrite } from './conditions.ts';
import type { S3EventName } from './events.ts';
import { readRange } from './range.ts';
import { send, setHeaders } from './reply.ts';
import { checkKey, decode, type S3Request, splitPath } from './request.ts';
import { receiveBody, stageStream, storedEncoding } from './store/body.ts';
import type { ObjectVersion } from './store/bucket-files.ts';
import { type BucketStore, findVersion } from './store/bucket-store.ts';
import { S3Error } from './store/errors.ts';
import { tag, xmlDocument } from './xml.ts';

/** Maximum size of the user metadata: names and values together. */
const MAX_METADATA_BYTES = 2_048;

/** Request headers that are stored with an object. Content-Encoding is handled by `storedEncoding`. */
const KEPT_HEADERS = ['cache-control', 'content-disposition', 'content-language', 'content-type', 'expires'];

/** Headers of the answer to a GET. A query parameter `response-NAME` replaces such a header. */
const OVERRIDES = [...KEPT_HEADERS, 'content-encoding'];

export interface ObjectContext {
  request: S3Request;
  response: ServerResponse;
  bucket: BucketStore;
  key: string;
  /** Another bucket of this server. @throws S3Error NoSuchBucket */
  otherBucket: (name: string) => BucketStore;
  /** Sends the event of a change. It runs under the lock of the key. */
  announce: (name: S3EventName, key: string, version: ObjectVersion) => Promise<void>;
}

export async function getObject({ request, response, bucket, key }: ObjectContext): Promise<void> {
  const versionId = request.query.get('versionId') ?? undefined;
  const opened = await bucket.open(key, () => findVersion(bucket, key, versionId));
  if (!opened) throw new S3Error('NoSuchKey', { subject: key });
  const { version, bytes } = opened;
  try {
    const headers: Record<string, string | number | undefined> = {
      'last-modified': new Date(version.lastModified).toUTCString(),
      etag: `"${version.etag}"`,
      'cache-control': version.headers['cache-control'],
      ...versionHeader(bucket, version),
    };
    if (checkRead(request.headers, version) === 'not-modified') {
      send(response, { status: 304, headers });
      return;
    }
    const range = readRange(request.headers.range, version.size);
    Object.assign(headers, version.headers, { 'accept-ranges': 'bytes' });
    for (const name of OVERRIDES) {
      const override = request.query.get(`response-${name}`);
      if (override !== null) headers[name] = override;
    }
    if (range) headers['content-range'] = `bytes ${range.start}-${range.end}/${version.size}`;
    else if (request.headers['x-amz-checksum-mode'] && version.checksum)
      headers[version.checksum.header] = version.checksum.value;
    headers['content-length'] = range ? range.end - range.start + 1 : version.size;
    response.statusCode = range ? 206 : 200;
    setHeaders(response, headers);
    if (request.method === 'HEAD' || version.size === 0) response.end();
    else await pipeline(bytes.createReadStream({ ...range, autoClose: false }), response);
  } finally {
    await bytes.close();
  }
}

export async function putObject(context: ObjectContext): Promise<void> {
  const { request, response, bucket, key } = context;
  if (request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined) {
    throw new S3Error('MissingContentLength');
  }
  const headers = storedHeaders(request.headers);
  const body = await receiveBody(request.body, request.headers, bucket.stagingFile());
  const version = await bucket.put(
    key,
    { body, headers },
    current => checkWrite(request.headers, current),
    made => context.announce('ObjectCreated:Put', key, made),
  );
  send(response, {
    headers: { etag: `"${version.etag}"`, ...versionHeader(bucket, version), ...checksumHeader(version) },
  });
}

export async function copyObject(context: ObjectContext): Promise<void> {
  const { request, response, bucket, key } = context;
  const source = readCopySource({ ...context, source: copySourceOf(request) });
  const replace = request.headers['x-amz-metadata-directive'] === 'REPLACE';
  if (!replace && source.bucket === bucket && source.key === key && source.versionId === undefined) {
    throw new S3Error('InvalidRequest', {
      message: 'This copy request is illegal: it copies an object to itself without changing it.',
    });
  }
  const { version: from, bytes } = await openSource(source, request.headers);
  let body: Awaited<ReturnType<typeof stageStream>>;
  try {
    body = await stageStream(bytes.createReadStream({ autoClose: false }), bucket.stagingFile());
  } finally {
    await bytes.close();
  }
  const version = await bucket.put(
    key,
    { body, headers: replace ? storedHeaders(request.headers) : { ...from.headers } },
    current => checkWrite(request.headers, current),
    made => context.announce('ObjectCreated:Copy', key, made),
  );
  const sourceVersion = source.bucket.versioned ? { 'x-amz-copy-source-version-id': from.versionId } : {};
  send(response, {
    headers: { ...versionHeader(bucket, version), ...sourceVersion },
    xml: xmlDocument(
      'CopyObjectResult',
      tag('LastModified', version.lastModified),
      tag('ETag', `"${version.etag}"`),
    ),
  });
}

export async function deleteObject(context: ObjectContext): Promise<void> {
  const { request, response, bucket, key } = context;
  const gone = await removeObject(context, key, request.query.get('versionId') ?? undefined, current => {
    if (request.headers['if-match'] !== undefined) checkWrite(request.headers, current);
  });
  const isMarker = gone?.made === 'marker' || gone?.version.deleteMarker;
  const marker = isMarker && bucket.versioned ? { 'x-amz-delete-marker': 'true' } : {};
  send(response, { status: 204, headers: { ...(gone && versionHeader(bucket, gone.version)), ...marker } });
}

/** Deletes an object or a version and sends the event. For DeleteObject and DeleteObjects. */
export async function removeObject(
  { bucket, announce }: Pick<ObjectContext, 'bucket' | 'announce'>,
  key: string,
  versionId: string | undefined,
  check: (current: ObjectVersion | undefined) => void = () => undefined,
): ReturnType<BucketStore['remove']> {
  return await bucket.remove(key, versionId, check, (version, made) =>
    announce(made === 'marker' ? 'ObjectRemoved:DeleteMarkerCreated' : 'ObjectRemoved:Delete', key, version),
  );
}

/**
 * Finds a copy source (`/bucket/key?versionId=`, URL-encoded).
 * @throws S3Error InvalidArgument, NoSuchBucket
 */
export function readCopySource({
  source,
  otherBucket,
}: Pick<ObjectContext, 'otherBucket'> & { source: string }): CopySource {
  const [path = '', versionId] = source.replace(/^\//, '').split('?versionId=');
  const { bucket, key } = splitPath(path);
  if (!bucket || !key)
    throw new S3Error('InvalidArgument', { message: 'The copy source must name a bucket and a key.' });
  return { bucket: otherBucket(decode(bucket)), key: checkKey(decode(key)), versionId };
}

/** Returns the copy source that a request names. */
export function copySourceOf({ headers }: Pick<S3Request, 'headers'>): string {
  return String(headers['x-amz-copy-source'] ?? '');
}

export interface CopySource {
  bucket: BucketStore;
  key: string;
  versionId: string | undefined;
}

/** Opens a copy source if its conditions hold. @throws S3Error NoSuchKey, NoSuchVersion, PreconditionFailed */
export async function openSource({ bucket, key, versionId }: CopySource, headers: IncomingHttpHeaders) {
  const opened = await bucket.open(key, () => findVersion(bucket, key, versionId));
  if (!opened) throw new S3Error('NoSuchKey', { subject: key });
  if (checkRead(headers, opened.version, 'x-amz-copy-source-') === 'not-modified') {
    await opened.bytes.close();
    throw new S3Error('PreconditionFailed');
  }
  return opened;
}

/** Selects the request headers that are stored with an object. @throws S3Error MetadataTooLarge */
export function storedHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = { 'content-type': 'binary/octet-stream' };
  let metadata = 0;
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== 'string') continue;
    if (KEPT_HEADERS.includes(name)) kept[name] = value;
    if (!name.startsWith('x-amz-meta-')) continue;
    kept[name] = value;
    metadata += name.length - 'x-amz-meta-'.length + value.length;
  }
  if (metadata > MAX_METADATA_BYTES) throw new S3Error('MetadataTooLarge');
  const encoding = storedEncoding(headers);
  if (encoding) kept['content-encoding'] = encoding;
  return kept;
}

/** The `x-amz-version-id` header of an answer. Unversioned buckets have none. */
export function versionHeader(bucket: BucketStore, version: ObjectVersion): Record<string, string> {
  return bucket.versioned ? { 'x-amz-version-id': version.versionId } : {};
}

function checksumHeader({ checksum }: ObjectVersion): Record<string, string> {
  return checksum ? { [checksum.header]: checksum.value, 'x-amz-checksum-type': 'FULL_OBJECT' } : {};
}
