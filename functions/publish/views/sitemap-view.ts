import type { Records } from '../model/records.ts';
import { loadDirectory } from '../states/directory.ts';
import { historyState, SITEMAPS, type SitemapRow, sitemapState } from '../states/history-states.ts';
import {
  type ArticlePositions,
  HISTORY_POSITIONS,
  pageIn,
  SITEMAP_LIST,
  SITEMAP_POSITIONS,
} from '../states/positions.ts';
import { mergeRows } from '../states/rows.ts';
import { load } from '../states/state.ts';
import { recordsOn } from './records-on-page.ts';
import { sitemap } from './renditions.ts';
import type { View, ViewDeps } from './view.ts';

export function sitemapPath(page: number): string {
  return `${SITEMAPS}${String(page).padStart(3, '0')}.xml`;
}

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
    /** Finds the articles in the history documents of the same positions. */
    async fill(rows) {
      const { state: directory } = await loadDirectory(deps);
      const first = (page * SITEMAP_POSITIONS) / HISTORY_POSITIONS;
      const end = Math.min(directory.pages, first + SITEMAP_POSITIONS / HISTORY_POSITIONS);
      const ids: string[] = [];
      for (let at = first; at < end; at++) {
        const { state: document } = await load(deps, historyState(at));
        ids.push(...document.entries.map(({ id }) => id));
      }
      const found = await recordsOn(ids, isOnPage, deps);
      return merged(rows, found.records, found.positions);
    },
    render: rows => [sitemap(sitemapPath(page), rows, deps.site)],
  };
}
