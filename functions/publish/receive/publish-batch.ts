import type { DynamoDBStreamEvent } from 'aws-lambda';
import { LOG_EVENTS } from '../../../shared/aws/telemetry.ts';
import { settleChangedGroups } from '../jobs/changed-groups.ts';
import { publishChanges } from '../jobs/publish-changes.ts';
import type { PublishDeps } from '../jobs/publish-deps.ts';
import { type ArticleChange, addChange } from '../model/change.ts';
import { noteUnpublished } from '../states/unpublished.ts';
import { failureOf } from './failure-lines.ts';
import type { PublishHandlerDeps } from './handler-deps.ts';
import { awaitedSince, secondsBetween } from './measures.ts';
import { readChange } from './read-change.ts';

/**
 * Publishes a batch of change records. A change that fails alone is noted, so that the next rebuild publishes it.
 * @throws the error of publishing, after logging it
 */
export async function publishBatch(
  { Records }: DynamoDBStreamEvent,
  publisher: PublishDeps,
  { duplicates, log, now }: PublishHandlerDeps,
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
  try {
    await settleChangedGroups(Records, { articles: publisher.articles, duplicates, now });
    const done = await publishChanges([...changes.values()], { ...publisher, onWritten });
    const metrics = {
      Age: Records.flatMap(record => awaitedSince(record) ?? []).map(since => secondsBetween(since, now())),
      EditionsTouched: done.views,
      FilesWritten: done.files,
      BytesWritten: bytes,
    };
    log({ event: LOG_EVENTS.published, ...done, ids, ms: Math.round(performance.now() - started), metrics });
  } catch (error) {
    const failed = (fault: unknown) => log({ event: LOG_EVENTS.publishFailed, ...failureOf(fault), ids });
    failed(error);
    // Lambda halves a batch until the failing change is alone. After some tries it gives up the change.
    const [only, ...others] = changes.values();
    if (only && others.length === 0) await noteUnpublished(only, publisher).catch(failed);
    throw error;
  }
}
