import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { awsFault } from '../../shared/aws/aws-errors.ts';
import { isArticle } from '../../shared/model/article.ts';
import { nextChangeOf } from '../../shared/model/schedule.ts';
import { LAST_INSTANT } from '../../shared/table/articles.ts';
import { type Deployment, type DeploymentOptions, openDeployment } from '../deployment/deployment.ts';
import { oldestMessage } from '../deployment/oldest-message.ts';
import { type QueueCounts, waitingIn } from '../deployment/queues.ts';
import { inBatches, rejectedSince } from '../deployment/rejected.ts';
import { colours } from '../output/colours.ts';
import { EXIT } from '../output/exit-codes.ts';
import { printable } from '../output/printable.ts';
import { ageOf, facts } from '../output/tables.ts';
import { localTime } from '../output/waiting.ts';

/** How it is going. Instants are RFC 3339, ages seconds. */
interface Status {
  deployment: string;
  site: string;
  /** What waits in the intake queue; `oldest` in seconds, absent where nobody measures it. */
  intake: QueueCounts & { oldest?: number | undefined };
  deadLetters: number;
  publishFailures: number;
  /** In the last seven days, and still so; 1,000 at most are counted. */
  rejected: number;
  /** What waits for an editor, and the first of it; 1,000 at most are counted. */
  held: number;
  oldestHeld: { id: string; key: string; hold: string; since: string }[];
  /** What waits for an instant, and the first of it; 1,000 at most are counted. */
  scheduled: number;
  nextScheduled: { id: string; key: string; due: string }[];
  /** What falls due next: an embargo's end, an expiry. */
  next?: { at: string; id: string; key: string; becomes: 'live' | 'withdrawn' } | undefined;
  /** What should have changed two minutes ago. */
  overdue: number;
  newest?: { id: string; headline: string; publishedAt: string } | undefined;
  /** When the feed of everything was last written. */
  lastPublish?: string | undefined;
}

const DAY_MS = 86_400_000;
const REJECTED_FOR_MS = 7 * DAY_MS;
const MOST_REJECTED = 1_000;

/** A tick comes each minute and may come late in its own. */
const OVERDUE_MS = 120_000;

/** What waits is looked through so far. */
const MOST_WAITING = 1_000;

/** Of what waits, so many are shown. */
const SHOWN_WAITING = 3;

/** `copydesk status`: what waits, what failed, what comes next. */
export async function status(options: DeploymentOptions & { json?: boolean }): Promise<number> {
  const deployment = await openDeployment(options);
  try {
    const now = Date.now();
    const found = await look(deployment, now);
    process.stdout.write(
      options.json ? `${JSON.stringify(found)}\n` : `${describe(found, now, deployment.timeZone)}\n`,
    );
    return EXIT.ok;
  } finally {
    deployment.close();
  }
}

async function look(deployment: Deployment, now: number): Promise<Status> {
  const { name, outputs, clients, articles } = deployment;
  const { sqs } = clients;
  const since = new Date(now - REJECTED_FOR_MS).toISOString();
  const [intake, oldest, dead, failed, rejected, held, due, newest, lastPublish] = await Promise.all([
    waitingIn(sqs, outputs.intakeQueue),
    oldestMessage(deployment, outputs.intakeQueue, now),
    waitingIn(sqs, outputs.deadLetterQueue),
    waitingIn(sqs, outputs.publishFailureQueue),
    rejectedSince(articles, since, MOST_REJECTED, now),
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
    publishFailures: failed.total,
    rejected: rejected.length,
    ...held,
    ...due,
    newest,
    lastPublish,
  };
}

async function heldNow({ articles }: Deployment): Promise<Pick<Status, 'held' | 'oldestHeld'>> {
  let held = 0;
  const oldestHeld: Status['oldestHeld'] = [];
  for await (const records of inBatches(articles, atMost(articles.held(), MOST_WAITING)))
    for (const { id, source, ingestedAt, ...record } of records) {
      // The index can be behind the table, and name what was released.
      if (record.status !== 'held') continue;
      held++;
      if (oldestHeld.length < SHOWN_WAITING)
        oldestHeld.push({ id, key: source.key, hold: record.hold ?? '', since: ingestedAt });
    }
  return { held, oldestHeld };
}

async function dueNext(
  { articles }: Deployment,
  now: number,
): Promise<Pick<Status, 'next' | 'overdue' | 'scheduled' | 'nextScheduled'>> {
  const present = new Date(now).toISOString();
  const past = new Date(now - OVERDUE_MS).toISOString();
  let [overdue, scheduled] = [0, 0];
  let next: Status['next'];
  const nextScheduled: Status['nextScheduled'] = [];
  for await (const records of inBatches(articles, atMost(articles.due(LAST_INSTANT), MOST_WAITING)))
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

async function* atMost(ids: AsyncIterable<string>, most: number): AsyncGenerator<string> {
  let left = most;
  for await (const id of ids) {
    if (left-- <= 0) return;
    yield id;
  }
}

async function newestLive({ articles }: Deployment): Promise<Status['newest']> {
  const [id] = await articles.newest(1);
  const record = id === undefined ? undefined : await articles.get(id);
  if (record === undefined || !isArticle(record)) return undefined;
  return { id: record.id, headline: record.headline, publishedAt: record.publishedAt };
}

/** When a file of the site was last written; undefined where there is none. */
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
  const { intake, deadLetters, publishFailures, rejected, next, overdue, newest, lastPublish } = status;
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
      ['failed publishes', alarming(publishFailures, '"copydesk retry" rebuilds the site')],
      [
        'rejected',
        `${alarming(rejected, '"copydesk failures" says why')}${rejected === 0 ? ' in seven days' : ''}`,
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
      ['last publish', lastPublish ? `${lastPublish} (${ageOf(lastPublish, now)} ago)` : 'never'],
    ]),
  ].join('\n');
}

/** How many wait, and below that the first of them with what each waits for. */
function waiting<T extends { key: string }>(
  count: number,
  first: readonly T[],
  waitsFor: (each: T) => string,
): string {
  const counted = count < MOST_WAITING ? String(count) : `${MOST_WAITING} or more`;
  return [counted, ...first.map(each => printable(`${each.key}: ${waitsFor(each)}`))].join('\n');
}
