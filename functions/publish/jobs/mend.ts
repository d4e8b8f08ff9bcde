import { CONFLICT, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import type { ArticleRecord } from '../../../shared/model/article.ts';
import type { Positions } from '../../../shared/table/positions.ts';
import { type ArticleChange, changeTo, joinChanges } from '../model/change.ts';
import { editionsOf } from '../model/edition-of.ts';
import type { Entry } from '../model/entry.ts';
import type { Records } from '../model/records.ts';
import { isSameNavigation, loadDirectory } from '../states/directory.ts';
import {
  DAYS,
  type DayPage,
  dayState,
  HISTORY,
  type HistoryPage,
  historyState,
  pageOfKey,
  SITEMAPS,
  type SitemapRow,
  sitemapState,
} from '../states/history-states.ts';
import {
  ALL_ARTICLES,
  type ArticlePositions,
  DAY_PAGE_POSITIONS,
  dayList,
  HISTORY_LIST,
  HISTORY_POSITIONS,
  isDay,
  isEditionList,
  pageIn,
  SITEMAP_LIST,
  SITEMAP_POSITIONS,
} from '../states/positions.ts';
import type { Row } from '../states/rows.ts';
import { load } from '../states/state.ts';
import { editionView } from '../views/edition-view.ts';
import { historyView } from '../views/history-feed-view.ts';
import { dayView } from '../views/history-page-views.ts';
import { mergeHistory } from '../views/merge-history.ts';
import { sitemapView } from '../views/sitemap-view.ts';
import { type BoundView, bind } from '../views/view.ts';
import type { PublishDeps, PublishedViews } from './publish-deps.ts';

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

/**
 * Name of the user metadata of an article's page: the positions of the article. After the table was restored to an
 * earlier time, it can tell less than the files show. Then the page tells on which pages of the history the article
 * stands, and a history document tells its editions.
 */
const POSITIONS = 'positions';

/** Maximum number of positions in the metadata, which S3 limits to 2 KB. A date is corrected once or twice. */
const MAX_POSITIONS = 40;

type Metadata = Readonly<Record<string, string>>;

/** The metadata of the page of an article. */
export function positionsMetadata(positions: Positions | undefined): Record<string, string> {
  const named = [...(positions ?? [])]
    .filter(([list]) => !isEditionList(list))
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .slice(0, MAX_POSITIONS);
  return named.length === 0 ? {} : { [POSITIONS]: named.map(([list, at]) => `${list}=${at}`).join(' ') };
}

/** Where the site shows an article, although the table does not tell it. */
export interface FormerPages {
  /** Keys of the states of pages of the history. */
  keys: string[];
  /** Editions, dates and files that a history document or the main edition names. */
  change: ArticleChange;
}

/**
 * Finds where the site shows an article that must leave it. For a live article, finds the pages of the history that show
 * it although its positions name other pages. Raises the version of the record above the one on the site, because merges
 * ignore an older version.
 * @param at.metadata metadata of the page of the article, before the page is changed
 * @param at.positions positions of the article in the table
 * @param at.isBulk whether the call belongs to a bulk run. It makes all editions again, so it looks for editions of a
 * live article only if the positions differ
 */
export async function findFormerPages(
  id: string,
  record: ArticleRecord | undefined,
  { metadata, positions, isBulk }: { metadata: Metadata; positions: Positions | undefined; isBulk: boolean },
  deps: PublishDeps,
): Promise<FormerPages> {
  const present = keysOf(positions ?? new Map());
  const former = keysOf(readPositions(metadata[POSITIONS] ?? ''));
  const keys = [...former].filter(key => !present.has(key));
  let change = changeTo(id);
  const isLive = record?.status === 'live';
  if (keys.length === 0 && isLive && isBulk) return { keys, change };
  for (const entry of await entriesOf(id, new Set([...present, ...former]), deps)) {
    const isAhead = record === undefined || record.version < entry.version;
    const { raised } = isAhead ? await lift([entry], deps) : { raised: new Set() };
    // Another publisher has a newer record of the table.
    if (isLive && isAhead && !raised.has(id)) continue;
    const media = (entry.media ?? []).map(use => deps.articles.idOf(use.key));
    const { publishedAt, permalink } = entry;
    const shown = { editions: editionsOf(entry), dates: [publishedAt], permalinks: [permalink], media };
    change = joinChanges(change, changeTo(id, shown));
  }
  return { keys, change };
}

/** The entries of an article in history documents. An article can be in the main edition before it is in the history. */
async function entriesOf(id: string, keys: ReadonlySet<string>, deps: PublishDeps): Promise<Entry[]> {
  const found: Entry[] = [];
  const add = (entries: readonly Entry[]) => found.push(...entries.filter(entry => entry.id === id));
  for (const key of keys)
    if (key.startsWith(HISTORY)) add((await load(deps, historyState(pageOfKey(key)))).state.entries);
  if (found.length === 0) add((await load(deps, editionView({ kind: 'all' }, deps))).state.entries);
  return found;
}

/** Keys of the states of the pages with these positions. */
function keysOf(positions: Positions): Set<string> {
  const keys = new Set<string>();
  for (const [list, position] of positions)
    if (list === ALL_ARTICLES) {
      keys.add(historyState(Math.floor(position / HISTORY_POSITIONS)).key);
      keys.add(sitemapState(Math.floor(position / SITEMAP_POSITIONS)).key);
    } else if (isDay(list)) keys.add(dayState(list, Math.floor(position / DAY_PAGE_POSITIONS)).key);
  return keys;
}

function readPositions(text: string): Positions {
  const found = text.matchAll(/(all|\d{4}-\d{2}(?:-\d{2})?)=(\d{1,12})(?= |$)/g);
  return new Map([...found].map(([, list = '', position]) => [list, Number(position)]));
}
