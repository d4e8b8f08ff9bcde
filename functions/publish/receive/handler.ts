import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { LOG_EVENTS } from '../../../shared/aws/telemetry.ts';
import { type CallContext, requireTime } from '../../call-context.ts';
import type { PublishDeps } from '../jobs/publish-deps.ts';
import { type RebuildResult, rebuild } from '../jobs/rebuild.ts';
import { releaseAhead } from '../jobs/release.ts';
import { publishSite } from '../jobs/site-files.ts';
import { tellHubAgain, tellingHub } from '../jobs/websub.ts';
import { brokenLine } from './failure-lines.ts';
import type { PublishHandlerDeps, ReportingDeps } from './handler-deps.ts';
import { publishBatch } from './publish-batch.ts';
import { releasing, tick } from './tick.ts';

/** What a schedule sends: `tick` every minute, `rebuild` every day. */
interface ScheduledOrder {
  copydesk: 'tick' | 'rebuild';
}

/** What Lambda reads of a batch; and what a rebuild did, for the person who ordered it. */
type Answer = DynamoDBBatchResponse & { rebuilt?: RebuildResult };

export type PublishHandler = (
  event: DynamoDBStreamEvent | ScheduledOrder,
  context?: CallContext,
) => Promise<Answer>;

/**
 * For the file that is begun, and for the note of the change that fails for want of time: a call to S3 that fails with all
 * its tries takes 13 seconds.
 */
const RESERVE_MS = 30_000;

const NOTHING_FAILED: DynamoDBBatchResponse = { batchItemFailures: [] };

/**
 * The publish function: a batch of the table's change stream, or an order of a schedule. It throws where a
 * batch cannot be published, and Lambda then halves it until the record that fails stands alone: which one it
 * is, a batch that is published as one cannot tell. Repeating those that went well changes nothing.
 */
export function publishHandler(given: PublishHandlerDeps): PublishHandler {
  // The style sheet, the icons and the front page of an empty site come with a deployment: looked at once in
  // each container, and after what is due, which may not wait.
  let siteIsPublished = false;
  const handle = async (
    event: Parameters<PublishHandler>[0],
    publisher: PublishDeps,
    deps: ReportingDeps,
  ) => {
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
    // Last, for it may wait.
    const { lookAhead: watch } = deps;
    if (event.copydesk === 'tick' && watch) await releaseAhead({ ...releasing(deps), lookAhead: watch });
    return rebuilt === undefined ? NOTHING_FAILED : { ...NOTHING_FAILED, rebuilt };
  };
}
