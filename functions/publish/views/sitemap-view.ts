import type { Records } from '../model/records.ts';
import { loadDirectory } from '../states/directory.ts';
import { historyState, SITEMAPS, type SitemapRow, sitemapState } from '../states/history-states.ts';
import { ALL, HISTORY_PLACES, type Placed, pageIn, SITEMAP_PLACES } from '../states/positions.ts';
import { mergeRows } from '../states/rows.ts';
import { load } from '../states/state.ts';
import { recordsOn } from './records-on-page.ts';
import { sitemap } from './renditions.ts';
import type { View, ViewDeps } from './view.ts';

/** Path of a sitemap on the site. */
export function sitemapPath(page: number): string {
  return `${SITEMAPS}${String(page).padStart(3, '0')}.xml`;
}

/** How many sitemaps there are for so many archive documents. */
export function sitemapCount(historyPages: number): number {
  return Math.ceil((historyPages * HISTORY_PLACES) / SITEMAP_PLACES);
}

/** The view of one sitemap: what stands in its positions of the history. */
export function sitemapView(page: number, placed: Placed, deps: ViewDeps): View<SitemapRow[]> {
  const isOnPage = (places: Placed, id: string) => pageIn(places, id, ALL, SITEMAP_PLACES) === page;
  const merged = (before: SitemapRow[], records: Records, places: Placed) =>
    mergeRows(before, records, ({ id, version, permalink, updatedAt }) =>
      isOnPage(places, id) ? { id, version, permalink, updatedAt } : undefined,
    ).sort((a, b) => (a.permalink < b.permalink ? -1 : 1));
  return {
    ...sitemapState(page),
    isEmpty: rows => rows.length === 0,
    merge: (rows, records) => merged(rows, records, placed),
    /** The archive documents of the same places name its articles. */
    async fill(rows) {
      const { state: directory } = await loadDirectory(deps);
      const first = (page * SITEMAP_PLACES) / HISTORY_PLACES;
      const end = Math.min(directory.pages, first + SITEMAP_PLACES / HISTORY_PLACES);
      const ids: string[] = [];
      for (let at = first; at < end; at++) {
        const { state: document } = await load(deps, historyState(at));
        ids.push(...document.entries.map(({ id }) => id));
      }
      const found = await recordsOn(ids, isOnPage, deps);
      return merged(rows, found.records, found.placed);
    },
    render: rows => [sitemap(sitemapPath(page), rows, deps.site)],
  };
}
