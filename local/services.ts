import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type {
  DynamoDBBatchResponse,
  DynamoDBStreamEvent,
  S3EventRecord,
  SQSBatchResponse,
  SQSEvent,
} from 'aws-lambda';
import { LIMITS, makeClient } from '../shared/aws/clients.ts';
import { MAX_TRIES } from '../shared/stack/message-retries.ts';
import { RECORD_SK, TABLE_KEY } from '../shared/table/keys.ts';
import { LOCAL_CREDENTIALS, REGION } from './common/region.ts';
import { repairDatabase } from './dynamodb/engine.ts';
import { startDynamoDb } from './dynamodb/server.ts';
import { type QueueMappingOptions, startQueueMapping } from './event-source/queue-mapping.ts';
import {
  type StreamFailure,
  type StreamMappingOptions,
  startStreamMapping,
} from './event-source/stream-mapping.ts';
import { startLambda } from './lambda.ts';
import { type S3Server, startS3 } from './s3/server.ts';
import { putAside } from './s3/store/bucket-files.ts';
import { testEvent } from './s3/test-event.ts';
import { startSchedule } from './schedule.ts';
import { countMessages, startSqs } from './sqs.ts';
import { openStateDir, type RunningPipeline } from './state-dir.ts';

/** Names of what the cloud would name by itself. */
const LOCAL_BUCKETS = { intake: 'intake', storage: 'storage', site: 'site' } as const;
const LOCAL_TABLE = 'copydesk';

/** Seconds that a received message stays hidden: far longer than a handler may take; see `retryDelay`. */
const VISIBILITY_TIMEOUT = 300;

/**
 * What has become due is looked for this often. The cloud does so each minute, and waits within it for what will
 * be; here looking costs nothing, and nobody waits who would have to be stopped.
 */
const TICK_MS = 5_000;

/** Messages of one request, as SQS allows. */
const SQS_BATCH = 10;

/** Most messages that wait while everything is announced: four batches for each of the four that are read at once. */
const MOST_WAITING = 160;

/** How often a queue that is full is looked at, in milliseconds. */
const WAITING_POLL_MS = 20;

/** Longest wait for work under way when closing. */
const DRAIN_MS = 10_000;

/** What the handlers are made with. */
export interface LocalServices {
  s3: S3Client;
  dynamodb: DynamoDBClient;
  sqs: SQSClient;
  queueUrl: string;
  deadLetterUrl: string;
  tableName: string;
  buckets: typeof LOCAL_BUCKETS;
}

/** The two functions, as Lambda would call them, and the scheduled tick. */
export interface Handlers {
  ingest: (event: SQSEvent) => Promise<SQSBatchResponse | undefined>;
  publish: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse | undefined>;
  tick?: () => Promise<unknown>;
}

export interface ServicesOptions {
  /** Folder for the state, which survives a restart. Absent: a temporary folder, removed on close. */
  stateDir?: string;
  /** Repairs a damaged database, and puts damaged records of the buckets aside. */
  repair?: { onAside: (file: string) => void };
  /** Absent or 0: any free port. */
  ports?: { s3?: number; sqs?: number; dynamodb?: number; lambda?: number };
  /** Address of the site, for tools that ask what runs here. */
  siteUrl?: string;
  handlers: (services: LocalServices) => Handlers | Promise<Handlers>;
  queue?: Partial<Pick<QueueMappingOptions, 'batchSize' | 'batchingWindow' | 'concurrency' | 'retryDelay'>>;
  stream?: Partial<
    Pick<StreamMappingOptions, 'batchSize' | 'batchingWindow' | 'retries' | 'parallelization' | 'firstPause'>
  >;
  tickMs?: number;
  /** Told of what went wrong in the plumbing: a batch that threw, a record given up, an unexpected S3 fault. */
  onError?: (error: unknown, where: 'ingest' | 'publish' | 'tick' | 's3') => void;
  /** Told of records that PUBLISH could not get through. */
  onPublishFailure?: (failure: StreamFailure) => void;
}

export interface RunningServices extends LocalServices {
  endpoints: RunningPipeline['endpoints'];
  /** The last run did not finish its work: what it had queued or not yet published must be found again. */
  wasUnclean: boolean;
  /** The intake bucket in this process, for decisions on its state at one moment. */
  intake: {
    latest(key: string): ReturnType<S3Server['latest']>;
    objects(): ReturnType<S3Server['objects']>;
    deleteIf(key: string, holds: Parameters<S3Server['deleteIf']>[2]): Promise<void>;
  };
  /**
   * Tells ingest once more of the last change of every file, under the sequencer that it has: what is known already
   * changes nothing, and neither does what a newer change overtakes meanwhile.
   * @returns how many files there are
   */
  announceAll(): Promise<number>;
  /** Resolves when all that was uploaded or written has gone through the whole pipeline. */
  idle(): Promise<void>;
  /** Messages parked in the dead-letter queue. */
  deadLetters(): Promise<number>;
  /**
   * Finishes the work under way, for ten seconds at most, and closes everything.
   * @param options.isUnfinished something is left that nobody works on: the next start must find it
   */
  close(options?: { isUnfinished?: boolean }): Promise<void>;
}

/**
 * Starts S3, SQS and DynamoDB on loopback and wires them to the two handlers as the stack does.
 * @throws PortInUseError, StateInUseError
 */
export async function startServices(options: ServicesOptions): Promise<RunningServices> {
  const { ports = {}, onError = () => undefined, tickMs = TICK_MS } = options;
  const temporary = options.stateDir === undefined ? await mkdtemp(join(tmpdir(), 'copydesk-')) : undefined;
  const state = await openStateDir(options.stateDir ?? temporary ?? '', {
    isUnclean: options.repair !== undefined,
  });
  /** Undoes what has been started, last first. */
  const closers: (() => unknown)[] = [
    ...(temporary === undefined ? [] : [() => rm(temporary, { recursive: true, force: true })]),
    () => state.release(),
  ];
  const closeAll = async () => {
    for (let closer = closers.pop(); closer; closer = closers.pop()) await closer();
  };

  try {
    let handlers: Handlers | undefined;
    /** A change was given up: the next start must find it again. */
    let givenUp = false;
    /** Grows with everything that happens, so that `idle` can tell whether anything did. */
    let activity = 0;
    let pendingEvents = 0;
    const handled = <Event, Result>(handle: (handlers: Handlers, event: Event) => Promise<Result>) => {
      return async (event: Event): Promise<Result> => {
        activity++;
        if (!handlers) throw new Error('The handlers are not ready yet.');
        return await handle(handlers, event);
      };
    };

    const database = join(state.dir, 'dynamodb');
    if (options.repair) {
      await repairDatabase(database);
      for (const bucket of Object.values(LOCAL_BUCKETS))
        for (const file of await putAside(join(state.dir, 's3', bucket), join(state.dir, 'damaged')))
          options.repair.onAside(file);
    }

    const sqsServer = await startSqs({
      port: ports.sqs ?? 0,
      queue: {
        name: 'intake',
        deadLetter: { name: 'intake-dead-letters', maxReceiveCount: MAX_TRIES },
        visibilityTimeout: VISIBILITY_TIMEOUT,
      },
      failures: 'publish-failures',
    });
    closers.push(() => sqsServer.close());
    const { queueUrl, queueArn, deadLetterUrl, failuresUrl } = sqsServer;
    const sqs = makeClient(SQSClient, LIMITS.loopback, {
      endpoint: sqsServer.url,
      region: REGION,
      credentials: LOCAL_CREDENTIALS,
    });
    closers.push(() => sqs.destroy());
    const notify = async (body: object) => {
      activity++;
      pendingEvents++;
      try {
        await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(body) }));
      } finally {
        pendingEvents--;
      }
    };

    const stream = startStreamMapping({
      batchSize: 500,
      // Gathers what a burst of files changes, so that each edition it touches is written once.
      batchingWindow: 200,
      retries: 5,
      ...options.stream,
      handler: handled((run, event: DynamoDBStreamEvent) => run.publish(event)),
      onFailure: (failure, error) => {
        givenUp = true;
        onError(error ?? new Error('The record was reported as failed.'), 'publish');
        options.onPublishFailure?.(failure);
        const message = { QueueUrl: failuresUrl, MessageBody: JSON.stringify(failure) };
        sqs.send(new SendMessageCommand(message)).catch(fault => onError(fault, 'publish'));
      },
    });
    const dynamodbServer = await startDynamoDb({
      ...(temporary === undefined ? { path: database } : {}),
      wasUnclean: state.wasUnclean,
      port: ports.dynamodb ?? 0,
      tableName: LOCAL_TABLE,
      onRecords: records => {
        activity++;
        // As the filter of the deployed mapping has it.
        stream.push(records.filter(({ dynamodb }) => dynamodb?.Keys?.[TABLE_KEY.sort]?.S === RECORD_SK));
      },
    });
    closers.push(() => dynamodbServer.close());
    const dynamodb = makeClient(DynamoDBClient, LIMITS.loopback, {
      endpoint: dynamodbServer.url,
      region: REGION,
      credentials: LOCAL_CREDENTIALS,
    });
    closers.push(() => dynamodb.destroy());

    const s3Server = await startS3({
      dir: join(state.dir, 's3'),
      port: ports.s3 ?? 0,
      buckets: {
        [LOCAL_BUCKETS.intake]: {
          versioned: true,
          onEvent: (record: S3EventRecord) => notify({ Records: [record] }),
        },
        [LOCAL_BUCKETS.storage]: {},
        [LOCAL_BUCKETS.site]: {},
      },
      onUnexpected: error => onError(error, 's3'),
    });
    closers.push(() => s3Server.close());
    const lambdaServer = await startLambda({
      port: ports.lambda ?? 0,
      functions: {
        ingest: handled((run, event) => run.ingest(event as SQSEvent)),
        publish: handled((run, event) => run.publish(event as DynamoDBStreamEvent)),
      },
      onError: error => onError(error, 'publish'),
    });
    closers.push(() => lambdaServer.close());
    const endpoints = {
      s3: s3Server.url,
      sqs: sqsServer.url,
      dynamodb: dynamodbServer.url,
      lambda: lambdaServer.url,
    };
    await state.claim(s3Server.port, {
      endpoints,
      outputs: {
        intakeBucket: LOCAL_BUCKETS.intake,
        storageBucket: LOCAL_BUCKETS.storage,
        siteBucket: LOCAL_BUCKETS.site,
        table: LOCAL_TABLE,
        intakeQueue: queueUrl,
        deadLetterQueue: deadLetterUrl,
        publishFailureQueue: failuresUrl,
        ingestFunction: 'ingest',
        publishFunction: 'publish',
        site: options.siteUrl ?? '',
      },
    });
    const s3 = makeClient(S3Client, LIMITS.loopback, {
      endpoint: s3Server.url,
      region: REGION,
      credentials: LOCAL_CREDENTIALS,
      forcePathStyle: true,
    });
    closers.push(() => s3.destroy());

    const services: LocalServices = {
      s3,
      dynamodb,
      sqs,
      queueUrl,
      deadLetterUrl,
      tableName: LOCAL_TABLE,
      buckets: LOCAL_BUCKETS,
    };
    handlers = await options.handlers(services);
    await notify(testEvent(LOCAL_BUCKETS.intake));
    const queue = startQueueMapping({
      batchSize: 10,
      // Two round trips: enough to fill a batch when a folder is copied in, too short to notice for one file.
      batchingWindow: 20,
      concurrency: 4,
      retryDelay: 1,
      ...options.queue,
      sqs,
      queueUrl,
      queueArn,
      region: REGION,
      handler: handled((run, event: SQSEvent) => run.ingest(event)),
      onError: error => onError(error, 'ingest'),
    });
    const schedule = startSchedule(handlers.tick, tickMs, error => onError(error, 'tick'));

    const idle = async () => {
      for (let before = -1; before !== activity || pendingEvents > 0; ) {
        before = activity;
        await queue.idle();
        await schedule.idle();
        // All that came in has been read: no batch has anything left to wait for.
        await stream.drain();
      }
    };
    const count = (url: string) => countMessages(sqs, url);
    const announceAll = async () => {
      let announced = 0;
      let batch: S3EventRecord[] = [];
      const send = async () => {
        if (batch.length === 0) return;
        activity++;
        // What is uploaded now must not stand behind all that there is.
        while ((await count(queueUrl)) > MOST_WAITING) await setTimeout(WAITING_POLL_MS);
        const Entries = batch.map((record, at) => ({
          Id: String(at),
          MessageBody: JSON.stringify({ Records: [record] }),
        }));
        await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
        announced += batch.length;
        batch = [];
      };
      for (const record of s3Server.lastEvents(LOCAL_BUCKETS.intake))
        if (batch.push(record) === SQS_BATCH) await send();
      await send();
      return announced;
    };

    let closing: Promise<void> | undefined;
    const close = async (isUnfinished = false) => {
      await schedule.stop();
      await within(DRAIN_MS, idle());
      await within(DRAIN_MS, queue.stop());
      await within(DRAIN_MS, stream.idle());
      await within(DRAIN_MS, stream.stop());
      // Closed before the count, so that nothing can come in after it. The queues live in memory: what is parked is lost too.
      await s3Server.close();
      await dynamodbServer.close();
      const finished =
        !givenUp &&
        !isUnfinished &&
        stream.undelivered === 0 &&
        (await count(queueUrl)) === 0 &&
        (await count(deadLetterUrl)) === 0;
      if (finished) await state.markClean();
      await closeAll();
    };
    return {
      ...services,
      endpoints,
      wasUnclean: state.wasUnclean,
      intake: {
        latest: key => s3Server.latest(LOCAL_BUCKETS.intake, key),
        objects: () => s3Server.objects(LOCAL_BUCKETS.intake),
        deleteIf: (key, holds) => s3Server.deleteIf(LOCAL_BUCKETS.intake, key, holds),
      },
      announceAll,
      idle,
      deadLetters: () => count(deadLetterUrl),
      close: ({ isUnfinished } = {}) => {
        closing ??= close(isUnfinished);
        return closing;
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** Waits for work, but no longer than `ms`; whether it ended in time is told by what is left of it. */
async function within(ms: number, work: Promise<void>): Promise<void> {
  const waiting = new AbortController();
  const late = setTimeout(ms, undefined, { signal: waiting.signal }).catch(() => undefined);
  try {
    await Promise.race([work, late]);
  } finally {
    waiting.abort();
  }
}
