import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

/**
 * Numbers of messages in a queue. SQS counts approximately, and is exact within a minute. A count that SQS does not state
 * is infinite, so that an unknown queue never counts as empty.
 */
export interface QueueCounts {
  /** Ready to be received. */
  ready: number;
  /** Received and not yet deleted. */
  inFlight: number;
  /** Delayed after they were sent. */
  delayed: number;
  total: number;
}

export async function countMessages(sqs: SQSClient, queueUrl: string): Promise<QueueCounts> {
  const names = [
    'ApproximateNumberOfMessages',
    'ApproximateNumberOfMessagesNotVisible',
    'ApproximateNumberOfMessagesDelayed',
  ] as const;
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...names] }),
  );
  const counts = names.map(name => Number(Attributes?.[name] ?? Number.POSITIVE_INFINITY));
  const [ready = 0, inFlight = 0, delayed = 0] = counts;
  return { ready, inFlight, delayed, total: ready + inFlight + delayed };
}
