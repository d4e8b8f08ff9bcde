import { setTimeout } from 'node:timers/promises';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { CopydeskError } from '../../shared/errors/errors.ts';
import type { Source } from '../../shared/model/article.ts';

/** What an event needs to say of an upload. */
export type Upload = Pick<Source, 'bucket' | 'key' | 'etag' | 'size' | 'sequencer' | 'uploadedAt'>;

/** SQS takes so many messages in one request. */
const MOST_IN_BATCH = 10;

/** While so many messages wait in the queue no more are sent: what is uploaded now must not stand behind them all. */
const MOST_WAITING = 200;

/** How often a queue that is full is looked at, and how many batches are sent before it is looked at again. */
const LOOK_AGAIN_MS = 1_000;
const BATCHES_BETWEEN_LOOKS = 5;

export interface AnnounceOptions {
  sqs: SQSClient;
  queueUrl: string;
  /** Messages a second. */
  rate: number;
  /** How many messages wait in the queue. */
  waiting(): Promise<number>;
  signal: AbortSignal;
  onDone(count: number): void;
}

/**
 * Sends the events of uploads to the intake queue once more, in the shape in which S3 sent them. Their sequencers are
 * those of the uploads, so that they never come before a newer one. They name no version: what the key holds now is read.
 * @returns how many were sent: fewer than there are where the signal ended it
 * @throws CopydeskError `not-sent` where the queue took no more
 */
export async function announce(
  uploads: readonly Upload[],
  { sqs, queueUrl, rate, waiting, signal, onDone }: AnnounceOptions,
): Promise<number> {
  const size = Math.min(MOST_IN_BATCH, rate);
  let sent = 0;
  let due = performance.now();
  while (sent < uploads.length && !signal.aborted) {
    if ((sent / size) % BATCHES_BETWEEN_LOOKS === 0)
      while (!signal.aborted && (await waiting()) >= MOST_WAITING) await setTimeout(LOOK_AGAIN_MS);
    const batch = uploads.slice(sent, sent + size);
    await sendBatch(sqs, queueUrl, batch);
    sent += batch.length;
    onDone(sent);
    due = Math.max(due, performance.now() - 1_000) + (batch.length / rate) * 1_000;
    const early = due - performance.now();
    if (early > 0 && sent < uploads.length) await setTimeout(early);
  }
  return sent;
}

/** Tries of a batch that the queue took in part, and the pause between them. */
const TRIES = 4;
const PAUSE_MS = 500;

async function sendBatch(sqs: SQSClient, QueueUrl: string, uploads: readonly Upload[]): Promise<void> {
  let left = uploads.map((upload, index) => ({ Id: String(index), MessageBody: bodyOf(upload) }));
  for (let tries = 0; tries < TRIES; tries++) {
    const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: left }));
    const failed = new Set(Failed.map(({ Id }) => Id));
    left = left.filter(({ Id }) => failed.has(Id));
    if (left.length === 0) return;
    await setTimeout(PAUSE_MS);
  }
  throw new CopydeskError('not-sent', `The intake queue did not take ${left.length} messages.`, {
    subject: QueueUrl,
  });
}

/** Source: "Event message structure", Amazon S3 User Guide. */
function bodyOf({ bucket, key, etag, size, sequencer, uploadedAt }: Upload): string {
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
