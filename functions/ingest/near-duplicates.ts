import { type Article, type ArticleRecord, isArticle } from '../../shared/article.ts';
import type { Articles } from '../../shared/articles.ts';
import type { FunctionSettings } from '../../shared/settings.ts';
import { lookupKeys, resemblance } from './sketch.ts';

/** Begins the warning of an article that nearly equals another. */
const NEARLY = 'Nearly the same as';

/**
 * Recognizes an article that nearly equals one which was there before: the same story with another byline or
 * a typing error mended, under another key. What follows is a setting: a note to the editors, or to show only
 * the first of them. Two that arrive at the very same moment may both be taken for the first.
 */
export async function recognizeNear(
  articles: Articles,
  article: Article,
  current: ArticleRecord | undefined,
  { near, similarity }: FunctionSettings['duplicates'],
): Promise<Article> {
  if (near === 'off') return article;
  const keys = article.nearHash === undefined ? [] : lookupKeys(article.nearHash);
  const before = current && isArticle(current) && current.nearHash ? lookupKeys(current.nearHash) : [];
  await articles.near.leave(
    before.filter(key => !keys.includes(key)),
    article.id,
  );
  const found = await articles.getMany(await articles.near.enter(keys, article.id));
  const nearest = nearestOf(article, found.values(), similarity);
  if (nearest === undefined) return article;
  const warning = `${NEARLY} “${nearest.headline}” (${nearest.source.key}).`;
  return {
    ...article,
    warnings: [...article.warnings, warning],
    nearDuplicateOf: nearest.id,
    ...(near === 'hide' && { contentGroup: nearest.contentGroup ?? nearest.contentHash }),
  };
}

/** The most like it of those that were first ingested before it. */
function nearestOf(
  article: Article,
  others: Iterable<ArticleRecord>,
  similarity: number,
): Article | undefined {
  let nearest: { other: Article; likeness: number } | undefined;
  for (const other of others) {
    if (!isArticle(other) || other.nearDuplicateOf === article.id) continue;
    if (other.contentHash === article.contentHash) continue;
    const likeness = resemblance(article.nearHash ?? '', other.nearHash ?? '');
    if (likeness >= similarity && (nearest === undefined || likeness > nearest.likeness))
      nearest = { other, likeness };
  }
  return nearest?.other;
}
