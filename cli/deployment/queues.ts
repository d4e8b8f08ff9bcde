import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** Numbers of messages in a queue. SQS counts approximately, and is exact within a minute. */
export interface QueueCounts {
  /** Ready to be received. */
  ready: number;
  /** Received and not yet deleted. */
  inFlight: number;
  /** Delayed after they were sent. */
  delayed: number;
  total: number;
}

/** Counts the messages of a queue. */
export async function waitingIn(sqs: SQSClient, queueUrl: string): Promise<QueueCounts> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
  );
  const ready = Number(Attributes.ApproximateNumberOfMessages ?? 0);
  const inFlight = Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0);
  const delayed = Number(Attributes.ApproximateNumberOfMessagesDelayed ?? 0);
  return { ready, inFlight, delayed, total: ready + inFlight + delayed };
}
