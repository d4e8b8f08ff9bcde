import * as z from 'zod/mini';
import { CopydeskError } from '../../../shared/errors/errors.ts';
import { percentDecoded } from '../../../shared/text/percent-decoded.ts';
import type { MediaNews } from '../model/ingest-deps.ts';

/** One record of an S3 notification: what happened to which object, and in which order. */
export interface SourceEvent {
  /**
   * `version-removed` means that one version, or a delete marker, was deleted permanently. The key can then hold an
   * older version, so ingest looks the object up.
   */
  kind: 'created' | 'removed' | 'version-removed';
  bucket: string;
  /** The decoded key. If decoding fails, this is the encoded key, and `keyIsBroken` is true. */
  key: string;
  keyIsBroken: boolean;
  versionId?: string | undefined;
  etag: string;
  size: number;
  /** The sequencer. If S3 gives none, it is empty, and ingest looks the object up, because the order is unknown. */
  sequencer: string;
  /** Time of the event: RFC 3339, UTC, milliseconds. */
  at: string;
}

/** The content of an SQS message. */
export interface IntakeMessage {
  /** Events, in the order of the message. */
  events: SourceEvent[];
  /** Errors of the records that cannot be read. */
  faults: CopydeskError[];
  /** The rest of the news of a media file, which ingest has sent to itself. */
  news?: MediaNews;
}

/** Value of `copydesk` in the messages that ingest sends to itself. */
export const MEDIA_NEWS = 'media-news';

const News = z.object({
  copydesk: z.literal(MEDIA_NEWS),
  key: z.string(),
  order: z.string(),
  after: z.string(),
});

const Sequencer = z._default(z.string().check(z.regex(/^[0-9a-fA-F]*$/)), '');

/**
 * The parts of a notification's record that are used. Source: "Event message structure" 2.x, Amazon S3 User
 * Guide.
 */
const NotificationRecord = z.object({
  eventName: z.string(),
  eventTime: z.coerce.date(),
  s3: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({
      key: z.string(),
      size: z.optional(z.number()),
      eTag: z.optional(z.string()),
      versionId: z.optional(z.string()),
      sequencer: Sequencer,
    }),
  }),
});
const Notification = z.object({ Records: z.array(z.unknown()) });

/** The message that S3 sends once, when the notification is set up. */
const TestEvent = z.object({ Event: z.literal('s3:TestEvent') });

/**
 * The envelope of SNS, unless the subscription delivers messages raw. Source: "Amazon SNS message and JSON
 * formats".
 */
const SnsEnvelope = z.object({ Type: z.literal('Notification'), Message: z.string() });

/** An S3 event from EventBridge. Source: "EventBridge event message structure", Amazon S3 User Guide. */
const EventBridgeEvent = z.object({
  source: z.literal('aws.s3'),
  'detail-type': z.string(),
  time: z.coerce.date(),
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({
      /** EventBridge does not URL-encode the key. */
      key: z.string(),
      size: z.optional(z.number()),
      etag: z.optional(z.string()),
      'version-id': z.optional(z.string()),
      sequencer: Sequencer,
    }),
    'deletion-type': z.optional(z.string()),
  }),
});

/** Maximum number of nested envelopes. An event from EventBridge through SNS has one envelope. */
const MAX_ENVELOPES = 4;

/**
 * Reads the body of an SQS message: an S3 notification, plain or wrapped by SNS or EventBridge. The
 * `s3:TestEvent` that S3 sends first gives no events. Events that do not change an object (tagging, restores)
 * give no events either. A record that cannot be read becomes the fault `not-an-s3-event`, which means that the
 * queue receives messages from another source. The other records are still handled.
 */
export function readMessage(body: string): IntakeMessage {
  try {
    return readJson(parseJson(body), MAX_ENVELOPES);
  } catch (error) {
    if (error instanceof CopydeskError) return { events: [], faults: [error] };
    throw error;
  }
}

function readJson(json: unknown, envelopes: number): IntakeMessage {
  if (TestEvent.safeParse(json).success) return { events: [], faults: [] };
  const news = News.safeParse(json);
  if (news.success) return { events: [], faults: [], news: news.data };
  const wrapped = SnsEnvelope.safeParse(json);
  if (wrapped.success && envelopes > 0) return readJson(parseJson(wrapped.data.Message), envelopes - 1);
  const bridged = EventBridgeEvent.safeParse(json);
  if (bridged.success) return { events: ofEventBridge(bridged.data), faults: [] };
  const notification = Notification.safeParse(json);
  if (!notification.success) throw notAnEvent('The message is not an S3 notification.', bridged.error);
  const message: IntakeMessage = { events: [], faults: [] };
  for (const given of notification.data.Records) {
    const record = NotificationRecord.safeParse(given);
    if (record.success) message.events.push(...ofNotification(record.data));
    else message.faults.push(notAnEvent('A record of the message is not an S3 record.', record.error));
  }
  return message;
}

function ofNotification({ eventName, eventTime, s3 }: z.infer<typeof NotificationRecord>): SourceEvent[] {
  const { bucket, object } = s3;
  const kind = kindOf(eventName, object.versionId);
  if (kind === undefined) return [];
  return [
    {
      kind,
      bucket: bucket.name,
      ...decodeKey(object.key),
      versionId: object.versionId || undefined,
      etag: object.eTag ?? '',
      size: object.size ?? 0,
      sequencer: object.sequencer,
      at: eventTime.toISOString(),
    },
  ];
}

/** The kind of an event by its name. The prefix `s3:` of the documentation is optional. */
function kindOf(eventName: string, versionId: string | undefined): SourceEvent['kind'] | undefined {
  const name = eventName.replace(/^s3:/, '');
  if (name.startsWith('ObjectCreated:')) return 'created';
  // A deletion by a lifecycle rule has other event names than a deletion by a person.
  const [, removal] = /^(?:ObjectRemoved|LifecycleExpiration):(.*)$/.exec(name) ?? [];
  if (removal === 'DeleteMarkerCreated') return 'removed';
  return removal === 'Delete' ? deletedKind(versionId) : undefined;
}

function ofEventBridge(event: z.infer<typeof EventBridgeEvent>): SourceEvent[] {
  const { bucket, object, 'deletion-type': deletion } = event.detail;
  const versionId = object['version-id'] || undefined;
  const kind =
    event['detail-type'] === 'Object Created'
      ? 'created'
      : event['detail-type'] !== 'Object Deleted'
        ? undefined
        : deletion === 'Delete Marker Created'
          ? 'removed'
          : deletedKind(versionId);
  if (kind === undefined) return [];
  return [
    {
      kind,
      bucket: bucket.name,
      key: object.key,
      keyIsBroken: false,
      versionId,
      etag: object.etag ?? '',
      size: object.size ?? 0,
      sequencer: object.sequencer,
      at: event.time.toISOString(),
    },
  ];
}

/** The kind of a permanent deletion. In a bucket without versions the event has no version id. */
function deletedKind(versionId: string | undefined): SourceEvent['kind'] {
  return versionId ? 'version-removed' : 'removed';
}

/** Decodes a key. Keys in notifications are URL-encoded as in a form: `+` is a space. */
function decodeKey(encoded: string): { key: string; keyIsBroken: boolean } {
  const key = percentDecoded(encoded.replaceAll('+', ' '));
  return { key: key ?? encoded, keyIsBroken: key === undefined };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notAnEvent('The message is not JSON.', cause);
  }
}

function notAnEvent(message: string, cause: unknown): CopydeskError {
  return new CopydeskError('not-an-s3-event', message, { cause });
}
