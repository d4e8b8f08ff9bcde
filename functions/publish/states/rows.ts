import type { Article } from '../../../shared/model/article.ts';
import type { Records } from '../model/records.ts';

/** What a view keeps of an article: at least who it is, and which version of its record was seen. */
export interface Row {
  id: string;
  version: number;
}

/**
 * Brings records into rows: enters, replaces or takes out each. An older version of a record never overwrites
 * a newer row. Merging the same records again, in any order, changes nothing.
 * @param rowOf what is kept of an article that is live; undefined where it does not belong among the rows
 */
export function mergeRows<R extends Row>(
  before: readonly R[],
  records: Records,
  rowOf: (article: Article) => R | undefined,
): R[] {
  const rows = new Map(before.map(row => [row.id, row]));
  for (const [id, record] of records) {
    const present = rows.get(id);
    if (present !== undefined && record !== undefined && present.version > record.version) continue;
    const row = record?.status === 'live' ? rowOf(record) : undefined;
    if (row === undefined) rows.delete(id);
    else rows.set(id, row);
  }
  return [...rows.values()];
}
