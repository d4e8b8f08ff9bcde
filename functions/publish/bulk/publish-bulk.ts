import { CopydeskError } from '../../../shared/errors/errors.ts';
import {
  type BulkAnswer,
  type BulkBatch,
  type BulkFailure,
  type BulkOrder,
  coversAll,
  sizeOf,
} from '../../../shared/model/bulk-run.ts';
import type { EditionScope } from '../jobs/change-plan.ts';
import { mendPage, renderPage } from '../jobs/mend.ts';
import { publishChanges } from '../jobs/publish-changes.ts';
import { isSwitchedOff } from '../jobs/switched-off.ts';
import { rewriteListPage } from '../lists/list-pages.ts';
import { type ArticleChange, changeTo } from '../model/change.ts';
import { EDITIONS, editionOf } from '../states/edition-state.ts';
import { listPageOf } from '../states/list-rows.ts';
import { BAD_STATE } from '../states/state.ts';
import type { PublishDeps } from '../views/view.ts';
import { finishSite } from './finish-site.ts';
import { publishEdition } from './publish-edition.ts';

/** Time for the batch, in milliseconds. The state machine waits longer for an answer (infra/constructs/bulk-work.ts). */
const BATCH_MS = 150_000;

/** Number of articles of a failed batch that may fail one by one before the rest counts as failed too. */
const MAX_FAILED_ALONE = 5;

const MAX_MESSAGE_CHARS = 300;

type Failures = Map<string, BulkFailure>;

/**
 * Does one batch of a republish. What fails is named in the answer and does not stop the rest. Calls may be repeated, in
 * any order and in parallel.
 */
export async function publishBulk(
  batch: BulkBatch,
  order: BulkOrder,
  given: PublishDeps,
  now: () => number = Date.now,
): Promise<Omit<BulkAnswer, 'wait'>> {
  const failures: Failures = new Map();
  const until = now() + BATCH_MS;
  const deps = noticing(
    {
      ...given,
      // No hub is told: a new template would announce every feed.
      onWritten: undefined,
      requireTime(key) {
        if (now() > until) throw new CopydeskError('out-of-time', OUT_OF_TIME, { subject: key });
        given.requireTime?.(key);
      },
    },
    failures,
  );
  const { ids = [], pages = [], editions = [], finish } = batch;
  const scope: EditionScope = coversAll(order) ? 'without-members' : 'of-part';
  await publishApart(
    ids.map(id => changeTo(id)),
    scope,
    deps,
    failures,
  );
  for (const key of pages) await tried(key, failures, () => publishPage(key, deps, failures));
  for (const [id, name] of editions) await tried(id, failures, () => publishEdition(id, name, deps));
  if (finish) await tried('site', failures, () => finishSite(deps));
  const all = [...failures.values()];
  return { done: Math.max(0, sizeOf(batch) - all.length), failed: all.length, failures: all };
}

const OUT_OF_TIME = 'The batch took too long. The same run with --resume tries it again.';

/** Dependencies that also add each broken record, body and media file to the failures. */
function noticing(deps: PublishDeps, failures: Failures): PublishDeps {
  return {
    ...deps,
    onBroken(error) {
      // A broken state is no failure, because publishing fills it again.
      if (error.code !== BAD_STATE) note(error.subject, error, failures);
      deps.onBroken(error);
    },
  };
}

/**
 * Writes a page of the list of an edition, or a page of the history. Removes the rows of the latter that have no record, and publishes the articles that stood there,
 * because they can stand on other pages too.
 */
async function publishPage(key: string, deps: PublishDeps, failures: Failures): Promise<void> {
  const listed = listPageOf(key);
  if (listed !== undefined) {
    const of = editionOf(`${EDITIONS}${listed.list}.json`);
    if (!isSwitchedOff(of, deps.site)) await rewriteListPage(of, listed.page, deps);
    return;
  }
  const { strays, others } = await mendPage(key, deps);
  const present = await deps.articles.getMany(others.map(({ id }) => id));
  const gone = others.filter(({ id }) => !present.has(id));
  await publishApart([...strays, ...gone], 'without-members', deps, failures);
  await renderPage(key, deps);
}

/** Publishes changes together. If this fails, publishes them one by one, so that only the broken ones fail. */
async function publishApart(
  changes: readonly ArticleChange[],
  scope: EditionScope,
  deps: PublishDeps,
  failures: Failures,
): Promise<void> {
  if (changes.length === 0) return;
  try {
    await publishChanges(changes, deps, scope);
    return;
  } catch (error) {
    if (isOutOfTime(error)) for (const { id } of changes) note(id, error, failures);
    if (isOutOfTime(error)) return;
  }
  let failed = 0;
  let last: unknown;
  for (const change of changes) {
    if (failed >= MAX_FAILED_ALONE) {
      note(change.id, last, failures);
      continue;
    }
    try {
      await publishChanges([change], deps, scope);
    } catch (error) {
      failed = isOutOfTime(error) ? MAX_FAILED_ALONE : failed + 1;
      last = error;
      note(change.id, error, failures);
    }
  }
}

async function tried(subject: string, failures: Failures, step: () => Promise<unknown>): Promise<void> {
  try {
    await step();
  } catch (error) {
    note(subject, error, failures);
  }
}

function note(subject: string, error: unknown, failures: Failures): void {
  if (failures.has(subject)) return;
  const message = (error instanceof Error ? error.message : String(error)).slice(0, MAX_MESSAGE_CHARS);
  failures.set(subject, { subject, message });
}

function isOutOfTime(error: unknown): boolean {
  return error instanceof CopydeskError && error.code === 'out-of-time';
}
