import { readBulkRun } from '../../../shared/aws/stored-bulk-run.ts';
import { LOG_EVENTS } from '../../../shared/aws/telemetry.ts';
import {
  type BulkAnswer,
  type BulkCount,
  type BulkEvent,
  type BulkOrder,
  type BulkStep,
  coversAll,
  waitAfter,
} from '../../../shared/model/bulk-run.ts';
import type { CallContext } from '../../call-context.ts';
import { publishBulk } from '../bulk/publish-bulk.ts';
import { noteFailures, takeStep } from '../bulk/step.ts';
import { notePublished, noteSettings } from '../states/site-settings.ts';
import { brokenLine } from './failure-lines.ts';
import type { PublishHandlerDeps } from './handler-deps.ts';

export type BulkHandler = (
  event: BulkEvent,
  context?: CallContext,
) => Promise<BulkStep | BulkAnswer | BulkCount>;

/** The part of the publish function that works for bulk runs: it plans them, and publishes their batches. */
export function bulkHandler(given: PublishHandlerDeps): BulkHandler {
  return async (event, context) => {
    const log: PublishHandlerDeps['log'] = line => given.log({ ...line, requestId: context?.awsRequestId });
    const deps = { ...given, onBroken: (error: Parameters<typeof brokenLine>[0]) => log(brokenLine(error)) };
    if (event.copydesk === 'bulk-step') {
      // A change of settings is noted before the run begins, so that the run covers it.
      if (event.order?.kind === 'publish') await noteSettings(deps);
      const step = await takeStep(event, deps);
      if (step.action === 'end' && isOfWholeSite(step.order)) {
        const run = await readBulkRun(deps.storage);
        if (run !== undefined) await notePublished(deps, run.startedAt);
      }
      log({ event: LOG_EVENTS.bulkStep, ...step });
      return step;
    }
    if (event.copydesk === 'bulk-note') return noteFailures(event, deps);
    const started = Date.now();
    const answer = await publishBulk(event.batch, event.order, deps);
    const ms = Date.now() - started;
    log({ event: LOG_EVENTS.bulkWork, done: answer.done, failed: answer.failed, ms });
    return { ...answer, wait: waitAfter(event.pause, started, Date.now()) };
  };
}

/** Whether a run writes every file of the site. */
function isOfWholeSite(order: BulkOrder): boolean {
  return order.kind === 'publish' && coversAll(order) && !order.dryRun;
}
