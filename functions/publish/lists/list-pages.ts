import { inParallel } from '../../../shared/errors/in-parallel.ts';
import { CONFLICT, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import { isDeepStrictEqual } from '../../../shared/model/deep-equal.ts';
import { type EditionOf, withStoredName } from '../model/edition-of.ts';
import { byNewest } from '../model/entry.ts';
import type { Edition } from '../states/edition-state.ts';
import { rowsInRanges } from '../states/list-rows.ts';
import { type ArticlePositions, editionList, pagesIn } from '../states/positions.ts';
import { load } from '../states/state.ts';
import { editionView } from '../views/edition-view.ts';
import { pagesDue, withPages } from '../views/merge-edition.ts';
import { listPageRendition } from '../views/renditions.ts';
import { type BoundView, bind, type PublishDeps, writeFile } from '../views/view.ts';

/** Number of pages that are written at the same time. */
const CONCURRENCY = 8;

/**
 * Writes the pages of the list of a section, tag or author that show the given articles, and the pages that are full
 * now. A page has no state: it is made from the rows of the table, which are entered before.
 * @param view the edition after its merge
 * @param positions positions of the changed articles
 * @returns the number of written files
 */
export async function publishListPages(
  of: EditionOf,
  view: BoundView<Edition>,
  positions: ArticlePositions,
  deps: PublishDeps,
): Promise<number> {
  const { list } = await view.state();
  if (list === undefined) return 0;
  const due = pagesDue(list);
  const changed = pagesIn(positions, editionList(of, deps.site)).filter(page => page < due);
  // The page before the new ones gets a link to the first of them.
  const first = due > list.pages ? Math.max(0, list.pages - 1) : due;
  const pages = new Set([...changed, ...Array.from({ length: due - first }, (_, at) => first + at)]);
  const written = await inParallel(pages, page => writeListPage(of, page, due, deps), {
    concurrency: CONCURRENCY,
  });
  if (due > list.pages) await view.revise(edition => withPages(edition, due));
  return written.reduce((sum, count) => sum + count, 0);
}

/**
 * Writes a page again, if the state of the edition counts it. The table can count more: an article whose position was the
 * last of a page can have left the site before its edition was merged. A kill looks only for pages that the state counts.
 * @returns the number of written files
 */
export async function rewriteListPage(of: EditionOf, page: number, deps: PublishDeps): Promise<number> {
  const { list } = await bind(deps, editionView(of, deps)).state();
  if (list === undefined || page >= pagesDue(list)) return 0;
  return writeListPage(of, page, page + 1, deps);
}

/**
 * Writes a page of a list from the rows of the table. Reads the rows again afterwards, so that the last publisher leaves
 * a page that matches.
 * @param pages number of pages of the list, at least
 * @returns the number of written files
 */
async function writeListPage(of: EditionOf, page: number, pages: number, deps: PublishDeps): Promise<number> {
  const { name, pageSize } = editionList(of, deps.site);
  const range = { list: name, from: page * pageSize, end: (page + 1) * pageSize };
  const read = async () => {
    const { state } = await load(deps, editionView(of, deps));
    const rows = (await rowsInRanges([range], deps.articles)).get(name) ?? new Map();
    return {
      of: withStoredName(of, state.of, deps.site),
      pages: Math.max(pages, state.list?.pages ?? 0),
      rows: [...rows.values()].sort(byNewest),
    };
  };
  let files = 0;
  let shown = await read();
  return retryOnConflict(name, deps.pacing, async () => {
    if (await writeFile(deps, listPageRendition({ ...shown, page }, deps.site))) files++;
    const now = await read();
    const isSame = isDeepStrictEqual(now, shown);
    shown = now;
    return isSame ? files : CONFLICT;
  });
}
