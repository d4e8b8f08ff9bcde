import type { CopydeskError } from '../../shared/errors/errors.ts';
import { type Article, type ArticleRecord, isArticle } from '../../shared/model/article.ts';
import { readItem } from '../../shared/table/article-item.ts';
import type { Item } from '../../shared/table/keys.ts';
import { printable } from '../output/printable.ts';
import { UsageError } from '../output/usage-error.ts';
import type { Deployment } from './deployment.ts';

/** Form of an article id: 16 characters of base32. */
const ID = /^[a-z2-7]{16}$/;

/** End of the address of an article page. */
const PAGE = /-([a-z2-7]{16})\.html$/;

/** A record of the table. If it is broken, its attributes and what is wrong with them. */
export type Stored = { id: string } & ({ record: ArticleRecord } | { item: Item; broken: CopydeskError });

/**
 * Finds a record by its id, by the address of its page, or by the key of its file, also if the record is broken.
 * @throws UsageError if there is none
 */
export async function findStored({ articles, name }: Deployment, named: string): Promise<Stored> {
  const id = ID.test(named) ? named : PAGE.exec(named)?.[1];
  for (const each of [id, (await articles.find(named)).id]) {
    const item = each === undefined ? undefined : await articles.itemOf(each);
    if (each !== undefined && item !== undefined) return { id: each, item, ...readItem(item) };
  }
  throw new UsageError(
    `There is no article ${printable(named)} on ${name}: "copydesk list" shows what there is.`,
  );
}

/**
 * Finds a record as {@link findStored} does.
 * @throws UsageError if there is none, and CopydeskError `bad-record` if it is broken
 */
export async function findRecord(deployment: Deployment, named: string): Promise<ArticleRecord> {
  const stored = await findStored(deployment, named);
  if ('broken' in stored) throw stored.broken;
  return stored.record;
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
