import { setTimeout } from 'node:timers/promises';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Upload } from '../../functions/ingest/receive/upload-of-broken.ts';
import { CopydeskError } from '../../shared/errors/errors.ts';

/** Maximum number of messages in one SQS call. */
const MAX_BATCH_MESSAGES = 10;

/** Number of queued messages at which sending pauses, so that new uploads do not wait behind them. */
const MAX_QUEUED_MESSAGES = 200;

const FULL_QUEUE_POLL_MS = 1_000;

const BATCHES_BETWEEN_CHECKS = 5;

export interface AnnounceOptions {
  sqs: SQSClient;
  /** The intake bucket. A record that was imported can name the bucket of another deployment. */
  bucket: string;
  queueUrl: string;
  rate: number;
  waiting(): Promise<number>;
  signal: AbortSignal;
  onDone(count: number): void;
}

/**
 * Sends the events of uploads to the intake queue again, in the shape of S3's events. They have the sequencers of the
 * uploads, so that they never replace a newer upload. They name no version, so ingest reads the current object.
 * @returns the number of events sent, which is smaller than the number of uploads if the signal is aborted
 * @throws CopydeskError `not-sent` if the queue does not accept messages
 */
export async function announce(
  uploads: readonly Upload[],
  { sqs, bucket, queueUrl, rate, waiting, signal, onDone }: AnnounceOptions,
): Promise<number> {
  const size = Math.min(MAX_BATCH_MESSAGES, rate);
  let sent = 0;
  let due = performance.now();
  while (sent < uploads.length && !signal.aborted) {
    if ((sent / size) % BATCHES_BETWEEN_CHECKS === 0)
      while (!signal.aborted && (await waiting()) >= MAX_QUEUED_MESSAGES)
        await setTimeout(FULL_QUEUE_POLL_MS);
    const batch = uploads.slice(sent, sent + size);
    await sendBatch(
      sqs,
      queueUrl,
      batch.map(upload => bodyOf(upload, bucket)),
    );
    sent += batch.length;
    onDone(sent);
    due = Math.max(due, performance.now() - 1_000) + (batch.length / rate) * 1_000;
    const early = due - performance.now();
    if (early > 0 && sent < uploads.length) await setTimeout(early);
  }
  return sent;
}

/** Maximum number of attempts to send a batch that the queue accepts only in part. */
const MAX_SEND_ATTEMPTS = 4;
const SEND_PAUSE_MS = 500;

async function sendBatch(sqs: SQSClient, QueueUrl: string, bodies: readonly string[]): Promise<void> {
  let left = bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
  for (let attempt = 0; attempt < MAX_SEND_ATTEMPTS; attempt++) {
    const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: left }));
    const failed = new Set(Failed.map(({ Id }) => Id));
    left = left.filter(({ Id }) => failed.has(Id));
    if (left.length === 0) return;
    await setTimeout(SEND_PAUSE_MS);
  }
  throw new CopydeskError('not-sent', `The intake queue did not take ${left.length} messages.`, {
    subject: QueueUrl,
  });
}

/** Makes the body of a message. Source: "Event message structure", Amazon S3 User Guide. */
function bodyOf({ key, etag, size, sequencer, uploadedAt }: Upload, bucket: string): string {
  const object = { key: encodeURIComponent(key).replaceAll('%20', '+'), size, eTag: etag, sequencer };
  const record = {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    eventTime: uploadedAt,
    eventName: 'ObjectCreated:Put',
    s3: { s3SchemaVersion: '1.0', bucket: { name: bucket }, object },
  };
  return JSON.stringify({ Records: [record] });
}
