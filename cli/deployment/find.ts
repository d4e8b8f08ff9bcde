import { type Article, type ArticleRecord, isArticle } from '../../shared/model/article.ts';
import { printable } from '../output/printable.ts';
import { UsageError } from '../output/usage-error.ts';
import type { Deployment } from './deployment.ts';

/** Form of an article id: 16 characters of base32. */
const ID = /^[a-z2-7]{16}$/;

/** End of the address of an article page. */
const PAGE = /-([a-z2-7]{16})\.html$/;

/**
 * Finds a record by its id, by the address of its page, or by the key of its file.
 * @throws UsageError if there is none
 */
export async function findRecord({ articles, name }: Deployment, named: string): Promise<ArticleRecord> {
  const id = ID.test(named) ? named : PAGE.exec(named)?.[1];
  const byId = id === undefined ? undefined : await articles.get(id);
  const record = byId ?? (await articles.get(articles.idOf(named)));
  if (record === undefined)
    throw new UsageError(
      `There is no article ${printable(named)} on ${name}: "copydesk list" shows what there is.`,
    );
  return record;
}

/**
 * Finds articles as {@link findRecord} does, each once.
 * @throws UsageError if one of the names belongs to no article
 */
export async function findArticles(deployment: Deployment, names: readonly string[]): Promise<Article[]> {
  const found = new Map<string, Article>();
  for (const name of names) {
    const record = await findRecord(deployment, name);
    if (!isArticle(record)) throw noArticle(name, record);
    found.set(record.id, record);
  }
  return [...found.values()];
}

export function noArticle(name: string, record: Exclude<ArticleRecord, Article>): UsageError {
  return new UsageError(`${printable(name)} is ${NO_ARTICLE[record.status]}, and no article.`);
}

const NO_ARTICLE = {
  rejected: 'a rejected file',
  deleted: 'deleted',
  unpacked: 'a zip',
  media: 'a picture or recording',
} as const;
