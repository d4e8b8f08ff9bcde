import { PALETTE } from '../../../shared/model/palette.ts';
import { compactCss } from './compact-css.ts';
import { FEED_PAGE_CSS } from './feed-page-css.ts';
import { HISTORY_CSS } from './history-css.ts';

/**
 * The style sheet of all pages. It is text in a module, so that every bundler includes it. Its logical properties also
 * serve right-to-left pages.
 */
export const SITE_CSS = compactCss(`
:root {
  color-scheme: light dark;
  --paper: ${PALETTE.light.paper};
  --tint: ${PALETTE.light.tint};
  --ink: #1d1b18;
  --soft: #635d54;
  --rule: #ddd7cb;
  --accent: ${PALETTE.light.accent};
  --own: ;
  --own-small: ;
  --serif: var(--own) 'Iowan Old Style', Charter, 'Bitstream Charter', 'Palatino Linotype', 'Source Serif 4', 'Noto Serif', Georgia, serif;
  --sans: var(--own-small) system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif;
  --mono: ui-monospace, 'SF Mono', Menlo, Consolas, 'Noto Sans Mono', 'DejaVu Sans Mono', monospace;
  --edge: clamp(1.125rem, 4vw, 2.5rem);
}
[dir='ltr'] { --ahead: to right; }
[dir='rtl'] { --ahead: to left; }
@media (prefers-color-scheme: dark) {
  :root {
    --paper: ${PALETTE.dark.paper};
    --tint: ${PALETTE.dark.tint};
    --ink: #e8e4dc;
    --soft: #a8a196;
    --rule: #36383d;
    --accent: ${PALETTE.dark.accent};
  }
}

*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-block-start: 1rem; }
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font: 1.0625rem/1.55 var(--serif);
  overflow-wrap: break-word;
  hyphens: manual;
  text-rendering: optimizeLegibility;
}
h1, h2, h3, h4, p, ul, ol, dl, dd, figure, blockquote { margin: 0; }
h1, h2, h3, h4 { line-height: 1.15; font-weight: 700; text-wrap: balance; }
a { color: inherit; text-decoration-color: color-mix(in srgb, currentcolor 35%, transparent); text-underline-offset: 0.16em; }
a:hover { color: var(--accent); text-decoration-color: currentcolor; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
img, video { max-inline-size: 100%; block-size: auto; }
img { background: var(--tint); }
/* The content policy forbids styles in elements. Browsers without \`attr()\` for colours show the tint. */
img[data-colour] { background: attr(data-colour type(<color>), var(--tint)); }

.skip, .visually-hidden:not(:focus) {
  position: absolute;
  inline-size: 1px;
  block-size: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
.skip:focus {
  inline-size: auto;
  block-size: auto;
  clip-path: none;
  inset-block-start: 0.5rem;
  inset-inline-start: 0.5rem;
  padding: 0.5rem 1rem;
  background: var(--accent);
  color: var(--paper);
  font-family: var(--sans);
}

/* Small text: kickers, bylines, navigation */
.kicker, .meta, .stamp, .correction, .masthead nav, .subscribe, .site-footer, .after h2, .tags, .file-facts, figcaption {
  font-family: var(--sans);
}
.kicker {
  font-size: 0.75rem;
  font-weight: 700;
  letter-spacing: 0.07em;
  text-transform: uppercase;
  color: var(--accent);
}
/* Some scripts join their letters or have no slanted letters. They have no letter spacing and no italics. */
:is(:lang(ar), :lang(fa), :lang(ur), :lang(he), :lang(hi), :lang(ja), :lang(ko), :lang(zh)):is(h1, h2, .site-title, .kicker, .place, .masthead a, .front-heading, blockquote) {
  letter-spacing: 0 !important;
  font-style: normal !important;
}
.kicker, .kicker a { text-decoration: none; }
.kicker a { color: inherit; }
a.kicker:hover, .kicker a:hover { text-decoration: underline; }
.meta, .stamp { font-size: 0.8125rem; line-height: 1.5; color: var(--soft); }
/* Parts in several languages keep their order. Each part breaks as a whole if possible. */
.meta > span { display: inline-block; }
.meta span, .meta time, .stamp time { unicode-bidi: isolate; }
.meta > span:not(:last-child)::after { content: '\\00B7'; margin-inline: 0.45em; color: var(--soft); font-weight: 400; }
.meta:empty { display: none; }
.byline { color: var(--ink); font-weight: 600; }

/* Masthead */
.masthead { padding-inline: var(--edge); border-block-start: 5px solid var(--accent); }
.site-title {
  max-inline-size: 72rem;
  margin: 0 auto;
  padding-block: 1.625rem 1.25rem;
  font-size: clamp(2rem, 1.3rem + 3.2vw, 3.5rem);
  font-weight: 800;
  line-height: 1.05;
  letter-spacing: -0.025em;
  text-align: center;
  text-wrap: balance;
}
.site-title a { text-decoration: none; }
.site-title a:hover { color: inherit; }
.masthead nav { max-inline-size: 72rem; margin-inline: auto; border-block-start: 1px solid var(--ink); }
.masthead::after { content: ''; display: block; max-inline-size: 72rem; block-size: 4px; margin-inline: auto; border-block: 1px solid var(--ink); }
.masthead ul { display: flex; flex-wrap: wrap; justify-content: center; gap: 0 1.5rem; padding: 0; list-style: none; }
.masthead li a {
  display: block;
  padding-block: 0.625rem;
  font-size: 0.8125rem;
  font-weight: 600;
  letter-spacing: 0.04em;
  text-transform: uppercase;
  text-decoration: none;
}
.masthead li a[aria-current] { color: var(--accent); box-shadow: inset 0 -3px 0 var(--accent); }
/* The site's name is smaller above an article. */
.slim {
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  justify-content: space-between;
  gap: 0 2rem;
  padding-inline: max(var(--edge), (100% - 72rem) / 2);
  border-block-end: 1px solid var(--rule);
}
.slim::after { content: none; }
.slim nav { margin: 0; border: 0; }
.slim .site-title { margin: 0; padding-block: 0.75rem; font-size: 1.5rem; text-align: start; letter-spacing: -0.02em; }
main { display: block; padding-inline: var(--edge); padding-block: 2rem 4rem; }

/* Front pages */
.front { max-inline-size: 72rem; margin-inline: auto; display: grid; grid-template-columns: minmax(0, 1fr); gap: 2rem 3.5rem; }
.front-heading { text-align: center; color: var(--soft); font-style: italic; }
.front-heading.named { font-style: normal; color: inherit; text-align: start; padding-block-end: 1.25rem; border-block-end: 1px solid var(--rule); }
.front-heading.named .kicker { color: var(--soft); }
.front-heading.named h1 { font-size: clamp(2rem, 1.4rem + 2.6vw, 3.25rem); letter-spacing: -0.022em; }
.front-heading.named bdi { display: block; unicode-bidi: plaintext; text-align: start; }
.front-heading.named bdi::first-letter { text-transform: uppercase; }
.nothing { padding-block: 2.5rem; display: grid; align-content: start; gap: 1rem; font-size: 1.25rem; color: var(--soft); text-align: center; }
.stories { display: grid; grid-template-columns: minmax(0, 1fr); align-content: start; }
.story { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.875rem 1.5rem; padding-block: 1.5rem; border-block-start: 1px solid var(--rule); align-content: start; }
.lead { padding-block-start: 0; border: 0; }
.stamp { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.75rem; }
.story h2 { margin-block: 0.25rem 0.4rem; font-size: 1.375rem; letter-spacing: -0.012em; }
.story h2 a { text-decoration: none; }
.story h2 a:hover { text-decoration: underline; text-decoration-thickness: 2px; }
.story .summary { color: var(--soft); text-wrap: pretty; }
.story:not(.lead) .summary { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden; }
.story .meta { margin-block-start: 0.5rem; }
.lead h2 { font-size: clamp(2rem, 1.4rem + 2.9vw, 3.125rem); line-height: 1.06; letter-spacing: -0.028em; margin-block: 0.5rem 0.75rem; }
.lead .summary { font-size: 1.25rem; line-height: 1.5; color: var(--ink); max-inline-size: 40rem; }
.thumb { display: block; }
.thumb img { display: block; inline-size: 100%; aspect-ratio: 3 / 2; object-fit: cover; object-position: 50% 25%; border-radius: 2px; }
/* A portrait is not cut, and a small picture is not enlarged. */
.thumb img.whole { object-fit: scale-down; object-position: 50% 50%; }
/* Headlines in columns below the stories */
.desks { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); gap: 2rem 2.5rem; }
.desks h2 { padding-block-start: 0.5rem; border-block-start: 3px solid var(--ink); font-size: 1.125rem; overflow-wrap: anywhere; }
.desks bdi { display: inline-block; }
.desks bdi::first-letter { text-transform: uppercase; }
.desks h2 a, .headline a { text-decoration: none; }
.desks h2 a:hover, .headline a:hover { text-decoration: underline; }
.headlines { padding: 0; list-style: none; line-height: 1.3; }
.headlines li { padding-block: 0.625rem; border-block-end: 1px solid var(--rule); break-inside: avoid; }
.headline { display: block; }
.headlines time { font: 0.75rem/1.5 var(--sans); color: var(--soft); }
.earlier .headlines { columns: 20rem; column-gap: 3rem; border-block-start: 3px solid var(--ink); }
.older { font: 600 0.9375rem/1.5 var(--sans); text-align: center; }
@media (min-width: 40rem) {
  /* List of stories: date and section have a separate column */
  .river { grid-template-columns: 9rem minmax(0, 1fr); }
  .river.with-image { grid-template-columns: 9rem minmax(0, 1fr) 9.5rem; }
  .river .story-text { grid-column: 1 / 3; grid-row: 1; display: grid; grid-template-columns: 9rem minmax(0, 1fr); column-gap: 1.5rem; align-content: start; }
  .river .story-text > * { grid-column: 2; }
  .river .stamp { grid-column: 1; grid-row: 1 / 4; display: block; padding-block-start: 0.1875rem; }
  .river .kicker { display: block; margin-block-end: 0.25rem; }
  .river h2 { margin-block-start: 0; }
  .river .thumb { grid-column: 3; }
  .river .stamp { direction: inherit; }
  /* The lead has its picture beside its text. The other top stories stand side by side below the lead. */
  .top-stories { display: flex; flex-wrap: wrap; column-gap: 2.5rem; }
  .top-stories .lead { flex: 1 0 100%; }
  .second { flex: 1 1 13rem; }
  .lead.with-image { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 2.5rem; align-items: center; }
  .second { position: relative; }
  .second + .second::before { content: ''; position: absolute; inset-block: 1.5rem; inset-inline-start: -1.25rem; border-inline-start: 1px solid var(--rule); }
}
.subscribe {
  align-self: start;
  padding: 1.25rem 1.375rem 1.5rem;
  background: var(--tint);
  border-block-start: 3px solid var(--accent);
  font-size: 0.875rem;
}
.subscribe h2 { font: 700 1.25rem/1.2 var(--serif); margin-block-end: 0.5rem; }
.subscribe dl { display: grid; gap: 0.25rem; margin-block-start: 0.875rem; }
.subscribe dt { font-weight: 700; }
.subscribe dd {
  padding: 0.4375rem 0.625rem;
  margin-block-end: 0.5rem;
  background: var(--paper);
  font: 0.78125rem/1.45 var(--mono);
}
.feed-addresses code, .subscribe dd { border: 1px solid var(--rule); border-radius: 3px; overflow-wrap: anywhere; -webkit-user-select: all; user-select: all; }
@media (min-width: 64rem) {
  .front { grid-template-columns: minmax(0, 1fr) 17.5rem; }
  .front > :not(.river-stories, .subscribe, .nothing) { grid-column: 1 / -1; }
  .subscribe { position: sticky; inset-block-start: 1.5rem; }
}

/* Articles */
.article { max-inline-size: 41rem; margin-inline: auto; }
.article h1 {
  margin-block: 0.625rem 0;
  font-size: clamp(1.875rem, 1.35rem + 2.3vw, 2.625rem);
  line-height: 1.12;
  letter-spacing: -0.022em;
  text-wrap: balance;
  hyphens: auto;
  hyphenate-limit-chars: 16 6 6;
}
.dek { margin-block-start: 0.75rem; font-size: 1.3125rem; line-height: 1.4; color: var(--soft); text-wrap: pretty; }
.facts { margin-block-start: 1.25rem; padding-block: 0.75rem; border-block: 1px solid var(--rule); }
.facts .meta { font-size: 0.875rem; }
.place { text-transform: uppercase; letter-spacing: 0.03em; }
.correction { margin-block-start: 1rem; padding: 0.75rem 1rem; font-size: 0.9375rem; line-height: 1.5; background: var(--tint); border-inline-start: 3px solid var(--accent); }
.correction strong { margin-inline-end: 0.375em; color: var(--accent); }
.lead-image { margin-block-start: 1.75rem; }
/* A picture fits the window and keeps its shape. */
.lead-image img, .body img { max-block-size: 85vh; object-fit: contain; border-radius: 2px; }
.lead-image img { display: block; inline-size: auto; margin-inline: auto; }
.lead-image img:not([height]) { inline-size: 100%; }
.lead-image img:not([height]), .body img:not([height]) { aspect-ratio: auto 3 / 2; }
figcaption { margin-block-start: 0.5rem; font-size: 0.8125rem; line-height: 1.45; color: var(--soft); }
.credit::before { content: '\\00B7'; margin-inline-end: 0.4em; }
.credit:first-child::before { content: none; }

.body { margin-block-start: 1.75rem; font-size: 1.1875rem; line-height: 1.62; hanging-punctuation: first; }
.body > * + * { margin-block-start: 1.15em; }
.body > figure, .body > .scroll, .body > pre { margin-block: 1.75em; }
.body p { text-wrap: pretty; }
.body a { color: var(--accent); }
.body h2, .body h3, .body h4 { margin-block-start: 1.9em; }
.body h2 { font-size: 1.5rem; letter-spacing: -0.01em; }
.body h3 { font-size: 1.25rem; }
.body h4 { font-size: 1.0625rem; }
.body :is(h2, h3, h4) + * { margin-block-start: 0.6em; }
.body ul, .body ol { padding-inline-start: 1.375em; }
.body li + li, .body li > * + * { margin-block-start: 0.5em; }
.body li::marker { color: var(--accent); }
.body blockquote { padding-inline-start: 1.125em; border-inline-start: 3px solid var(--accent); font-style: italic; }
.body blockquote > * + * { margin-block-start: 0.8em; }
.body blockquote cite { font-style: normal; font-size: 0.875em; color: var(--soft); }
.body figure img { display: block; inline-size: auto; margin-inline: auto; }
.body hr { inline-size: 4rem; margin: 2.25rem auto; border: 0; border-block-start: 1px solid var(--soft); }
.body code, .body kbd, .body samp { font-family: var(--mono); font-size: 0.86em; background: var(--tint); padding: 0.1em 0.3em; border-radius: 3px; }
.body pre { overflow-x: auto; padding: 0.9375rem 1.125rem; background: var(--tint); border-radius: 3px; font: 0.875rem/1.5 var(--mono); direction: ltr; text-align: left; }
.body pre code { padding: 0; background: none; font-size: inherit; }
.scroll { overflow-x: auto; }
.body table { min-inline-size: 100%; border-collapse: collapse; font: 0.9375rem/1.45 var(--sans); font-variant-numeric: tabular-nums; overflow-wrap: normal; }
.body caption { text-align: start; padding-block-end: 0.5rem; color: var(--soft); }
.body th, .body td { padding-block: 0.5rem; padding-inline: 0 1.5rem; text-align: start; vertical-align: top; border-block-end: 1px solid var(--rule); }
.body th { border-block-end: 2px solid var(--ink); vertical-align: bottom; }
.body tbody th { border-block-end: 1px solid var(--rule); vertical-align: top; }
.body dt { font-weight: 700; }
.body dd { margin-inline-start: 1.375em; }
.body dd + dt { margin-block-start: 0.5em; }
.body mark { background: color-mix(in srgb, var(--accent) 18%, transparent); color: inherit; }
.body sup, .body sub { line-height: 0; font-size: 0.72em; }

.after { margin-block-start: 3rem; display: grid; gap: 2rem; }
.after h2 { font-size: 0.75rem; letter-spacing: 0.07em; text-transform: uppercase; color: var(--soft); margin-block-end: 0.625rem; }
.after section { padding-block-start: 1rem; border-block-start: 1px solid var(--rule); }
.after section ul { padding: 0; list-style: none; font-weight: 600; line-height: 1.35; }
.after section li + li { margin-block-start: 0.625rem; }
.after :is(audio, video) { display: block; inline-size: 100%; margin-block-start: 0.5rem; }
.headline .recording { font-size: 0.8125rem; color: var(--soft); white-space: nowrap; }
.file-facts { font-size: 0.8125rem; font-weight: 400; color: var(--soft); white-space: nowrap; }
.tags { display: flex; flex-wrap: wrap; gap: 0.5rem; padding: 0; list-style: none; font-size: 0.8125rem; }
.tags li { min-inline-size: 0; padding: 0.25rem 0.75rem; border: 1px solid var(--rule); border-radius: 1rem; }
.tags li:has(a) { padding: 0; }
.tags a { display: block; padding: 0.25rem 0.75rem; text-decoration: none; }
.tags li:hover { border-color: currentcolor; }

/* Notices */
.notice { max-inline-size: 41rem; margin-inline: auto; padding-block: 3rem; text-align: center; display: grid; gap: 1rem; }
.notice h1 { font-size: clamp(1.9375rem, 1.35rem + 2.7vw, 2.875rem); letter-spacing: -0.02em; }

${FEED_PAGE_CSS}
${HISTORY_CSS}
.site-footer {
  display: flex;
  flex-wrap: wrap;
  justify-content: space-between;
  gap: 0.5rem 2rem;
  max-inline-size: calc(72rem + 2 * var(--edge));
  margin-inline: auto;
  padding: 1.25rem var(--edge) 2.5rem;
  font-size: 0.8125rem;
  color: var(--soft);
}
.site-footer ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; margin: 0; padding: 0; list-style: none; }
.site-footer::before { content: ''; flex-basis: 100%; border-block-start: 1px solid var(--rule); margin-block-end: 0.5rem; }

@media (max-width: 39.99rem) {
  main { padding-block-start: 1.5rem; }
  /* The sections are one line that scrolls. A line with hidden sections fades at its end. */
  .masthead ul { flex-wrap: nowrap; justify-content: flex-start; overflow-x: auto; scrollbar-width: none; margin-inline: calc(var(--edge) * -1); padding-inline: var(--edge) 4rem; mask-image: linear-gradient(var(--ahead, to right), #000 calc(100% - 4rem), transparent); }
  .masthead li { flex: none; }
  .river.with-image { grid-template-columns: minmax(0, 1fr) 6.5rem; }
  .river .thumb { order: 1; padding-block-start: 1.75rem; }
  .desks li:nth-child(n + 4) { display: none; }
  .body { font-size: 1.125rem; line-height: 1.58; }
  .dek { font-size: 1.1875rem; }
}

@media print {
  :root { --paper: #fff; --tint: #fff; --ink: #000; --soft: #444; --rule: #bbb; --accent: #000; }
  @page { margin: 2cm; }
  body { font-size: 11pt; }
  .masthead nav, .subscribe, .skip, .tags, .site-footer ul, .related, audio, video { display: none; }
  .masthead, main, .site-footer { padding-inline: 0; }
  .masthead { border: 0; }
  .site-title, .slim .site-title { padding-block: 0 0.5rem; font-size: 14pt; text-align: start; }
  .masthead::after { max-inline-size: none; margin: 0; border-color: #000; }
  main { padding-block: 1rem; }
  .article { max-inline-size: none; }
  .article h1 { font-size: 22pt; }
  .body { font-size: 11pt; line-height: 1.45; }
  .lead-image img, .body img { max-block-size: 12cm; inline-size: auto; }
  .body a[href^='http']::after { content: ' (' attr(href) ')'; font-size: 0.8em; word-break: break-all; }
  .body pre { white-space: pre-wrap; }
  h1, h2, h3, h4 { break-after: avoid; }
  figure, blockquote, tr, .story, .correction { break-inside: avoid; }
  p { orphans: 3; widows: 3; }
}
`);
