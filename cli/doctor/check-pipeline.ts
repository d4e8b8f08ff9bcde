import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { countMessages } from '../../shared/aws/queue-counts.ts';
import { nextChangeOf } from '../../shared/model/schedule.ts';
import { damageOf } from '../deployment/damage.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { otherNamespace } from '../deployment/namespace.ts';
import { rejectedSince } from '../deployment/rejected.ts';
import { countUnpublished } from '../deployment/unpublished.ts';
import { CHANGED_BY_HAND, type Check, fail, type Look, ok, warn } from './check.ts';

/** Maximum wait for an answer of the site. */
const SITE_TIMEOUT_MS = 10_000;

/** Time after which a change counts as overdue. A tick comes at any time within its minute. */
const OVERDUE_AFTER_MS = 3 * 60_000;

const DAY_MS = 86_400_000;
const MAX_COUNTED_REJECTED = 100;

export function pipelineChecks(deployment: Deployment, now: number): Look[] {
  return [
    { about: 'queue wiring', look: () => queueWiring(deployment) },
    { about: 'dead letters', look: () => parked(deployment) },
    { about: 'namespace', look: () => namespace(deployment) },
    { about: 'records', look: () => records(deployment) },
    { about: 'schedule', look: () => schedule(deployment, now) },
    { about: 'rejected', look: () => rejected(deployment, now) },
    { about: 'site files', look: () => siteFiles(deployment) },
    { about: 'site', look: () => site(deployment) },
  ];
}

/** Checks that failed messages go to the dead-letter queue. */
async function queueWiring({ clients, outputs }: Deployment): Promise<Check> {
  const about = 'queue wiring';
  const attributes = async (QueueUrl: string) =>
    (
      await clients.sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['RedrivePolicy', 'QueueArn'] }),
      )
    ).Attributes ?? {};
  const [intake, dead] = await Promise.all([
    attributes(outputs.intakeQueue),
    attributes(outputs.deadLetterQueue),
  ]);
  const policy: { deadLetterTargetArn?: string; maxReceiveCount?: number | string } = JSON.parse(
    intake.RedrivePolicy ?? '{}',
  );
  return policy.deadLetterTargetArn === dead.QueueArn
    ? ok(about, `what fails ${policy.maxReceiveCount} times is parked`)
    : fail(about, 'what fails goes to no dead-letter queue of this deployment', CHANGED_BY_HAND);
}

async function parked({ clients, outputs, articles }: Deployment): Promise<Check[]> {
  const [dead, failures, unpublished] = await Promise.all([
    countMessages(clients.sqs, outputs.deadLetterQueue),
    countMessages(clients.sqs, outputs.publishFailureQueue),
    countUnpublished(articles),
  ]);
  return [
    dead.total === 0
      ? ok('dead letters', 'none')
      : fail(
          'dead letters',
          `${dead.total} wait`,
          '"copydesk failures" shows them, "copydesk retry" tries them again.',
        ),
    unpublished === 0
      ? ok('unpublished', 'none')
      : fail(
          'unpublished',
          `${unpublished} changes could not be published`,
          '"copydesk failures" says why, "copydesk retry" tries them now.',
        ),
    failures.total === 0
      ? ok('failed publishes', 'none')
      : fail('failed publishes', `${failures.total} wait`, '"copydesk retry" rebuilds the site for them.'),
  ];
}

/**
 * Checks that the ids of the newest article, and of one of the oldest month, are made from the namespace of the
 * deployment. Articles of both kinds mean that the namespace was changed later.
 */
async function namespace({ articles }: Deployment): Promise<Check> {
  const about = 'namespace';
  const oldest = (await articles.months()).at(-1);
  const ids = await articles.newest(1);
  if (oldest !== undefined)
    for await (const id of articles.month(oldest)) {
      ids.push(id);
      break;
    }
  for (const record of (await articles.getMany(ids)).values()) {
    const other = otherNamespace(record, articles);
    if (other !== undefined) return fail(about, other.says, other.todo);
  }
  return ok(about, `ids are made from "${articles.namespace}"`);
}

/** Number of articles of each kind whose records are checked: as many as a rebuild covers. */
const CHECKED_RECORDS = 1_000;

const MAX_LISTED_RECORDS = 5;

/** Checks that the records of the newest and of the waiting articles can be read, and that their bodies are there. */
async function records(deployment: Deployment): Promise<Check[]> {
  const about = 'records';
  const { checked, found } = await damageOf(deployment, CHECKED_RECORDS);
  if (found.length === 0) return [ok(about, `${checked} looked at, and none is broken`)];
  return found
    .slice(0, MAX_LISTED_RECORDS)
    .map(({ message, subject }) =>
      fail(about, message, `1 of ${found.length}. "copydesk show ${subject}" shows the record and its file.`),
    );
}

/** Checks that embargoes end and articles expire on time. */
async function schedule({ articles }: Deployment, now: number): Promise<Check> {
  const past = new Date(now - OVERDUE_AFTER_MS).toISOString();
  for await (const id of articles.due(past)) {
    const record = await articles.get(id);
    const due = record && nextChangeOf(record);
    if (record !== undefined && due !== undefined && due < past)
      return fail(
        'schedule',
        `${record.source.key} was due at ${due}, and has not changed`,
        'The schedule that calls the publish function each minute does not run, or its log says why it fails.',
      );
  }
  return ok('schedule', 'nothing is overdue');
}

async function rejected({ articles }: Deployment, now: number): Promise<Check> {
  const found = await rejectedSince(
    articles,
    new Date(now - DAY_MS).toISOString(),
    MAX_COUNTED_REJECTED,
    now,
  );
  return found.length === 0
    ? ok('rejected', 'nothing within a day')
    : warn('rejected', `${found.length} within a day`, '"copydesk failures" says why.');
}

async function siteFiles({ site }: Deployment): Promise<Check> {
  const about = 'site files';
  const front = await site.head('index.html');
  return front
    ? ok(about, 'the front page is there')
    : fail(
        about,
        'there is no front page yet',
        'It comes within a minute of the first deploy; else "copydesk publish --rebuild".',
      );
}

/** Checks that readers can reach the site: DNS, certificate, distribution and feed together. */
async function site({ outputs }: Deployment): Promise<Check> {
  const about = 'site';
  if (!/^https?:/.test(outputs.site))
    return warn(about, 'it has no address', 'Set site.baseUrl to the address under which readers reach it.');
  const url = `${outputs.site}/feed.json`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(SITE_TIMEOUT_MS), redirect: 'manual' });
    await response.body?.cancel();
    if (response.ok) return ok(about, `${url} answers`);
    return fail(
      about,
      `${url} answers ${response.status}`,
      response.status === 403 || response.status === 404
        ? 'Nothing is published yet, or the distribution may not read the site bucket.'
        : 'See the distribution in CloudFront, or your own CDN.',
    );
  } catch (error) {
    const { code, message } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
    return fail(
      about,
      `${url} cannot be reached: ${code ?? message}`,
      code === 'ENOTFOUND'
        ? 'Its name is not in the DNS: point it at the distribution (output DistributionDomain).'
        : 'Is there a network, and does the certificate name this domain?',
    );
  }
}
