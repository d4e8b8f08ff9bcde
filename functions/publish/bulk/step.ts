import { bulkNotes, readBulkRun } from '../../../shared/aws/stored-bulk-run.ts';
import { CopydeskError } from '../../../shared/errors/errors.ts';
import {
  BULK_RUN_KEY,
  type BulkBatch,
  type BulkCount,
  type BulkFailure,
  type BulkNote,
  type BulkNoteEvent,
  type BulkRun,
  type BulkStep,
  type BulkStepEvent,
  failuresPrefix,
  paceOf,
  sizeOf,
} from '../../../shared/model/bulk-run.ts';
import type { PublishDeps } from '../views/view.ts';
import { writeList } from './lists.ts';
import { Cursor, FIRST, plan } from './plan.ts';

/** Time for planning in one call. A call has 15 minutes, and a page of the table takes less than a minute. */
const PLAN_MS = 480_000;

type Deps = Pick<PublishDeps, 'articles' | 'storage'>;

/**
 * Takes the next step of a bulk run: begins or continues it, plans a part of it, or counts the results of a list and
 * gives the next list. A repeated step does no harm.
 * @throws CopydeskError `no-bulk-run` if another run has replaced this one
 */
export async function takeStep(
  { run: name, order, resume, execution, list, results }: BulkStepEvent,
  deps: Deps,
  now: () => number = Date.now,
): Promise<BulkStep> {
  const stored = await readBulkRun(deps.storage);
  const at = new Date(now()).toISOString();
  let run: BulkRun;
  if (order !== undefined && stored?.name !== name)
    run = {
      name,
      order,
      startedAt: at,
      phase: 'plan',
      cursor: FIRST,
      lists: [],
      next: 0,
      done: 0,
      failed: 0,
    };
  else if (stored?.name === name) run = stored;
  else
    throw new CopydeskError('no-bulk-run', `The run ${name} was replaced by another one.`, { subject: name });
  if (execution !== undefined) run = { ...run, execution };
  if (resume && run.phase === 'end') run = await retrying(run, deps);
  // A repeated step names a list that is counted already.
  if (results !== undefined && run.lists[run.next]?.key === list) run = withResults(run, results);
  if (run.phase === 'plan') run = await planned(run, deps, now);
  if (run.phase === 'work' && (run.order.dryRun || run.next >= run.lists.length))
    run = { ...run, phase: 'end', endedAt: at };
  await deps.storage.put(BULK_RUN_KEY, JSON.stringify(run), JSON_TYPE);
  const answer = { run: name, order: run.order, ...paceOf(run.order) };
  const next = run.lists[run.next]?.key;
  if (run.phase === 'work' && next !== undefined) return { ...answer, action: 'work', list: next };
  if (run.phase === 'plan') return { ...answer, action: 'plan' };
  return { ...answer, action: run.failed > 0 ? 'failed' : 'end' };
}

/** Notes failures of a batch. Without failures, all of the batch has failed. */
export async function noteFailures(
  { run, batch, failures, error }: BulkNoteEvent,
  { storage }: Deps,
): Promise<BulkCount> {
  const failed =
    failures ??
    subjectsOf(batch).map(subject => ({ subject, message: (error ?? NO_ANSWER).slice(0, MAX_REASON_CHARS) }));
  const [first] = failed;
  if (first === undefined) return { done: 0, failed: 0 };
  // The key tells the batch, so that a repeated call writes the same object.
  const key = `${failuresPrefix(run)}${first.subject.replaceAll('/', '_')}.json`;
  const note: BulkNote = { batch: failedPart(batch, failed), failures: failed };
  await storage.put(key, JSON.stringify(note), JSON_TYPE);
  return { done: Math.max(0, sizeOf(batch) - failed.length), failed: failed.length };
}

const JSON_TYPE = { contentType: 'application/json' };

const MAX_REASON_CHARS = 300;

const NO_ANSWER = 'The function gave no answer.';

/** The name of the last batch in failures. */
const SITE = 'site';

function subjectsOf({ ids = [], pages = [], editions = [], finish }: BulkBatch): string[] {
  return [...ids, ...pages, ...editions.map(([id]) => id), ...(finish ? [SITE] : [])];
}

/** The part of a batch that has failed. A failed picture is not in the batch, and becomes an id of it. */
function failedPart(batch: BulkBatch, failures: readonly BulkFailure[]): BulkBatch {
  const failed = new Set(failures.map(({ subject }) => subject));
  const pages = batch.pages?.filter(key => failed.has(key)) ?? [];
  const editions = batch.editions?.filter(([id]) => failed.has(id)) ?? [];
  for (const subject of [...pages, ...editions.map(([id]) => id), SITE]) failed.delete(subject);
  return {
    ids: [...failed],
    pages,
    editions,
    ...(batch.finish && failures.some(({ subject }) => subject === SITE) && { finish: true }),
  };
}

/** Counts a list. What got no answer counts as failed. */
function withResults(run: BulkRun, results: readonly (BulkCount | null)[]): BulkRun {
  const size = run.lists[run.next]?.size ?? 0;
  const done = results.reduce((total, each) => total + (each?.done ?? 0), 0);
  return { ...run, next: run.next + 1, done: run.done + done, failed: run.failed + (size - done) };
}

async function planned(run: BulkRun, deps: Deps, now: () => number): Promise<BulkRun> {
  const until = now() + PLAN_MS;
  const from = Cursor.parse(run.cursor);
  const { lists, cursor } = await plan(run.name, run.order, from, deps, () => now() < until);
  const all = [...run.lists, ...lists];
  if (cursor !== undefined) return { ...run, cursor, lists: all };
  const { cursor: _, ...rest } = run;
  // The sort is stable, so lists of a stage keep their order.
  return {
    ...rest,
    phase: 'work',
    lists: all.sort((a, b) => a.stage - b.stage),
    workedFrom: new Date(now()).toISOString(),
  };
}

/** Makes the failures of an ended run its next list. */
async function retrying(run: BulkRun, { storage }: Deps): Promise<BulkRun> {
  const batches: BulkBatch[] = [];
  const noted: string[] = [];
  for await (const { key, batch } of bulkNotes(storage, run.name)) {
    batches.push(batch);
    noted.push(key);
  }
  if (batches.length === 0) return run;
  const list = await writeList(run.name, 'retry', run.lists.length, batches, storage);
  for (const key of noted) await storage.delete(key);
  const { endedAt: _, ...rest } = run;
  const failed = Math.max(0, run.failed - list.size);
  return { ...rest, phase: 'work', lists: [...run.lists, list], next: run.lists.length, failed };
}
