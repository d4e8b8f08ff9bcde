import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { awsFault } from '../../shared/aws/aws-errors.ts';
import { countMessages, type QueueCounts } from '../../shared/aws/queue-counts.ts';
import { isArticle } from '../../shared/model/article.ts';
import { holdOf, nextChangeOf } from '../../shared/model/schedule.ts';
import { LAST_INSTANT } from '../../shared/table/articles.ts';
import { describe as describeRun } from '../bulk/bulk-command.ts';
import { type BulkState, bulkState, machineOf } from '../bulk/run-state.ts';
import { atMost } from '../deployment/at-most.ts';
import { damageOf } from '../deployment/damage.ts';
import { type Deployment, type DeploymentOptions, withDeployment } from '../deployment/deployment.ts';
import { oldestMessage } from '../deployment/oldest-message.ts';
import { inBatches, rejectedSince } from '../deployment/rejected.ts';
import { type ChangedSettings, changedSettings, PUBLISH_ALL } from '../deployment/settings-changed.ts';
import { countUnpublished } from '../deployment/unpublished.ts';
import { colours } from '../output/colours.ts';
import { EXIT } from '../output/exit-codes.ts';
import { printable } from '../output/printable.ts';
import { ageOf, facts } from '../output/tables.ts';
import { localTime } from '../output/waiting.ts';

/** State of a deployment. Instants are RFC 3339, ages are seconds. */
interface Status {
  deployment: string;
  site: string;
  /** Messages in the intake queue. `oldest` is the age of the oldest one, undefined if unknown. */
  intake: QueueCounts & { oldest?: number | undefined };
  deadLetters: number;
  /** Changes that could not be published and are tried again. At most 2,000 are counted. */
  unpublished: number;
  /** Messages about changes that were given up. */
  publishFailures: number;
  /** Files that were rejected in the last seven days and still are. At most 1,000 are counted. */
  rejected: number;
  /** Broken records and lost bodies among the newest articles, and among those that wait. */
  broken: number;
  firstBroken: { id: string; message: string }[];
  /** Stories that wait for an editor. At most 1,000 are counted. */
  held: number;
  oldestHeld: { id: string; key: string; hold: string; since: string }[];
  /** Stories that wait for an instant. At most 1,000 are counted. */
  scheduled: number;
  nextScheduled: { id: string; key: string; due: string }[];
  /** The next change: the end of an embargo, or an expiry. */
  next?: { at: string; id: string; key: string; becomes: 'live' | 'withdrawn' } | undefined;
  /** Number of changes that are more than two minutes late. */
  overdue: number;
  newest?: { id: string; headline: string; publishedAt: string } | undefined;
  lastPublish?: string | undefined;
  /** Settings that changed since the whole site was last published. */
  settingsChanged?: ChangedSettings | undefined;
  /** The present or last run over all articles. */
  bulk?: BulkState | undefined;
}

const DAY_MS = 86_400_000;

const REJECTED_PERIOD_MS = 7 * DAY_MS;
const MAX_COUNTED_REJECTED = 1_000;

/** Time after which a change counts as overdue. A tick runs every minute and may be late within its minute. */
const OVERDUE_AFTER_MS = 120_000;

const MAX_COUNTED_WAITING = 1_000;

const SHOWN_WAITING = 3;

/** Number of articles of each kind that are checked for broken records. One read of the table has 100. */
const CHECKED_RECORDS = 100;

/** `copydesk status`: shows what waits, what failed and what comes next. */
export async function status(options: DeploymentOptions & { json?: boolean }): Promise<number> {
  return await withDeployment(options, async deployment => {
    const now = Date.now();
    const found = await look(deployment, now);
    process.stdout.write(
      options.json ? `${JSON.stringify(found)}\n` : `${describe(found, now, deployment.timeZone)}\n`,
    );
    return EXIT.ok;
  });
}

async function look(deployment: Deployment, now: number): Promise<Status> {
  const { name, outputs, clients, articles } = deployment;
  const { sqs } = clients;
  const since = new Date(now - REJECTED_PERIOD_MS).toISOString();
  const [intake, oldest, dead, failed, unpublished, rejected, damage, held, due, newest, lastPublish] =
    await Promise.all([
      countMessages(sqs, outputs.intakeQueue),
      oldestMessage(deployment, outputs.intakeQueue, now),
      countMessages(sqs, outputs.deadLetterQueue),
      countMessages(sqs, outputs.publishFailureQueue),
      countUnpublished(articles),
      rejectedSince(articles, since, MAX_COUNTED_REJECTED, now),
      damageOf(deployment, CHECKED_RECORDS),
      heldNow(deployment),
      dueNext(deployment, now),
      newestLive(deployment),
      writtenAt(deployment, 'feed.json'),
    ]);
  return {
    deployment: name,
    site: outputs.site,
    intake: { ...intake, oldest },
    deadLetters: dead.total,
    unpublished,
    publishFailures: failed.total,
    rejected: rejected.length,
    broken: damage.found.length,
    firstBroken: damage.found
      .slice(0, SHOWN_WAITING)
      .map(({ subject, message }) => ({ id: subject, message })),
    ...held,
    ...due,
    newest,
    lastPublish,
    settingsChanged: await changedSettings(deployment),
    bulk: await lastRun(deployment),
  };
}

async function lastRun(deployment: Deployment): Promise<BulkState | undefined> {
  const machine = await machineOf(deployment);
  try {
    return await bulkState(deployment, machine);
  } finally {
    machine?.close();
  }
}

async function heldNow({ articles }: Deployment): Promise<Pick<Status, 'held' | 'oldestHeld'>> {
  let held = 0;
  const oldestHeld: Status['oldestHeld'] = [];
  for await (const records of inBatches(articles, atMost(articles.held(), MAX_COUNTED_WAITING)))
    for (const { id, source, ingestedAt, ...record } of records) {
      // The index can be behind the table and still hold a released story.
      if (record.status !== 'held') continue;
      held++;
      if (oldestHeld.length < SHOWN_WAITING)
        oldestHeld.push({ id, key: source.key, hold: holdOf(record) ?? '', since: ingestedAt });
    }
  return { held, oldestHeld };
}

async function dueNext(
  { articles }: Deployment,
  now: number,
): Promise<Pick<Status, 'next' | 'overdue' | 'scheduled' | 'nextScheduled'>> {
  const present = new Date(now).toISOString();
  const past = new Date(now - OVERDUE_AFTER_MS).toISOString();
  let [overdue, scheduled] = [0, 0];
  let next: Status['next'];
  const nextScheduled: Status['nextScheduled'] = [];
  for await (const records of inBatches(articles, atMost(articles.due(LAST_INSTANT), MAX_COUNTED_WAITING)))
    for (const record of records) {
      const { id, status, source } = record;
      const at = nextChangeOf(record);
      if (at === undefined) continue;
      if (at < past) overdue++;
      else if (at > present)
        next ??= { at, id, key: source.key, becomes: status === 'scheduled' ? 'live' : 'withdrawn' };
      if (status !== 'scheduled') continue;
      scheduled++;
      if (nextScheduled.length < SHOWN_WAITING) nextScheduled.push({ id, key: source.key, due: at });
    }
  return { overdue, scheduled, nextScheduled, next };
}

async function newestLive({ articles }: Deployment): Promise<Status['newest']> {
  const [id] = await articles.newest(1);
  const record = id === undefined ? undefined : await articles.get(id);
  if (record === undefined || !isArticle(record)) return undefined;
  return { id: record.id, headline: record.headline, publishedAt: record.publishedAt };
}

/** Time of the last write of a file of the site. Undefined if there is no such file. */
async function writtenAt({ clients, outputs }: Deployment, key: string): Promise<string | undefined> {
  try {
    const { LastModified } = await clients.s3.send(
      new HeadObjectCommand({ Bucket: outputs.siteBucket, Key: key }),
    );
    return LastModified?.toISOString();
  } catch (error) {
    if (awsFault(error) === 'missing') return undefined;
    throw error;
  }
}

function describe(status: Status, now: number, timeZone: string): string {
  const { intake, deadLetters, unpublished, publishFailures, rejected, next, overdue, newest, lastPublish } =
    status;
  const alarming = (count: number, todo: string) =>
    count === 0 ? '0' : `${colours.red(String(count))}  ${colours.dim(todo)}`;
  const waits = [`${intake.ready + intake.delayed} waiting`, `${intake.inFlight} being read`];
  if (intake.oldest !== undefined) waits.push(`the oldest for ${intake.oldest} s`);
  return [
    colours.bold(status.deployment),
    facts([
      ['site', status.site],
      ['intake', waits.join(', ')],
      [
        'dead letters',
        alarming(deadLetters, '"copydesk failures" shows them, "copydesk retry" tries them again'),
      ],
      [
        'unpublished',
        alarming(unpublished, '"copydesk failures" shows them, "copydesk retry" tries them now'),
      ],
      ['failed publishes', alarming(publishFailures, '"copydesk retry" rebuilds the site')],
      [
        'rejected',
        `${alarming(rejected, '"copydesk failures" says why')}${rejected === 0 ? ' in seven days' : ''}`,
      ],
      [
        'broken',
        status.broken === 0
          ? undefined
          : [
              colours.red(String(status.broken)),
              ...status.firstBroken.map(({ message }) => printable(message)),
            ].join('\n'),
      ],
      [
        'overdue',
        overdue === 0 ? undefined : alarming(overdue, 'embargoes or expiries: does the schedule run?'),
      ],
      ['held', waiting(status.held, status.oldestHeld, ({ hold }) => hold)],
      [
        'scheduled',
        waiting(status.scheduled, status.nextScheduled, ({ due }) => `due ${localTime(due, timeZone)}`),
      ],
      [
        'next',
        next
          ? `${printable(next.key)} will be ${next.becomes} at ${localTime(next.at, timeZone)}`
          : 'nothing is scheduled',
      ],
      ['newest', newest && `${printable(newest.headline)} (${ageOf(newest.publishedAt, now)})`],
      ['settings', settingsText(status.settingsChanged, now)],
      ['last run', status.bulk && runText(status.bulk, now)],
      ['last publish', lastPublish ? `${lastPublish} (${ageOf(lastPublish, now)} ago)` : 'never'],
    ]),
  ].join('\n');
}

function settingsText(changed: ChangedSettings | undefined, now: number): string | undefined {
  if (changed === undefined) return undefined;
  const names = colours.yellow(`${changed.changed.join(', ')} changed ${ageOf(changed.since, now)} ago`);
  return `${names}  ${colours.dim(PUBLISH_ALL)}`;
}

/** Makes the text about the present or last run, such as `publish: 1200 done, 0 failed (ended 3h ago)`. */
function runText(run: BulkState, now: number): string {
  const when =
    run.endedAt === undefined ? `begun ${ageOf(run.startedAt, now)}` : `ended ${ageOf(run.endedAt, now)}`;
  const todo = run.state === 'stopped' ? `  ${colours.dim('--resume continues it')}` : '';
  return `${describeRun(run)} (${when} ago)${todo}`;
}

/** Makes the number of waiting stories and, on the next lines, the first of them with the reason. */
function waiting<T extends { key: string }>(
  count: number,
  first: readonly T[],
  waitsFor: (each: T) => string,
): string {
  const counted = count < MAX_COUNTED_WAITING ? String(count) : `${MAX_COUNTED_WAITING} or more`;
  return [counted, ...first.map(each => printable(`${each.key}: ${waitsFor(each)}`))].join('\n');
}
