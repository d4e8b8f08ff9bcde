import type { Context } from 'aws-lambda';
import { CopydeskError } from '../shared/errors/errors.ts';

/** What the functions read of Lambda's context of a call; a laptop has none. */
export type CallContext = Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>;

/**
 * Keeps a call from beginning work that it cannot end: Lambda would kill it in the middle, and what else the call holds with
 * it.
 * @param neededMs for this work, and for what must be done after it
 * @throws CopydeskError `out-of-time`, retryable
 */
export function requireTime(context: CallContext | undefined, neededMs: number, subject: string): void {
  if (context === undefined || context.getRemainingTimeInMillis() >= neededMs) return;
  throw new CopydeskError('out-of-time', `The function has too little time left for ${subject}.`, {
    subject,
  });
}
