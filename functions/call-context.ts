import type { Context } from 'aws-lambda';
import { CopydeskError } from '../shared/errors/errors.ts';

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
