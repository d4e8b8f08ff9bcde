import { createHash } from 'node:crypto';
import type { Bucket } from '../../../shared/aws/bucket.ts';
import type { Article } from '../../../shared/model/article.ts';

/** Maximum size of a body that stays in the record, in bytes. DynamoDB allows 400 KB for an item. */
const MAX_BODY_IN_RECORD_BYTES = 200_000;

/** Maximum size of a record with its body, in bytes. */
const MAX_RECORD_BYTES = 300_000;

/**
 * Moves a body that is too large for the table to the storage bucket. The key contains the article's id and a
 * hash of the body, so a late writer never replaces the body of a newer revision.
 */
export async function moveLargeBody(article: Article, storage: Bucket): Promise<Article> {
  const { bodyHtml, ...rest } = article;
  if (bodyHtml === undefined) return article;
  const fits = Buffer.byteLength(bodyHtml) <= MAX_BODY_IN_RECORD_BYTES;
  if (fits && Buffer.byteLength(JSON.stringify(article)) <= MAX_RECORD_BYTES) return article;
  const digest = createHash('sha256').update(bodyHtml).digest('hex');
  const bodyKey = `bodies/${article.id}/${digest}.html`;
  await storage.put(bodyKey, bodyHtml, { contentType: 'text/html; charset=utf-8' });
  return { ...rest, bodyKey };
}
