import { ALL, HISTORY_PLACES, type Placed, pageIn, SITEMAP_PLACES } from './ledger.ts';
import { sitemap } from './renditions.ts';
import { mergeRows, type Row } from './rows.ts';
import type { Site } from './site.ts';
import type { View } from './view.ts';

/** One line of a sitemap. */
export interface SitemapRow extends Row {
  permalink: string;
  updatedAt: string;
}

/** Where the states of sitemaps are, in the archive bucket. */
export const SITEMAPS = 'sitemaps/';

/** Path of a sitemap on the site. */
export function sitemapPath(page: number): string {
  return `${SITEMAPS}${String(page).padStart(3, '0')}.xml`;
}

/** How many sitemaps there are for so many archive documents. */
export function sitemapCount(historyPages: number): number {
  return Math.ceil((historyPages * HISTORY_PLACES) / SITEMAP_PLACES);
}

/** The view of one sitemap: what stands in its places of the ledger. */
export function sitemapView(page: number, placed: Placed, site: Site): View<SitemapRow[]> {
  return {
    key: `${SITEMAPS}${String(page).padStart(6, '0')}.json`,
    initial: [],
    isEmpty: rows => rows.length === 0,
    merge: (rows, records) =>
      mergeRows(rows, records, ({ id, version, permalink, updatedAt }) =>
        pageIn(placed, id, ALL, SITEMAP_PLACES) === page ? { id, version, permalink, updatedAt } : undefined,
      ).sort((a, b) => (a.permalink < b.permalink ? -1 : 1)),
    render: rows => [sitemap(sitemapPath(page), rows, site)],
  };
}
