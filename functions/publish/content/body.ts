import { CopydeskError } from '../../../shared/errors/errors.ts';
import type { Article } from '../../../shared/model/article.ts';
import type { StateStore } from '../states/state.ts';
import { shownBody } from './media-shown.ts';

/** Code of the error that reports a lost body. */
const BODY_MISSING = 'body-missing';

/**
 * The body of an article as readers see it: its own, or where it was too large for the record, the one in the storage
 * bucket. A lost one is reported, and undefined: it must not keep other articles from being published.
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
  onBroken(new CopydeskError(BODY_MISSING, message, { subject: id }));
  return undefined;
}
