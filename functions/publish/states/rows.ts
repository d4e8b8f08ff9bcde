import type { Article, ArticleRecord } from '../../../shared/model/article.ts';
import type { Records } from '../model/records.ts';
import type { HistoryRow } from './history-states.ts';

/** A row of a view: at least the id of an article and the version of its record. */
export interface Row {
  id: string;
  version: number;
}

/**
 * Adds, replaces or removes the row of each record. An older version of a record never overwrites a newer row. Merging
 * the same records again, in any order, changes nothing.
 * @param rowOf returns the row of a live article, or undefined if the view does not show the article
 */
export function mergeRows<R extends Row>(
  before: readonly R[],
  records: Records,
  rowOf: (article: Article) => R | undefined,
): R[] {
  return mergeAllRows(before, records, record => (record.status === 'live' ? rowOf(record) : undefined));
}

/** Like {@link mergeRows}, for a view that also shows articles which are not live. */
export function mergeAllRows<R extends Row>(
  before: readonly R[],
  records: Records,
  rowOf: (record: ArticleRecord) => R | undefined,
): R[] {
  const rows = new Map(before.map(row => [row.id, row]));
  for (const [id, record] of records) {
    const present = rows.get(id);
    if (present !== undefined && record !== undefined && present.version > record.version) continue;
    const row = record && rowOf(record);
    if (row === undefined) rows.delete(id);
    else rows.set(id, row);
  }
  return [...rows.values()];
}

/** The row of an article in lists. */
export function historyRow(article: Article): HistoryRow {
  const { id, version, headline, publishedAt, section, permalink, language, direction } = article;
  return { id, version, headline, publishedAt, section, permalink, language, direction };
}
