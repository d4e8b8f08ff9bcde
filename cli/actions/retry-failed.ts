import { countMessages } from '../../shared/aws/queue-counts.ts';
import { isAbout, readDeadLetter } from '../deployment/dead-letter.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { type RetryAnswer, rebuildResult, rebuildSite, retryUnpublished } from '../deployment/orders.ts';
import { discard, type Parked, putBack, redrive, take } from '../deployment/parked.ts';
import { countUnpublished } from '../deployment/unpublished.ts';
import type { Dialogue } from '../output/dialogue.ts';
import { EXIT } from '../output/exit-codes.ts';
import { printable } from '../output/printable.ts';

/** Time for which failed publishes are hidden during a rebuild. It is longer than Lambda allows a rebuild to run. */
const REBUILD_VISIBILITY_SECONDS = 16 * 60;

/** Maximum number of messages in one run, below the limit of SQS for messages in flight. */
const MAX_RETRIED_MESSAGES = 100_000;

/**
 * Tries failed work again. Dead letters go back to the intake queue. Changes that could not be published are published.
 * For changes that were given up, the site is rebuilt.
 * @param names dead letters of these names. Without names: everything
 * @param options.discard delete the dead letters instead
 * @returns exit code 1 if there is no dead letter of a given name, or if a change fails again
 */
export async function retryFailed(
  deployment: Deployment,
  names: readonly string[],
  { discard: discards }: { discard?: boolean | undefined },
  dialogue: Dialogue,
): Promise<number> {
  const waiting = await countAll(deployment);
  const { givenUp, unpublished } = waiting;
  const chosen = new Set(names);
  const isAll = chosen.size === 0;
  if (isAll && waiting.letters + givenUp + unpublished === 0) {
    dialogue.result(NOTHING_DONE, `Nothing waits to be tried again on ${deployment.name}.`);
    return EXIT.ok;
  }
  const what = isAll
    ? `On ${deployment.name} ${plan(waiting).join(', and ')}.`
    : `The dead letters of ${names.map(printable).join(', ')} will be ${discards ? 'deleted for good' : 'sent to the intake again'} on ${deployment.name}.`;
  await dialogue.confirm(what);
  const done: Done = { ...NOTHING_DONE };
  if (!isAll || waiting.letters > 0)
    done.deadLetters = await retryDeadLetters(deployment, chosen, dialogue, discards);
  if (isAll && unpublished > 0) done.unpublished = await retryChanges(deployment, dialogue);
  if (isAll && givenUp > 0) done.rebuilt = await retryPublishes(deployment, givenUp, dialogue);
  dialogue.result(done);
  const { missing } = done.deadLetters;
  for (const name of missing)
    dialogue.note(`There is no dead letter of ${printable(name)}: "copydesk failures" shows them.`);
  const { failed, left } = done.unpublished ?? { failed: 0, left: 0 };
  return missing.length + failed + left === 0 ? EXIT.ok : EXIT.someFailed;
}

/** The result of a retry. */
interface Done {
  deadLetters: {
    /** The messages that were sent to the intake queue again, or deleted. */
    moved: { messageId: string; keys: string[] }[];
    /** Number of messages that stay in the queue. */
    left: number;
    /** Given names without a dead letter. */
    missing: string[];
  };
  /** Undefined if there were no changes to publish. */
  unpublished?: { published: number; failed: number; left: number };
  /** Undefined if no change was given up. */
  rebuilt?: ReturnType<typeof rebuildResult> | undefined;
}

const NOTHING_DONE: Done = { deadLetters: { moved: [], left: 0, missing: [] } };

interface Counts {
  letters: number;
  /** Changes that the table remembers. */
  unpublished: number;
  /** Messages about changes that Lambda gave up. */
  givenUp: number;
}

async function countAll({ clients: { sqs }, outputs, articles }: Deployment): Promise<Counts> {
  const [letters, failures, unpublished] = await Promise.all([
    countMessages(sqs, outputs.deadLetterQueue),
    countMessages(sqs, outputs.publishFailureQueue),
    countUnpublished(articles),
  ]);
  return { letters: letters.total, givenUp: failures.total, unpublished };
}

/** What a retry of everything will do. */
function plan({ letters, unpublished, givenUp }: Counts): string[] {
  return [
    ...(letters > 0 ? [`${counted(letters, 'dead letter')} will be sent to the intake again`] : []),
    ...(unpublished > 0 ? [`${counted(unpublished, 'change')} will be published again`] : []),
    ...(givenUp > 0
      ? [`the site will be rebuilt for ${counted(givenUp, 'failed publish', 'failed publishes')}`]
      : []),
  ];
}

/** Publishes the changes that the table remembers. */
async function retryChanges(deployment: Deployment, dialogue: Dialogue): Promise<Done['unpublished']> {
  const done: RetryAnswer = await retryUnpublished(deployment);
  const { published, failures, left } = done;
  dialogue.text(`${counted(published, 'change')} published.`);
  if (failures > 0)
    dialogue.note(`${counted(failures, 'change')} could not be published: "copydesk failures" says why.`);
  if (left > 0) dialogue.note(`${counted(left, 'change')} not tried, because too many others failed.`);
  return { published, failed: failures, left };
}

/** Sends dead letters to the intake again, or discards them. */
async function retryDeadLetters(
  deployment: Deployment,
  chosen: ReadonlySet<string>,
  dialogue: Dialogue,
  discards = false,
): Promise<Done['deadLetters']> {
  const { clients, outputs, articles } = deployment;
  const done: Done['deadLetters']['moved'] = [];
  const missing = new Set(chosen);
  const { moved, left } = await redrive(clients.sqs, {
    from: outputs.deadLetterQueue,
    to: discards ? undefined : outputs.intakeQueue,
    limit: MAX_RETRIED_MESSAGES,
    wanted: message => chosen.size === 0 || isAbout(readDeadLetter(message), chosen, articles),
    onMoved: message => {
      const letter = readDeadLetter(message);
      for (const name of missing) if (isAbout(letter, new Set([name]), articles)) missing.delete(name);
      const keys = letter.events.map(({ key }) => key);
      const { messageId } = message;
      done.push({ messageId, keys });
      const what = keys.map(printable).join(', ') || messageId;
      dialogue.text(`${discards ? 'discarded' : 'tried again'}  ${what}`);
    },
  });
  const rest = left > 0 ? `, ${left} left where they were` : '';
  const did = discards ? 'deleted' : 'sent to the intake again';
  dialogue.text(`${counted(moved.length, 'dead letter')} ${did}${rest}.`);
  return { moved: done, left, missing: [...missing] };
}

/**
 * Rebuilds the site for changes that were given up. Their messages hold stream positions and no data. Old articles can
 * need `publish ID`: see docs/runbook.md.
 */
async function retryPublishes(
  deployment: Deployment,
  limit: number,
  dialogue: Dialogue,
): Promise<Done['rebuilt']> {
  const { clients, outputs } = deployment;
  const { sqs } = clients;
  const queue = outputs.publishFailureQueue;
  const messages: Parked[] = [];
  try {
    for await (const message of take(sqs, queue, limit, REBUILD_VISIBILITY_SECONDS)) messages.push(message);
    if (messages.length === 0) return undefined;
    dialogue.note('Rebuilding the site, which may take minutes.');
    const done = await rebuildSite(deployment);
    for (let [message] = messages; message; [message] = messages) {
      await discard(sqs, queue, message);
      messages.shift();
    }
    dialogue.text(`The site is rebuilt: ${done.articles} articles looked at, ${done.files} files written.`);
    if (done.failures > 0)
      dialogue.note(`${done.failures} could not be published: "copydesk publish --rebuild" names them.`);
    return rebuildResult(done);
  } finally {
    await putBack(sqs, queue, messages);
  }
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
