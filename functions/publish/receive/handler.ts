import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { LOG_EVENTS } from '../../../shared/aws/telemetry.ts';
import { loadedOnce } from '../../../shared/model/loaded-once.ts';
import type { ProbeAnswer } from '../../../shared/model/probe.ts';
import { type CallContext, requireTime } from '../../call-context.ts';
import type { RebuildResult } from '../check/rebuild-work.ts';
import { releaseAhead } from '../jobs/release.ts';
import { type RetryResult, retryAll } from '../jobs/retry-unpublished.ts';
import { publishSite } from '../jobs/site-files.ts';
import { noteSettings } from '../states/site-settings.ts';
import type { PublishDeps } from '../views/view.ts';
import { brokenLine } from './failure-lines.ts';
import type { PublishHandlerDeps, ReportingDeps } from './handler-deps.ts';
import { publishBatch } from './publish-batch.ts';
import { releasing, retrying, tick } from './tick.ts';

/** The event of a schedule (`tick` every minute, `rebuild` every day) or of a command (`rebuild`, `retry`, `probe`). */
interface Order {
  copydesk: 'tick' | 'rebuild' | 'retry' | 'probe';
}

type PublishEvent = DynamoDBStreamEvent | Order;

/** The results of orders, for the person who gave the order. */
interface Results {
  rebuilt?: RebuildResult;
  retried?: RetryResult;
  probed?: ProbeAnswer;
}

/** The response to Lambda, and the result of an order. */
type Answer = DynamoDBBatchResponse & Results;

export type PublishHandler = (event: PublishEvent, context?: CallContext) => Promise<Answer>;

/**
 * Time in milliseconds for the two last calls: one writes the current file to S3, and one remembers a change for which no
 * time is left. A call with all its retries takes 13 seconds.
 */
const RESERVE_MS = 30_000;

const NOTHING_FAILED: DynamoDBBatchResponse = { batchItemFailures: [] };

/** The code of rare orders is not loaded at start. */
const rebuildCode = loadedOnce(() => import('../check/rebuild.ts'));
const aliasesCode = loadedOnce(() => import('../jobs/publish-aliases.ts'));
/** Most sites have no hub. */
const hubCode = loadedOnce(() => import('../jobs/websub.ts'));

/**
 * The publish function. It handles a batch of the table's change stream, or an order. It throws if a batch of several
 * articles cannot be published. It cannot name the failing record, because it publishes the batch as a whole. So Lambda
 * halves the batch until that record is alone. This record is then remembered in the table.
 */
export function publishHandler(given: PublishHandlerDeps): PublishHandler {
  // A deployment can change the style sheet and the icons, so each container writes them once. The first tick releases
  // due articles before this, because they must not wait.
  let siteIsPublished = false;
  const handle = async (
    event: PublishEvent,
    publisher: PublishDeps,
    deps: ReportingDeps,
  ): Promise<Results> => {
    if (!('copydesk' in event)) await publishBatch(event, publisher, deps);
    else if (event.copydesk === 'rebuild') {
      const { rebuild } = await rebuildCode();
      const rebuilt = await rebuild(retrying(deps, publisher));
      deps.log({ event: LOG_EVENTS.rebuilt, ...rebuilt, metrics: { Checks: 1 } });
      return { rebuilt };
    } else if (event.copydesk === 'retry') return { retried: await retryAll(retrying(deps, publisher)) };
    else {
      await tick(deps, publisher);
      if (!siteIsPublished) {
        await publishSite(publisher);
        await (await aliasesCode()).publishRedirects(publisher);
        await noteSettings(deps);
      }
      siteIsPublished = true;
    }
    return {};
  };
  return async (event, context) => {
    const log: PublishHandlerDeps['log'] = line => given.log({ ...line, requestId: context?.awsRequestId });
    if ('copydesk' in event && event.copydesk === 'probe') {
      const { probePublish } = await import('./probe.ts');
      return { ...NOTHING_FAILED, ...(await probePublish(given)) };
    }
    const deps: ReportingDeps = {
      ...given,
      log,
      onBroken: error => log(brokenLine(error)),
      requireTime: key => requireTime(context, RESERVE_MS, key),
    };
    const hub = deps.site.hub === undefined ? undefined : await hubCode();
    const work = (onWritten?: PublishDeps['onWritten']) => handle(event, { ...deps, onWritten }, deps);
    const results = await (hub === undefined ? work() : hub.tellingHub(deps, work));
    if (!('copydesk' in event)) return NOTHING_FAILED;
    await hub?.tellHubAgain(deps);
    // This comes last, because it can wait for an article that falls due.
    const { lookAhead: watch } = deps;
    if (event.copydesk === 'tick' && watch) await releaseAhead({ ...releasing(deps), lookAhead: watch });
    return { ...NOTHING_FAILED, ...results };
  };
}
