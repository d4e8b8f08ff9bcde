import type { Article } from '../../../shared/model/article.ts';
import { isDeepStrictEqual } from '../../../shared/model/deep-equal.ts';
import type { ListRange } from '../../../shared/table/list-rows.ts';
import { prepareAuthors } from '../content/prepare-fields.ts';
import { editionId } from '../model/edition-of.ts';
import type { MoreStories } from '../model/more-stories.ts';
import type { HistoryRow } from '../states/history-states.ts';
import { type RowsOfLists, rowsInRanges } from '../states/list-rows.ts';
import type { ArticlePositions } from '../states/positions.ts';
import type { ViewDeps } from '../views/view.ts';

/*
 * The stories that the page of an article lists at its end. They have the positions before its own, in the list of its
 * section and in those of its authors. So a new article changes no other page, and at most as many pages list an article
 * as it has followers: the articles at the next positions. A kill or a correction writes those pages again.
 */

const SECTIONS = 'sections/';

/** Number of positions before its own that an article lists. */
const REACH = [
  { prefix: SECTIONS, reach: 4 },
  { prefix: 'authors/', reach: 3 },
] as const;

/** Number of authors of an article whose stories its page lists. */
const MAX_AUTHORS = 2;

function reachOf(list: string): number {
  return REACH.find(({ prefix }) => list.startsWith(prefix))?.reach ?? 0;
}

/** Whether an article is one of the first of a section. They list each other, because few or none stand before them. */
function isFirst(list: string, at: number): boolean {
  return list.startsWith(SECTIONS) && at < reachOf(list);
}

/** Articles, and the rows around them in the lists of sections and authors. */
export interface Neighbourhood {
  /** Articles that are not among the given ones, and whose pages can list them. */
  followers: readonly HistoryRow[];
  moreFor(article: Article): MoreStories;
  /** Whether the table still has the same rows. A page that was written meanwhile can list an article that has left. */
  isCurrent(): Promise<boolean>;
}

/**
 * Reads the stories that the pages of articles list.
 * @param ids the articles, also those that have left the site
 * @param changed those of the articles whose followers must be written again
 */
export async function readNeighbourhood(
  ids: readonly string[],
  positions: ArticlePositions,
  changed: ReadonlySet<string>,
  { articles, site }: ViewDeps,
): Promise<Neighbourhood> {
  const ranges = ids.flatMap(id => rangesOf(id, positions, changed.has(id)));
  const rows = await rowsInRanges(ranges, articles);
  const known = new Set(ids);
  const before = (id: string, list: string): HistoryRow[] => {
    const at = positions.get(id)?.get(list);
    if (at === undefined) return [];
    const reach = reachOf(list);
    const [newest, count] = isFirst(list, at) ? [reach, reach + 1] : [at - 1, reach];
    const places = Array.from({ length: count }, (_, back) => newest - back);
    return places.flatMap(place => (place === at ? [] : (rows.get(list)?.get(place) ?? [])));
  };
  return {
    followers: followersOf(changed, positions, rows).filter(({ id }) => !known.has(id)),
    moreFor(article) {
      const inSection = before(article.id, editionId({ kind: 'section', name: article.section }, site));
      const listed = new Set(inSection.map(({ id }) => id));
      const authors = site.authors ? prepareAuthors(article.authors).slice(0, MAX_AUTHORS) : [];
      const byAuthors = authors.flatMap(({ name }) => {
        const own = before(article.id, editionId({ kind: 'author', name }, site));
        const stories = own.filter(({ id }) => !listed.has(id));
        for (const { id } of stories) listed.add(id);
        return stories.length > 0 ? [{ name, stories }] : [];
      });
      return { inSection, byAuthors };
    },
    async isCurrent() {
      return isDeepStrictEqual(await rowsInRanges(ranges, articles), rows);
    },
  };
}

/** The ranges of the stories that the page of an article lists, and of its followers. */
function rangesOf(id: string, positions: ArticlePositions, withFollowers: boolean): ListRange[] {
  return [...(positions.get(id) ?? [])].flatMap(([list, at]) => {
    const reach = reachOf(list);
    const end = withFollowers || isFirst(list, at) ? Math.max(at, 0) + reach + 1 : at;
    return reach === 0 ? [] : [{ list, from: at - reach, end }];
  });
}

/** The rows of the articles whose pages can list the given ones. */
function followersOf(
  ids: Iterable<string>,
  positions: ArticlePositions,
  rows: RowsOfLists,
): readonly HistoryRow[] {
  const found = new Map<string, HistoryRow>();
  for (const id of ids)
    for (const [list, at] of positions.get(id) ?? []) {
      const reach = reachOf(list);
      for (const [place, row] of rows.get(list) ?? []) {
        const follows = place > at && place <= at + reach;
        if (follows || (at <= reach && place !== at && isFirst(list, place))) found.set(row.id, row);
      }
    }
  return [...found.values()];
}
