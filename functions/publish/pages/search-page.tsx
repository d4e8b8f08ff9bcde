import { HISTORY_FOLDER, renderPage } from '../components/document.tsx';
import { folderHref, type Navigation, pageContext } from '../components/links.ts';
import { localizerOf } from '../components/localizer.ts';
import { EDITION_FILES, SEARCH_FOLDER, SITE_FILES } from '../content/addresses.ts';
import type { Site } from '../model/site.ts';
import { searchLabels } from '../words/search-labels.ts';

/**
 * The page of the search. Its script reads the words from the address, and the labels and numbers from this page. Without
 * scripts it leads to the archive.
 */
export function searchPage(site: Site, nav: Navigation): string {
  const context = pageContext(SEARCH_FOLDER + EDITION_FILES.page, site, nav);
  const { labels, labelLanguage } = localizerOf([site.language], site.timeZone);
  const words = searchLabels(labelLanguage.language);
  return renderPage({
    context,
    title: `${words.search} | ${site.title}`,
    ...labelLanguage,
    // The page has no canonical address, because search engines should show articles instead of it.
    head: (
      <>
        <link rel="stylesheet" href={context.root + SITE_FILES.searchStyles} />
        <script src={context.root + SITE_FILES.searchScript} defer />
      </>
    ),
    children: (
      <div
        class="search-page"
        id="search"
        data-root={context.root}
        data-time-zone={site.timeZone ?? 'UTC'}
        data-labels={JSON.stringify(words)}
      >
        <h1>{words.search}</h1>
        <search>
          <form action={folderHref(SEARCH_FOLDER, context)} method="get">
            <label class="visually-hidden" for="q">
              {words.search}
            </label>
            <input
              id="q"
              name="q"
              type="search"
              autocomplete="off"
              enterkeyhint="search"
              dir="auto"
              required
            />
            <button type="submit">{words.search}</button>
          </form>
        </search>
        <noscript>
          <p>{words.withoutScripts}</p>
        </noscript>
        <p id="search-status" role="status" />
        <ol id="search-results" />
        <p>
          <button id="search-older" type="button" hidden>
            {words.older}
          </button>
        </p>
        <p>
          <a href={folderHref(HISTORY_FOLDER, context)}>{labels.history}</a>
        </p>
      </div>
    ),
  });
}
