import { withBodies } from '../content/bodies.ts';
import { entryOf } from '../content/entry-of.ts';
import { byNewest } from '../model/entry.ts';
import type { Records } from '../model/records.ts';
import type { SiteFile } from '../model/rendition.ts';
import { loadDirectory } from '../states/directory.ts';
import { type HistoryPage, historyState, sitemapState } from '../states/history-states.ts';
import { type ArticlePositions, HISTORY_LIST, pageIn, sitemapOf, sitemapPath } from '../states/positions.ts';
import { mergeRows } from '../states/rows.ts';
import { load } from '../states/state.ts';
import { idsInFile, recordsOn } from './records-on-page.ts';
import { historyRenditions } from './renditions.ts';
import { noSearchFiles, searchFiles } from './search-files.ts';
import type { View, ViewDeps } from './view.ts';

/** The view of a history document (RFC 5005, section 4): the live articles at its positions. */
export function historyView(
  page: number,
  positions: ArticlePositions,
  deps: ViewDeps,
): View<HistoryPage, SiteFile> {
  const isOnPage = (places: ArticlePositions, id: string) => pageIn(places, id, HISTORY_LIST) === page;
  const merged = ({ entries }: HistoryPage, records: Records, places: ArticlePositions) => ({
    entries: mergeRows(entries, records, article =>
      isOnPage(places, article.id) ? entryOf(article) : undefined,
    ).sort(byNewest),
  });
  return {
    ...historyState(page),
    isEmpty: ({ entries }) => entries.length === 0,
    merge: (state, records) => merged(state, records, positions),
    /** Finds the articles in the sitemap of the same positions. If its state is lost too, the file on the site tells them. */
    async fill(state) {
      const { state: directory } = await loadDirectory(deps);
      if (page >= directory.pages) return state;
      const sitemap = await load(deps, sitemapState(sitemapOf(page)));
      const ids = sitemap.isStored
        ? sitemap.state.map(({ id }) => id)
        : await idsInFile(sitemapPath(sitemapOf(page)), deps);
      const found = await recordsOn(ids, isOnPage, deps);
      return merged(state, found.records, found.positions);
    },
    async render({ entries }, { pages }) {
      const { site } = deps;
      const whole = await withBodies(entries, deps);
      const at = { page, pages: Math.max(pages, page + 1) };
      const files = historyRenditions(whole, at, site);
      if (!site.search) return [...files, ...noSearchFiles(page)];
      // The search finds the words of whole articles, also if feeds have summaries.
      const bodies = { ...deps, site: { ...site, feedSummaries: false } };
      const searched = site.feedSummaries ? await withBodies(entries, bodies) : whole;
      return [...files, ...searchFiles(searched, at, site)];
    },
  };
}
