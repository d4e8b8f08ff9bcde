import { createHash } from 'node:crypto';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { awsFault } from '../../shared/aws/aws-errors.ts';
import { CONFLICT, retryOnConflict, SYSTEM_PACING } from '../../shared/errors/retry-on-conflict.ts';
import type { ObjectVersion } from '../s3/store/bucket-files.ts';
import type { RunningServices } from '../service-types.ts';
import type { InboxBucket } from './inbox.ts';
import type { WholeFile } from './saved-files.ts';

/** Name of the user metadata that holds the id of the inbox from which an object was uploaded. */
const INBOX = 'inbox';

export function inboxBucket(services: Pick<RunningServices, 's3' | 'buckets' | 'intake'>): InboxBucket {
  const { s3, buckets, intake } = services;
  const Bucket = buckets.intake;
  return {
    async upload(Key, file, inbox) {
      // Other clients may write the same key.
      await retryOnConflict(Key, SYSTEM_PACING, async () => {
        const latest = intake.latest(Key);
        if (latest && !mustUpload(file, latest, inbox)) return undefined;
        const condition =
          latest && !latest.deleteMarker ? { IfMatch: `"${latest.etag}"` } : { IfNoneMatch: '*' };
        // Ingest uses this time as the date of copy without one. rclone and other programs set the same metadata.
        const Metadata = { mtime: (file.mtimeMs / 1_000).toFixed(3), [INBOX]: inbox };
        try {
          await s3.send(new PutObjectCommand({ Bucket, Key, Body: file.bytes, Metadata, ...condition }));
          return undefined;
        } catch (error) {
          const fault = awsFault(error);
          if (fault !== 'conflict' && fault !== 'missing') throw error;
          return CONFLICT;
        }
      });
    },
    remove: key => s3.send(new DeleteObjectCommand({ Bucket, Key: key })),
    removeFrom: (key, inbox) => intake.deleteIf(key, current => inboxOf(current) === inbox),
    *uploads() {
      for (const { key, version } of intake.objects()) {
        const inbox = inboxOf(version);
        if (inbox !== undefined) yield { key, inbox };
      }
    },
  };
}

/**
 * Tells whether a file must be uploaded over the latest version in the bucket. If another client uploaded or deleted
 * the object after the file was last saved, the file must not come back after a restart.
 */
function mustUpload(file: WholeFile, latest: ObjectVersion, inbox: string): boolean {
  const from = inboxOf(latest);
  const isSame = !latest.deleteMarker && latest.etag === createHash('md5').update(file.bytes).digest('hex');
  // Bytes from another inbox are uploaded again, so that this inbox can later remove the object.
  if (isSame) return from !== undefined && from !== inbox;
  return from === inbox || file.ctimeMs > Date.parse(latest.lastModified);
}

function inboxOf({ headers }: ObjectVersion): string | undefined {
  return headers[`x-amz-meta-${INBOX}`];
}
