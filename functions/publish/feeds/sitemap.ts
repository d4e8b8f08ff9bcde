import { Kept } from '../../../shared/text/kept.ts';
import { languageTag } from '../../../shared/text/language-tag.ts';
import { siteAddress } from '../content/addresses.ts';
import { prepareTexts } from '../content/prepare-fields.ts';
import { oneLine } from '../content/text.ts';
import type { Entry } from '../model/entry.ts';
import type { Site } from '../model/site.ts';
import { writtenInstant } from './instants.ts';
import { element, type XmlElement, xmlDocument } from './xml.ts';

const XMLNS = 'http://www.sitemaps.org/schemas/sitemap/0.9';
const NEWS_XMLNS = 'http://www.google.com/schemas/sitemap-news/0.9';

/** Age of the oldest article in a news sitemap, in milliseconds: two days (Google's guide to news sitemaps). */
const MAX_NEWS_AGE_MS = 2 * 24 * 60 * 60 * 1000;

/** Maximum number of articles in a news sitemap (same guide). */
const MAX_NEWS_ARTICLES = 1_000;

/** Maximum number of sitemaps in an index (sitemaps.org). */
export const MAX_INDEXED_SITEMAPS = 50_000;

/**
 * An index of sitemaps (sitemaps.org).
 * @param sitemaps at most {@link MAX_INDEXED_SITEMAPS}. `path` is relative to the base URL. `changedOn` is a day
 */
export function sitemapIndex(
  sitemaps: readonly { path: string; changedOn?: string | undefined }[],
  site: Site,
): string {
  const rows = sitemaps.map(({ path, changedOn }) =>
    element('sitemap', {}, [location(path, site), ...(changedOn ? [element('lastmod', {}, changedOn)] : [])]),
  );
  return xmlDocument(element('sitemapindex', { xmlns: XMLNS }, rows));
}

/** A sitemap of at most 50,000 articles (sitemaps.org). */
export function sitemap(articles: readonly { permalink: string; updatedAt: string }[], site: Site): string {
  const rows = articles.map(({ permalink, updatedAt }) =>
    element('url', {}, [location(permalink, site), element('lastmod', {}, writtenInstant(updatedAt))]),
  );
  return xmlDocument(element('urlset', { xmlns: XMLNS }, rows));
}

/**
 * A sitemap for Google News with the entries of the two days before the newest entry, because Google ignores older
 * entries. The limit does not depend on the current time, because the file must not change by itself.
 * @param entries newest first
 */
export function newsSitemap(entries: readonly Entry[], site: Site): string {
  const first = Date.parse(entries[0]?.publishedAt ?? '') - MAX_NEWS_AGE_MS;
  const latest = entries
    .slice(0, MAX_NEWS_ARTICLES)
    .filter(({ publishedAt }) => Date.parse(publishedAt) >= first);
  const rows = latest.map(entry =>
    element('url', {}, [
      location(entry.permalink, site),
      element('news:news', {}, [
        element('news:publication', {}, [
          element('news:name', {}, oneLine(site.title) || 'Copydesk'),
          element('news:language', {}, newsLanguage(entry.language) ?? newsLanguage(site.language) ?? 'en'),
        ]),
        element('news:publication_date', {}, writtenInstant(entry.publishedAt)),
        element('news:title', {}, prepareTexts(entry).title),
      ]),
    ]),
  );
  return xmlDocument(element('urlset', { xmlns: XMLNS, 'xmlns:news': NEWS_XMLNS }, rows));
}

/** Maximum number of kept language codes. A newsroom writes in a few languages. */
const MAX_KEPT_LANGUAGES = 200;

const languages = new Kept<string | undefined>(MAX_KEPT_LANGUAGES);

/** The language code of a news sitemap: ISO 639, or for Chinese `zh-cn` (simplified) or `zh-tw` (traditional). */
function newsLanguage(tag: string): string | undefined {
  return languages.get(tag, () => {
    const canonical = languageTag(tag);
    if (canonical === undefined) return undefined;
    const { language, script } = new Intl.Locale(canonical).maximize();
    if (language === 'zh') return script === 'Hant' ? 'zh-tw' : 'zh-cn';
    return language === 'und' ? undefined : language;
  });
}

function location(path: string, site: Site): XmlElement {
  return element('loc', {}, siteAddress(site, path));
}
