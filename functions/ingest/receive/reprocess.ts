import type { Bucket } from '../../../shared/aws/bucket.ts';
import { LOG_EVENTS } from '../../../shared/aws/telemetry.ts';
import { type CopydeskError, type ErrorReport, reportOf } from '../../../shared/errors/errors.ts';
import { inParallel } from '../../../shared/errors/in-parallel.ts';
import type { ArticleRecord } from '../../../shared/model/article.ts';
import {
  type BulkAnswer,
  type BulkFailure,
  type BulkWorkEvent,
  waitAfter,
} from '../../../shared/model/bulk-run.ts';
import { needsParsing } from '../../../shared/model/needs-parsing.ts';
import { readItem } from '../../../shared/table/article-item.ts';
import type { CallContext } from '../../call-context.ts';
import { type IngestHandlerDeps, ingestOne, startCall } from './handler.ts';
import { inTurn } from './in-turn.ts';
import type { SourceEvent } from './s3-event.ts';
import { type Upload, uploadOfBroken } from './upload-of-broken.ts';

/** Number of files that are read and written at the same time. They are parsed one after the other. */
const CONCURRENCY = 5;

export type ReprocessHandler = (event: BulkWorkEvent, context?: CallContext) => Promise<BulkAnswer>;

/**
 * The part of the ingest function that works for bulk runs: it parses files again whose records an older parser made.
 * The events have the sequencers of the uploads, so they never replace a newer upload. They name no version, so the
 * present objects are read. A broken record is made from the present object of its key.
 */
export function reprocessHandler(deps: IngestHandlerDeps): ReprocessHandler {
  const turns = { parse: inTurn(), decode: inTurn() };
  return async ({ batch: { ids = [] }, pause }, context) => {
    const started = Date.now();
    const call = startCall(deps, context, turns);
    const failures: BulkFailure[] = [];
    await inParallel(
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
  deps: IngestHandlerDeps,
  ingest: (event: SourceEvent) => Promise<ErrorReport | undefined>,
): Promise<ErrorReport | undefined> {
  const { articles, intake, parserVersion } = deps;
  try {
    const item = await articles.itemOf(id);
    if (item === undefined) return undefined;
    const read = readItem(item);
    const broken = 'broken' in read ? read.broken : await brokenMember(read.record, articles);
    if (broken !== undefined) {
      const upload = await uploadOfBroken(id, deps);
      return upload === undefined ? reportOf(broken) : await ingest(createdIn(intake, upload));
    }
    // The record can have changed since the run was planned.
    if (!('record' in read) || !needsParsing(read.record, parserVersion)) return undefined;
    return await ingest(createdIn(intake, read.record.source));
  } catch (error) {
    return reportOf(error);
  }
}

/** The error of the first broken record of the files of a zip. Ingest makes it again together with the zip. */
async function brokenMember(
  record: ArticleRecord,
  articles: IngestHandlerDeps['articles'],
): Promise<CopydeskError | undefined> {
  const errors: CopydeskError[] = [];
  if (record.status !== 'unpacked') return undefined;
  const members = await articles.getMany(record.members, error => void errors.push(error));
  // A mail in a zip can hold stories too.
  for (const member of members.values())
    errors.push(...[await brokenMember(member, articles)].filter(each => !!each));
  return errors[0];
}

function createdIn({ name: bucket }: Bucket, upload: Upload): SourceEvent {
  const { key, etag, size, sequencer, uploadedAt: at } = upload;
  return { kind: 'created', bucket, key, keyIsBroken: false, etag, size, sequencer, at };
}
