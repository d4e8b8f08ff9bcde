import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { LOG_EVENTS, type Log } from '../../../shared/aws/telemetry.ts';
import { type ErrorReport, reportOf } from '../../../shared/errors/errors.ts';
import { type CallContext, requireTime } from '../../call-context.ts';
import type { IngestDeps, MediaNews } from '../model/ingest-deps.ts';
import type { MailToAnswer } from '../model/mail-to-answer.ts';
import { tellMore } from '../record/link-media.ts';
import type { Outcome } from '../record/outcome.ts';
import { type FailedMessages, failMessage } from './failed-message.ts';
import { inTurn, type Turns } from './in-turn.ts';
import { ingest } from './ingest.ts';
import { failureLine, outcomeLines } from './log-lines.ts';
import { readMessage, type SourceEvent } from './s3-event.ts';

/** Dependencies of the handler. */
export interface IngestHandlerDeps extends IngestDeps, Partial<FailedMessages> {
  log: Log;
  /** Percentage of rejected files above which an alarm rings. Absent on a laptop, which has no alarm. */
  allowedRejectedPercent?: number;
  /** Sends the answer to a mail. Absent on a laptop, which sends no mail. */
  answer?: (mail: MailToAnswer, outcome: Outcome) => Promise<void>;
  /** Maximum time to parse one file, in milliseconds. If a call has less time left, it begins no file. */
  parseMs?: number;
}

export type IngestHandler = (event: SQSEvent, context?: CallContext) => Promise<SQSBatchResponse>;

/**
 * Time to read and write one file, in milliseconds. A call to AWS that fails after all its tries takes most
 * of this time.
 */
const READ_AND_WRITE_MS = 15_000;

/**
 * Makes the ingest function. It takes a batch of SQS messages and returns the failed ones. A message fails if
 * one of its events fails; the other messages are still handled. A repeated event that succeeded before
 * changes nothing.
 */
export function ingestHandler(deps: IngestHandlerDeps): IngestHandler {
  // Parsing uses a whole processor. So files are parsed one after the other. Each file has its own time limit.
  const turns = { parse: inTurn(), decode: inTurn() };
  return async ({ Records }, context) => {
    const call = startCall(deps, context, turns);
    // Messages are handled in parallel, because most of the time passes in waiting for AWS. The batch size limits
    // their number.
    const done = await Promise.all(Records.map(record => handleMessage(record, call)));
    return {
      batchItemFailures: Records.filter((_, index) => !done[index]).map(({ messageId }) => ({
        itemIdentifier: messageId,
      })),
    };
  };
}

/** The dependencies of one call of the function. */
interface Call extends IngestHandlerDeps {
  /** @throws CopydeskError `out-of-time` if too little time is left to begin a file */
  requireTime(key: string): void;
}

/** Makes the files of all calls wait for each other. Pictures wait for texts, but texts do not wait for pictures. */
interface CallTurns {
  parse: Turns;
  decode: Turns;
}

export function startCall(deps: IngestHandlerDeps, context: CallContext | undefined, turns: CallTurns): Call {
  const { queue } = deps;
  const requireTimeFor = (key: string) => requireTime(context, (deps.parseMs ?? 0) + READ_AND_WRITE_MS, key);
  return {
    ...deps,
    tellLater: queue && (async news => (await queue()).send(news)),
    log: line => deps.log({ ...line, requestId: context?.awsRequestId }),
    parse: (input, settings) =>
      turns.parse(async () => {
        requireTimeFor(input.key);
        return deps.parse(input, settings);
      }),
    decodeInTurn: (key, decode) =>
      turns.decode(async () => {
        await turns.parse.idle();
        requireTimeFor(key);
        return decode();
      }),
    requireTime: key => requireTime(context, READ_AND_WRITE_MS, key),
  };
}

/** Returns true if the message can be acknowledged: it was handled or parked. */
async function handleMessage(message: SQSRecord, call: Call): Promise<boolean> {
  const { events, faults, news } = readMessage(message.body);
  const failures = faults.map(fault => failed(fault, { messageId: message.messageId }, call));
  if (news !== undefined) {
    const failure = await tell(news, call);
    if (failure !== undefined) failures.push(failure);
  } else if (events.length === 0 && failures.length === 0)
    call.log({ event: LOG_EVENTS.ignored, messageId: message.messageId });
  for (const event of events) {
    const failure = await ingestOne(event, call);
    if (failure !== undefined) failures.push(failure);
  }
  return failures.length === 0 || (await failMessage(message, failures, call));
}

/** Continues the news of a media file. Returns the error if it failed. */
async function tell(news: MediaNews, call: Call): Promise<ErrorReport | undefined> {
  try {
    call.requireTime(news.key);
    await tellMore(news, call);
    return undefined;
  } catch (error) {
    return failed(error, { key: news.key }, call);
  }
}

/** Handles one event. Returns the error if it failed. */
export async function ingestOne(event: SourceEvent, call: Call): Promise<ErrorReport | undefined> {
  const about = { key: event.key, bucket: event.bucket };
  const started = performance.now();
  try {
    call.requireTime(event.key);
    const outcome = await ingest(event, call);
    const ms = Math.round(performance.now() - started);
    for (const line of outcomeLines(outcome, about, ms, call.allowedRejectedPercent)) call.log(line);
    if (outcome.answer) await answer(outcome.answer, outcome, about, call);
    return undefined;
  } catch (error) {
    return failed(error, about, call);
  }
}

/** Answers a mail. If that fails, the story stays as it is, and nothing is repeated, or the answer could come twice. */
async function answer(mail: MailToAnswer, outcome: Outcome, about: object, call: Call): Promise<void> {
  try {
    await call.answer?.(mail, outcome);
  } catch (error) {
    // The message of the error can hold the address of the sender.
    const reason = error instanceof Error ? error.name : 'unknown';
    call.log({ event: LOG_EVENTS.answerFailed, ...about, reason, metrics: { AnswerFailed: 1 } });
  }
}

function failed(error: unknown, about: object, { log }: Call): ErrorReport {
  const report = reportOf(error);
  log(failureLine(report, about));
  return report;
}
