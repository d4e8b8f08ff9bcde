import { setTimeout } from 'node:timers/promises';
import pMap from 'p-map';
import type { Bucket } from '../shared/aws/bucket.ts';
import { readBulkRun } from '../shared/aws/stored-bulk-run.ts';
import { CopydeskError } from '../shared/errors/errors.ts';
import {
  type BulkAnswer,
  BulkBatch,
  type BulkCount,
  type BulkEvent,
  type BulkNoteEvent,
  type BulkOrder,
  type BulkRun,
  type BulkStep,
  type BulkStepEvent,
  type BulkWorkEvent,
  bulkRunName,
} from '../shared/model/bulk-run.ts';
import type { LocalHandlers } from './handlers.ts';

/** Number of batches at the same time. A laptop has one process for all of them. */
const CONCURRENCY = 2;

/** The functions that work for a bulk run, in this process or behind an endpoint. */
interface BulkFunctions {
  publish(event: BulkEvent): Promise<unknown>;
  reprocess(event: BulkWorkEvent): Promise<unknown>;
}

export interface BulkRunOptions {
  run: string;
  /** Absent if a stopped run is continued. */
  order?: BulkOrder | undefined;
  storage: Bucket;
  functions: BulkFunctions;
  /** Stops the run after the batches that are under way. */
  signal?: AbortSignal | undefined;
  /** Called after each step and each batch, with the batches done and failed since the last step. */
  onProgress?: ((since: BulkCount) => void) | undefined;
  sleep?(seconds: number): Promise<void>;
}

/**
 * Does a bulk run without a state machine: the same steps and the same calls of the functions
 * (infra/constructs/bulk-work.ts), from this process.
 * @returns false if the signal stopped the run
 */
export async function runBulk(options: BulkRunOptions): Promise<boolean> {
  const { run, order, functions, signal, onProgress = () => undefined } = options;
  const step = (event: Partial<BulkStepEvent>) =>
    functions.publish({ copydesk: 'bulk-step', run, ...event }) as Promise<BulkStep>;
  let next = await step(order === undefined ? { resume: true } : { order });
  while (next.action === 'plan' || next.action === 'work') {
    onProgress({ done: 0, failed: 0 });
    const results = next.action === 'work' ? await workOff(next, options) : undefined;
    // A list that is not worked off has no results. The next run begins with it.
    if (signal?.aborted) return false;
    next = await step(next.action === 'work' ? { list: next.list, results } : {});
  }
  onProgress({ done: 0, failed: 0 });
  return true;
}

/** Gives each batch of a list to its function, as the state machine does. */
async function workOff(
  { list, order, pause }: BulkStep & { action: 'work' },
  { run, storage, functions, signal, onProgress, sleep = realSeconds }: BulkRunOptions,
): Promise<BulkCount[]> {
  const since: BulkCount = { done: 0, failed: 0 };
  const work = async (batch: BulkBatch): Promise<BulkCount> => {
    if (signal?.aborted) return { done: 0, failed: 0 };
    const event: BulkWorkEvent = { copydesk: 'bulk-work', order, batch, pause };
    const call = order.kind === 'publish' ? functions.publish : functions.reprocess;
    const answer = await (call(event) as Promise<BulkAnswer>).catch(error => ({
      error: String(error),
      wait: 0,
    }));
    const note: BulkNoteEvent = { copydesk: 'bulk-note', run, batch, ...answer };
    const isDone = 'failed' in answer && answer.failed === 0;
    const count = isDone ? answer : ((await functions.publish(note)) as BulkCount);
    since.done += count.done;
    since.failed += count.failed;
    onProgress?.(since);
    if (answer.wait > 0 && !signal?.aborted) await sleep(answer.wait);
    return { done: count.done, failed: count.failed };
  };
  return pMap(await batchesOf(list, storage), work, { concurrency: CONCURRENCY });
}

async function batchesOf(key: string, storage: Bucket): Promise<BulkBatch[]> {
  const object = await storage.get(key);
  const lines = Buffer.from(object?.bytes ?? [])
    .toString('utf8')
    .split('\n');
  return lines.filter(line => line !== '').map(line => BulkBatch.parse(JSON.parse(line)));
}

const realSeconds = (seconds: number): Promise<void> => setTimeout(seconds * 1_000);

/** Runs a bulk run in the process of the handlers, to its end. @throws CopydeskError if something failed */
export async function runBulkHere(
  order: BulkOrder,
  { bulk, reprocess, publishDeps: { storage } }: Pick<LocalHandlers, 'bulk' | 'reprocess' | 'publishDeps'>,
): Promise<BulkRun> {
  const run = bulkRunName(order, new Date());
  await runBulk({ run, order, storage, functions: { publish: bulk, reprocess } });
  const ended = await readBulkRun(storage);
  if (ended === undefined || ended.failed > 0)
    throw new CopydeskError('not-rebuilt', `${ended?.failed} could not be published.`, { subject: run });
  return ended;
}
