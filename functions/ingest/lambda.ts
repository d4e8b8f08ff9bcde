import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { SQSEvent } from 'aws-lambda';
import { Bucket } from '../../shared/aws/bucket.ts';
import { LIMITS, makeClient } from '../../shared/aws/clients.ts';
import { metricLog } from '../../shared/aws/telemetry.ts';
import type { BulkWorkEvent } from '../../shared/model/bulk-run.ts';
import { isProbe, type ProbeEvent } from '../../shared/model/probe.ts';
import { ENV } from '../../shared/stack/environment.ts';
import { wallSeconds } from '../../shared/stack/function-time.ts';
import { Articles } from '../../shared/table/articles.ts';
import { type CallContext, CallPacing } from '../call-context.ts';
import { memoryMb, required, settingsFromEnvironment } from '../environment.ts';
import { PARSER_VERSION } from './article/parser-version.ts';
import { type IngestHandlerDeps, ingestHandler } from './receive/handler.ts';
import { highestSequencer } from './receive/order-of-s3.ts';

// Entry point of the deployed function. Clients and settings are made once, at cold start.
const s3 = makeClient(S3Client, LIMITS.function);

/** Loads the parser, which is half of the code. It loads while the first file is downloaded. */
const parser = () => import('./article/read-article.ts');

const settings = settingsFromEnvironment();
const pacing = new CallPacing();

const deps: IngestHandlerDeps = {
  articles: new Articles(makeClient(DynamoDBClient, LIMITS.function), required(ENV.table), {
    namespace: settings.articles.namespace,
    noticeDays: settings.feeds.noticeDays,
    pacing,
  }),
  intake: new Bucket(s3, required(ENV.intakeBucket)),
  storage: new Bucket(s3, required(ENV.storageBucket)),
  settings,
  parse: async (input, given = settings) => (await (await parser()).readArticle(input, given)).article,
  parserVersion: PARSER_VERSION,
  parseMs: 1_000 * wallSeconds(settings.limits.parseSeconds, memoryMb()),
  // Only failed messages need the queue. So the SDK of SQS is not loaded at a cold start.
  queue: async () => (await import('./receive/lambda-queue.ts')).queue,
  answer: async (mail, outcome) => {
    const { address = '' } = settings.deployment?.mail ?? {};
    await (await import('./receive/lambda-answers.ts')).sendAnswer(mail, outcome, address);
  },
  now: () => new Date().toISOString(),
  highestSequencer: () => highestSequencer(Date.now()),
  allowedRejectedPercent: Number(required(ENV.rejectedPercent)),
  log: metricLog({ stack: required(ENV.stack), now: Date.now }),
};
const ingest = ingestHandler(deps);

export const handler = async (event: SQSEvent | BulkWorkEvent | ProbeEvent, context: CallContext) => {
  pacing.context = context;
  // The code of rare orders is not loaded at start.
  if (isProbe(event)) return (await import('./receive/probe.ts')).probeIngest(deps);
  // If loading fails here, it fails again at the first use, and the message is retried.
  parser().catch(() => undefined);
  if (!('copydesk' in event)) return ingest(event, context);
  const { reprocessHandler } = await import('./receive/reprocess.ts');
  return reprocessHandler(deps)(event, context);
};
