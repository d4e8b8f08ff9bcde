import { CopydeskError } from '../../../shared/errors/errors.ts';
import type { Article } from '../../../shared/model/article.ts';
import type { StateStore } from '../states/state.ts';
import { shownBody } from './media-shown.ts';

/**
 * The body of an article as readers see it. A body too large for the record is read from the storage bucket.
 * Returns undefined and reports `body-missing` if the body is missing, so that other articles are still published.
 */
export async function bodyIfThere(
  article: Pick<Article, 'id' | 'bodyHtml' | 'bodyKey' | 'media'>,
  { storage, onBroken }: StateStore,
): Promise<string | undefined> {
  const { id, bodyHtml, bodyKey, media } = article;
  if (bodyHtml !== undefined || bodyKey === undefined) return shownBody(bodyHtml ?? '', media);
  const body = await storage.get(bodyKey);
  if (body !== undefined) return shownBody(Buffer.from(body.bytes).toString('utf8'), media);
  const message = `The body of the article, ${bodyKey}, is not in the storage bucket: upload its file again.`;
  onBroken(new CopydeskError('body-missing', message, { subject: id }));
  return undefined;
}
