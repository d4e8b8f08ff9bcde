import { ObjectTooLarge, type StoredObject } from '../../../shared/aws/bucket.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';
import type { Source } from '../../../shared/model/article.ts';
import { canHoldMedia, isLargeMedia } from '../../../shared/model/media-address.ts';
import type { IngestDeps } from '../model/ingest-deps.ts';
import { storable } from '../record/bounds.ts';
import type { SourceEvent } from './s3-event.ts';

/** A file from S3, or the reason why it cannot be read. */
export interface ReadSource {
  source: Source;
  object: StoredObject | Rejection;
}

/**
 * Reads the object version that an event names.
 * @returns `gone` if the object does not exist any more; the event of its deletion follows
 */
export async function readSource(event: SourceEvent, deps: IngestDeps): Promise<ReadSource | 'gone'> {
  const source: Source = {
    bucket: event.bucket,
    key: event.key,
    versionId: event.versionId,
    etag: event.etag,
    size: event.size,
    sequencer: event.sequencer,
    uploadedAt: event.at,
  };
  if (event.keyIsBroken)
    return {
      source,
      object: new Rejection('bad-key', 'Its name is not valid UTF-8.', { subject: event.key }),
    };
  const { fileBytes, mediaBytes } = deps.settings.limits;
  // The limit depends on the name, because a file above the limit is not read.
  const isText = !isLargeMedia(event.key) && !canHoldMedia(event.key);
  const maxBytes = isText ? fileBytes : mediaBytes;
  try {
    const versionId = event.kind === 'created' ? event.versionId : undefined;
    const object = await deps.intake.get(event.key, { versionId, maxBytes });
    if (object === undefined) return 'gone';
    return {
      source: {
        ...source,
        versionId: object.versionId ?? source.versionId,
        etag: object.etag.replaceAll('"', ''),
        size: object.bytes.length,
        contentType: object.contentType,
        savedAt: savedAt(object.metadata),
      },
      object,
    };
  } catch (error) {
    if (!(error instanceof ObjectTooLarge)) throw error;
    const message = `It has ${megabytes(error.size)} MB; the limit is ${megabytes(maxBytes)} MB.`;
    return { source, object: new Rejection('too-large', message, { subject: event.key, cause: error }) };
  }
}

/**
 * The time when the file was last saved. rclone and Copydesk's uploads set it as `mtime` in the object's
 * metadata, in seconds since 1970.
 */
function savedAt({ mtime = '' }: Record<string, string>): string | undefined {
  if (!/^\d{1,12}(\.\d{1,9})?$/.test(mtime)) return undefined;
  return storable(new Date(Number(mtime) * 1000).toISOString());
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 });
}
