import * as z from 'zod/mini';
import { CopydeskError } from '../../../shared/errors/errors.ts';
import { percentDecoded } from '../../../shared/text/percent-decoded.ts';

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
  /** Empty where S3 gives none: such an event says nothing about the order, and what is there must be looked up. */
  sequencer: string;
  /** RFC 3339, UTC, milliseconds. */
  at: string;
}

/** What a message says: its events in order, and what is wrong with its other records. */
export interface Message {
  events: SourceEvent[];
  faults: CopydeskError[];
}

const Sequencer = z._default(z.string().check(z.regex(/^[0-9a-fA-F]*$/)), '');

/** One record of a notification (event message structure 2.x), as far as it is used. */
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

/** What S3 sends once, when the notification is set up. */
const TestEvent = z.object({ Event: z.literal('s3:TestEvent') });

/** The envelope of SNS, unless the subscription delivers messages raw. Source: "Amazon SNS message and JSON formats". */
const SnsEnvelope = z.object({ Type: z.literal('Notification'), Message: z.string() });

/** What EventBridge makes of an event. Source: "EventBridge event message structure", Amazon S3 User Guide. */
const EventBridgeEvent = z.object({
  source: z.literal('aws.s3'),
  'detail-type': z.string(),
  time: z.coerce.date(),
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({
      /** As it is: not URL-encoded. */
      key: z.string(),
      size: z.optional(z.number()),
      etag: z.optional(z.string()),
      'version-id': z.optional(z.string()),
      sequencer: Sequencer,
    }),
    'deletion-type': z.optional(z.string()),
  }),
});

/** Envelopes in envelopes that are opened: EventBridge to SNS to SQS makes one. */
const MAX_ENVELOPES = 4;

/**
 * Reads the body of an SQS message: an S3 notification, plain or wrapped by SNS or EventBridge. There are no events in the
 * `s3:TestEvent` that S3 sends first, nor in events that change no object (tagging, restores). A record that cannot be
 * read does not keep the others from being done; its fault is `not-an-s3-event`: somebody wired the queue wrongly.
 */
export function readMessage(body: string): Message {
  try {
    return readJson(parseJson(body), MAX_ENVELOPES);
  } catch (error) {
    if (error instanceof CopydeskError) return { events: [], faults: [error] };
    throw error;
  }
}

function readJson(json: unknown, envelopes: number): Message {
  if (TestEvent.safeParse(json).success) return { events: [], faults: [] };
  const wrapped = SnsEnvelope.safeParse(json);
  if (wrapped.success && envelopes > 0) return readJson(parseJson(wrapped.data.Message), envelopes - 1);
  const bridged = EventBridgeEvent.safeParse(json);
  if (bridged.success) return { events: ofEventBridge(bridged.data), faults: [] };
  const notification = Notification.safeParse(json);
  if (!notification.success) throw notAnEvent('The message is not an S3 notification.', bridged.error);
  const message: Message = { events: [], faults: [] };
  for (const given of notification.data.Records) {
    const record = NotificationRecord.safeParse(given);
    if (record.success) message.events.push(...ofNotification(record.data));
    else message.faults.push(notAnEvent('A record of the message is not one of S3.', record.error));
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

/** By the event's name, with and without the `s3:` of its documentation. */
function kindOf(eventName: string, versionId: string | undefined): SourceEvent['kind'] | undefined {
  const name = eventName.replace(/^s3:/, '');
  if (name.startsWith('ObjectCreated:')) return 'created';
  // A rule of the bucket deletes as a person does, and has events of its own.
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

/** What "deleted for good" means: in a bucket without versions the event comes without a version id. */
function deletedKind(versionId: string | undefined): SourceEvent['kind'] {
  return versionId ? 'version-removed' : 'removed';
}

/** Keys in notifications are URL-encoded as in a form: `+` is a space. */
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
