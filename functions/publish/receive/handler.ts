import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { LOG_EVENTS } from '../../../shared/aws/telemetry.ts';
import { type CallContext, requireTime } from '../../call-context.ts';
import type { PublishDeps } from '../jobs/publish-deps.ts';
import { rebuild } from '../jobs/rebuild.ts';
import type { RebuildResult } from '../jobs/rebuild-work.ts';
import { releaseAhead } from '../jobs/release.ts';
import { publishSite } from '../jobs/site-files.ts';
import { tellHubAgain, tellingHub } from '../jobs/websub.ts';
import { brokenLine } from './failure-lines.ts';
import type { PublishHandlerDeps, ReportingDeps } from './handler-deps.ts';
import { publishBatch } from './publish-batch.ts';
import { releasing, tick } from './tick.ts';

/** The event of a schedule: `tick` every minute, and `rebuild` every day. */
interface ScheduledOrder {
  copydesk: 'tick' | 'rebuild';
}

type PublishEvent = DynamoDBStreamEvent | ScheduledOrder;

/** The response to Lambda, and the result of a rebuild for the person who ordered it. */
type Answer = DynamoDBBatchResponse & { rebuilt?: RebuildResult };

export type PublishHandler = (event: PublishEvent, context?: CallContext) => Promise<Answer>;

/**
 * Time in milliseconds for the two last calls to S3: one writes the current file, and one notes a change for which no
 * time is left. A call to S3 with all its retries takes 13 seconds.
 */
const RESERVE_MS = 30_000;

const NOTHING_FAILED: DynamoDBBatchResponse = { batchItemFailures: [] };

/**
 * The publish function. It handles a batch of the table's change stream, or an event of a schedule. It throws if a batch
 * cannot be published. It cannot name the failing record, because it publishes the batch as a whole. So Lambda halves
 * the batch until that record is alone.
 */
export function publishHandler(given: PublishHandlerDeps): PublishHandler {
  // A deployment can change the style sheet and the icons, so each container writes them once. The first tick releases
  // due articles before this, because they must not wait.
  let siteIsPublished = false;
  const handle = async (event: PublishEvent, publisher: PublishDeps, deps: ReportingDeps) => {
    if (!('copydesk' in event)) await publishBatch(event, publisher, deps);
    else if (event.copydesk === 'rebuild') {
      const rebuilt = await rebuild(publisher);
      deps.log({ event: LOG_EVENTS.rebuilt, ...rebuilt });
      return rebuilt;
    } else {
      await tick(deps);
      if (!siteIsPublished) await publishSite(publisher);
      siteIsPublished = true;
    }
    return undefined;
  };
  return async (event, context) => {
    const log: PublishHandlerDeps['log'] = line => given.log({ ...line, requestId: context?.awsRequestId });
    const deps: ReportingDeps = {
      ...given,
      log,
      onBroken: error => log(brokenLine(error)),
      requireTime: key => requireTime(context, RESERVE_MS, key),
    };
    const rebuilt = await tellingHub(deps, onWritten => handle(event, { ...deps, onWritten }, deps));
    if (!('copydesk' in event)) return NOTHING_FAILED;
    await tellHubAgain(deps);
    // This comes last, because it can wait for an article that falls due.
    const { lookAhead: watch } = deps;
    if (event.copydesk === 'tick' && watch) await releaseAhead({ ...releasing(deps), lookAhead: watch });
    return rebuilt === undefined ? NOTHING_FAILED : { ...NOTHING_FAILED, rebuilt };
  };
}
