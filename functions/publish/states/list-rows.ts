import type { Articles } from '../../../shared/table/articles.ts';
import type { ListRange } from '../../../shared/table/list-rows.ts';
import { HistoryRow } from './history-states.ts';

/** Rows of lists by position, and lists by name. */
export type RowsOfLists = ReadonlyMap<string, ReadonlyMap<number, HistoryRow>>;

/** The rows of the table in ranges of lists. A row that does not parse is left out, because another version wrote it. */
export async function rowsInRanges(
  ranges: readonly ListRange[],
  { listRows }: Pick<Articles, 'listRows'>,
): Promise<RowsOfLists> {
  const found = await listRows.inRanges(ranges);
  return new Map(
    [...found].map(([list, rows]) => [
      list,
      new Map(
        [...rows].flatMap(([position, row]) => {
          const { data } = HistoryRow.safeParse(row);
          return data === undefined ? [] : [[position, data] as const];
        }),
      ),
    ]),
  );
}
