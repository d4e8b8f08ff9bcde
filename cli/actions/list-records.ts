import { type ArticleRecord, isArticle } from '../../shared/model/article.ts';
import { sectionKey } from '../../shared/model/identity.ts';
import { LAST_INSTANT } from '../../shared/table/articles.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { inBatches, rejectedSince, timeOf } from '../deployment/rejected.ts';

export type Status = ArticleRecord['status'] | 'all';

/** Which records are listed. */
export interface ListSelection {
  status?: Status;
  section?: string;
  /** RFC 3339. */
  since?: string;
  limit: number;
}

/** Statuses that are listed by default. Each has an index. */
const INDEXED: ReadonlySet<string> = new Set<Status>(['live', 'scheduled', 'held']);

/** The records of a selection, the newest first, without their bodies. */
export async function listRecords(
  { articles }: Pick<Deployment, 'articles'>,
  { status, section, since = '', limit }: ListSelection,
): Promise<ArticleRecord[]> {
  const folder = section === undefined ? undefined : sectionKey(section);
  const isWanted = (record: ArticleRecord) =>
    timeOf(record) >= since &&
    (folder === undefined || (isArticle(record) && sectionKey(record.section) === folder)) &&
    (status === undefined ? INDEXED.has(record.status) : status === 'all' || record.status === status);

  let found: ArticleRecord[] = [];
  const add = (record: ArticleRecord) => {
    if (isWanted(record)) found.push(withoutBody(record));
    // Only the newest records are kept, so that memory stays small for any table.
    if (found.length > limit * 2 + 1_000) found = newest(found, limit);
  };
  const gather = async (batches: AsyncIterable<ArticleRecord[]>) => {
    for await (const records of batches) for (const record of records) add(record);
  };
  // With an index, only the shown records are read. For other statuses the whole table is read.
  const asks = (name: Status) => status === undefined || status === name;
  if (status === undefined || INDEXED.has(status)) {
    if (asks('live')) await gather(inBatches(articles, await articles.newest(limit, section)));
    if (asks('held')) await gather(inBatches(articles, articles.held()));
    if (asks('scheduled')) await gather(inBatches(articles, articles.due(LAST_INSTANT)));
  } else if (status === 'rejected' && since !== '') found = await rejectedSince(articles, since, limit);
  else for await (const record of articles.all()) add(record);
  return newest(found, limit);
}

function newest(records: readonly ArticleRecord[], limit: number): ArticleRecord[] {
  const byId = new Map(records.map(record => [record.id, record]));
  return [...byId.values()].sort((a, b) => (timeOf(a) < timeOf(b) ? 1 : -1)).slice(0, limit);
}

function withoutBody(record: ArticleRecord): ArticleRecord {
  if (!isArticle(record)) return record;
  const { bodyHtml: _, ...rest } = record;
  return rest;
}
