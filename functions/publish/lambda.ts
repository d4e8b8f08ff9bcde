import { setTimeout } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { Bucket } from '../../shared/aws/bucket.ts';
import { LIMITS, makeClient } from '../../shared/aws/clients.ts';
import { metricLog } from '../../shared/aws/telemetry.ts';
import { type BulkEvent, isBulkEvent } from '../../shared/model/bulk-run.ts';
import { LOOK_AHEAD_MS } from '../../shared/model/schedule.ts';
import { ENV } from '../../shared/stack/environment.ts';
import { Articles } from '../../shared/table/articles.ts';
import { type CallContext, CallPacing } from '../call-context.ts';
import { required, settingsFromEnvironment } from '../environment.ts';
import { siteOf } from './model/site.ts';
import type { BulkHandler } from './receive/bulk.ts';
import { type PublishHandler, publishHandler } from './receive/handler.ts';
import type { PublishHandlerDeps } from './receive/handler-deps.ts';
import { postponingOf } from './states/postponed.ts';

/** Delay of each release, so that no article is public too early. Clocks of Lambda hosts are exact to milliseconds. */
const CLOCK_MARGIN_MS = 1_000;

const s3 = makeClient(S3Client, LIMITS.function);
const settings = settingsFromEnvironment();
const pacing = new CallPacing();

const now = () => new Date().toISOString();

const deps: PublishHandlerDeps = {
  articles: new Articles(makeClient(DynamoDBClient, LIMITS.function), required(ENV.table), {
    namespace: settings.articles.namespace,
    noticeDays: settings.feeds.noticeDays,
    pacing,
  }),
  pacing,
  storage: new Bucket(s3, required(ENV.storageBucket)),
  siteBucket: new Bucket(s3, required(ENV.siteBucket)),
  duplicates: settings.duplicates,
  site: siteOf(settings, required(ENV.baseUrl)),
  now,
  postponing: postponingOf(settings, now),
  log: metricLog({ stack: required(ENV.stack), now: Date.now }),
  lookAhead: { aheadMs: LOOK_AHEAD_MS, marginMs: CLOCK_MARGIN_MS, sleep: ms => setTimeout(ms) },
  measuring: true,
  fetch,
};
const publish = publishHandler(deps);

/** Runs over all articles are rare, so their code is not loaded at start. */
const bulk: BulkHandler = async (...call) => (await import('./receive/bulk.ts')).bulkHandler(deps)(...call);

type Call<Event, Result> = (event: Event, context: CallContext) => Promise<Result>;

export const handler: Call<
  Parameters<PublishHandler>[0] | BulkEvent,
  Awaited<ReturnType<PublishHandler | BulkHandler>>
> = (event, context) => {
  pacing.context = context;
  return isBulkEvent(event) ? bulk(event, context) : publish(event, context);
};
