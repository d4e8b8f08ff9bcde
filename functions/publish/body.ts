import type { Article } from '../../shared/article.ts';
import { CopydeskError } from '../../shared/errors.ts';
import type { Bucket } from '../../shared/objects.ts';
import { shownBody } from './media-shown.ts';

/**
 * The body of an article as readers see it: its own, or where it was too large for the record, the one in the archive.
 * @throws CopydeskError `body-missing` where the archive has lost it
 */
export async function bodyOf(
  article: Pick<Article, 'bodyHtml' | 'bodyKey' | 'media'>,
  archive: Bucket,
): Promise<string> {
  return shownBody(await storedBody(article, archive), article.media);
}

async function storedBody(
  { bodyHtml, bodyKey }: Pick<Article, 'bodyHtml' | 'bodyKey'>,
  archive: Bucket,
): Promise<string> {
  if (bodyHtml !== undefined || bodyKey === undefined) return bodyHtml ?? '';
  const body = await archive.get(bodyKey);
  if (body === undefined)
    throw new CopydeskError('body-missing', `The body ${bodyKey} is not in the archive.`, {
      subject: bodyKey,
    });
  return Buffer.from(body.bytes).toString('utf8');
}
