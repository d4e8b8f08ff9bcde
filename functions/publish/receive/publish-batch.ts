import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { LOG_EVENTS } from '../../../shared/aws/telemetry.ts';
import { publishChanges } from '../jobs/publish-changes.ts';
import { type ArticleChange, addChange } from '../model/change.ts';
import { rememberChange } from '../states/unpublished.ts';
import type { PublishDeps } from '../views/view.ts';
import { changedId, settleChangedGroups } from './changed-groups.ts';
import { failureOf } from './failure-lines.ts';
import type { PublishHandlerDeps } from './handler-deps.ts';
import { awaitedSince, secondsBetween } from './measures.ts';
import { readChange } from './read-change.ts';

/**
 * Publishes a batch of change records. A change that fails alone is remembered in the table, and counts as done. The
 * tick tries it again.
 * @throws the error of publishing more than one change, and the error of the table if it cannot remember the change
 */
export async function publishBatch(
  { Records }: DynamoDBStreamEvent,
  publisher: PublishDeps,
  { duplicates, log, now, postponing }: PublishHandlerDeps,
): Promise<void> {
  const started = performance.now();
  let bytes = 0;
  const onWritten: PublishDeps['onWritten'] = (key, size) => {
    bytes += size;
    publisher.onWritten?.(key, size);
  };
  const changes = new Map<string, ArticleChange>();
  for (const record of Records) {
    const change = readChange(record, publisher.articles);
    if (change !== undefined) addChange(changes, change);
  }
  if (changes.size === 0) return;
  const ids = [...changes.keys()];
  const { articles } = publisher;
  let isSettled = false;
  try {
    await settleChangedGroups(Records, { articles, duplicates, now });
    isSettled = true;
    const done = await publishChanges([...changes.values()], { ...publisher, onWritten }, 'all', postponing);
    const metrics = {
      Age: Records.flatMap(record => awaitedSince(record) ?? []).map(since => secondsBetween(since, now())),
      EditionsTouched: done.views,
      FilesWritten: done.files,
      BytesWritten: bytes,
    };
    log({ event: LOG_EVENTS.published, ...done, ids, ms: Math.round(performance.now() - started), metrics });
  } catch (error) {
    const [only, ...others] = changes.values();
    const isAlone = only !== undefined && others.length === 0;
    log({ event: LOG_EVENTS.publishFailed, ...failureOf(error), ids, remembered: isAlone });
    // Lambda halves a batch until the failing change is alone.
    if (!isAlone) throw error;
    await rememberChange(only, { isGone: isGone(Records), error, now: now() }, articles);
    // Only the change record tells how its duplicate group changed, so Lambda tries it again.
    if (!isSettled) throw error;
  }
}

/** Whether the article of the last of these change records must leave the site. */
function isGone(records: readonly DynamoDBRecord[]): boolean {
  const status = records.findLast(record => changedId(record.dynamodb) !== undefined)?.dynamodb?.NewImage
    ?.status?.S;
  return status !== 'live' && status !== 'media';
}
