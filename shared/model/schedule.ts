import { type Article, type ArticleRecord, isKilled, type PublishedFrom } from './article.ts';

/**
 * How far ahead a tick in the cloud looks, and so how long it may wait, in milliseconds. Ticks are sent each
 * minute, but each may come at any time within its minute: the next one is less than two away.
 */
export const LOOK_AHEAD_MS = 120_000;

/** Dates that no author has stated: they schedule nothing, however far ahead the uploader's clock is. */
const UNSTATED = new Set<PublishedFrom>(['upload', 'file', 'release']);

type Dated = Pick<
  Article,
  | 'cancelledBy'
  | 'embargoUntil'
  | 'expiresAt'
  | 'hold'
  | 'publishedAt'
  | 'publishedFrom'
  | 'released'
  | 'restored'
  | 'withdraw'
>;

/**
 * The status of an article by its own statements, the time and what editors did. The strictest statement wins:
 * a withdrawal, an expiry, a hold, an instant that has not come.
 * @param now RFC 3339, UTC
 * @param before the record as it was: an editor's kill outlives every upload, and the deletion of its file
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

/** Whether another file cancels the article, against the will of no editor. */
function isCancelled({
  cancelledBy = [],
  restored = [],
}: Pick<Article, 'cancelledBy' | 'restored'>): boolean {
  return cancelledBy.some(each => !restored.includes(each));
}

/** Whether a hold stands that no editor has released. */
export function isOnHold({ hold, released }: Pick<Article, 'hold' | 'released'>): boolean {
  return hold !== undefined && hold !== released;
}

/** The instant before which nothing of the article may be public; empty where there is none. */
export function dueInstant({
  embargoUntil = '',
  publishedAt,
  publishedFrom,
}: Pick<Dated, 'embargoUntil' | 'publishedAt' | 'publishedFrom'>): string {
  if (UNSTATED.has(publishedFrom)) return embargoUntil;
  return embargoUntil > publishedAt ? embargoUntil : publishedAt;
}

/** The instant at which time alone will change the status of a record, if ever. */
export function nextChangeOf(record: ArticleRecord): string | undefined {
  if (record.status === 'scheduled') return dueInstant(record);
  return record.status === 'live' || record.status === 'duplicate' ? record.expiresAt : undefined;
}

/** Whether the date of an article is the copy's own, and not when its file was saved or uploaded. */
export function isStated(publishedFrom: PublishedFrom): boolean {
  return !UNSTATED.has(publishedFrom);
}
