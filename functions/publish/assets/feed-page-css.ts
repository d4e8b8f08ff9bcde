export const FEED_PAGE_CSS = `
/* Feeds */
.feed-page { max-inline-size: 41rem; margin-inline: auto; display: grid; grid-template-columns: minmax(0, 1fr); gap: 2.25rem; }
.feed-page h1 { margin-block: 0.375rem 0; font-size: clamp(1.875rem, 1.35rem + 2.3vw, 2.625rem); letter-spacing: -0.022em; }
.feed-page h2 { font-size: 1.25rem; margin-block-end: 0.75rem; }
.feed-page ol { padding-inline-start: 1.375em; }
.feed-page li + li { margin-block-start: 0.5em; }
.feed-addresses { display: grid; gap: 0.875rem; }
.feed-addresses dt { font: 700 0.875rem/1.5 var(--sans); }
.feed-addresses dd { display: flex; gap: 0.5rem; align-items: center; }
.feed-addresses code {
  flex: 1;
  min-inline-size: 0;
  padding: 0.625rem 0.75rem;
  background: var(--tint);
  font: 0.875rem/1.4 var(--mono);
}
.feed-addresses dd a { padding: 0.5rem 0.625rem; font: 600 0.875rem/1.4 var(--sans); }
.feed-page-links { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; font-family: var(--sans); font-size: 0.9375rem; }
`;
