/**
 * Front pages and lists of stories. Sizes of headlines follow the width of their column (`cqi`) and not of the window,
 * so that a word of 25 letters fits. Older browsers have the size before it.
 */
export const FRONT_CSS = `
/* Front pages */
.front { max-inline-size: 72rem; margin-inline: auto; display: grid; grid-template-columns: minmax(0, 1fr); gap: 2rem 3.5rem; }
.front-heading { margin-block: -0.5rem -0.75rem; text-align: center; color: var(--soft); font-style: italic; font-size: 0.9375rem; }
.front-heading.named { margin: 0; font-size: 1rem; font-style: normal; color: inherit; text-align: start; padding-block-end: 1rem; border-block-end: 1px solid var(--rule); }
.front-heading a { text-decoration: none; }
.front-heading.named .kicker { color: var(--soft); }
.front-heading.named h1 { font-size: clamp(1.875rem, 1.4rem + 2.2vw, 3rem); letter-spacing: -0.02em; }
.front-heading.named bdi { display: block; unicode-bidi: plaintext; text-align: -webkit-match-parent; text-align: match-parent; }
.front-heading.named bdi::first-letter { text-transform: uppercase; }
.nothing { padding-block: 2.5rem; display: grid; align-content: start; gap: 1rem; font-size: 1.25rem; color: var(--soft); text-align: center; }
.stories { display: grid; grid-template-columns: minmax(0, 1fr); align-content: start; container: list / inline-size; }
.story, .story-text { container-type: inline-size; }
.story { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.75rem 1.5rem; padding-block: 1.25rem; border-block-start: 1px solid var(--rule); align-content: start; }
.lead { padding-block-start: 0; border: 0; }
.stamp { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.75rem; }
.story h2 { margin-block: 0.25rem 0.375rem; font-size: 1.25rem; line-height: 1.2; font-weight: 650; letter-spacing: -0.01em; }
.story h2 a { text-decoration: none; }
.story h2 a:hover { text-decoration: underline; text-decoration-thickness: 2px; }
.story .summary { color: var(--soft); font-size: 0.9375rem; line-height: 1.5; text-wrap: pretty; }
.story .meta { margin-block-start: 0.375rem; }
.lead h2 { margin-block: 0.375rem 0.625rem; font-size: clamp(1.75rem, 1.2rem + 2vw, 2.75rem); font-size: clamp(1.625rem, 8cqi, 2.875rem); line-height: 1.08; font-weight: 700; letter-spacing: -0.018em; }
.lead .summary { font-size: 1.1875rem; line-height: 1.5; color: var(--ink); max-inline-size: 42rem; }
.second h2 { font-size: clamp(1.25rem, 7.4cqi, 1.75rem); line-height: 1.15; }
.thumb { display: block; }
.thumb img { display: block; inline-size: 100%; aspect-ratio: 3 / 2; object-fit: cover; object-position: 50% 25%; border-radius: 2px; }
.lead .thumb img { aspect-ratio: 16 / 9; }
/* A portrait is not cut, and a small picture is not enlarged. */
.thumb img.whole { object-fit: scale-down; object-position: 50% 50%; }
.second.with-image, .river.with-image { grid-template-columns: minmax(0, 1fr) 6.5rem; }
.second .thumb, .river .thumb { order: 1; }
/* Opinion: a lighter headline, and the author's name in the colour of the paper */
.opinion h2, .opinion h1 { font-weight: 400; }
.opinion .byline { font: italic 600 1rem/1.4 var(--serif); color: var(--accent); }
.rail { display: grid; grid-template-columns: minmax(0, 1fr); align-content: start; gap: 1.5rem; }
.opinion-stories { padding-inline: 1.125rem; background: var(--tint); border-block-start: 3px solid var(--ink); }
.opinion-stories .story:first-child { border: 0; }
.opinion-stories :is(.summary, .minutes) { display: none; }
/* Headlines in columns below the stories */
.desks { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); gap: 2rem 2.5rem; }
.desks h2 { padding-block-start: 0.5rem; border-block-start: 3px solid var(--ink); font-size: 1.125rem; overflow-wrap: anywhere; }
.desks bdi, .archive-months a { display: inline-block; }
:is(.desks bdi, .archive-months a, .masthead li a)::first-letter { text-transform: uppercase; }
.desks h2 a, .headline a { text-decoration: none; }
.desks h2 a:hover, .headline a:hover { text-decoration: underline; }
.headlines { padding: 0; list-style: none; line-height: 1.3; }
.headlines li { padding-block: 0.625rem; border-block-end: 1px solid var(--rule); break-inside: avoid; }
.headline { display: block; }
.headlines time { font: 0.75rem/1.5 var(--sans); color: var(--soft); }
.earlier .headlines { columns: 20rem; column-gap: 3rem; border-block-start: 3px solid var(--ink); }
.older { font: 600 0.9375rem/1.5 var(--sans); text-align: center; }
.subscribe { padding: 0.875rem 1.125rem 1rem; background: var(--tint); border-block-start: 3px solid var(--accent); font-size: 0.875rem; }
.subscribe h2 { font: 700 1.125rem/1.2 var(--serif); margin-block-end: 0.25rem; }
.subscribe ul { display: flex; flex-wrap: wrap; gap: 0 1.25rem; padding: 0; list-style: none; font-weight: 600; }
.subscribe li a { display: block; padding-block: 0.25rem; }
.feed-addresses code { border: 1px solid var(--rule); border-radius: 3px; overflow-wrap: anywhere; -webkit-user-select: all; user-select: all; }
@media (max-width: 39.99rem) {
  .front { row-gap: 1rem; }
  .story { column-gap: 1rem; }
  .story:not(.lead) { padding-block: 1rem; }
  .story:not(.lead) h2 { font-size: clamp(1.125rem, 7.4cqi, 1.25rem); }
  .lead .summary { font-size: 1.0625rem; }
  .story .summary { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; }
  .river .summary { -webkit-line-clamp: 2; }
  .front-heading:not(.named) { position: absolute; }
  .front-heading p:not(.kicker, .meta), .desks li:nth-child(n + 3), .desks time, .opinion-stories .story:nth-child(n + 4), .story:not(.lead) .minutes, .river:not(.opinion) .byline, :is(.second, .river).with-image .summary, .opinion-stories .summary { display: none; }
}
@media (min-width: 40rem) {
  .second.with-image { grid-template-columns: minmax(0, 1fr) 12rem; }
  .river.with-image { grid-template-columns: minmax(0, 1fr) 9.5rem; }
}
/* Date and section have a column of their own where a list is wide enough. */
@container list (min-width: 44rem) {
  .river .story-text { display: grid; grid-template-columns: 11rem minmax(0, 1fr); column-gap: 1.5rem; align-content: start; }
  .river .story-text > * { grid-column: 2; }
  .river .stamp { grid-column: 1; grid-row: 1 / 4; display: block; padding-block-start: 0.1875rem; direction: inherit; }
  .river .kicker { display: block; margin-block-end: 0.25rem; }
  .river h2 { margin-block-start: 0; }
}
@media (min-width: 64rem) {
  .front { grid-template-columns: minmax(0, 1fr) 17.5rem; }
  .front > :not(.river-stories, .rail, .nothing), .below { grid-column: 1 / -1; }
  /* A lead alone has its picture beside its text. */
  .solo .lead.with-image { grid-template-columns: minmax(0, 58fr) minmax(0, 42fr); column-gap: 2rem; }
  /* The other top stories stand beside a lead with a picture, or else side by side below the lead. */
  .package { grid-template-columns: minmax(0, 2fr) minmax(0, 1fr); column-gap: 2.5rem; }
  .package .lead { grid-row: 1 / span 3; padding-block: 0; }
  .package .lead .thumb img { aspect-ratio: 3 / 2; }
  .package .lead + .second { padding-block-start: 0; border: 0; }
  .package .second { row-gap: 0; }
  .package .second h2 { font-size: clamp(1.25rem, 7cqi, 1.5rem); }
  .package .second.with-image { grid-template-columns: minmax(0, 1fr); }
  .package .second .thumb { display: none; }
  .package .second .summary { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; }
  .plain { display: flex; flex-wrap: wrap; column-gap: 2.5rem; }
  .plain .lead { flex: 1 0 100%; }
  .plain .lead h2 { font-size: clamp(2.25rem, 5cqi, 3.25rem); }
  .plain .second { flex: 1 1 15rem; }
  .plain .second.with-image { grid-template-columns: minmax(0, 1fr); }
  .plain .second .thumb { order: 0; }
}
@media (min-width: 75rem) {
  /* The small picture stands beside the summary, so that the headline has the whole column. */
  .package .second.with-image { grid-template-columns: minmax(0, 1fr) 6.5rem; column-gap: 1rem; }
  .package .second .thumb { display: block; }
  .package .second .story-text { display: contents; container-type: normal; }
  .package .second :is(.stamp, h2, .meta) { grid-column: 1 / -1; }
  .package .second .meta { order: 2; }
}
`;
