import { readMessage, type SourceEvent } from '../../functions/ingest/receive/s3-event.ts';
import { articleId } from '../../shared/model/identity.ts';
import type { Parked } from './parked.ts';

/** What a dead letter of the intake is about. No events where it is no notification of S3. */
export interface DeadLetter extends Parked {
  events: Pick<SourceEvent, 'kind' | 'bucket' | 'key' | 'at'>[];
}

/** Reads a dead letter; whatever it holds, it can be shown. */
export function readDeadLetter(message: Parked): DeadLetter {
  return { ...message, events: readMessage(message.body).events };
}

/** Whether a dead letter is about one of these ids or keys; the id of a message serves too. */
export function isAbout({ messageId, events }: DeadLetter, names: ReadonlySet<string>): boolean {
  return (
    names.has(messageId) ||
    events.some(({ bucket, key }) => names.has(key) || names.has(articleId(bucket, key)))
  );
}
