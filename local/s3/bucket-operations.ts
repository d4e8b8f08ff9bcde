import { listKeys } from './list.ts';
import { type ObjectContext, removeObject } from './object-operations.ts';
import { send } from './reply.ts';
import { checkKey, type S3Request } from './request.ts';
import type { BucketStore } from './store/bucket-store.ts';
import { S3Error } from './store/errors.ts';
import { readDeletes, tag, type Xml, xmlDocument } from './xml.ts';

/** Maximum number of objects in a DeleteObjects request, and of entries in a list. */
const MAX_ENTRIES = 1_000;

/** Maximum size of a DeleteObjects document: a thousand keys of maximum length, escaped. */
const MAX_DELETE_DOCUMENT_BYTES = 8_000_000;

type BucketContext = Pick<ObjectContext, 'request' | 'response' | 'bucket' | 'announce'>;

export function listBuckets(
  { response }: Pick<BucketContext, 'response'>,
  buckets: Iterable<BucketStore>,
  createdAt: string,
): void {
  const created = tag('CreationDate', createdAt);
  const entries = [...buckets].map(({ name }) => tag('Bucket', tag('Name', name), created));
  const owner = tag('Owner', tag('ID', 'local'));
  send(response, { xml: xmlDocument('ListAllMyBucketsResult', owner, tag('Buckets', ...entries)) });
}

/** ListObjectsV2, or ListObjects if `list-type` is not 2. s3cmd and rclone (provider Other) use ListObjects. */
export function listObjects({ request, response, bucket }: BucketContext): void {
  const { query } = request;
  const v2 = query.get('list-type') === '2';
  const encode = keyEncoder(query.get('encoding-type'));
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const token = v2 ? readToken(query.get('continuation-token')) : undefined;
  const after = (v2 ? (token ?? query.get('start-after')) : query.get('marker')) ?? '';
  const page = listKeys(bucket, { prefix, delimiter, after, limit: readLimit(query.get('max-keys')) });
  const contents = page.objects.map(([key, version]) =>
    tag(
      'Contents',
      tag('Key', encode(key)),
      tag('LastModified', version.lastModified),
      tag('ETag', `"${version.etag}"`),
      tag('Size', version.size),
      tag('StorageClass', 'STANDARD'),
    ),
  );
  const prefixes = page.prefixes.map(found => tag('CommonPrefixes', tag('Prefix', encode(found))));
  const optional = (name: string, value: string | null | undefined) => (value ? tag(name, value) : undefined);
  const paging = v2
    ? [
        tag('KeyCount', contents.length + prefixes.length),
        optional('ContinuationToken', query.get('continuation-token') ?? undefined),
        optional('NextContinuationToken', page.last === undefined ? undefined : pageToken(page.last)),
        optional('StartAfter', encode(query.get('start-after') ?? '')),
      ]
    : [
        tag('Marker', encode(after)),
        optional('NextMarker', delimiter && page.last !== undefined ? encode(page.last) : undefined),
      ];
  send(response, {
    xml: xmlDocument(
      'ListBucketResult',
      tag('Name', bucket.name),
      tag('Prefix', encode(prefix)),
      optional('Delimiter', encode(delimiter)),
      tag('MaxKeys', page.limit),
      optional('EncodingType', query.get('encoding-type')),
      tag('IsTruncated', page.last !== undefined),
      ...paging,
      ...contents,
      ...prefixes,
    ),
  });
}

/** DeleteObjects. Each key has its own result: a failure does not affect the other keys. */
export async function deleteObjects(context: BucketContext): Promise<void> {
  const { request, response, bucket } = context;
  const { objects, quiet } = readDeletes(await readDocument(request, MAX_DELETE_DOCUMENT_BYTES));
  if (objects.length > MAX_ENTRIES) throw new S3Error('MalformedXML');
  const results: (Xml | undefined)[] = [];
  for (const { key, versionId } of objects) {
    try {
      const gone = await removeObject(context, checkKey(key), versionId);
      const marker = gone && (gone.made === 'marker' || gone.version.deleteMarker);
      const details = [
        tag('Key', key),
        versionId === undefined ? undefined : tag('VersionId', versionId),
        marker ? tag('DeleteMarker', true) : undefined,
        marker && bucket.versioned ? tag('DeleteMarkerVersionId', gone.version.versionId) : undefined,
      ];
      if (!quiet) results.push(tag('Deleted', ...details));
    } catch (error) {
      const known = error instanceof S3Error ? error : new S3Error('InternalError', { cause: error });
      results.push(tag('Error', tag('Key', key), tag('Code', known.code), tag('Message', known.message)));
    }
  }
  send(response, { xml: xmlDocument('DeleteResult', ...results) });
}

/** Reads the XML document of a request. @throws S3Error MalformedXML if it is longer than `maxBytes` */
export async function readDocument({ body }: Pick<S3Request, 'body'>, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) throw new S3Error('MalformedXML');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** Returns the encoder of keys in a list. It changes nothing, unless the client asks for URL encoding. */
export function keyEncoder(encodingType: string | null): (key: string) => string {
  if (encodingType === null) return key => key;
  if (encodingType !== 'url')
    throw new S3Error('InvalidArgument', { message: 'The only encoding-type is url.' });
  return key => encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+');
}

/** Reads a `max-keys` parameter. @throws S3Error InvalidArgument */
export function readLimit(text: string | null): number {
  if (text === null || text === '') return MAX_ENTRIES;
  if (!/^\d{1,10}$/.test(text))
    throw new S3Error('InvalidArgument', { message: 'max-keys is not a number.' });
  return Math.min(Number(text), MAX_ENTRIES);
}

/** Makes the token of the page after an entry. */
export function pageToken(last: string): string {
  return Buffer.from(last).toString('base64url');
}

/** Reads a token: the last entry of the page before. */
export function readToken(token: string | null): string | undefined {
  return token === null ? undefined : Buffer.from(token, 'base64url').toString();
}
