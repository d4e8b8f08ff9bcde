import type { S3EventRecord } from 'aws-lambda';
import type { ObjectVersion } from './store/bucket-files.ts';

export type S3EventName =
  | 'ObjectCreated:Put'
  | 'ObjectCreated:Copy'
  | 'ObjectCreated:CompleteMultipartUpload'
  | 'ObjectRemoved:Delete'
  | 'ObjectRemoved:DeleteMarkerCreated';

/** Entity tag that S3 states for a delete marker: the MD5 of nothing. */
const EMPTY_MD5 = 'd41d8cd98f00b204e9800998ecf8427e';

/** What of a request ends up in its event. */
export interface EventOrigin {
  requestId: string;
  hostId: string;
  sourceIp: string;
}

/**
 * The record that S3 would send of a change. Source: "Event message structure", Amazon S3 User Guide. A removal
 * has no size, and no eTag unless it made a delete marker; objects of an unversioned bucket have no versionId.
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
      // The type wants size and eTag on removals too; the service leaves them out.
      object: object as S3EventRecord['s3']['object'],
    },
  };
}

/** A key as it stands in events: form encoding (a space is `+`) with slashes left alone. */
export function encodeEventKey(key: string): string {
  return encodeURIComponent(key)
    .replaceAll('%2F', '/')
    .replaceAll('%20', '+')
    .replace(/[!'()~]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
