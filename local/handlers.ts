import type { S3Client } from '@aws-sdk/client-s3';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { PARSER_VERSION, parseArticle } from '../functions/ingest/parse.ts';
import {
  type IngestHandler,
  type IngestHandlerDeps,
  ingestHandler,
} from '../functions/ingest/receive/handler.ts';
import type { MessageQueue } from '../functions/ingest/receive/message-queue.ts';
import { probeIngest } from '../functions/ingest/receive/probe.ts';
import { type ReprocessHandler, reprocessHandler } from '../functions/ingest/receive/reprocess.ts';
import type { RetryDeps } from '../functions/publish/jobs/retry-unpublished.ts';
import { siteOf } from '../functions/publish/model/site.ts';
import { type BulkHandler, bulkHandler } from '../functions/publish/receive/bulk.ts';
import { type PublishHandler, publishHandler } from '../functions/publish/receive/handler.ts';
import type { Postponing } from '../functions/publish/states/postponed.ts';
import { Bucket } from '../shared/aws/bucket.ts';
import { LOG_EVENTS, type Log } from '../shared/aws/telemetry.ts';
import { type CopydeskError, reportOf } from '../shared/errors/errors.ts';
import type { Probed } from '../shared/model/probe.ts';
import type { Settings } from '../shared/settings/settings.ts';
import { Articles } from '../shared/table/articles.ts';
import type { LOCAL_BUCKETS } from './names.ts';

/** Clients and names from which the handlers are made. */
export interface HandlerServices {
  s3: S3Client;
  dynamodb: DynamoDBDocumentClient;
  /** The local event source mapping makes a failed message visible again after a second, so nobody asks for a retry. */
  queue: Pick<MessageQueue, 'send' | 'park'>;
  tableName: string;
  buckets: typeof LOCAL_BUCKETS;
}

/** The handlers of the two functions, on local services. */
export interface LocalHandlers {
  ingest: IngestHandler;
  publish: PublishHandler;
  /** The parts of the two functions that work for bulk runs. */
  bulk: BulkHandler;
  reprocess: ReprocessHandler;
  /** The probe of the ingest function. */
  probe(): Promise<Probed>;
  tick(): Promise<unknown>;
  /** Dependencies of the publish function, for tools that publish without it. */
  publishDeps: RetryDeps;
}

/**
 * Makes the handlers as the entry files of the functions do, but with clients of the local services.
 * @param options.namesIndexPages the links of the site name `index.html`, for a site that is opened from a disk
 */
export function localHandlers(
  { s3, dynamodb, queue: sending, tableName, buckets }: HandlerServices,
  options: {
    settings: Settings;
    baseUrl: string;
    log: Log;
    namesIndexPages?: boolean;
    /** Default: the clock of the system. */
    now?: () => string;
    postponing?: Postponing;
    /** Default: {@link parseArticle}. */
    parse?: typeof parseArticle;
  },
): LocalHandlers {
  const { settings, baseUrl, log, namesIndexPages, postponing, parse = parseArticle } = options;
  const articles = new Articles(dynamodb, tableName, {
    namespace: settings.articles.namespace,
    noticeDays: settings.feeds.noticeDays,
  });
  const storage = new Bucket(s3, buckets.storage);
  const { now = () => new Date().toISOString() } = options;
  const publishDeps = {
    now,
    articles,
    storage,
    siteBucket: new Bucket(s3, buckets.site),
    site: { ...siteOf(settings, baseUrl), namesIndexPages },
    onBroken: (error: CopydeskError) =>
      log({ event: LOG_EVENTS.recordFailed, id: error.subject, ...reportOf(error) }),
  };
  const queue = { ...sending, retryIn: async () => undefined };
  const ingestDeps: IngestHandlerDeps = {
    articles,
    storage,
    intake: new Bucket(s3, buckets.intake),
    settings,
    parse,
    parserVersion: PARSER_VERSION,
    queue: async () => queue,
    now,
    log,
  };
  const handlerDeps = { ...publishDeps, duplicates: settings.duplicates, log, postponing };
  const publish = publishHandler(handlerDeps);
  return {
    ingest: ingestHandler(ingestDeps),
    publish,
    bulk: bulkHandler(handlerDeps),
    reprocess: reprocessHandler(ingestDeps),
    probe: () => probeIngest(ingestDeps),
    publishDeps,
    tick: () => publish({ copydesk: 'tick' }),
  };
}
