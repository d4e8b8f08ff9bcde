import { CopydeskError } from '../../../shared/errors/errors.ts';
import type { EditionScope } from '../jobs/change-plan.ts';
import { type Published, publishChanges } from '../jobs/publish-changes.ts';
import type { ArticleChange } from '../model/change.ts';
import { BAD_STATE } from '../states/state.ts';
import type { PublishDeps } from '../views/view.ts';

/** Number of articles in a batch. Memory must hold their bodies at the same time. */
export const ARTICLES_PER_BATCH = 100;

/**
 * Maximum number of failures up to which the articles of a failed batch are published one by one. With more failures,
 * the fault is not in single articles.
 */
const MAX_PUBLISHED_ALONE = 20;

/** Maximum number of failures that a rebuild names. It also reports their total number. */
const MAX_NAMED_FAILURES = 100;

interface Failure {
  /** Id of an article or media file, or key of a stored state. */
  subject: string;
  message: string;
}

export interface RebuildResult extends Published {
  /** Number of articles, media files and states that could not be read or published. */
  failures: number;
  failed: Failure[];
}

export interface Work extends Published {
  failed: Map<string, Failure>;
  /** Errors of articles that could not be published, by id. They are not tried again in this rebuild. */
  stuck: Map<string, unknown>;
  /** Remembers a change that could not be published, so that ticks try it again. */
  remember(change: ArticleChange, error: unknown): Promise<void>;
  /** Number of errors of publishing. */
  errors: number;
  cause?: unknown;
}

/** The work of a rebuild that has done nothing yet. */
export function startWork(remember: Work['remember']): Work {
  return { articles: 0, views: 0, files: 0, failed: new Map(), stuck: new Map(), remember, errors: 0 };
}

/** Dependencies that also add each broken record, body and media file to the failures. */
export function noticing(deps: PublishDeps, { failed }: Work): PublishDeps {
  return {
    ...deps,
    onBroken(error) {
      const { code, subject, message } = error;
      // A broken state is no failure, because publishing fills it again.
      if (code !== BAD_STATE && !failed.has(subject)) failed.set(subject, { subject, message });
      deps.onBroken(error);
    },
  };
}

/**
 * The result of finished work.
 * @throws CopydeskError `not-rebuilt`, retryable, if something could not be published
 */
export function finish({ failed, errors, cause, articles, views, files }: Work): RebuildResult {
  const all = [...failed.values()];
  const named = all.slice(0, MAX_NAMED_FAILURES);
  if (errors === 0) return { articles, views, files, failures: all.length, failed: named };
  const message = `${all.length} could not be published: ${all
    .slice(0, 5)
    .map(failure => `${failure.subject} (${failure.message})`)
    .join('; ')}${all.length > 5 ? '; and others' : ''}.`;
  const subject = all[0]?.subject ?? '';
  throw new CopydeskError('not-rebuilt', message, { subject, cause });
}

/**
 * Publishes changes in batches, as {@link publishApart} does.
 * @param scope the editions that are written
 */
export async function publishAll(
  changes: Iterable<ArticleChange> | AsyncIterable<ArticleChange>,
  deps: PublishDeps,
  work: Work,
  scope: EditionScope = 'all',
): Promise<void> {
  const batch: ArticleChange[] = [];
  for await (const change of changes) {
    const error = work.stuck.get(change.id);
    if (error !== undefined) {
      await work.remember(change, error);
      continue;
    }
    batch.push(change);
    if (batch.length >= ARTICLES_PER_BATCH) await publishApart(batch.splice(0), deps, work, scope);
  }
  await publishApart(batch, deps, work, scope);
}

/** Publishes a batch. If the batch fails, publishes its articles one by one, so that only the broken one fails. */
async function publishApart(
  batch: readonly ArticleChange[],
  deps: PublishDeps,
  work: Work,
  scope: EditionScope,
): Promise<void> {
  if (batch.length === 0) return;
  try {
    const { articles, views, files } = await publishChanges(batch, deps, scope);
    work.articles += articles;
    work.views += views;
    work.files += files;
  } catch (error) {
    // Publishing the articles one by one would also run out of time.
    if (isOutOfTime(error)) throw error;
    if (batch.length > 1 && work.errors < MAX_PUBLISHED_ALONE) {
      for (const change of batch) await publishApart([change], deps, work, scope);
      return;
    }
    for (const change of batch) {
      noteFailure(change.id, error, deps, work);
      work.stuck.set(change.id, error);
      await work.remember(change, error);
    }
  }
}

/** Runs one step of a rebuild. A failure is reported and does not stop the other steps. */
export async function tried(
  subject: string,
  deps: PublishDeps,
  work: Work,
  step: () => Promise<void>,
): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (isOutOfTime(error)) throw error;
    noteFailure(subject, error, deps, work);
  }
}

/** Whether the time of the call has ended. */
export function isOutOfTime(error: unknown): boolean {
  return error instanceof CopydeskError && error.code === 'out-of-time';
}

function noteFailure(subject: string, cause: unknown, deps: PublishDeps, work: Work): void {
  work.errors++;
  work.cause ??= cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  deps.onBroken(new CopydeskError('not-published', message, { subject, cause }));
}
