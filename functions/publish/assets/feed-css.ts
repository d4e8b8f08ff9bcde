import { localizerOf } from '../components/localizer.ts';
import type { Site } from '../model/site.ts';
import { feedLabels } from '../words/feed-labels.ts';
import { feedFontOf } from './script-css.ts';

/**
 * The style sheet of a feed that a person opens in a browser. It shows an explanation, the name of the feed, the address
 * of its page, and its entries. Selectors name RSS and Atom elements without prefixes.
 */
export function feedCss(site: Site): string {
  const { language, direction } = localizerOf([site.language], site.timeZone);
  const { opened, howTo } = feedLabels(language);
  const serif =
    feedFontOf(language) ?? "Charter, 'Bitstream Charter', 'Palatino Linotype', 'Noto Serif', Georgia";
  return `/* Copydesk: feeds in a browser */
rss, feed {
  direction: ${direction};
  display: block;
  max-width: 44rem;
  margin: 0 auto;
  padding: 2rem 1.25rem 4rem;
  background: #fdfcf9;
  color: #1d1b18;
  font: 17px/1.55 ${serif}, serif;
  overflow-wrap: break-word;
}
rss::before, feed::before {
  content: ${cssString(opened)};
  display: block;
  margin-bottom: 2rem;
  padding: 0.75rem 1rem;
  background: #f4f1ea;
  border-top: 3px solid #a3231f;
  font: 14px/1.5 system-ui, sans-serif;
}
/* Nobody subscribes to history documents. */
rss:has(archive)::before, feed:has(archive)::before { display: none; }
channel > *, feed > *, item > *, entry > * { display: none; }
channel > title, feed > title, channel > description, subtitle,
item, entry, item > title, entry > title, item > description, entry > summary, pubDate, published { display: block; }
channel > title, feed > title { font-size: 2.25rem; line-height: 1.1; font-weight: 800; }
channel > description, subtitle { color: #635d54; font-style: italic; }
link[rel='related'] { display: block; margin: 0.75rem 0 1.5rem; font: 14px/1.5 system-ui, sans-serif; }
link[rel='related']::before { content: ${cssString(`${howTo}: `)} attr(href); }
item, entry { display: flex; flex-direction: column; gap: 0.35rem; padding: 1.25rem 0; border-top: 1px solid #ddd7cb; }
item > title, entry > title, item > description, entry > summary { unicode-bidi: plaintext; }
item > title, entry > title { font-size: 1.3rem; line-height: 1.2; font-weight: 700; }
pubDate, published { order: 2; color: #635d54; font: 13px/1.5 system-ui, sans-serif; }
@media (prefers-color-scheme: dark) {
  rss, feed { background: #16171a; color: #e8e4dc; }
  rss::before, feed::before { background: #1f2125; border-color: #ff9284; }
  channel > description, subtitle, pubDate, published { color: #a8a196; }
  item, entry { border-color: #36383d; }
}
`;
}

function cssString(text: string): string {
  return `'${text.replace(/[\\']/g, sign => `\\${sign}`)}'`;
}
