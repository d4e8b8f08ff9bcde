import { inParallel } from '../../../shared/errors/in-parallel.ts';
import { CONFLICT, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import { publishListPages } from '../lists/list-pages.ts';
import { type EditionOf, editionId } from '../model/edition-of.ts';
import type { Records } from '../model/records.ts';
import {
  type Directory,
  isListed,
  isOnlyNamed,
  isSameNavigation,
  loadDirectory,
  updateListings,
} from '../states/directory.ts';
import type { Edition } from '../states/edition-state.ts';
import { type ArticlePositions, assignPositions, HISTORY_LIST, pagesIn } from '../states/positions.ts';
import { editionView } from '../views/edition-view.ts';
import { historyView } from '../views/history-feed-view.ts';
import { mergeHistory } from '../views/merge-history.ts';
import { type BoundView, bind, type PublishDeps } from '../views/view.ts';
import { publishLinks, publishSite } from './site-files.ts';
import { isSwitchedOff } from './switched-off.ts';

/** Number of views that are written in parallel. Writing is mostly waiting for S3. */
const CONCURRENCY = 8;

export interface PublishedViews {
  /** Number of editions, history pages and sitemaps that were checked. */
  views: number;
  /** Number of written files of the site. A file with the same bytes is not written. */
  files: number;
}

/** The views of the given editions. @param places positions of the changed articles in their lists */
async function viewsOf(
  editions: readonly EditionOf[],
  places: ArticlePositions,
  deps: PublishDeps,
): Promise<{ of: EditionOf; view: BoundView<Edition> }[]> {
  const named = new Map(editions.map(of => [editionId(of, deps.site), of]));
  const published = async (of: EditionOf) => {
    const view = editionView(of, deps, places);
    return (await isPublished(of, view.key, deps)) ? [{ of, view: bind(deps, view) }] : [];
  };
  return (await inParallel(named.values(), published, { concurrency: CONCURRENCY })).flat();
}

/** The views of the history documents that hold the positions. */
function documentsOf(positions: ArticlePositions, deps: PublishDeps): BoundView[] {
  const history = pagesIn(positions, HISTORY_LIST);
  return history.map(page => bind(deps, historyView(page, positions, deps)));
}

/** Whether an edition is turned on or stored. A kill must reach the feeds of a stored edition that is turned off. */
async function isPublished(of: EditionOf, key: string, { site, storage }: PublishDeps): Promise<boolean> {
  return !isSwitchedOff(of, site) || (await storage.head(key)) !== undefined;
}

/**
 * Merges records into the given editions and the history, and renders them. Editions with too few entries are filled. If
 * the directory changes, the files that show it are also rendered.
 * @param given.positions positions of the records. Default: read from the table, and assigned if they are missing. With
 * an empty map, the history stays as it is
 * @param given.places positions of the records in the lists of editions. Default: `given.positions`
 * @param given.history records to merge into the history. Default: all
 */
export async function publishEditions(
  editions: readonly EditionOf[],
  deps: PublishDeps,
  records: Records = new Map(),
  given: { positions?: ArticlePositions; history?: Records; places?: ArticlePositions } = {},
): Promise<PublishedViews> {
  const parallel = { concurrency: CONCURRENCY };
  const { history = records } = given;
  const positions = given.positions ?? (await assignPositions(records, deps.articles, deps.site));
  const places = given.places ?? positions;
  const found = await viewsOf(editions, places, deps);
  const listed = found.map(({ view }) => view);
  await inParallel(listed, view => view.merge(records), parallel);
  const ofRecords = new Map([...places].filter(([id]) => records.has(id)));
  const pages = await inParallel(
    found,
    ({ of, view }) => publishListPages(of, view, ofRecords, deps),
    parallel,
  );
  const documents = documentsOf(positions, deps);
  await inParallel(documents, view => view.merge(history), parallel);
  const views = [...listed, ...documents, ...(await mergeHistory(positions, history, deps, parallel))];
  const { directory, isUnnamed } = await updateDirectory(listed, positions, deps);
  const rendered = await render(views, directory, deps);
  let files = rendered.files + sum(pages);
  if (rendered.directory.linkedPages < rendered.directory.pages) files += await publishLinks(deps);
  // Another publisher can have read the names before an edition became empty, and have marked them as published since.
  if (rendered.directory.stale || isUnnamed) files += await publishSite(deps);
  return { views: views.length, files };
}

/** Renders views, which show data of the directory. Repeats this if the directory has changed during it. */
async function render(views: readonly BoundView[], first: Directory, deps: PublishDeps) {
  let files = 0;
  let directory = first;
  return retryOnConflict('directory.json', deps.pacing, async () => {
    files += sum(await inParallel(views, view => view.render(directory), { concurrency: CONCURRENCY }));
    const { state: now } = await loadDirectory(deps);
    const isSame = isSameNavigation(directory, now);
    directory = now;
    return isSame ? { files, directory } : CONFLICT;
  });
}

/**
 * Adds views with articles to the directory, removes empty views, and raises the number of history documents until they
 * cover all positions.
 * @returns the directory, and whether a view became empty that only a page of names has
 */
async function updateDirectory(
  views: readonly BoundView[],
  positions: ArticlePositions,
  deps: PublishDeps,
): Promise<{ directory: Directory; isUnnamed: boolean }> {
  const { state: directory } = await loadDirectory(deps);
  const pages = Math.max(0, ...pagesIn(positions, HISTORY_LIST).map(page => page + 1));
  const listings = [];
  for (const view of views) {
    const listing = await view.listing();
    if (listing) listings.push({ view, listing, present: !(await view.isEmpty()) });
  }
  let news = listings.filter(({ listing, present }) => !isListed(directory, listing, present));
  if (news.length === 0 && pages <= directory.pages) return { directory, isUnnamed: false };
  const isUnnamed = news.some(({ listing, present }) => !present && isOnlyNamed(directory, listing));
  return retryOnConflict('directory.json', deps.pacing, async () => {
    const updated = await updateListings(deps, news, pages);
    // Another publisher can have filled or emptied a view since this call read it.
    const now = await inParallel(news, async each => ({
      ...each,
      present: !(await each.view.isEmpty('now')),
    }));
    news = now.filter(({ present }, at) => present !== news[at]?.present);
    return news.length > 0 ? CONFLICT : { directory: updated, isUnnamed };
  });
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
