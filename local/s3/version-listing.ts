import { keyEncoder, readLimit } from './bucket-operations.ts';
import type { ObjectContext } from './object-operations.ts';
import { send } from './reply.ts';
import type { ObjectVersion } from './store/bucket-files.ts';
import { S3Error } from './store/errors.ts';
import { compareUtf8 } from './store/key-order.ts';
import { tag, type Xml, xmlDocument } from './xml.ts';

/**
 * ListObjectVersions: lists all versions and delete markers below a prefix, by key, the latest first. Delimiters are
 * not supported, because Copydesk does not use them. Source: "ListObjectVersions", Amazon S3 API Reference.
 */
export function listObjectVersions({ request, response, bucket }: Omit<ObjectContext, 'key'>): void {
  const { query } = request;
  if (query.get('delimiter')) throw new S3Error('NotImplemented');
  const encode = keyEncoder(query.get('encoding-type'));
  const prefix = query.get('prefix') ?? '';
  const limit = readLimit(query.get('max-keys'));
  const keyMarker = query.get('key-marker') ?? '';
  const versionMarker = query.get('version-id-marker') ?? '';
  const entries: Xml[] = [];
  let last: { key: string; versionId: string } | undefined;
  let isTruncated = false;
  // A key marker alone skips all versions of that key. With a version marker, the list starts after that version.
  let skipping = versionMarker !== '';
  for (const { key, version, isLatest } of bucket.versionsFrom(
    compareUtf8(prefix, keyMarker) > 0 ? prefix : keyMarker,
  )) {
    if (!key.startsWith(prefix)) break;
    if (key === keyMarker && (skipping || versionMarker === '')) {
      if (version.versionId === versionMarker) skipping = false;
      continue;
    }
    if (entries.length === limit) {
      isTruncated = limit > 0;
      break;
    }
    entries.push(entry(encode(key), version, isLatest));
    last = { key, versionId: version.versionId };
  }
  send(response, {
    xml: xmlDocument(
      'ListVersionsResult',
      tag('Name', bucket.name),
      tag('Prefix', encode(prefix)),
      tag('KeyMarker', encode(keyMarker)),
      tag('VersionIdMarker', versionMarker),
      tag('MaxKeys', limit),
      query.get('encoding-type') ? tag('EncodingType', query.get('encoding-type') ?? '') : undefined,
      tag('IsTruncated', isTruncated),
      ...(isTruncated && last
        ? [tag('NextKeyMarker', encode(last.key)), tag('NextVersionIdMarker', last.versionId)]
        : []),
      ...entries,
    ),
  });
}

function entry(key: string, version: ObjectVersion, isLatest: boolean): Xml {
  const common = [
    tag('Key', key),
    tag('VersionId', version.versionId),
    tag('IsLatest', isLatest),
    tag('LastModified', version.lastModified),
  ];
  if (version.deleteMarker) return tag('DeleteMarker', ...common);
  const content = [tag('ETag', `"${version.etag}"`), tag('Size', version.size)];
  return tag('Version', ...common, ...content, tag('StorageClass', 'STANDARD'));
}
