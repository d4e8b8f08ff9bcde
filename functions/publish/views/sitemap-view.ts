import { inParallel } from '../../../shared/errors/in-parallel.ts';
import { MAX_INDEXED_SITEMAPS } from '../feeds/sitemap.ts';
import type { Records } from '../model/records.ts';
import { loadDirectory } from '../states/directory.ts';
import { historyState, SITEMAPS_STATE, type SitemapRow, sitemapState } from '../states/history-states.ts';
import {
  type ArticlePositions,
  HISTORY_POSITIONS,
  pageIn,
  SITEMAP_LIST,
  SITEMAP_POSITIONS,
  sitemapPath,
} from '../states/positions.ts';
import { mergeRows } from '../states/rows.ts';
import { load } from '../states/state.ts';
import { idsInFile, recordsOn } from './records-on-page.ts';
import { PAGES_SITEMAP, sitemap, sitemapIndex } from './renditions.ts';
import type { View, ViewDeps } from './view.ts';

/** Number of sitemaps for a number of history documents. */
export function sitemapCount(historyPages: number): number {
  return Math.ceil((historyPages * HISTORY_POSITIONS) / SITEMAP_POSITIONS);
}

/** The view of a sitemap: the live articles at its positions. */
export function sitemapView(page: number, positions: ArticlePositions, deps: ViewDeps): View<SitemapRow[]> {
  const isOnPage = (places: ArticlePositions, id: string) => pageIn(places, id, SITEMAP_LIST) === page;
  const merged = (before: SitemapRow[], records: Records, places: ArticlePositions) =>
    mergeRows(before, records, ({ id, version, permalink, updatedAt }) =>
      isOnPage(places, id) ? { id, version, permalink, updatedAt } : undefined,
    ).sort((a, b) => (a.permalink < b.permalink ? -1 : 1));
  return {
    ...sitemapState(page),
    isEmpty: rows => rows.length === 0,
    merge: (rows, records) => merged(rows, records, positions),
    /** Finds the articles in the history documents of the same positions, and in the file of the site. */
    async fill(rows) {
      const { state: directory } = await loadDirectory(deps);
      const first = (page * SITEMAP_POSITIONS) / HISTORY_POSITIONS;
      const end = Math.min(directory.pages, first + SITEMAP_POSITIONS / HISTORY_POSITIONS);
      const ids = new Set<string>();
      let isWhole = true;
      for (let at = first; at < end; at++) {
        const { state: document, isStored } = await load(deps, historyState(at));
        if (!isStored) isWhole = false;
        for (const { id } of document.entries) ids.add(id);
      }
      if (!isWhole) for (const id of await idsInFile(sitemapPath(page), deps)) ids.add(id);
      const found = await recordsOn([...ids], isOnPage, deps);
      return merged(rows, found.records, found.positions);
    },
    render: rows => [sitemap(sitemapPath(page), rows, deps.site)],
  };
}

/** Maximum number of sitemaps that are read to fill a lost index. The days of the others follow with their changes. */
const MAX_FILLED_DAYS = 2_000;

const CONCURRENCY = 16;

/** The latest change of a sitemap. */
export interface SitemapChange {
  page: number;
  /** Day (`2026-11-23`, UTC). Empty if the sitemap has no articles. */
  day: string;
}

/** The change of a sitemap with these rows. */
export function changeOfSitemap(page: number, rows: readonly Pick<SitemapRow, 'updatedAt'>[]): SitemapChange {
  return { page, day: rows.reduce((latest, { updatedAt }) => later(latest, updatedAt.slice(0, 10)), '') };
}

/**
 * The view of the index of sitemaps. It tells days instead of instants, because then one article in a hundred writes it.
 * The index names the newest sitemaps only if there are more than search engines accept. Older ones stay on the site.
 */
export function sitemapIndexView(changes: readonly SitemapChange[], deps: ViewDeps): View<string[]> {
  const merged = (before: readonly string[], some: readonly SitemapChange[]) => {
    const days = [...before];
    for (const { page, day } of some) {
      while (days.length <= page) days.push('');
      days[page] = later(days[page] ?? '', day);
    }
    return days.fill('', 0, Math.max(0, days.length - MAX_INDEXED_SITEMAPS));
  };
  return {
    ...SITEMAPS_STATE,
    isEmpty: days => days.length === 0,
    merge: before => merged(before, changes),
    async fill(state) {
      const { state: directory } = await loadDirectory(deps);
      const count = sitemapCount(directory.pages);
      const pages = Array.from({ length: Math.min(count, MAX_FILLED_DAYS) }, (_, back) => count - 1 - back);
      const read = async (page: number) =>
        changeOfSitemap(page, (await load(deps, sitemapState(page))).state);
      return merged(state, await inParallel(pages, read, { concurrency: CONCURRENCY }));
    },
    render(days, { pages, own }) {
      const all = Array.from({ length: sitemapCount(pages) }, (_, page) => ({
        path: sitemapPath(page),
        changedOn: days[page],
      }));
      const rows = Object.entries(own).map(([path, { updatedAt }]) => ({ permalink: `${path}/`, updatedAt }));
      if (rows.length === 0) return [sitemapIndex(all.slice(-MAX_INDEXED_SITEMAPS), deps.site)];
      const { day } = changeOfSitemap(0, rows);
      const index = [...all.slice(1 - MAX_INDEXED_SITEMAPS), { path: PAGES_SITEMAP, changedOn: day }];
      return [sitemap(PAGES_SITEMAP, rows, deps.site), sitemapIndex(index, deps.site)];
    },
  };
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}
