import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** How many messages a queue holds; SQS counts approximately, and settles within a minute. */
export interface Waiting {
  /** Ready to be taken. */
  ready: number;
  /** Taken, and not yet done. */
  inFlight: number;
  /** Held back for a while after they were sent. */
  delayed: number;
  total: number;
}

/** Counts the messages of a queue. */
export async function waitingIn(sqs: SQSClient, queueUrl: string): Promise<Waiting> {
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
