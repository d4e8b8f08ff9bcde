import type { S3EventRecord } from 'aws-lambda';
import type { ObjectVersion } from './store/bucket-files.ts';

export type S3EventName =
  | 'ObjectCreated:Put'
  | 'ObjectCreated:Copy'
  | 'ObjectCreated:CompleteMultipartUpload'
  | 'ObjectRemoved:Delete'
  | 'ObjectRemoved:DeleteMarkerCreated';

/** Entity tag that S3 reports for a delete marker: the MD5 of zero bytes. */
const EMPTY_MD5 = 'd41d8cd98f00b204e9800998ecf8427e';

/** Properties of a request that appear in its event. */
export interface EventOrigin {
  requestId: string;
  hostId: string;
  sourceIp: string;
}

/**
 * Makes the event record that S3 sends for a change. A removal has no size, and has an eTag only if it made a delete
 * marker. Objects of an unversioned bucket have no versionId.
 * Source: "Event message structure", Amazon S3 User Guide.
 */
export function eventRecord(change: {
  name: S3EventName;
  bucket: { name: string; versioned: boolean };
  key: string;
  version: ObjectVersion;
  region: string;
  at: number;
  origin: EventOrigin;
}): S3EventRecord {
  const { name, bucket, version, origin } = change;
  const content = name.startsWith('ObjectCreated:')
    ? { size: version.size, eTag: version.etag }
    : name === 'ObjectRemoved:DeleteMarkerCreated'
      ? { eTag: EMPTY_MD5 }
      : {};
  const object = {
    key: encodeEventKey(change.key),
    ...content,
    ...(bucket.versioned ? { versionId: version.versionId } : {}),
    sequencer: version.sequencer,
  };
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: change.region,
    eventTime: new Date(change.at).toISOString(),
    eventName: name,
    userIdentity: { principalId: 'AWS:LOCAL' },
    requestParameters: { sourceIPAddress: origin.sourceIp },
    responseElements: { 'x-amz-request-id': origin.requestId, 'x-amz-id-2': origin.hostId },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: 'copydesk',
      bucket: {
        name: bucket.name,
        ownerIdentity: { principalId: 'LOCAL' },
        arn: `arn:aws:s3:::${bucket.name}`,
      },
      // The type requires size and eTag also for removals, but the service omits them.
      object: object as S3EventRecord['s3']['object'],
    },
  };
}

/** Encodes a key as events do: form encoding (a space is `+`), but slashes stay. */
export function encodeEventKey(key: string): string {
  return encodeURIComponent(key)
    .replaceAll('%2F', '/')
    .replaceAll('%20', '+')
    .replace(/[!'()~]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
