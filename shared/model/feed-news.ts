import { type Article, type ArticleRecord, isArticle } from './article.ts';
import { isOwnPage } from './own-page.ts';

/*
 * What subscribers must see although the date of an article is older. The newest entries of a feed go by date. So a
 * back-dated story, or the correction of an old one, would reach nobody, and readers keep a story that leaves the feed.
 */

/**
 * Time in milliseconds between the date of an article and an event after which the event is news. The newest entries of a
 * feed cover a day and this time, so that a reader that polls once a day sees earlier events there.
 */
export const LATE_MS = 2 * 3_600_000;

/** Age in milliseconds up to which a revision is a correction. A newer parser revises old articles, which is no news. */
const MAX_CORRECTION_AGE_MS = 2 * 86_400_000;

const DAY_MS = 86_400_000;

/** Default of the setting `feeds.noticeDays`. */
export const DEFAULT_NOTICE_DAYS = 7;

export interface NewsContext {
  /** RFC 3339. */
  now: string;
  /** Days for which feeds tell that an article is gone. With 0 they never tell it. */
  noticeDays: number;
}

/**
 * The record with the news of its last change. A live article is news if it appears, or is corrected, long after its
 * date. An article that stops being live gets a notice for its feeds, and keeps it until it ends or the article returns.
 * @param current the record that `next` replaces
 */
export function withNews<R extends ArticleRecord>(
  next: R,
  current: ArticleRecord | undefined,
  context: NewsContext,
): R {
  const { gone: _, goneAt: __, newsAt: ___, ...rest } = next as R & Pick<Article, 'newsAt'>;
  const goneAt = current?.status === 'live' ? context.now : current?.goneAt;
  const isGone = next.status !== 'live' && goneAt !== undefined;
  const plain = { ...rest, ...(isGone && { goneAt }) } as unknown as R;
  // Pages are in no feed.
  if (isOwnPage(plain)) return plain;
  return isLive(plain) ? withLateNews(plain, current, context) : withNotice(plain, current, context);
}

function isLive(record: ArticleRecord): record is Article {
  return record.status === 'live';
}

function withLateNews<R extends ArticleRecord & Article>(
  next: R,
  current: ArticleRecord | undefined,
  { now }: NewsContext,
): R {
  const before = current !== undefined && isArticle(current) ? current : undefined;
  const isBack = current?.gone !== undefined;
  const appears = before?.status !== 'live';
  const isCorrected =
    !appears && before?.revision !== next.revision && isAtMost(next.updatedAt, now, MAX_CORRECTION_AGE_MS);
  if (!appears && !isCorrected) return before?.newsAt ? { ...next, newsAt: before.newsAt } : next;
  if (isBack) return { ...next, newsAt: now, updatedAt: later(next.updatedAt, now) };
  return isAtMost(next.publishedAt, now, LATE_MS) ? next : { ...next, newsAt: now };
}

function withNotice<R extends ArticleRecord>(
  next: R,
  current: ArticleRecord | undefined,
  { now, noticeDays }: NewsContext,
): R {
  if (current === undefined) return next;
  if (!isLive(current)) {
    const { gone } = current;
    if (gone === undefined) return next;
    if (gone.until > now) return { ...next, gone };
    // Readers keep the notice, also after its end.
    return { ...next, updatedAt: later(next.updatedAt ?? '', gone.until) };
  }
  if (noticeDays === 0) return next;
  const { publishedAt, section, tags, authors } = current;
  const until = new Date(Date.parse(now) + noticeDays * DAY_MS).toISOString();
  const gone = { at: now, until, publishedAt, section, tags, authors };
  // Readers see the notice, so the article must never come back with an earlier date of change.
  return { ...next, gone, updatedAt: later(next.updatedAt ?? now, now) };
}

function isAtMost(instant: string, now: string, maxMs: number): boolean {
  return Date.parse(now) - Date.parse(instant) <= maxMs;
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}
