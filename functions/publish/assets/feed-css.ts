import { localizerOf } from '../components/localizer.ts';
import type { Site } from '../model/site.ts';
import { feedFontOf } from './script-css.ts';

/**
 * The style sheet of a feed that a person opens in a browser. It shows the XHTML in the feed, and hides the elements for
 * feed readers. Selectors name RSS and Atom elements without prefixes.
 */
export function feedCss(site: Site): string {
  const { language } = localizerOf([site.language], site.timeZone);
  const serif =
    feedFontOf(language) ?? "Charter, 'Bitstream Charter', 'Palatino Linotype', 'Noto Serif', Georgia";
  return `/* Copydesk: feeds in a browser */
rss, feed {
  color-scheme: light dark;
  --paper: #fdfcf9;
  --tint: #f4f1ea;
  --ink: #1d1b18;
  --soft: #635d54;
  --line: #ddd7cb;
  --accent: #a3231f;
  display: block;
  max-width: 44rem;
  margin: 0 auto;
  padding: 2rem 1.25rem 4rem;
  background: var(--paper);
  color: var(--ink);
  font: 17px/1.55 ${serif}, serif;
  overflow-wrap: break-word;
}
@media (prefers-color-scheme: dark) {
  rss, feed { --paper: #16171a; --tint: #1f2125; --ink: #e8e4dc; --soft: #a8a196; --line: #36383d; --accent: #ff9284; }
}
channel > *, feed > *, item > *, entry > * { display: none; }
channel, link[rel='related'], main { display: block; }
/* Feeds of earlier versions have no XHTML. They stay as they are until their edition changes. */
:is(channel, feed):not(:has(main)) > :is(title, description, subtitle, item, entry),
:is(item, entry) > :is(title, description, summary, pubDate, published) { display: block; }
h1, p { margin: 0; }
title, description, subtitle, summary { unicode-bidi: plaintext; }
h1, :is(channel, feed) > title { font-size: 2.25rem; line-height: 1.1; font-weight: 800; }
a { display: inline-block; padding-block: 0.25rem; color: inherit; text-decoration: underline 1px var(--accent); text-underline-offset: 0.2em; }
a:hover { color: var(--accent); text-decoration-thickness: 2px; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
aside { margin-block-end: 2rem; padding: 0.75rem 1rem; background: var(--tint); border-block-start: 3px solid var(--accent); }
aside, main > a, span, pubDate, published { font: 14px/1.5 system-ui, sans-serif; }
main > p, span, subtitle, channel > description, pubDate, published { color: var(--soft); }
ol { margin: 1.5rem 0 0; padding: 0; list-style: none; }
li, item, entry { padding-block: 1rem; border-block-start: 1px solid var(--line); }
:is(li > a, item > title, entry > title) { font-size: 1.3rem; line-height: 1.25; font-weight: 700; }
li > a { display: block; }
`;
}
