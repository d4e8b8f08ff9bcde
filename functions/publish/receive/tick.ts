import { LOG_EVENTS } from '../../../shared/aws/telemetry.ts';
import { reportOf } from '../../../shared/errors/errors.ts';
import type { Measurements } from '../../../shared/stack/metrics.ts';
import { type ReleaseDeps, releaseDue } from '../jobs/release.ts';
import { type RetryDeps, retryDue, type WaitingChanges, waitingChanges } from '../jobs/retry-unpublished.ts';
import type { PublishDeps } from '../views/view.ts';
import { failureOf, recordFailed } from './failure-lines.ts';
import type { PublishHandlerDeps, ReportingDeps } from './handler-deps.ts';
import { secondsBehind } from './measures.ts';
import { publishPostponed } from './publish-postponed.ts';

/**
 * Releases due articles, logs their number with the measurements of the tick, tries the changes again that could not be
 * published, and writes the postponed views of new articles.
 */
export async function tick(deps: ReportingDeps, publisher: PublishDeps): Promise<void> {
  let released = 0;
  const { onReleased, ...releaser } = releasing(deps);
  await releaseDue({
    ...releaser,
    onReleased(article) {
      released++;
      onReleased(article);
    },
  });
  const waiting = await waitingChanges(deps);
  deps.log({ event: LOG_EVENTS.ticked, released, ...(await measured(deps, waiting)) });
  await retryDue(waiting, retrying(deps, publisher));
  if (deps.postponing)
    await publishPostponed({
      ...publisher,
      postponing: deps.postponing,
      onPublished: (ids, done) => deps.log({ event: LOG_EVENTS.published, ...done, ids, postponed: true }),
      onFailed: (ids, error) =>
        deps.log({ event: LOG_EVENTS.publishFailed, ...failureOf(error), ids, remembered: true }),
    });
}

/** The measurements of a tick. The function never throws, so that an unreadable state does not stop releases. */
async function measured(
  deps: ReportingDeps,
  { gone, live }: WaitingChanges,
): Promise<{ metrics?: Measurements; unmeasured?: string }> {
  if (!deps.measuring) return { metrics: { Ticks: 1 } };
  const metrics = { Ticks: 1, Checks: 0, Unpublished: gone.length + live.length };
  try {
    return { metrics: { ...metrics, Behind: await secondsBehind(deps) } };
  } catch (error) {
    return { metrics, unmeasured: reportOf(error).message };
  }
}

/** The dependencies of a retry. They log what is published, and what fails again. */
export function retrying({ log, now }: PublishHandlerDeps, publisher: PublishDeps): RetryDeps {
  return {
    ...publisher,
    now,
    onRetried: (ids, done) => log({ event: LOG_EVENTS.published, ...done, ids, retried: true }),
    onFailedAgain: (id, error) =>
      log({ event: LOG_EVENTS.publishFailed, ...failureOf(error), ids: [id], retried: true }),
  };
}

/** The dependencies of releasing. They log each release and each failure. */
export function releasing(deps: PublishHandlerDeps): ReleaseDeps {
  const { articles, duplicates, now, lookAhead, log } = deps;
  return {
    articles,
    duplicates,
    now,
    lookAhead,
    onReleased: ({ id, status, headline, source: { key } }) =>
      log({ event: LOG_EVENTS.released, id, key, headline, status }),
    onFailed: (id, error) => log(recordFailed(id, error)),
  };
}
