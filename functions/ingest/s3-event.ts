import * as z from 'zod/mini';
import { CopydeskError } from '../../shared/errors.ts';

/** What happened to which object, in which order: one record of an S3 notification. */
export interface SourceEvent {
  /**
   * `version-removed`: one version was deleted for good. What the key holds now must be looked up: an older
   * version, or, where the version was a delete marker, the object that it hid.
   */
  kind: 'created' | 'removed' | 'version-removed';
  bucket: string;
  /** Decoded; where it cannot be decoded, as it came, with `keyIsBroken`. */
  key: string;
  keyIsBroken: boolean;
  versionId?: string | undefined;
  etag: string;
  size: number;
  sequencer: string;
  /** RFC 3339, UTC, milliseconds. */
  at: string;
}

/** Shape of the notification as S3 documents it (event message structure 2.x); only what is used. */
const Notification = z.object({
  Records: z.array(
    z.object({
      eventName: z.string(),
      eventTime: z.coerce.date(),
      s3: z.object({
        bucket: z.object({ name: z.string() }),
        object: z.object({
          key: z.string(),
          size: z.optional(z.number()),
          eTag: z.optional(z.string()),
          versionId: z.optional(z.string()),
          sequencer: z._default(z.string().check(z.regex(/^[0-9a-fA-F]*$/)), ''),
        }),
      }),
    }),
  ),
});

/** What S3 sends once, when the notification is set up. */
const TestEvent = z.object({ Event: z.literal('s3:TestEvent') });

/**
 * The events in the body of one SQS message, in order. None in the `s3:TestEvent` that S3 sends first, nor
 * of kinds that change no object (tagging, restores).
 * @throws CopydeskError `not-an-s3-event` for anything else: somebody wired the queue wrongly
 */
export function readS3Events(body: string): SourceEvent[] {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (cause) {
    throw new CopydeskError('not-an-s3-event', 'The message is not JSON.', { cause });
  }
  if (TestEvent.safeParse(json).success) return [];
  const notification = Notification.safeParse(json);
  if (!notification.success)
    throw new CopydeskError('not-an-s3-event', 'The message is not an S3 notification.', {
      cause: notification.error,
    });
  return notification.data.Records.flatMap(({ eventName, eventTime, s3 }) => {
    const kind = kindOf(eventName, s3.object.versionId);
    if (kind === undefined) return [];
    const { key, keyIsBroken } = decodeKey(s3.object.key);
    return {
      kind,
      bucket: s3.bucket.name,
      key,
      keyIsBroken,
      versionId: s3.object.versionId || undefined,
      etag: s3.object.eTag ?? '',
      size: s3.object.size ?? 0,
      sequencer: s3.object.sequencer,
      at: eventTime.toISOString(),
    };
  });
}

function kindOf(eventName: string, versionId: string | undefined): SourceEvent['kind'] | undefined {
  const name = eventName.replace(/^s3:/, '');
  if (name.startsWith('ObjectCreated:')) return 'created';
  if (name === 'ObjectRemoved:DeleteMarkerCreated') return 'removed';
  // In a bucket without versions the same event comes without a version id.
  if (name === 'ObjectRemoved:Delete') return versionId ? 'version-removed' : 'removed';
  return undefined;
}

/** Keys in events are URL-encoded as in a form: `+` is a space. */
function decodeKey(encoded: string): { key: string; keyIsBroken: boolean } {
  try {
    return { key: decodeURIComponent(encoded.replaceAll('+', ' ')), keyIsBroken: false };
  } catch {
    return { key: encoded, keyIsBroken: true };
  }
}
