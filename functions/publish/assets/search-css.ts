import { compactCss } from './compact-css.ts';

/** The style sheet that only the page of the search loads, besides that of all pages. */
export const SEARCH_CSS = compactCss(`
.search-page { max-inline-size: 46rem; margin-inline: auto; display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.25rem; }
.search-page form { display: flex; gap: 0.5rem; }
.search-page :is(input, button) { min-block-size: 2.75rem; padding-inline: 0.875rem; border: 1px solid var(--soft); background: transparent; color: inherit; font: 1rem/1.4 var(--sans); }
.search-page input { flex: 1; min-inline-size: 0; }
.search-page button { font-weight: 600; cursor: pointer; }
#search-status { color: var(--soft); font: 0.9375rem/1.5 var(--sans); }
#search-status:empty { display: none; }
#search-results { list-style: none; padding: 0; display: grid; gap: 1.5rem; }
#search-results > li { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.25rem; }
#search-results h2 { font-size: 1.25rem; }
#search-results h2 a:not(:hover) { text-decoration: none; }
#search-results > li > * { overflow-wrap: anywhere; }
.search-about { color: var(--soft); font: 0.8125rem/1.55 var(--sans); }
.search-page mark { background: var(--tint); color: inherit; box-shadow: inset 0 -2px var(--accent); }
`);
