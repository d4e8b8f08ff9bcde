import pMap from 'p-map';
import { LOG_EVENTS } from '../../../shared/aws/telemetry.ts';
import { type ErrorReport, reportOf } from '../../../shared/errors/errors.ts';
import type { ArticleRecord } from '../../../shared/model/article.ts';
import {
  type BulkAnswer,
  type BulkFailure,
  type BulkWorkEvent,
  waitAfter,
} from '../../../shared/model/bulk-run.ts';
import { needsParsing } from '../../../shared/model/needs-parsing.ts';
import type { CallContext } from '../../call-context.ts';
import { type IngestHandlerDeps, ingestOne, startCall } from './handler.ts';
import { inTurn } from './in-turn.ts';
import type { SourceEvent } from './s3-event.ts';

/** Number of files that are read and written at the same time. They are parsed one after the other. */
const CONCURRENCY = 5;

export type ReprocessHandler = (event: BulkWorkEvent, context?: CallContext) => Promise<BulkAnswer>;

/**
 * The part of the ingest function that works for bulk runs: it parses files again whose records an older parser made.
 * The events have the sequencers of the uploads, so they never replace a newer upload. They name no version, so the
 * present objects are read.
 */
export function reprocessHandler(deps: IngestHandlerDeps): ReprocessHandler {
  const takeTurn = inTurn();
  return async ({ batch: { ids = [] }, pause }, context) => {
    const started = Date.now();
    const call = startCall(deps, context, takeTurn);
    const failures: BulkFailure[] = [];
    await pMap(
      ids,
      async id => {
        const failure = await again(id, deps, event => ingestOne(event, call));
        if (failure) failures.push({ subject: id, message: failure.message });
      },
      { concurrency: CONCURRENCY },
    );
    const failed = failures.length;
    call.log({ event: LOG_EVENTS.bulkWork, done: ids.length - failed, failed, ms: Date.now() - started });
    return { done: ids.length - failed, failed, failures, wait: waitAfter(pause, started, Date.now()) };
  };
}

async function again(
  id: string,
  { articles, intake, parserVersion }: IngestHandlerDeps,
  ingest: (event: SourceEvent) => Promise<ErrorReport | undefined>,
): Promise<ErrorReport | undefined> {
  let record: ArticleRecord | undefined;
  try {
    record = await articles.get(id);
  } catch (error) {
    return reportOf(error);
  }
  // The record can have changed since the run was planned.
  if (record === undefined || !needsParsing(record, parserVersion)) return undefined;
  const { key, etag, size, sequencer, uploadedAt: at } = record.source;
  return ingest({ kind: 'created', bucket: intake.name, key, keyIsBroken: false, etag, size, sequencer, at });
}
