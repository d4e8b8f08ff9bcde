import { LOG_EVENTS } from '../../../shared/aws/telemetry.ts';
import { reportOf } from '../../../shared/errors/errors.ts';
import type { Measurements } from '../../../shared/stack/metrics.ts';
import { type ReleaseDeps, releaseDue } from '../jobs/release.ts';
import { recordFailed } from './failure-lines.ts';
import type { PublishHandlerDeps, ReportingDeps } from './handler-deps.ts';
import { secondsBehind } from './measures.ts';

/** Releases what is due, and logs it with what a tick measures. */
export async function tick(deps: ReportingDeps): Promise<void> {
  let released = 0;
  const { onReleased, ...releaser } = releasing(deps);
  await releaseDue({
    ...releaser,
    onReleased(article) {
      released++;
      onReleased(article);
    },
  });
  deps.log({ event: LOG_EVENTS.ticked, released, ...(await measured(deps)) });
}

/** What a tick measures. Never fails: what cannot be read does not keep articles from being released. */
async function measured(deps: ReportingDeps): Promise<{ metrics?: Measurements; unmeasured?: string }> {
  if (!deps.measuring) return { metrics: { Ticks: 1 } };
  try {
    return { metrics: { Ticks: 1, Behind: await secondsBehind(deps) } };
  } catch (error) {
    return { metrics: { Ticks: 1 }, unmeasured: reportOf(error).message };
  }
}

/** The dependencies of releasing: each release and each failure is logged. */
export function releasing({
  articles,
  duplicates,
  now,
  lookAhead: watch,
  log,
}: PublishHandlerDeps): ReleaseDeps {
  return {
    articles,
    duplicates,
    now,
    lookAhead: watch,
    onReleased: ({ id, status, headline, source: { key } }) =>
      log({ event: LOG_EVENTS.released, id, key, headline, status }),
    onFailed: (id, error) => log(recordFailed(id, error)),
  };
}
