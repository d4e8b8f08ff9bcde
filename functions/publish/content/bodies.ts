import { CopydeskError } from '../../../shared/errors/errors.ts';
import { inParallel } from '../../../shared/errors/in-parallel.ts';
import type { Article } from '../../../shared/model/article.ts';
import { mend } from '../../../shared/table/article-item.ts';
import type { Entry } from '../model/entry.ts';
import type { Site } from '../model/site.ts';
import type { StateStore } from '../states/state.ts';
import { withFittingBody, withoutBody } from './fitting-body.ts';
import { shownBody } from './media-shown.ts';

/** Number of bodies that are read in parallel. A body may have 10 MB, so this number limits memory. */
const CONCURRENCY = 4;

/** Adds the bodies of entries. If a body is missing or too large for a feed, adds the summary and a link instead. */
export function withBodies(entries: readonly Entry[], deps: StateStore & { site: Site }): Promise<Entry[]> {
  const withBody = async (entry: Entry) => {
    const bodyHtml = await bodyIfThere(entry, deps);
    if (bodyHtml === undefined) return withoutBody(entry, deps.site);
    return withFittingBody({ ...entry, bodyHtml }, deps.site);
  };
  return inParallel(entries, withBody, { concurrency: CONCURRENCY });
}

/**
 * The body of an article as readers see it. A body too large for the record is read from the storage bucket.
 * If the body is missing, reports `body-missing` and returns undefined, so that other articles are still published.
 */
export async function bodyIfThere(
  article: Pick<Article, 'id' | 'bodyHtml' | 'bodyKey' | 'media'>,
  { storage, onBroken }: StateStore,
): Promise<string | undefined> {
  const { bodyHtml, bodyKey, media } = article;
  if (bodyHtml !== undefined || bodyKey === undefined) return shownBody(bodyHtml ?? '', media);
  const body = await storage.get(bodyKey);
  if (body !== undefined) return shownBody(Buffer.from(body.bytes).toString('utf8'), media);
  onBroken(bodyMissing(article));
  return undefined;
}

/** The error for an article whose body is not in the storage bucket. */
export function bodyMissing({ id, bodyKey }: Pick<Article, 'id' | 'bodyKey'>): CopydeskError {
  const message = `The body of the article, ${bodyKey}, is not in the storage bucket. ${mend(id)}`;
  return new CopydeskError('body-missing', message, { subject: id });
}
