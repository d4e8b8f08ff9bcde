import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { LOG_EVENTS, type LogLine, levelOf } from '../../../shared/aws/telemetry.ts';
import { type CopydeskError, reportOf } from '../../../shared/errors/errors.ts';
import type { FunctionSettings } from '../../../shared/settings/settings.ts';
import type { Measurements } from '../../../shared/stack/metrics.ts';
import { type CallContext, requireTime } from '../../call-context.ts';
import { settleChangedGroups } from '../jobs/changed-groups.ts';
import { publishChanges } from '../jobs/publish-changes.ts';
import type { PublishDeps } from '../jobs/publish-deps.ts';
import { type Rebuilt, rebuild } from '../jobs/rebuild.ts';
import { type ReleaseDeps, releaseAhead, releaseDue, type Watch } from '../jobs/release.ts';
import { publishSite } from '../jobs/site-files.ts';
import { type HubDeps, tellHubAgain, tellingHub } from '../jobs/websub.ts';
import { type Change, joined } from '../model/change.ts';
import { BAD_STATE } from '../states/state.ts';
import { noteUnpublished } from '../states/unpublished.ts';
import { awaitedSince, secondsBehind, secondsBetween } from './measures.ts';
import { readChange } from './read-change.ts';

/** What a schedule sends: `tick` every minute, `rebuild` every day. */
interface ScheduledOrder {
  copydesk: 'tick' | 'rebuild';
}

/** What Lambda reads of a batch; and what a rebuild did, for the person who ordered it. */
type Answer = DynamoDBBatchResponse & { rebuilt?: Rebuilt };

export type PublishHandler = (
  event: DynamoDBStreamEvent | ScheduledOrder,
  context?: CallContext,
) => Promise<Answer>;

/** What the handler needs: a press, and what telling a hub of changes takes. */
export interface HandlerDeps extends Omit<PublishDeps & HubDeps, 'onBroken'> {
  duplicates: FunctionSettings['duplicates'];
  /** Absent: a tick releases what is due, and waits for nothing. */
  watch?: Watch;
  /** Whether a tick looks how far the front page is behind the table. On a laptop nobody would read it. */
  measuring?: boolean;
}

/**
 * For the file that is begun, and for the note of the change that fails for want of time: a call to S3 that fails with all
 * its tries takes 13 seconds.
 */
const RESERVE_MS = 30_000;

/** The same, and what broken records and states are reported to. */
type ReportingDeps = HandlerDeps & Pick<PublishDeps, 'onBroken'>;

const NOTHING_FAILED: DynamoDBBatchResponse = { batchItemFailures: [] };

/**
 * The publish function: a batch of the table's change stream, or an order of a schedule. It throws where a
 * batch cannot be published, and Lambda then halves it until the record that fails stands alone: which one it
 * is, a batch that is published as one cannot tell. Repeating those that went well changes nothing.
 */
export function publishHandler(given: HandlerDeps): PublishHandler {
  // The style sheet, the icons and the front page of an empty site come with a deployment: looked at once in
  // each container, and after what is due, which may not wait.
  let siteIsPublished = false;
  const handle = async (event: Parameters<PublishHandler>[0], press: PublishDeps, deps: ReportingDeps) => {
    if (!('copydesk' in event)) await publishBatch(event, press, deps);
    else if (event.copydesk === 'rebuild') {
      const rebuilt = await rebuild(press);
      deps.log({ event: LOG_EVENTS.rebuilt, ...rebuilt });
      return rebuilt;
    } else {
      await tick(deps);
      if (!siteIsPublished) await publishSite(press);
      siteIsPublished = true;
    }
    return undefined;
  };
  return async (event, context) => {
    const log: HandlerDeps['log'] = line => given.log({ ...line, requestId: context?.awsRequestId });
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
    const { watch } = deps;
    if (event.copydesk === 'tick' && watch) await releaseAhead({ ...releasing(deps), watch });
    return rebuilt === undefined ? NOTHING_FAILED : { ...NOTHING_FAILED, rebuilt };
  };
}

async function tick(deps: ReportingDeps): Promise<void> {
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

function releasing({ articles, duplicates, now, watch, log }: HandlerDeps): ReleaseDeps {
  return {
    articles,
    duplicates,
    now,
    watch,
    onReleased: ({ id, status, headline, source: { key } }) =>
      log({ event: LOG_EVENTS.released, id, key, headline, status }),
    onFailed: (id, error) => log(recordFailed(id, error)),
  };
}

async function publishBatch(
  { Records }: DynamoDBStreamEvent,
  press: PublishDeps,
  { duplicates, log, now }: HandlerDeps,
): Promise<void> {
  const started = performance.now();
  let bytes = 0;
  const onWritten: PublishDeps['onWritten'] = (key, size) => {
    bytes += size;
    press.onWritten?.(key, size);
  };
  const changes = new Map<string, Change>();
  for (const record of Records) {
    const change = readChange(record);
    if (change === undefined) continue;
    const earlier = changes.get(change.id);
    changes.set(change.id, earlier ? joined(earlier, change) : change);
  }
  if (changes.size === 0) return;
  const ids = [...changes.keys()];
  try {
    await settleChangedGroups(Records, { articles: press.articles, duplicates, now });
    const done = await publishChanges([...changes.values()], { ...press, onWritten });
    const metrics = {
      Age: Records.flatMap(record => awaitedSince(record) ?? []).map(since => secondsBetween(since, now())),
      EditionsTouched: done.views,
      FilesWritten: done.files,
      BytesWritten: bytes,
    };
    log({ event: LOG_EVENTS.published, ...done, ids, ms: Math.round(performance.now() - started), metrics });
  } catch (error) {
    const failed = (fault: unknown) => log({ event: LOG_EVENTS.publishFailed, ...failureOf(fault), ids });
    failed(error);
    // Lambda halves a batch until the change that fails stands alone, and may then give it up.
    const [only, ...others] = changes.values();
    if (only && others.length === 0) await noteUnpublished(only, press).catch(failed);
    throw error;
  }
}

function brokenLine(error: CopydeskError): LogLine {
  const { code, subject } = error;
  // A broken state is made again at once: nobody needs to be called.
  return code === BAD_STATE
    ? { event: LOG_EVENTS.stateBroken, key: subject, ...failureOf(error) }
    : recordFailed(subject, error);
}

function recordFailed(id: string, error: unknown): LogLine {
  return { event: LOG_EVENTS.recordFailed, id, ...failureOf(error), metrics: { RecordFailed: 1 } };
}

function failureOf(error: unknown) {
  const report = reportOf(error);
  return { level: levelOf(report), ...report };
}
