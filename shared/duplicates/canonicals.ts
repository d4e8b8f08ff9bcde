import { type ArticleRecord, groupOf, isArticle } from '../model/article.ts';
import type { Articles } from '../table/articles.ts';

/**
 * Reads the canonicals of duplicates, by the id of the duplicate: the live article, or the article whose kill covers
 * the group. Records that are not duplicates, and duplicates without a canonical, are omitted.
 */
export async function canonicalsOf(
  articles: Articles,
  records: Iterable<ArticleRecord>,
): Promise<Map<string, ArticleRecord>> {
  const duplicates = [...records].filter(isArticle).filter(({ status }) => status === 'duplicate');
  const canonicals = await articles.groups.canonicals(duplicates.map(groupOf));
  const ids = [...canonicals.values()].map(({ member }) => member);
  const found = await articles.getMany(ids);
  return new Map(
    duplicates.flatMap(duplicate => {
      const record = found.get(canonicals.get(groupOf(duplicate))?.member ?? '');
      return record === undefined ? [] : [[duplicate.id, record] as const];
    }),
  );
}
