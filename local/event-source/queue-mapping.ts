import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { countMessages } from '../../shared/aws/queue-counts.ts';
import { invoke } from './batch-result.ts';
import type { EventSourceMapping } from './mapping.ts';
import { Signal } from './signal.ts';

/** Maximum number of messages in one SQS call. */
const MAX_CALL_MESSAGES = 10;

/** Maximum wait of one receive call that SQS allows. */
const LONG_POLL_SECONDS = 20;

const FAILED_CALL_PAUSE_MS = 250;

/** Interval, in milliseconds, at which the queue is read by `idle` and by a batch that is not full. */
const POLL_MS = 20;

export interface QueueMappingOptions {
  sqs: SQSClient;
  queueUrl: string;
  queueArn: string;
  region: string;
  handler: (event: SQSEvent) => Promise<SQSBatchResponse | undefined>;
  batchSize: number;
  /** Maximum time to fill a batch, from its first message on. */
  batchingWindowMs: number;
  concurrency: number;
  /**
   * Time until a failed message is visible again. The service waits for the visibility time-out, which would take
   * minutes on a laptop.
   */
  retryDelaySeconds: number;
  /** Called with the error of each batch that failed as a whole, and of each failed call to the queue. */
  onError?: (error: unknown) => void;
}

/** Passes messages from a queue to a handler, as Lambda's SQS event source mapping does. */
export function startQueueMapping(options: QueueMappingOptions): EventSourceMapping {
  const mapping = new QueueMapping(options);
  return { idle: () => mapping.idle(), stop: () => mapping.stop() };
}

class QueueMapping {
  readonly #options: QueueMappingOptions;
  readonly #abort = new AbortController();
  readonly #changed = new Signal();
  readonly #polling: Promise<void>;
  #active = 0;

  constructor(options: QueueMappingOptions) {
    this.#options = options;
    this.#polling = this.#poll();
  }

  /** Resolves when the queue is empty. A message that always fails moves to the dead-letter queue. */
  async idle(): Promise<void> {
    while (!this.#abort.signal.aborted) {
      if (this.#active === 0 && (await this.#queueIsEmpty()) && this.#active === 0) return;
      await this.#changed.wait(POLL_MS);
    }
  }

  /** Stops receiving. Resolves when the batches under way are handled and acknowledged. */
  async stop(): Promise<void> {
    this.#abort.abort();
    this.#changed.notify();
    await this.#polling;
    while (this.#active > 0) await this.#changed.wait();
  }

  async #poll(): Promise<void> {
    const { signal } = this.#abort;
    while (!signal.aborted) {
      if (this.#active >= this.#options.concurrency) {
        await this.#changed.wait();
        continue;
      }
      const batch = await this.#gather();
      if (!batch.length) continue;
      if (signal.aborted) {
        await this.#hide(batch, 0);
        continue;
      }
      this.#active++;
      void this.#handle(batch).finally(() => {
        this.#active--;
        this.#changed.notify();
      });
    }
  }

  /** Receives a batch: the next messages, and those that follow within the batching window. */
  async #gather(): Promise<Message[]> {
    const { batchSize, batchingWindowMs } = this.#options;
    const batch = await this.#receive(Math.min(batchSize, MAX_CALL_MESSAGES), LONG_POLL_SECONDS);
    if (!batch.length) return batch;
    const end = performance.now() + batchingWindowMs;
    while (batch.length < batchSize && !this.#abort.signal.aborted) {
      const left = end - performance.now();
      const more = await this.#receive(Math.min(batchSize - batch.length, MAX_CALL_MESSAGES), 0);
      batch.push(...more);
      if (more.length) continue;
      if (left <= 0) break;
      await this.#changed.wait(Math.min(left, POLL_MS));
    }
    return batch;
  }

  async #receive(count: number, waitSeconds: number): Promise<Message[]> {
    const { sqs, queueUrl } = this.#options;
    const command = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: count,
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    try {
      const { Messages = [] } = await sqs.send(command, { abortSignal: this.#abort.signal });
      return Messages;
    } catch (error) {
      if (this.#abort.signal.aborted) return [];
      this.#options.onError?.(error);
      await this.#changed.wait(FAILED_CALL_PAUSE_MS);
      return [];
    }
  }

  async #handle(batch: Message[]): Promise<void> {
    const { handler, onError, retryDelaySeconds } = this.#options;
    const identifiers = new Set(batch.map(({ MessageId = '' }) => MessageId));
    const event = { Records: batch.map(message => this.#record(message)) };
    const result = await invoke(() => handler(event), identifiers);
    if (result.kind === 'failed') onError?.(result.error);
    const failed = batch.filter(
      ({ MessageId = '' }) =>
        result.kind === 'failed' || (result.kind === 'partial' && result.failed.has(MessageId)),
    );
    try {
      await this.#delete(batch.filter(message => !failed.includes(message)));
      await this.#hide(failed, retryDelaySeconds);
    } catch (error) {
      // A message that is not deleted is delivered again after its visibility time-out.
      onError?.(error);
    }
  }

  async #delete(messages: readonly Message[]): Promise<void> {
    const { sqs, queueUrl } = this.#options;
    for (const some of slices(messages)) {
      const Entries = some.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    }
  }

  async #hide(messages: readonly Message[], seconds: number): Promise<void> {
    const { sqs, queueUrl } = this.#options;
    for (const some of slices(messages)) {
      const Entries = some.map(({ ReceiptHandle }, at) => ({
        Id: String(at),
        ReceiptHandle,
        VisibilityTimeout: seconds,
      }));
      await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }));
    }
  }

  #record(message: Message): SQSRecord {
    return {
      messageId: message.MessageId ?? '',
      receiptHandle: message.ReceiptHandle ?? '',
      body: message.Body ?? '',
      attributes: {
        ...message.Attributes,
        ApproximateReceiveCount: message.Attributes?.ApproximateReceiveCount ?? '',
        SentTimestamp: message.Attributes?.SentTimestamp ?? '',
        SenderId: message.Attributes?.SenderId ?? '',
        ApproximateFirstReceiveTimestamp: message.Attributes?.ApproximateFirstReceiveTimestamp ?? '',
      },
      messageAttributes: messageAttributes(message),
      md5OfBody: message.MD5OfBody ?? '',
      eventSource: 'aws:sqs',
      eventSourceARN: this.#options.queueArn,
      awsRegion: this.#options.region,
    };
  }

  async #queueIsEmpty(): Promise<boolean> {
    const { sqs, queueUrl, onError } = this.#options;
    try {
      return (await countMessages(sqs, queueUrl)).total === 0;
    } catch (error) {
      onError?.(error);
      await this.#changed.wait(FAILED_CALL_PAUSE_MS);
      return false;
    }
  }
}

function messageAttributes({ MessageAttributes = {} }: Message): SQSRecord['messageAttributes'] {
  return Object.fromEntries(
    Object.entries(MessageAttributes).map(([name, { StringValue, BinaryValue, DataType = 'String' }]) => [
      name,
      {
        ...(StringValue === undefined ? {} : { stringValue: StringValue }),
        ...(BinaryValue === undefined ? {} : { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
        stringListValues: [],
        binaryListValues: [],
        dataType: DataType,
      },
    ]),
  );
}

function* slices(messages: readonly Message[]): Generator<readonly Message[]> {
  for (let at = 0; at < messages.length; at += MAX_CALL_MESSAGES)
    yield messages.slice(at, at + MAX_CALL_MESSAGES);
}
