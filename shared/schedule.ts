import type { Article } from './article.ts';

/**
 * Whether time makes an article live, scheduled or (expired) withdrawn.
 * @param now RFC 3339, UTC
 * @param before the article as it was: an editor's kill outlives every upload, an expiry only lasts until
 *   the source says otherwise
 */
export function statusAt(
  article: Pick<Article, 'embargoUntil' | 'expiresAt' | 'publishedAt'>,
  now: string,
  before?: Pick<Article, 'status' | 'expiresAt'>,
): 'live' | 'scheduled' | 'withdrawn' {
  const hadExpired = before?.expiresAt !== undefined && before.expiresAt <= now;
  if (before?.status === 'withdrawn' && !hadExpired) return 'withdrawn';
  if (article.expiresAt !== undefined && article.expiresAt <= now) return 'withdrawn';
  return dueInstant(article) > now ? 'scheduled' : 'live';
}

/** The instant before which nothing of the article may be public. */
export function dueInstant({
  embargoUntil,
  publishedAt,
}: Pick<Article, 'embargoUntil' | 'publishedAt'>): string {
  return embargoUntil !== undefined && embargoUntil > publishedAt ? embargoUntil : publishedAt;
}
