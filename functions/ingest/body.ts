import type { Article } from '../../shared/article.ts';
import type { Bucket } from '../../shared/objects.ts';

/** Largest body, in bytes, that stays in the record: an item may have 400 KB with everything else in it. */
const LARGEST_IN_RECORD = 200_000;

/**
 * Moves a body too large for the table into the archive bucket, under a key made of the article and its
 * content, so that a late writer never replaces the body of a newer revision.
 */
export async function moveLargeBody(article: Article, archive: Bucket): Promise<Article> {
  const { bodyHtml, ...rest } = article;
  if (bodyHtml === undefined || Buffer.byteLength(bodyHtml) <= LARGEST_IN_RECORD) return article;
  const bodyKey = `bodies/${article.id}/${article.contentHash}.html`;
  await archive.put(bodyKey, bodyHtml, { contentType: 'text/html; charset=utf-8' });
  return { ...rest, bodyKey };
}
