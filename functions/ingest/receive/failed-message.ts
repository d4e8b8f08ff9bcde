import type { SQSRecord } from 'aws-lambda';
import { LOG_EVENTS, type Log, levelOf } from '../../../shared/aws/telemetry.ts';
import { type ErrorReport, reportOf } from '../../../shared/errors/errors.ts';
import { MAX_TRIES, pauseAfter } from '../../../shared/stack/message-retries.ts';
import type { MessageQueue } from './message-queue.ts';

/** How messages that failed are tried again. */
export interface FailedMessages {
  /** Loaded with the first failure only. Absent: SQS shows a message again after its visibility time-out. */
  queue(): Promise<MessageQueue>;
  /** Seconds until a message is tried again that was tried so often. */
  pauseAfter?(tries: number): number;
}

/**
 * Decides what becomes of a message that failed. What may succeed later comes again within seconds. What cannot, and what
 * has failed too often, is parked with its reason. Where the queue itself cannot be reached, SQS does both by itself, later.
 * @param failures of its events, one at least
 * @returns whether the message is to be acknowledged
 */
export async function failMessage(
  message: SQSRecord,
  failures: readonly ErrorReport[],
  { queue, pauseAfter: pause = pauseAfter, log }: Partial<FailedMessages> & { log: Log },
): Promise<boolean> {
  if (queue === undefined) return false;
  const tries = Number(message.attributes.ApproximateReceiveCount);
  const retryable = failures.find(failure => failure.retryable);
  const why = retryable ?? failures[0];
  const about = { messageId: message.messageId, tries };
  try {
    if (why === undefined || (retryable !== undefined && tries < MAX_TRIES)) {
      await (await queue()).retryIn(message, pause(tries));
      return false;
    }
    await (await queue()).park(message, why);
    log({ event: LOG_EVENTS.parked, ...about, code: why.code, message: why.message });
    return true;
  } catch (error) {
    const report = reportOf(error);
    log({ event: LOG_EVENTS.queueFailed, level: levelOf(report), ...about, ...report });
    return false;
  }
}
