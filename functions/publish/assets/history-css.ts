export const HISTORY_CSS = `
.archive { max-inline-size: 46rem; margin-inline: auto; display: grid; gap: 1.75rem; }
.archive-group { display: grid; gap: 0.625rem; }
.archive-group h2 { font-size: 1.125rem; }
.archive-list, .archive-rows { list-style: none; padding: 0; display: grid; gap: 0.5rem; }
.archive-rows > li { display: grid; grid-template-columns: 3.5rem 1fr fit-content(12rem); gap: 0.25rem 0.75rem; align-items: baseline; padding-block-end: 0.5rem; border-block-end: 1px solid var(--rule); }
.archive-rows > li > * { min-inline-size: 0; overflow-wrap: anywhere; }
.archive-rows time, .archive-count { color: var(--soft); font: 0.8125rem/1.55 var(--sans); font-variant-numeric: tabular-nums; }
.archive-months { grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); }
.breadcrumb ol { padding: 0; }
.breadcrumb li { display: inline; }
.breadcrumb li + li::before { content: '\\A0\\203A  '; }
.more .headlines { font-weight: 400; }
.more li:last-child { border: 0; }
.pager .tags { justify-content: center; }
.tags [aria-current] { color: var(--accent); }
@media (max-width: 34rem) {
  .archive-rows > li { grid-template-columns: 3.5rem 1fr; }
  .archive-rows .kicker { grid-column: 2; }
}
`;
