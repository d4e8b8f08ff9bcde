import type { ArticleRecord } from '../../shared/model/article.ts';
import { articleId } from '../../shared/model/identity.ts';
import type { Articles } from '../../shared/table/articles.ts';
import { printable } from '../output/printable.ts';

/** What is wrong with the id of a record, and what to do about it. */
export interface OtherNamespace {
  says: string;
  todo: string;
}

/**
 * Tells whether the id of a record was made from the namespace of a deployment. If not, the next upload of its file
 * would become a second article.
 */
export function otherNamespace(
  { id, source, forwards }: Pick<ArticleRecord, 'id' | 'source' | 'forwards'>,
  articles: Pick<Articles, 'namespace' | 'idOf'>,
): OtherNamespace | undefined {
  // The id of a moved file is made from its first key.
  if (id === articles.idOf(source.key) || forwards !== undefined) return undefined;
  const says = `the id of ${printable(source.key)} is not made from the namespace "${articles.namespace}"`;
  // Older versions made ids from the name of the intake bucket.
  return articleId(source.bucket, source.key) === id
    ? { says, todo: `Set articles.namespace to "${source.bucket}", and deploy.` }
    : { says, todo: 'Set articles.namespace to what it was when the articles came, and deploy.' };
}
