import type { Articles } from '../../shared/table/articles.ts';
import type { Unpublished } from '../../shared/table/unpublished-changes.ts';

/** A change of an article that could not be published and is tried again. */
export interface UnpublishedArticle
  extends Pick<Unpublished, 'id' | 'isGone' | 'since' | 'tries' | 'code' | 'message'> {
  /** Key of the article's file. Undefined if the article has no readable record. */
  key: string | undefined;
}

/**
 * Reads the articles whose last change could not be published. Articles that must leave the site come first, and the
 * oldest failure first.
 */
export async function unpublishedArticles(articles: Articles, limit: number): Promise<UnpublishedArticle[]> {
  const ids = (await waitingIds(articles, limit)).slice(0, limit);
  const [changes, records] = await Promise.all([articles.unpublished.readMany(ids), articles.getMany(ids)]);
  const all = changes.map(({ id, isGone, since, tries, code, message }) => {
    const key = records.get(id)?.source.key;
    return { id, key, isGone, since, tries, code, message };
  });
  return all.sort((a, b) => Number(b.isGone) - Number(a.isGone) || (a.since < b.since ? -1 : 1));
}

/** Maximum number of changes of each kind that are counted. */
const MAX_COUNTED = 1_000;

/** Counts the changes that could not be published and are tried again, at most 2,000. */
export async function countUnpublished(articles: Articles): Promise<number> {
  return (await waitingIds(articles, MAX_COUNTED)).length;
}

async function waitingIds({ unpublished }: Articles, limit: number): Promise<string[]> {
  const kinds = await Promise.all([unpublished.waiting('gone', limit), unpublished.waiting('live', limit)]);
  return kinds.flat().map(({ id }) => id);
}
