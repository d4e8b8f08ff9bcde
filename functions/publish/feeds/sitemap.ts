import type { Site } from '../site.ts';
import { siteAddress } from './addresses.ts';
import { element, type XmlElement, xmlDocument } from './xml.ts';

const XMLNS = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/**
 * An index of sitemaps (sitemaps.org); at most 50,000 of them.
 * @param sitemaps `path` below the base URL, `lastmod` an instant in RFC 3339
 */
export function sitemapIndex(sitemaps: readonly { path: string; lastmod?: string }[], site: Site): string {
  const rows = sitemaps.map(({ path, lastmod }) => row('sitemap', path, lastmod, site));
  return xmlDocument(element('sitemapindex', { xmlns: XMLNS }, rows));
}

/** A sitemap of articles (sitemaps.org); at most 50,000 of them. */
export function sitemap(articles: readonly { permalink: string; updatedAt: string }[], site: Site): string {
  const rows = articles.map(({ permalink, updatedAt }) => row('url', permalink, updatedAt, site));
  return xmlDocument(element('urlset', { xmlns: XMLNS }, rows));
}

function row(name: string, path: string, lastmod: string | undefined, site: Site): XmlElement {
  return element(name, {}, [
    element('loc', {}, siteAddress(site, path)),
    ...(lastmod ? [element('lastmod', {}, lastmod)] : []),
  ]);
}
