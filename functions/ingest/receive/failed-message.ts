import type { SQSRecord } from 'aws-lambda';
import { LOG_EVENTS, type Log, levelOf } from '../../../shared/aws/telemetry.ts';
import { type ErrorReport, reportOf } from '../../../shared/errors/errors.ts';
import { MAX_TRIES, pauseAfter } from '../../../shared/stack/message-retries.ts';
import type { MessageQueue } from './message-queue.ts';

/** How failed messages are retried. */
export interface FailedMessages {
  /**
   * Loads the queue at the first failure. Without this function, SQS retries a message after its visibility timeout.
   */
  queue(): Promise<MessageQueue>;
  /** Seconds to wait before the next try, after the given number of tries. */
  pauseAfter?(tries: number): number;
}

/**
 * Handles a failed message. A message with a retryable failure is delivered again within seconds. A message that
 * cannot succeed, or has failed too often, is parked in the dead-letter queue with its reason. If the queue cannot
 * be reached, SQS itself retries the message later and finally parks it.
 * @param failures failures of the message's events; at least one
 * @returns whether the caller acknowledges the message
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
