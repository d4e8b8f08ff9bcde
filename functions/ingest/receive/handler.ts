import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { LOG_EVENTS, type Log } from '../../../shared/aws/telemetry.ts';
import { type ErrorReport, reportOf } from '../../../shared/errors/errors.ts';
import { type CallContext, requireTime } from '../../call-context.ts';
import type { IngestDeps } from '../model/ingest-deps.ts';
import { type FailedMessages, failMessage } from './failed-message.ts';
import { inTurn } from './in-turn.ts';
import { ingest } from './ingest.ts';
import { failureLine, outcomeLines } from './log-lines.ts';
import { readMessage, type SourceEvent } from './s3-event.ts';

/** What the handler needs beside the core. */
export interface HandlerDeps extends IngestDeps, Partial<FailedMessages> {
  log: Log;
  /** Share of files that may be rejected before an alarm rings; 100, where there is none, as on a laptop. */
  allowedRejectedPercent?: number;
  /** Longest time that parsing one file can take here, in milliseconds. None is begun with less time left. */
  parseMs?: number;
}

export type IngestHandler = (event: SQSEvent, context?: CallContext) => Promise<SQSBatchResponse>;

/** For reading and writing one file, in milliseconds: one call that fails with all its tries takes most of it. */
const RESERVE_MS = 15_000;

/**
 * The ingest function: a batch of SQS messages in, the failed ones out. A message fails where any of its
 * events does; the others of the batch go on, and a repetition of those that went well changes nothing.
 */
export function ingestHandler(deps: HandlerDeps): IngestHandler {
  // Parsing takes a whole processor: one file after the other, so that each has a budget of its own.
  const takeTurn = inTurn();
  return async ({ Records }, context) => {
    const call: Call = {
      ...deps,
      log: line => deps.log({ ...line, requestId: context?.awsRequestId }),
      parse: (input, settings) =>
        takeTurn(async () => {
          requireTime(context, (deps.parseMs ?? 0) + RESERVE_MS, input.key);
          return deps.parse(input, settings);
        }),
      requireTime: key => requireTime(context, RESERVE_MS, key),
    };
    // At once: the batch size bounds them, and most of the time is spent waiting for S3 and DynamoDB.
    const done = await Promise.all(Records.map(record => handleMessage(record, call)));
    return {
      batchItemFailures: Records.filter((_, index) => !done[index]).map(({ messageId }) => ({
        itemIdentifier: messageId,
      })),
    };
  };
}

/** The dependencies of one call of the function. */
interface Call extends HandlerDeps {
  /** @throws CopydeskError `out-of-time` where too little is left to begin with a file */
  requireTime(key: string): void;
}

/** Returns whether the message is done with: handled, or parked. */
async function handleMessage(message: SQSRecord, call: Call): Promise<boolean> {
  const { events, faults } = readMessage(message.body);
  const failures = faults.map(fault => failed(fault, { messageId: message.messageId }, call));
  if (events.length === 0 && failures.length === 0)
    call.log({ event: LOG_EVENTS.ignored, messageId: message.messageId });
  for (const event of events) {
    const failure = await handleEvent(event, call);
    if (failure !== undefined) failures.push(failure);
  }
  return failures.length === 0 || (await failMessage(message, failures, call));
}

async function handleEvent(event: SourceEvent, call: Call): Promise<ErrorReport | undefined> {
  const about = { key: event.key, bucket: event.bucket };
  const started = performance.now();
  try {
    call.requireTime(event.key);
    const outcome = await ingest(event, call);
    const ms = Math.round(performance.now() - started);
    for (const line of outcomeLines(outcome, about, ms, call.allowedRejectedPercent)) call.log(line);
    return undefined;
  } catch (error) {
    return failed(error, about, call);
  }
}

function failed(error: unknown, about: object, { log }: Call): ErrorReport {
  const report = reportOf(error);
  log(failureLine(report, about));
  return report;
}
