import { type Article, type ArticleRecord, isArticle } from '../../shared/model/article.ts';
import { articleId } from '../../shared/model/identity.ts';
import { printable } from '../output/printable.ts';
import { UsageError } from '../output/usage-error.ts';
import type { Deployment } from './deployment.ts';

/** What an id looks like: 16 characters of base32. */
const ID = /^[a-z2-7]{16}$/;

/** Ends the address of an article's page. */
const PAGE = /-([a-z2-7]{16})\.html$/;

/**
 * The record that a person names: by its id, the address of its page, or the key of its file.
 * @throws UsageError where there is none
 */
export async function findRecord(
  { articles, outputs, name }: Deployment,
  named: string,
): Promise<ArticleRecord> {
  const id = ID.test(named) ? named : PAGE.exec(named)?.[1];
  const byId = id === undefined ? undefined : await articles.get(id);
  const record = byId ?? (await articles.get(articleId(outputs.intakeBucket, named)));
  if (record === undefined)
    throw new UsageError(
      `There is no article ${printable(named)} on ${name}: "copydesk list" shows what there is.`,
    );
  return record;
}

/**
 * As {@link findRecord}, of many and articles only.
 * @throws UsageError where one of them is none, before anything is done
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

/** The error of a name that is that of another kind of record. */
export function noArticle(name: string, record: Exclude<ArticleRecord, Article>): UsageError {
  return new UsageError(`${printable(name)} is ${NO_ARTICLE[record.status]}, and no article.`);
}

const NO_ARTICLE = {
  rejected: 'a rejected file',
  deleted: 'deleted',
  unpacked: 'an archive of files',
  media: 'a picture or recording',
} as const;
