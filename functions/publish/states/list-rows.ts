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

/** Prefix of the keys that name pages of lists in a bulk run: `lists/sections/world/12`. No state has such a key. */
const LISTS = 'lists/';

/** The key of a page of a list in a bulk run. */
export function listPageId(list: string, page: number): string {
  return `${LISTS}${list}/${page}`;
}

/** The list and the number of the page that a key names. Undefined if the key names a state. */
export function listPageOf(key: string): { list: string; page: number } | undefined {
  if (!key.startsWith(LISTS)) return undefined;
  const end = key.lastIndexOf('/');
  return { list: key.slice(LISTS.length, end), page: Number(key.slice(end + 1)) };
}
