import { type Article, type ArticleRecord, isArticle, isKilled } from '../../shared/model/article.ts';
import { printable } from './printable.ts';

/**
 * The file that is shown instead of a duplicate, as a person knows it: its key and headline, and whether an editor
 * has withdrawn the story, which hides every copy.
 * @param canonical see `canonicalsOf`; undefined where its record is gone
 */
export function canonicalName(
  { duplicateOf, headline }: Pick<Article, 'duplicateOf' | 'headline'>,
  canonical: ArticleRecord | undefined,
): string {
  if (canonical === undefined) return `article ${duplicateOf}`;
  // An equal headline says nothing new.
  const other = isArticle(canonical) && canonical.headline !== headline ? ` “${canonical.headline}”` : '';
  const killed = isKilled(canonical) ? ', which an editor has withdrawn' : '';
  return printable(`${canonical.source.key}${other}${killed}`);
}
