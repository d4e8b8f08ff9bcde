import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { CopydeskError } from '../../shared/errors.ts';
import { LOG_EVENTS, type Log } from '../../shared/telemetry.ts';
import { type Change, readChange } from './changes.ts';
import { type PublishDeps, publishChanges } from './publish.ts';
import { rebuildViews } from './rebuild.ts';
import { releaseDue } from './release.ts';

/** What a schedule sends: `tick` every minute, `rebuild` every day. */
interface ScheduledOrder {
  copydesk: 'tick' | 'rebuild';
}

export type PublishHandler = (event: DynamoDBStreamEvent | ScheduledOrder) => Promise<DynamoDBBatchResponse>;

const NOTHING_FAILED: DynamoDBBatchResponse = { batchItemFailures: [] };

/**
 * The publish function: a batch of the table's change stream in, the first failed record out. A stream is
 * retried from that record on; repeating those after it changes nothing.
 */
export function publishHandler(deps: PublishDeps & { now(): string; log: Log }): PublishHandler {
  // The style sheet, the icons and an empty front page come with a deployment: looked at once in each container.
  let sitePublished = false;
  const onceSite = async () => {
    if (sitePublished) return;
    await rebuildViews(deps);
    sitePublished = true;
  };
  return async event => {
    if ('copydesk' in event) {
      await carryOut(event, deps, onceSite);
      return NOTHING_FAILED;
    }
    return publishBatch(event, deps);
  };
}

async function carryOut(
  { copydesk: order }: ScheduledOrder,
  deps: PublishDeps & { now(): string; log: Log },
  onceSite: () => Promise<void>,
): Promise<void> {
  if (order === 'rebuild') {
    deps.log({ event: LOG_EVENTS.rebuilt, ...(await rebuildViews(deps)) });
    return;
  }
  await onceSite();
  for (const id of await releaseDue(deps.articles, deps.now())) deps.log({ event: LOG_EVENTS.released, id });
}

async function publishBatch(
  { Records }: DynamoDBStreamEvent,
  deps: PublishDeps & { log: Log },
): Promise<DynamoDBBatchResponse> {
  const started = performance.now();
  const changes = new Map<string, Change>();
  for (const record of Records) {
    const change = readChange(record);
    if (change === undefined) continue;
    const earlier = changes.get(change.id);
    changes.set(change.id, earlier ? joined(earlier, change) : change);
  }
  if (changes.size === 0) return NOTHING_FAILED;
  try {
    const done = await publishChanges([...changes.values()], deps);
    const ids = [...changes.keys()];
    deps.log({ event: LOG_EVENTS.published, ...done, ids, ms: Math.round(performance.now() - started) });
    return NOTHING_FAILED;
  } catch (error) {
    deps.log({ event: LOG_EVENTS.publishFailed, ...describe(error), ids: [...changes.keys()] });
    // Thrown on: Lambda then halves the batch until the record that fails stands alone.
    throw error;
  }
}

function joined(a: Change, b: Change): Change {
  return {
    id: a.id,
    editions: [...a.editions, ...b.editions],
    months: [...a.months, ...b.months],
    permalinks: [...a.permalinks, ...b.permalinks],
  };
}

function describe(error: unknown) {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return error instanceof CopydeskError ? { message, code: error.code } : { message, stack };
}
