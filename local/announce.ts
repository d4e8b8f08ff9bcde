import { setTimeout } from 'node:timers/promises';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { S3EventRecord } from 'aws-lambda';
import { countMessages } from '../shared/aws/queue-counts.ts';

/** Maximum number of messages in one SQS call. */
const MAX_CALL_MESSAGES = 10;

/** Maximum number of queued messages while events are sent: four batches for each of the four concurrent handlers. */
const MAX_QUEUED_MESSAGES = 160;

/** Interval at which a full queue is checked. */
const FULL_QUEUE_POLL_MS = 20;

/**
 * Sends events of files to the queue of ingest, as fast as they are handled.
 * @param options.onSend called before each call to the queue
 * @returns the number of events
 */
export async function announce(
  events: Iterable<S3EventRecord>,
  { sqs, queueUrl, onSend }: { sqs: SQSClient; queueUrl: string; onSend: () => void },
): Promise<number> {
  let announced = 0;
  let batch: S3EventRecord[] = [];
  const send = async () => {
    if (batch.length === 0) return;
    onSend();
    // New uploads must not wait behind all existing files, so the queue is kept short.
    while ((await countMessages(sqs, queueUrl)).total > MAX_QUEUED_MESSAGES)
      await setTimeout(FULL_QUEUE_POLL_MS);
    const Entries = batch.map((record, at) => ({
      Id: String(at),
      MessageBody: JSON.stringify({ Records: [record] }),
    }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    announced += batch.length;
    batch = [];
  };
  for (const event of events) if (batch.push(event) === MAX_CALL_MESSAGES) await send();
  await send();
  return announced;
}
