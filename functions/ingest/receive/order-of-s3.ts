import { CopydeskError } from '../../../shared/errors/errors.ts';
import { padSequencer } from '../../../shared/model/identity.ts';
import type { SourceEvent } from './s3-event.ts';

/**
 * Maximum difference between the clocks of S3 and of a function, in milliseconds. Both follow the time service of AWS
 * within milliseconds. For this time at most, an event that S3 did not send can hide the uploads after it.
 */
const MAX_CLOCK_DIFFERENCE_MS = 60_000;

/** Number of hexadecimal digits of the seconds since 1970 at the beginning of a sequencer. */
const SECONDS_DIGITS = 10;

/**
 * The highest sequencer that S3 can have given to an event until a time. The sequencers of S3 begin with the seconds since
 * 1970, and S3 promises only their order.
 * @param at milliseconds since 1970
 */
export function highestSequencer(at: number): string {
  const seconds = Math.ceil((at + MAX_CLOCK_DIFFERENCE_MS) / 1_000);
  return seconds.toString(16).toUpperCase().padStart(SECONDS_DIGITS, '0');
}

/**
 * Refuses an event that claims to be later than S3 can have sent it. Its record would make all later events of the key
 * seem old, so nobody could upload or delete the file any more.
 * @param highest see {@link highestSequencer}
 * @throws CopydeskError `future-event`, which is not retryable
 */
export function refuseFutureEvent({ key, sequencer }: SourceEvent, highest: string): void {
  if (padSequencer(sequencer) <= padSequencer(highest)) return;
  const message = `The event has the sequencer ${sequencer.slice(0, 64)}, and S3 has given none above ${highest} yet.`;
  throw new CopydeskError('future-event', message, { subject: key });
}
