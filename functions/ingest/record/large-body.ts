import { createHash } from 'node:crypto';
import type { Bucket } from '../../../shared/aws/bucket.ts';
import type { Article } from '../../../shared/model/article.ts';

/** Largest body that stays in the record, and largest record with its body, in bytes: an item may have 400 KB. */
const LARGEST_IN_RECORD = 200_000;
const LARGEST_RECORD = 300_000;

/**
 * Moves a body too large for the table into the storage bucket, under a key made of the article and its
 * content, so that a late writer never replaces the body of a newer revision.
 */
export async function moveLargeBody(article: Article, storage: Bucket): Promise<Article> {
  const { bodyHtml, ...rest } = article;
  if (bodyHtml === undefined) return article;
  const fits = Buffer.byteLength(bodyHtml) <= LARGEST_IN_RECORD;
  if (fits && Buffer.byteLength(JSON.stringify(article)) <= LARGEST_RECORD) return article;
  const digest = createHash('sha256').update(bodyHtml).digest('hex');
  const bodyKey = `bodies/${article.id}/${digest}.html`;
  await storage.put(bodyKey, bodyHtml, { contentType: 'text/html; charset=utf-8' });
  return { ...rest, bodyKey };
}
