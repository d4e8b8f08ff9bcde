import { ERROR_CODES, type ErrorCode } from '../../shared/errors/error-codes.ts';
import type { Articles } from '../../shared/table/articles.ts';
import { type Failures, findFailures } from '../actions/find-failures.ts';
import type { DeadLetter } from '../deployment/dead-letter.ts';
import { type Deployment, type DeploymentOptions, withDeployment } from '../deployment/deployment.ts';
import { colours } from '../output/colours.ts';
import { EXIT } from '../output/exit-codes.ts';
import { printable } from '../output/printable.ts';
import { ageOf, table } from '../output/tables.ts';

/**
 * `copydesk failures`: lists dead letters, changes that could not be published, and rejected files. It moves no message.
 * @returns exit code 1 if there is any failure, for scripts
 */
export async function failures(
  options: DeploymentOptions & { json?: boolean; limit: number; since: string },
): Promise<number> {
  return await withDeployment(options, async deployment => {
    const found = await findFailures(deployment, options);
    process.stdout.write(
      options.json ? `${JSON.stringify(asJson(found, deployment.articles))}\n` : describe(found, deployment),
    );
    return Object.values(found).some(kind => kind.length > 0) ? EXIT.someFailed : EXIT.ok;
  });
}

function asJson({ deadLetters, unpublished, publishFailures, rejected }: Failures, articles: Articles) {
  return {
    deadLetters: deadLetters.map(({ messageId, received, sentAt, code, reason, events, body }) => ({
      messageId,
      received,
      sentAt,
      code,
      reason,
      events: events.map(event => ({ ...event, id: articles.idOf(event.key) })),
      ...(events.length === 0 && { body }),
    })),
    unpublished,
    publishFailures: publishFailures.map(({ messageId, sentAt, body }) => ({ messageId, sentAt, body })),
    rejected: rejected.map(({ id, source: { key }, reason, ingestedAt }) => ({
      id,
      key,
      reason,
      ingestedAt,
    })),
  };
}

function describe(
  { deadLetters, unpublished, publishFailures, rejected }: Failures,
  { outputs, articles }: Deployment,
): string {
  const now = Date.now();
  const parts: string[] = [];
  if (deadLetters.length > 0) {
    const rows = deadLetters.flatMap(letter => {
      const end = (id: string) => [ageOf(letter.sentAt, now), id, printable(letter.code ?? 'died')];
      return letter.events.length === 0
        ? [[printable(letter.body.slice(0, 60)), 'not a message of S3', ...end(letter.messageId)]]
        : letter.events.map(({ key, kind }) => [printable(key), kind, ...end(articles.idOf(key))]);
    });
    parts.push(
      colours.bold('Failed, and parked'),
      table(['file', 'event', 'age', 'id', 'why'], rows),
      ...reasonsOf(deadLetters, outputs.ingestFunction).map(line => colours.dim(line)),
      colours.dim('"copydesk retry" tries them again.'),
      '',
    );
  }
  if (unpublished.length > 0)
    parts.push(
      colours.bold('Changes that could not be published, and are tried again'),
      table(
        ['file', 'since', 'tries', 'id', 'why'],
        unpublished.map(({ id, key = '', isGone, since, tries, message }) => [
          printable(isGone ? `${key} (must leave the site)` : key),
          ageOf(since, now),
          String(tries),
          id,
          printable(message),
        ]),
      ),
      colours.dim('Each is tried again at least every half hour. "copydesk retry" tries them now.'),
      '',
    );
  const changes = publishFailures.map(({ messageId, sentAt, body }) => [
    messageId,
    ageOf(sentAt, now),
    changesIn(body),
  ]);
  if (publishFailures.length > 0)
    parts.push(
      colours.bold('Changes that were given up'),
      table(['message', 'age', 'changes'], changes),
      colours.dim(
        `Why: the log of ${outputs.publishFunction} says so. "copydesk retry" rebuilds the site from the table.`,
      ),
      '',
    );
  if (rejected.length > 0)
    parts.push(
      colours.bold('Rejected: no article can be made of these'),
      table(
        ['file', 'reason', 'age', 'id'],
        rejected.map(({ source, reason, ingestedAt, id }) => [
          printable(source.key),
          printable(reason.message),
          ageOf(ingestedAt, now),
          id,
        ]),
      ),
      colours.dim('Mend the file and upload it again under the same key.'),
      '',
    );
  return parts.length === 0 ? 'Nothing failed, and nothing is rejected.\n' : `${parts.join('\n')}`;
}

/** Makes a line for each reason, with the action. Files that failed for the same reason share a line. */
function reasonsOf(deadLetters: readonly DeadLetter[], ingestFunction: string): string[] {
  const reasons = new Map<string, string>();
  for (const { code, reason = '' } of deadLetters) {
    if (code === undefined)
      reasons.set('died', `The function ended while it read the file: see the log of ${ingestFunction}.`);
    else if (!reasons.has(code)) reasons.set(code, `${printable(reason)} ${actionOf(code)}`.trim());
  }
  return [...reasons].map(([code, text]) => `${printable(code)}: ${text}`);
}

function actionOf(code: string): string {
  return Object.hasOwn(ERROR_CODES, code) ? ERROR_CODES[code as ErrorCode].action : '';
}

function changesIn(body: string): string {
  try {
    return String(JSON.parse(body).DDBStreamBatchInfo.batchSize);
  } catch {
    return '?';
  }
}
