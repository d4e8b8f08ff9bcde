import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBRecord, DynamoDBStreamEvent, S3EventRecord, SQSEvent } from 'aws-lambda';
import { messageQueue } from '../functions/ingest/receive/message-queue.ts';
import { LIMITS, makeClient } from '../shared/aws/clients.ts';
import { countMessages } from '../shared/aws/queue-counts.ts';
import { type BulkWorkEvent, isBulkEvent } from '../shared/model/bulk-run.ts';
import { isProbe } from '../shared/model/probe.ts';
import { DEFAULT_FUNCTION_SETTINGS } from '../shared/settings/function-defaults.ts';
import { MAX_TRIES } from '../shared/stack/message-retries.ts';
import { RECORD_SK, TABLE_KEY } from '../shared/table/keys.ts';
import { documentClient } from '../shared/table/table-client.ts';
import { announce } from './announce.ts';
import { LOCAL_ACCESS, REGION } from './common/region.ts';
import { repairDatabase } from './dynamodb/engine.ts';
import { startDynamoDb } from './dynamodb/server.ts';
import { startQueueMapping } from './event-source/queue-mapping.ts';
import { startStreamMapping } from './event-source/stream-mapping.ts';
import { startLambda } from './lambda.ts';
import { LOCAL_BUCKETS, LOCAL_TABLE } from './names.ts';
import { startS3 } from './s3/server.ts';
import { moveDamaged } from './s3/store/bucket-files.ts';
import { testEvent } from './s3/test-event.ts';
import { startSchedule } from './schedule.ts';
import type { Handlers, LocalServices, RunningServices, ServicesOptions } from './service-types.ts';
import { startSqs } from './sqs.ts';
import { openStateDir } from './state-dir.ts';

/** Time for which a received message is hidden. It is far longer than a handler may take; see `retryDelaySeconds`. */
const VISIBILITY_SECONDS = 300;

/**
 * Interval of the scheduled tick. In the cloud the tick runs every minute and waits for stories that become due within
 * the minute. The local tick runs often instead, because it is cheap and a wait would delay closing.
 */
const TICK_MS = 5_000;

/** Maximum wait of each step of closing for work under way. */
const MAX_DRAIN_MS = 10_000;

/**
 * Starts S3, SQS, DynamoDB and Lambda on loopback, and connects them to the two handlers as the stack does.
 * @throws PortInUseError, StateInUseError
 */
export async function startServices(options: ServicesOptions): Promise<RunningServices> {
  const { ports = {}, onError = () => undefined, tickMs = TICK_MS } = options;
  const temporary = options.stateDir === undefined ? await mkdtemp(join(tmpdir(), 'copydesk-')) : undefined;
  const state = await openStateDir(options.stateDir ?? temporary ?? '', {
    isUnclean: options.repair !== undefined,
  });
  /** Closes the started parts, the last one first. */
  const closers: (() => unknown)[] = [
    ...(temporary === undefined ? [] : [() => rm(temporary, { recursive: true, force: true })]),
    () => state.release(),
  ];
  const closeAll = async () => {
    for (let closer = closers.pop(); closer; closer = closers.pop()) await closer();
  };

  try {
    let handlers: Handlers | undefined;
    /** A change was given up, so the next start must repeat it. */
    let givenUp = false;
    /** Counter of events, so that `idle` can tell whether anything happened. */
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
        for (const file of await moveDamaged(join(state.dir, 's3', bucket), join(state.dir, 'damaged')))
          options.repair.onMoved(file);
    }

    const queues = await startSqs({
      port: ports.sqs ?? 0,
      queue: {
        name: 'intake',
        deadLetter: { name: 'intake-dead-letters', maxReceiveCount: MAX_TRIES },
        visibilitySeconds: VISIBILITY_SECONDS,
      },
      failures: 'publish-failures',
    });
    closers.push(() => queues.close());
    const { queueUrl, queueArn, deadLetterUrl, failuresUrl } = queues;
    const sqs = makeClient(SQSClient, LIMITS.loopback, { ...LOCAL_ACCESS, endpoint: queues.url });
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
      // The window joins the changes of a burst of files, so that each edition is written once.
      batchingWindowMs: 200,
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
    const table = await startDynamoDb({
      port: ports.dynamodb ?? 0,
      ...(temporary === undefined ? { path: database } : {}),
      wasUnclean: state.wasUnclean,
      tableName: LOCAL_TABLE,
      onUnexpected: (error: unknown) => onError(error, 'table'),
      onRecords: (records: DynamoDBRecord[]) => {
        activity++;
        // The deployed mapping has the same filter.
        stream.push(records.filter(({ dynamodb }) => dynamodb?.Keys?.[TABLE_KEY.sort]?.S === RECORD_SK));
      },
    });
    closers.push(() => table.close());
    const tableClient = makeClient(DynamoDBClient, LIMITS.loopback, {
      ...LOCAL_ACCESS,
      endpoint: table.url,
    });
    closers.push(() => tableClient.destroy());

    const storage = await startS3({
      port: ports.s3 ?? 0,
      dir: join(state.dir, 's3'),
      isTemporary: temporary !== undefined,
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
    closers.push(() => storage.close());
    const { buckets } = storage;
    const s3 = makeClient(S3Client, LIMITS.loopback, {
      ...LOCAL_ACCESS,
      endpoint: storage.url,
      forcePathStyle: true,
    });
    closers.push(() => s3.destroy());
    const lambdaServer = await startLambda({
      port: ports.lambda ?? 0,
      functions: {
        ingest: handled((run, event: object) => {
          if (isProbe(event) && run.probe) return run.probe();
          return isBulkEvent(event) && run.reprocess
            ? run.reprocess(event as BulkWorkEvent)
            : run.ingest(event as SQSEvent);
        }),
        publish: handled((run, event: object) =>
          isBulkEvent(event) && run.bulk ? run.bulk(event) : run.publish(event as DynamoDBStreamEvent),
        ),
      },
      onError: error => onError(error, 'publish'),
    });
    closers.push(() => lambdaServer.close());
    const endpoints = { s3: storage.url, sqs: queues.url, dynamodb: table.url, lambda: lambdaServer.url };
    await state.claim(storage.port, {
      endpoints,
      outputs: {
        intakeBucket: LOCAL_BUCKETS.intake,
        storageBucket: LOCAL_BUCKETS.storage,
        siteBucket: LOCAL_BUCKETS.site,
        table: LOCAL_TABLE,
        namespace: options.namespace ?? DEFAULT_FUNCTION_SETTINGS.articles.namespace,
        noticeDays: String(options.noticeDays ?? DEFAULT_FUNCTION_SETTINGS.feeds.noticeDays),
        intakeQueue: queueUrl,
        deadLetterQueue: deadLetterUrl,
        publishFailureQueue: failuresUrl,
        ingestFunction: 'ingest',
        publishFunction: 'publish',
        bulkMachine: '',
        site: options.siteUrl ?? '',
      },
    });

    const services: LocalServices = {
      s3,
      dynamodb: documentClient(tableClient),
      queue: messageQueue(sqs, { queueUrl, deadLetterUrl }),
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
      // The window is two round trips. It fills a batch when a folder is copied in, and is not noticed for one file.
      batchingWindowMs: 20,
      concurrency: 4,
      retryDelaySeconds: 1,
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
        // All input is read, so a batch has no more records to wait for.
        await stream.drain();
      }
    };
    const count = async (url: string) => (await countMessages(sqs, url)).total;
    const announceAll = () =>
      announce(buckets.lastEvents(LOCAL_BUCKETS.intake), {
        sqs,
        queueUrl,
        onSend: () => activity++,
      });

    let closing: Promise<void> | undefined;
    const close = async (isUnfinished = false) => {
      await schedule.stop();
      await within(MAX_DRAIN_MS, idle());
      await within(MAX_DRAIN_MS, queue.stop());
      await within(MAX_DRAIN_MS, stream.idle());
      await within(MAX_DRAIN_MS, stream.stop());
      // The servers close before the count, so that no message arrives after it. The queues are kept in memory, so dead
      // letters are lost too.
      await storage.close();
      await table.close();
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
        latest: key => buckets.latest(LOCAL_BUCKETS.intake, key),
        objects: () => buckets.objects(LOCAL_BUCKETS.intake),
        deleteIf: (key, holds) => buckets.deleteIf(LOCAL_BUCKETS.intake, key, holds),
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

/** Waits for work to end, at most `ms`. */
async function within(ms: number, work: Promise<void>): Promise<void> {
  const waiting = new AbortController();
  const late = setTimeout(ms, undefined, { signal: waiting.signal }).catch(() => undefined);
  try {
    await Promise.race([work, late]);
  } finally {
    waiting.abort();
  }
}
