import { type Article, type ArticleRecord, isKilled, type PublishedFrom } from './article.ts';

/**
 * Time for which a tick in the cloud looks ahead. A tick comes at any time within its minute, so the next tick comes in
 * less than two minutes.
 */
export const LOOK_AHEAD_MS = 120_000;

/** Sources of dates that no author has stated. Such dates never schedule an article, even if they are in the future. */
const UNSTATED = new Set<PublishedFrom>(['upload', 'file', 'release']);

type Dates = 'embargoUntil' | 'expiresAt' | 'publishedAt' | 'publishedFrom';
type Held = Pick<Article, 'editorHold' | 'hold' | 'released'>;
type Dated = Pick<Article, Dates | 'cancelledBy' | 'restored' | 'withdraw'> & Held;

/**
 * Determines the status of an article from its own statements, the time, and the actions of editors. The order is:
 * withdrawal, expiry, hold, an instant in the future.
 * @param now RFC 3339, UTC
 * @param before the replaced record. An upload or a deletion of the file does not undo an editor's kill
 */
export function statusAt(
  article: Dated,
  now: string,
  before?: ArticleRecord,
): Pick<Article, 'status' | 'withdrawnBy'> {
  if (before !== undefined && isKilled(before)) return { status: 'withdrawn' };
  if (article.withdraw === true) return { status: 'withdrawn', withdrawnBy: 'source' };
  if (isCancelled(article)) return { status: 'withdrawn', withdrawnBy: 'cancellation' };
  if (article.expiresAt !== undefined && article.expiresAt <= now)
    return { status: 'withdrawn', withdrawnBy: 'expiry' };
  if (isOnHold(article)) return { status: 'held' };
  return { status: dueInstant(article) > now ? 'scheduled' : 'live' };
}

/** Tells whether another file cancels the article, and no editor has overruled it. */
function isCancelled({ cancelledBy = [], restored = [] }: Dated): boolean {
  return cancelledBy.some(each => !restored.includes(each));
}

/** Tells whether an editor holds the article, or whether it has a hold that no editor has released. */
export function isOnHold(article: Held): boolean {
  return holdOf(article) !== undefined;
}

/** The reason for which an article is on hold. The hold of an editor takes precedence. */
export function holdOf({ editorHold, hold, released }: Held): string | undefined {
  return editorHold ?? (hold === released ? undefined : hold);
}

/** The instant before which the article must not be public. Empty if there is none. */
export function dueInstant(article: Pick<Dated, 'embargoUntil' | 'publishedAt' | 'publishedFrom'>): string {
  const { embargoUntil = '', publishedAt, publishedFrom } = article;
  if (UNSTATED.has(publishedFrom)) return embargoUntil;
  return embargoUntil > publishedAt ? embargoUntil : publishedAt;
}

/** The instant at which the status of a record changes by itself. Undefined if the status stays. */
export function nextChangeOf(record: ArticleRecord): string | undefined {
  if (record.status === 'scheduled') return dueInstant(record);
  return record.status === 'live' || record.status === 'duplicate' ? record.expiresAt : undefined;
}

/** The instant at which a record must be written again: its status changes, or the notice in its feeds ends. */
export function dueOf(record: ArticleRecord): string | undefined {
  const [change, end] = [nextChangeOf(record), record.gone?.until];
  return change !== undefined && end !== undefined && end < change ? end : (change ?? end);
}

/** Tells whether the date of an article is stated in the copy. Otherwise it is the time of a save or an upload. */
export function isStated(publishedFrom: PublishedFrom): boolean {
  return !UNSTATED.has(publishedFrom);
}
