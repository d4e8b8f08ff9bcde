import { KeyLock } from '../../../local/common/key-lock.ts';
import { awsFault } from '../../../shared/aws/aws-errors.ts';
import { countMessages } from '../../../shared/aws/queue-counts.ts';
import { findFailures } from '../../actions/find-failures.ts';
import type { DeadLetter } from '../../deployment/dead-letter.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import { type UnpublishedArticle, unpublishedArticles } from '../../deployment/unpublished.ts';
import type { StoryRow } from './stories.ts';

/** Maximum number of lines of each kind. `copydesk failures` shows more. */
const MAX_FAILED = 100;

/** Time for which the messages of a queue count as read, if their number stays, in milliseconds. */
const KNOWN_FOR_MS = 30_000;

/** Maximum length of the text of a message that is no message of S3, in characters. */
const MAX_BODY_CHARS = 80;

/**
 * What failed: dead letters, and changes that could not be published. A look at a message hides it for a moment from
 * `retry`, and pages look every few seconds. So the messages are read once, and a retry waits for the end of a look.
 */
export class FailedMessages {
  readonly #deployment: Deployment;
  readonly #lock = new KeyLock();
  #known: { counts: string; at: number; rows: StoryRow[] } | undefined;

  constructor(deployment: Deployment) {
    this.#deployment = deployment;
  }

  /** The lines of what failed. */
  async rows(now: number): Promise<StoryRow[]> {
    const { articles } = this.#deployment;
    const messages = await this.#lock.run(LOCK, () => this.#messages(now));
    return [...messages, ...(await unpublishedArticles(articles, MAX_FAILED)).map(unpublishedRow)];
  }

  /** Runs work on the messages while nothing looks at them. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    this.#known = undefined;
    return this.#lock.run(LOCK, work);
  }

  async #messages(now: number): Promise<StoryRow[]> {
    const { clients, outputs, articles } = this.#deployment;
    const queues = [outputs.deadLetterQueue, outputs.publishFailureQueue];
    const totals = await Promise.all(
      queues.map(async queue => (await countMessages(clients.sqs, queue)).total),
    );
    // A look into an empty queue takes a second.
    if (totals.every(total => total === 0)) return [];
    const counts = totals.join();
    const known = this.#known;
    if (known?.counts === counts && now - known.at < KNOWN_FOR_MS) return known.rows;
    const found = await findFailures(this.#deployment, { limit: MAX_FAILED, since: NOTHING_REJECTED }).catch(
      (error: unknown) => {
        // The policy of editors allows the number only.
        if (awsFault(error) !== 'forbidden') throw error;
        return undefined;
      },
    );
    const rows =
      found === undefined
        ? [countRow(totals.reduce((sum, total) => sum + total, 0))]
        : [
            ...found.deadLetters.flatMap(letter => letterRows(letter, articles)),
            ...found.publishFailures.map(({ messageId, sentAt }) => ({
              ...FAILED,
              ...{ title: 'Changes that were given up', key: messageId, at: sentAt },
              reason: 'They could not be published. Try again to rebuild the site from the table.',
            })),
          ];
    this.#known = { counts, at: now, rows };
    return rows;
  }
}

const LOCK = 'messages';

/** An instant after which no file was rejected. */
const NOTHING_REJECTED = '9999-01-01T00:00:00.000Z';

function countRow(total: number): StoryRow {
  const title = total === 1 ? '1 message failed' : `${total} messages failed`;
  return { ...FAILED, title, key: '', at: '', reason: 'An operator can see why: copydesk failures.' };
}

const FAILED = { status: 'failed', section: undefined, warnings: [], id: undefined } as const;

/** The rows of a dead letter: one for each of its files. */
function letterRows(
  { messageId, events, sentAt, code, reason, body }: DeadLetter,
  articles: Deployment['articles'],
): StoryRow[] {
  const why = reason ?? code ?? 'The function ended while it read the file.';
  const common = { ...FAILED, at: sentAt, deadLetter: messageId };
  if (events.length === 0)
    return [
      {
        ...common,
        title: body.slice(0, MAX_BODY_CHARS),
        key: messageId,
        reason: 'It is no message of S3, so it can never be read. Discard it.',
      },
    ];
  return events.map(({ key }) => ({ ...common, title: key, key, id: articles.idOf(key), reason: why }));
}

function unpublishedRow({ id, key = id, since, message, tries }: UnpublishedArticle): StoryRow {
  const reason = `It could not be published (${tries} tries): ${message}`;
  return { ...FAILED, title: key, key, id, at: since, reason };
}
