import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { S3EventRecord, SQSEvent, SQSRecord } from 'aws-lambda';
import { mediaNewsBody } from '../functions/ingest/receive/message-queue.ts';
import { MAX_TRIES } from '../shared/stack/message-retries.ts';
import { RECORD_SK } from '../shared/table/keys.ts';
import { REGION } from './common/region.ts';
import { invoke } from './event-source/batch-result.ts';
import { startStreamMapping } from './event-source/stream-mapping.ts';
import type { HandlerServices } from './handlers.ts';
import { openMemoryTable } from './memory-table/client.ts';
import { LOCAL_BUCKETS, LOCAL_TABLE } from './names.ts';
import { S3Buckets } from './s3/buckets.ts';
import { inProcessS3 } from './s3/client.ts';
import { compareUtf8 } from './s3/store/key-order.ts';
import type { Handlers, ServicesOptions } from './service-types.ts';

/**
 * Maximum number of changes that are published together. One batch writes each edition once. More changes would take more
 * memory, and a batch that fails is halved until the failing change is alone.
 */
const MAX_PUBLISHED_CHANGES = 10_000;

/** Number of retries of a change that fails alone. */
const PUBLISH_RETRIES = 5;

/** Pause before messages that failed are handled again, in seconds. */
const RETRY_PAUSE_SECONDS = 1;

export interface InProcessOptions {
  handlers(services: HandlerServices): Pick<Handlers, 'ingest' | 'publish'>;
  /** Called for a call of a function that threw, and for a change that was given up. */
  onError?: ServicesOptions['onError'];
  /** Called for a change that was given up. */
  onPublishFailure?(): void;
  /** Default: all changes are published together. */
  stream?: ServicesOptions['stream'];
  /** Default: {@link RETRY_PAUSE_SECONDS}. */
  retryPauseSeconds?: number;
}

/** Services without servers, for one batch of files. */
export interface InProcessServices extends HandlerServices {
  /** Reads all files that were uploaded, and then publishes them. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** A message of the queue. */
interface Message {
  body: string;
  /** Messages are handled in this order. */
  order: string;
  sentAt: number;
  tries: number;
}

/**
 * Opens buckets and a table in memory, and connects them to the two functions. No other program can reach them. Two runs
 * with the same files have the same result: the files are read one after the other, in the order of their keys, and
 * published after the last one.
 */
export async function openInProcess(options: InProcessOptions): Promise<InProcessServices> {
  const { onError = () => undefined, retryPauseSeconds = RETRY_PAUSE_SECONDS } = options;
  const dir = await mkdtemp(join(tmpdir(), 'copydesk-'));
  let waiting: Message[] = [];
  const send = (body: object, order: string) =>
    void waiting.push({ body: JSON.stringify(body), order, sentAt: Date.now(), tries: 0 });
  const intake = {
    versioned: true,
    // The events of one key keep their order.
    onEvent: (event: S3EventRecord) =>
      send({ Records: [event] }, `${event.s3.object.key}\0${event.s3.object.sequencer}`),
  };
  const buckets = await S3Buckets.open({
    dir,
    isTemporary: true,
    buckets: { [LOCAL_BUCKETS.intake]: intake, [LOCAL_BUCKETS.storage]: {}, [LOCAL_BUCKETS.site]: {} },
  });
  const s3 = inProcessS3(buckets);
  const dynamodb = openMemoryTable({
    tableName: LOCAL_TABLE,
    recordedSort: RECORD_SK,
    onRecords: records => stream.push(records),
  });
  const services: HandlerServices = {
    s3,
    dynamodb,
    queue: {
      send: async news => send(mediaNewsBody(news), AFTER_FILES),
      // A parked message needs no queue: the outcome of its file is that it failed.
      park: async () => undefined,
    },
    tableName: LOCAL_TABLE,
    buckets: LOCAL_BUCKETS,
  };
  const handlers = options.handlers(services);
  const { batchSize = MAX_PUBLISHED_CHANGES } = options.stream ?? {};
  const stream = startStreamMapping({
    retries: PUBLISH_RETRIES,
    ...options.stream,
    batchSize,
    handler: event => handlers.publish(event),
    onFailure: (_, error) => {
      onError(error ?? new Error('The record was reported as failed.'), 'publish');
      options.onPublishFailure?.();
    },
  });

  /** Gives a message to ingest. Returns false if it must be tried again. */
  const isDone = async (message: Message): Promise<boolean> => {
    message.tries++;
    const result = await invoke(() => handlers.ingest(sqsEvent(message)), new Set([MESSAGE_ID]));
    if (result.kind === 'failed') onError(result.error, 'ingest');
    return result.kind === 'done' || message.tries >= MAX_TRIES;
  };
  const ingestAll = async () => {
    while (waiting.length > 0) {
      const messages = waiting.sort((a, b) => compareUtf8(a.order, b.order));
      waiting = [];
      const failed: Message[] = [];
      for (const message of messages) {
        if (!(await isDone(message))) failed.push(message);
        if (stream.undelivered >= batchSize) await stream.drain();
        // Timers and the terminal have their turn.
        await setImmediate();
      }
      if (failed.length === 0) continue;
      await setTimeout(retryPauseSeconds * 1_000);
      waiting.push(...failed);
    }
  };
  return {
    ...services,
    async idle() {
      await ingestAll();
      await stream.drain();
    },
    async close() {
      await stream.stop();
      s3.destroy();
      dynamodb.destroy();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

const MESSAGE_ID = 'message';

/** Order of messages that are no events of files. It is no part of a key in an event. */
const AFTER_FILES = '~';

function sqsEvent({ body, sentAt, tries }: Message): SQSEvent {
  const record: SQSRecord = {
    messageId: MESSAGE_ID,
    receiptHandle: '',
    body,
    attributes: {
      ApproximateReceiveCount: String(tries),
      SentTimestamp: String(sentAt),
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: '',
    awsRegion: REGION,
  };
  return { Records: [record] };
}
