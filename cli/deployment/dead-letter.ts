import { readMessage, type SourceEvent } from '../../functions/ingest/receive/s3-event.ts';
import type { Articles } from '../../shared/table/articles.ts';
import type { Parked } from './parked.ts';

/** A dead letter of the intake, with its events. It has no events if it is not a notification of S3. */
export interface DeadLetter extends Parked {
  events: Pick<SourceEvent, 'kind' | 'bucket' | 'key' | 'at'>[];
}

export function readDeadLetter(message: Parked): DeadLetter {
  return { ...message, events: readMessage(message.body).events };
}

/** Tells whether a dead letter is about one of these article ids or keys, or has one of these message ids. */
export function isAbout(
  { messageId, events }: DeadLetter,
  names: ReadonlySet<string>,
  articles: Articles,
): boolean {
  return names.has(messageId) || events.some(({ key }) => names.has(key) || names.has(articles.idOf(key)));
}
