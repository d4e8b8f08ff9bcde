import { CONFLICT, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import { type ArticleChange, changeTo } from '../model/change.ts';
import type { Entry } from '../model/entry.ts';
import type { Records } from '../model/records.ts';
import { isSameNavigation, loadDirectory } from '../states/directory.ts';
import {
  DAYS,
  type DayPage,
  HISTORY,
  type HistoryPage,
  pageOfKey,
  SITEMAPS,
  type SitemapRow,
} from '../states/history-states.ts';
import { type ArticlePositions, dayList, HISTORY_LIST, pageIn, SITEMAP_LIST } from '../states/positions.ts';
import type { Row } from '../states/rows.ts';
import { historyView } from '../views/history-feed-view.ts';
import { dayView } from '../views/history-page-views.ts';
import { mergeHistory } from '../views/merge-history.ts';
import { sitemapView } from '../views/sitemap-view.ts';
import { type BoundView, bind, type PublishDeps } from '../views/view.ts';
import type { PublishedViews } from './publish-editions.ts';

/** Number of pages that are merged in parallel. */
const CONCURRENCY = 8;

/**
 * Repairs a page of the history after the table was restored or items were deleted by hand. Removes rows whose article
 * has no position on the page, and raises versions as {@link lift} does. The caller must publish the removed articles,
 * because they can have a position on another page.
 * @param key key of the stored state of a history document, a sitemap or a page of a day
 * @returns the articles of the removed rows (`strays`) and of the kept rows (`others`)
 */
export async function mendPage(
  key: string,
  deps: PublishDeps,
): Promise<PublishedViews & { strays: ArticleChange[]; others: ArticleChange[] }> {
  const rows = await rowsOnPage(key, deps);
  const { broken } = await lift(rows, deps);
  const positions = await deps.articles.positions.read(rows.map(({ id }) => id));
  const isStray = ({ id }: Row) => !broken.has(id) && !isOnPage(id, key, positions);
  const strays = rows.filter(isStray);
  const done = strays.length === 0 ? { views: 0, files: 0 } : await takeOut(strays, key, deps);
  const others = rows.filter(row => !isStray(row));
  return { strays: strays.map(changeOf), others: others.map(changeOf), ...done };
}

/** Writes the files of a page of the history, also of a page without articles. */
export async function renderPage(key: string, deps: PublishDeps): Promise<void> {
  const { state: directory } = await loadDirectory(deps);
  await pageView(key, NOWHERE, deps).render(directory);
}

/**
 * Raises the version of each record whose row on the site has a higher version. Such a record comes from a restored
 * table. Without a higher version, merges would ignore the record, even a kill.
 * @returns the ids of the records that cannot be read, and of those that were raised
 */
export async function lift(standing: readonly Row[], { articles, onBroken }: PublishDeps) {
  const broken = new Set<string>();
  const raised = new Set<string>();
  const read = (ids: readonly string[]) =>
    articles.getMany(ids, error => {
      if (!broken.has(error.subject)) onBroken(error);
      broken.add(error.subject);
    });
  const versions = new Map<string, number>();
  for (const { id, version } of standing) versions.set(id, Math.max(version, versions.get(id) ?? 0));
  let pending = [...versions.keys()];
  return retryOnConflict('articles', articles.pacing, async () => {
    const lost: string[] = [];
    for (const [id, record] of await read(pending)) {
      const version = versions.get(id) ?? 0;
      if (record.version >= version) continue;
      if (await articles.replace(record, { ...record, version: version + 1 })) raised.add(id);
      else lost.push(id);
    }
    pending = lost;
    return lost.length > 0 ? CONFLICT : { broken, raised };
  });
}

/** Removes articles from a page of the history, and writes the files of the page. */
export async function takeOut(
  strays: readonly Pick<Row, 'id'>[],
  key: string,
  deps: PublishDeps,
): Promise<PublishedViews> {
  const { list, page } = listOf(key);
  const records: Records = new Map(strays.map(({ id }) => [id, undefined]));
  const positions = new Map(strays.map(({ id }) => [id, new Map([[list.name, page * list.pageSize]])]));
  let views: BoundView[];
  if (key.startsWith(DAYS))
    views = await mergeHistory(positions, records, deps, { concurrency: CONCURRENCY });
  else {
    const view = pageView(key, positions, deps);
    await view.merge(records);
    views = [view];
  }
  let files = 0;
  return retryOnConflict('directory.json', deps.pacing, async () => {
    const { state: directory } = await loadDirectory(deps);
    for (const view of views) files += await view.render(directory);
    const { state: now } = await loadDirectory(deps);
    return isSameNavigation(directory, now) ? { views: views.length, files } : CONFLICT;
  });
}

/** The rows of a page of the history. A lost or broken state is made again. */
export async function rowsOnPage(key: string, deps: PublishDeps): Promise<PageRow[]> {
  return rowsOf(await pageView(key, NOWHERE, deps).state());
}

/** Whether an article has a position on a page. It gets its position before its row is written. */
export function isOnPage(id: string, key: string, positions: ArticlePositions): boolean {
  const { list, page } = listOf(key);
  return pageIn(positions, id, list) === page;
}

/** The list of positions of the page whose state has this key, and the number of the page. */
function listOf(key: string) {
  const page = pageOfKey(key);
  if (key.startsWith(DAYS)) return { list: dayList(key.slice(DAYS.length, key.lastIndexOf('/'))), page };
  return { list: key.startsWith(SITEMAPS) ? SITEMAP_LIST : HISTORY_LIST, page };
}

const NOWHERE: ArticlePositions = new Map();

function pageView(key: string, positions: ArticlePositions, deps: PublishDeps) {
  const { list, page } = listOf(key);
  if (key.startsWith(DAYS)) return bind(deps, dayView(list.name, page, positions, deps));
  if (key.startsWith(HISTORY)) return bind(deps, historyView(page, positions, deps));
  return bind(deps, sitemapView(page, positions, deps));
}

/** A row of a page of the history. Sitemaps do not tell the date, and only history documents tell the media. */
export type PageRow = Row & Pick<Entry, 'permalink'> & Partial<Pick<Entry, 'media' | 'publishedAt'>>;

function rowsOf(state: HistoryPage | DayPage | SitemapRow[]): PageRow[] {
  if (Array.isArray(state)) return state;
  return 'rows' in state ? state.rows : state.entries;
}

function changeOf({ id, permalink }: { id: string; permalink: string }): ArticleChange {
  return changeTo(id, { permalinks: [permalink] });
}
