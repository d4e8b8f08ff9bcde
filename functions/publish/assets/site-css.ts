import { declareColours, PALETTE } from '../../../shared/model/palette.ts';
import { ARTICLE_CSS } from './article-css.ts';
import { compactCss } from './compact-css.ts';
import { FEED_PAGE_CSS } from './feed-page-css.ts';
import { FRONT_CSS } from './front-css.ts';
import { HISTORY_CSS } from './history-css.ts';
import { PRINT_CSS } from './print-css.ts';
import { SCRIPT_CSS } from './script-css.ts';

/**
 * The style sheet of all pages. It is text in a module, so that every bundler includes it. Its logical properties also
 * serve right-to-left pages.
 */
export const SITE_CSS = compactCss(`
:root {
  color-scheme: light dark;
  ${declareColours(PALETTE.light)}
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
    ${declareColours(PALETTE.dark)}
  }
  img { filter: brightness(0.92); }
}

*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-block-start: 1rem; }
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font: 1.0625rem/1.55 var(--serif);
  overflow-wrap: break-word;
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
.kicker, .kicker a { text-decoration: none; }
.kicker a { color: inherit; }
a.kicker:hover, .kicker a:hover { text-decoration: underline; }
.meta, .stamp { font-size: 0.8125rem; line-height: 1.5; color: var(--soft); }
/* Parts in several languages keep their order. A dot before the first part of a line is outside the box and not shown. It stands in the middle of the gap, because it is wider in Chinese and Japanese fonts. */
.meta { display: flex; flex-wrap: wrap; gap: 0 1em; clip-path: inset(-0.5rem 0); }
.meta > span { position: relative; min-inline-size: 0; }
.meta span, .meta time, .stamp time { unicode-bidi: isolate; }
.meta > span::before { content: '\\00B7'; position: absolute; inset-inline-start: -1em; inline-size: 1em; text-align: center; font-weight: 400; font-style: normal; color: var(--soft); }
.meta > span:first-child::before { content: none; }
.meta a { outline-offset: 0; }
.meta:empty { display: none; }
.byline { color: var(--ink); font-weight: 600; }
.byline a { text-decoration: none; }
/* A name stays on one line where it fits. */
.byline bdi { display: inline-block; max-inline-size: 100%; }
.byline a:hover { text-decoration: underline; }
/* Links in small text are 24 pixels high for pointers. */
a.kicker, :is(.kicker, .byline, .headline, .after li, .site-footer) a { margin-block: -0.25rem; padding-block: 0.25rem; }

/* Masthead */
.masthead { padding-inline: var(--edge); border-block-start: 5px solid var(--accent); }
.site-title {
  max-inline-size: 72rem;
  margin: 0 auto;
  padding-block: clamp(0.75rem, 2vw, 1.5rem) clamp(0.5rem, 1.5vw, 1.125rem);
  font-size: clamp(1.5rem, 0.9rem + 3.2vw, 3.25rem);
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
.masthead ul { display: flex; flex-wrap: wrap; justify-content: center; gap: 0 1.25rem; padding: 0; list-style: none; }
.masthead li a { display: block; padding-block: 0.5rem calc(0.5rem + 3px); font-size: 0.875rem; font-weight: 600; text-decoration: none; }
.masthead li a[aria-current] { padding-block-end: 0.5rem; border-block-end: 3px solid var(--accent); color: var(--accent); }
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
.slim nav { min-inline-size: 0; max-inline-size: 100%; margin: 0; border: 0; }
.slim .site-title { margin: 0; padding-block: 0.75rem; font-size: 1.5rem; text-align: start; letter-spacing: -0.02em; }
main { display: block; padding-inline: var(--edge); padding-block: 2rem 4rem; }

${FRONT_CSS}
${ARTICLE_CSS}
/* Notices */
.notice { max-inline-size: 41rem; margin-inline: auto; padding-block: 3rem; text-align: center; display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; }
.notice ul { padding: 0; list-style: none; }
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

@media (max-width: 63.99rem) {
  /* The sections are one line that scrolls. A line with hidden sections fades at its end. */
  .masthead ul { flex-wrap: nowrap; justify-content: flex-start; overflow-x: auto; scrollbar-width: none; margin-inline: calc(var(--edge) * -1); padding-inline: var(--edge) 4rem; mask-image: linear-gradient(var(--ahead, to right), #000 calc(100% - 4rem), transparent); }
  .masthead li { flex: none; }
}
@media (max-width: 39.99rem) {
  main { padding-block: 1rem 2rem; }
  .body { font-size: 1.125rem; line-height: var(--leading, 1.58); }
  .dek { font-size: 1.1875rem; }
}
${SCRIPT_CSS}
${PRINT_CSS}
`);
