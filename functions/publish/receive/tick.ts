import { LOG_EVENTS } from '../../../shared/aws/telemetry.ts';
import { reportOf } from '../../../shared/errors/errors.ts';
import type { Measurements } from '../../../shared/stack/metrics.ts';
import { type ReleaseDeps, releaseDue } from '../jobs/release.ts';
import { recordFailed } from './failure-lines.ts';
import type { PublishHandlerDeps, ReportingDeps } from './handler-deps.ts';
import { secondsBehind } from './measures.ts';

/** Releases due articles, and logs their number with the measurements of the tick. */
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

/** The measurements of a tick. The function never throws, so that an unreadable state does not stop releases. */
async function measured(deps: ReportingDeps): Promise<{ metrics?: Measurements; unmeasured?: string }> {
  if (!deps.measuring) return { metrics: { Ticks: 1 } };
  try {
    return { metrics: { Ticks: 1, Behind: await secondsBehind(deps) } };
  } catch (error) {
    return { metrics: { Ticks: 1 }, unmeasured: reportOf(error).message };
  }
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
