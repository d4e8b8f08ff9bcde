import type { Records } from '../model/records.ts';
import { loadDirectory } from '../states/directory.ts';
import { historyState, type SitemapRow, sitemapState } from '../states/history-states.ts';
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
import { sitemap } from './renditions.ts';
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
