import type { Context } from 'aws-lambda';
import { CopydeskError } from '../shared/errors/errors.ts';
import { type Pacing, SYSTEM_PACING } from '../shared/errors/retry-on-conflict.ts';

/** The part of Lambda's call context that the functions use. There is none on a laptop. */
export type CallContext = Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>;

/**
 * Refuses work that the call cannot finish in time. Lambda would stop the whole call in the middle of that
 * work.
 * @param neededMs time for this work and for the steps after it, in milliseconds
 * @param subject what the work is about, such as a key
 * @throws CopydeskError `out-of-time`, retryable
 */
export function requireTime(context: CallContext | undefined, neededMs: number, subject: string): void {
  if (context === undefined || context.getRemainingTimeInMillis() >= neededMs) return;
  throw new CopydeskError('out-of-time', `The function has too little time left for ${subject}.`, {
    subject,
  });
}

/**
 * Time, in milliseconds, that must be left after a pause. It is enough for another attempt at a write. A call to AWS that
 * fails after all its tries takes most of this time.
 */
const ATTEMPT_MS = 15_000;

/**
 * The pauses of a function between attempts at a write that other writers prevent. All attempts together can take longer
 * than the call has left. Then the write ends with the error `out-of-time`, which is retryable.
 */
export class CallPacing implements Pacing {
  /** The current call. A container handles one call at a time. */
  context: CallContext | undefined;
  readonly random = Math.random;

  readonly sleep = async (ms: number) => {
    requireTime(this.context, ms + ATTEMPT_MS, 'a record or state that other writers change');
    await SYSTEM_PACING.sleep(ms);
  };
}
