import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { CopydeskError } from '../../shared/errors.ts';
import { nextChangeOf } from '../../shared/schedule.ts';
import { LOG_EVENTS, type Log } from '../../shared/telemetry.ts';
import { type IngestDeps, ingest, type Outcome } from './ingest.ts';
import { measuresOf } from './measures.ts';
import { readS3Events, type SourceEvent } from './s3-event.ts';

/** What the handler needs beside the core. */
interface HandlerDeps extends IngestDeps {
  log: Log;
  /** Share of files that may be rejected before an alarm rings; 100, where there is none, as on a laptop. */
  allowedRejectedPercent?: number;
}

export type IngestHandler = (event: SQSEvent) => Promise<SQSBatchResponse>;

/**
 * The ingest function: a batch of SQS messages in, the failed ones out. A message fails where any of its
 * events does; the others of the batch go on, and a repetition of those that went well changes nothing.
 */
export function ingestHandler(deps: HandlerDeps): IngestHandler {
  return async ({ Records }) => {
    // At once: the batch size bounds them, and most of the time is spent waiting for S3 and DynamoDB.
    const done = await Promise.all(Records.map(record => handleMessage(record, deps)));
    return {
      batchItemFailures: Records.filter((_, index) => !done[index]).map(({ messageId }) => ({
        itemIdentifier: messageId,
      })),
    };
  };
}

async function handleMessage(message: SQSRecord, deps: HandlerDeps): Promise<boolean> {
  let events: SourceEvent[];
  try {
    events = readS3Events(message.body);
  } catch (error) {
    deps.log({
      event: LOG_EVENTS.ingestFailed,
      messageId: message.messageId,
      ...describe(error),
      metrics: { Failed: 1 },
    });
    return false;
  }
  if (events.length === 0) deps.log({ event: LOG_EVENTS.ignored, messageId: message.messageId });
  let done = true;
  for (const event of events) if (!(await handleEvent(event, deps))) done = false;
  return done;
}

async function handleEvent(event: SourceEvent, deps: HandlerDeps): Promise<boolean> {
  const { log, allowedRejectedPercent = 100 } = deps;
  const line = (outcome: Outcome) => ({ ...lineOf(outcome), ...measuresOf(outcome, allowedRejectedPercent) });
  const about = { key: event.key, bucket: event.bucket };
  const started = performance.now();
  try {
    const outcome = await ingest(event, deps);
    const ms = Math.round(performance.now() - started);
    for (const member of outcome.members ?? [])
      log({ event: LOG_EVENTS.ingested, ...about, key: member.record?.source.key, ...line(member) });
    log({ event: LOG_EVENTS.ingested, ...about, ...line(outcome), ms });
    return true;
  } catch (error) {
    log({ event: LOG_EVENTS.ingestFailed, ...about, ...describe(error), metrics: { Failed: 1 } });
    return false;
  }
}

function lineOf({ outcome, id, record, rejection, ignored }: Outcome) {
  const article = record && 'headline' in record ? record : undefined;
  return {
    outcome,
    id,
    reason: rejection
      ? { code: rejection.code, message: rejection.message }
      : ignored && { code: 'ignored', message: ignored },
    headline: article?.headline,
    revision: article?.revision,
    duplicateOf: article?.duplicateOf,
    hold: article?.status === 'held' ? article.hold : undefined,
    due: article?.status === 'scheduled' ? nextChangeOf(article) : undefined,
    warnings: record && 'warnings' in record ? record.warnings : undefined,
  };
}

function describe(error: unknown) {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const known = error instanceof CopydeskError ? { code: error.code, retryable: error.retryable } : { stack };
  return { message, ...known };
}
