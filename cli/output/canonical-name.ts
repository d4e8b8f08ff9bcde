import { type Article, type ArticleRecord, isArticle, isKilled } from '../../shared/model/article.ts';
import { printable } from './printable.ts';

/**
 * Makes the name of the canonical article of a duplicate: its key, its headline, and whether an editor has withdrawn
 * the story, which hides every copy.
 * @param canonical see `canonicalsOf`. Undefined if its record is gone
 */
export function canonicalName(
  { duplicateOf, headline }: Pick<Article, 'duplicateOf' | 'headline'>,
  canonical: ArticleRecord | undefined,
): string {
  if (canonical === undefined) return `article ${duplicateOf}`;
  // The headline is shown only if it differs.
  const other = isArticle(canonical) && canonical.headline !== headline ? ` “${canonical.headline}”` : '';
  const killed = isKilled(canonical) ? ', which an editor has withdrawn' : '';
  return printable(`${canonical.source.key}${other}${killed}`);
}
