import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { isArticle } from '../../shared/article.ts';
import { awsFault } from '../../shared/aws-errors.ts';
import { nextChangeOf } from '../../shared/schedule.ts';
import { colours } from '../colours.ts';
import { type Desk, type DeskOptions, openDesk } from '../desk/desk.ts';
import { oldestMessage } from '../desk/oldest.ts';
import { type Waiting, waitingIn } from '../desk/queues.ts';
import { rejectedSince } from '../desk/rejected.ts';
import { ageOf, facts } from '../desk/tables.ts';
import { EXIT } from '../exit-codes.ts';
import { printable } from '../printable.ts';

/** How it is going. Instants are RFC 3339, ages seconds. */
interface Status {
  deployment: string;
  site: string;
  /** What waits in the intake queue; `oldest` in seconds, absent where nobody measures it. */
  intake: Waiting & { oldest?: number | undefined };
  deadLetters: number;
  publishFailures: number;
  /** In the last seven days, and still so; 1,000 at most are counted. */
  rejected: number;
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

/** What falls due is looked through so far. */
const MOST_DUE = 1_000;

/** `copydesk status`: what waits, what failed, what comes next. */
export async function status(options: DeskOptions & { json?: boolean }): Promise<number> {
  const desk = await openDesk(options);
  try {
    const now = Date.now();
    const found = await look(desk, now);
    process.stdout.write(options.json ? `${JSON.stringify(found)}\n` : `${describe(found, now)}\n`);
    return EXIT.ok;
  } finally {
    desk.close();
  }
}

async function look(desk: Desk, now: number): Promise<Status> {
  const { name, outputs, clients, articles } = desk;
  const { sqs } = clients;
  const since = new Date(now - REJECTED_FOR_MS).toISOString();
  const [intake, oldest, dead, failed, rejected, due, newest, lastPublish] = await Promise.all([
    waitingIn(sqs, outputs.intakeQueue),
    oldestMessage(desk, outputs.intakeQueue, now),
    waitingIn(sqs, outputs.deadLetterQueue),
    waitingIn(sqs, outputs.publishFailureQueue),
    rejectedSince(articles, since, MOST_REJECTED, now),
    dueNext(desk, now),
    newestLive(desk),
    writtenAt(desk, 'feed.json'),
  ]);
  return {
    deployment: name,
    site: outputs.site,
    intake: { ...intake, oldest },
    deadLetters: dead.total,
    publishFailures: failed.total,
    rejected: rejected.length,
    ...due,
    newest,
    lastPublish,
  };
}

async function dueNext({ articles }: Desk, now: number): Promise<Pick<Status, 'next' | 'overdue'>> {
  const past = new Date(now - OVERDUE_MS).toISOString();
  let overdue = 0;
  let looked = 0;
  for await (const id of articles.due('9999-12-31T23:59:59.999Z')) {
    if (++looked > MOST_DUE) break;
    const record = await articles.get(id);
    const at = record && nextChangeOf(record);
    if (record === undefined || at === undefined) continue;
    if (at < past) overdue++;
    else if (at > new Date(now).toISOString())
      return {
        overdue,
        next: { at, id, key: record.source.key, becomes: record.status === 'live' ? 'withdrawn' : 'live' },
      };
  }
  return { overdue };
}

async function newestLive({ articles }: Desk): Promise<Status['newest']> {
  const [id] = await articles.newest(1);
  const record = id === undefined ? undefined : await articles.get(id);
  if (record === undefined || !isArticle(record)) return undefined;
  return { id: record.id, headline: record.headline, publishedAt: record.publishedAt };
}

/** When a file of the site was last written; undefined where there is none. */
async function writtenAt({ clients, outputs }: Desk, key: string): Promise<string | undefined> {
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

function describe(status: Status, now: number): string {
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
      [
        'next',
        next ? `${printable(next.key)} will be ${next.becomes} at ${next.at}` : 'nothing is scheduled',
      ],
      ['newest', newest && `${printable(newest.headline)} (${ageOf(newest.publishedAt, now)})`],
      ['last publish', lastPublish ? `${lastPublish} (${ageOf(lastPublish, now)} ago)` : 'never'],
    ]),
  ].join('\n');
}
