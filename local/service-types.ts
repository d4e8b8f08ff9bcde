import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { BulkEvent, BulkWorkEvent } from '../shared/model/bulk-run.ts';
import type { QueueMappingOptions } from './event-source/queue-mapping.ts';
import type { StreamFailure, StreamMappingOptions } from './event-source/stream-mapping.ts';
import type { HandlerServices } from './handlers.ts';
import type { S3Buckets } from './s3/buckets.ts';
import type { RunningPipeline } from './state-dir.ts';

/** Clients and names of the services. */
export interface LocalServices extends HandlerServices {
  sqs: SQSClient;
  queueUrl: string;
  deadLetterUrl: string;
}

/** The handlers of the two functions, and the scheduled tick. */
export interface Handlers {
  ingest: (event: SQSEvent) => Promise<SQSBatchResponse | undefined>;
  publish: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse | undefined>;
  /** The parts of the two functions that work for bulk runs. */
  bulk?: (event: BulkEvent) => Promise<unknown>;
  reprocess?: (event: BulkWorkEvent) => Promise<unknown>;
  /** The probe of the ingest function. */
  probe?: () => Promise<unknown>;
  tick?: () => Promise<unknown>;
}

export interface ServicesOptions {
  /** Folder for the state, which survives a restart. Default: a temporary folder that is removed on close. */
  stateDir?: string;
  /** Repairs a damaged database, and moves damaged records of the buckets away. */
  repair?: { onMoved: (file: string) => void };
  /** Default, and 0: any free port. */
  ports?: { s3?: number; sqs?: number; dynamodb?: number; lambda?: number };
  /** Address of the site. The state folder tells it to other commands. */
  siteUrl?: string;
  /** The setting `articles.namespace`. The state folder tells it to other commands. */
  namespace?: string;
  /** The setting `feeds.noticeDays`, also for other commands. */
  noticeDays?: number;
  handlers: (services: LocalServices) => Handlers | Promise<Handlers>;
  queue?: Partial<
    Pick<QueueMappingOptions, 'batchSize' | 'batchingWindowMs' | 'concurrency' | 'retryDelaySeconds'>
  >;
  stream?: Partial<
    Pick<
      StreamMappingOptions,
      'batchSize' | 'batchingWindowMs' | 'retries' | 'parallelization' | 'firstPauseMs'
    >
  >;
  tickMs?: number;
  /** Called for failures of the services: a batch that threw, a record given up, an unexpected S3 error. */
  onError?: (error: unknown, where: 'ingest' | 'publish' | 'tick' | 's3' | 'table') => void;
  /** Called for records that could not be published. */
  onPublishFailure?: (failure: StreamFailure) => void;
}

export interface RunningServices extends LocalServices {
  endpoints: RunningPipeline['endpoints'];
  /** The last run did not finish its work, so the work must be repeated: see `recover`. */
  wasUnclean: boolean;
  /** Direct access to the intake bucket, without requests, for checks of its state at one moment. */
  intake: {
    latest(key: string): ReturnType<S3Buckets['latest']>;
    objects(): ReturnType<S3Buckets['objects']>;
    deleteIf(key: string, holds: Parameters<S3Buckets['deleteIf']>[2]): Promise<void>;
  };
  /**
   * Sends the last change of every file to ingest again, with its original sequencer. Ingest ignores changes that it
   * knows and changes that are older than its record.
   * @returns the number of files
   */
  announceAll(): Promise<number>;
  /** Resolves when all uploads and writes have passed through the whole pipeline. */
  idle(): Promise<void>;
  /** Number of messages in the dead-letter queue. */
  deadLetters(): Promise<number>;
  /**
   * Finishes the work under way within a time limit, and closes everything.
   * @param options.isUnfinished some work is left, and the next start must repeat it
   */
  close(options?: { isUnfinished?: boolean }): Promise<void>;
}
