import { isDeepStrictEqual } from '../../../shared/model/deep-equal.ts';
import type { ListPlace } from '../../../shared/table/list-rows.ts';
import type { Records } from '../model/records.ts';
import { type ArticlePositions, editionListsOf, isEditionList } from '../states/positions.ts';
import { historyRow } from '../states/rows.ts';
import type { ViewDeps } from '../views/view.ts';

/**
 * Enters the rows of live articles into the lists of their sections, tags and authors. Removes them from all other lists
 * in which they have a position, and the rows of articles that are not live. This comes before anything reads the lists.
 * @param isCompared whether only rows are written that differ. A read costs less than a write
 */
export async function enterRows(
  records: Records,
  positions: ArticlePositions,
  { articles, site }: Pick<ViewDeps, 'articles' | 'site'>,
  isCompared: boolean,
): Promise<void> {
  const enter: (ListPlace & { row: object })[] = [];
  const remove: ListPlace[] = [];
  for (const [id, record] of records) {
    const live = record?.status === 'live' ? record : undefined;
    const lists = new Set(live && editionListsOf(live, site));
    for (const [list, position] of positions.get(id) ?? []) {
      if (live && lists.has(list)) enter.push({ list, position, row: historyRow(live) });
      else if (isEditionList(list)) remove.push({ list, position });
    }
  }
  if (!isCompared) return articles.listRows.change({ enter, remove });
  const found = await articles.listRows.at([...enter, ...remove]);
  const rowAt = ({ list, position }: ListPlace) => found.get(list)?.get(position);
  return articles.listRows.change({
    enter: enter.filter(place => !isDeepStrictEqual(rowAt(place), place.row)),
    remove: remove.filter(place => rowAt(place) !== undefined),
  });
}
