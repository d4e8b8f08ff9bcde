import type { Article } from '../../../shared/model/article.ts';
import { ANSWER_STATUS } from '../../../shared/stack/response-headers.ts';
import { feedCss } from '../assets/feed-css.ts';
import { FAVICON_ICO, ICON_144_PNG, ICON_512_PNG, ICON_SVG } from '../assets/icons.ts';
import { SITE_CSS } from '../assets/site-css.ts';
import type { Navigation } from '../components/links.ts';
import { EDITION_FILES, historyFolder, SITE_FILES, siteAddress } from '../content/addresses.ts';
import { atom } from '../feeds/atom.ts';
import { jsonFeed } from '../feeds/json-feed.ts';
import { opml } from '../feeds/opml.ts';
import { type EditionContent, prepareFeed, prepareHistoryDocument } from '../feeds/prepare.ts';
import { rss } from '../feeds/rss.ts';
import * as sitemaps from '../feeds/sitemap.ts';
import { editionFolder } from '../model/edition-of.ts';
import type { Entry, FullArticle } from '../model/entry.ts';
import { CHANGING, LASTING, type Rendition } from '../model/rendition.ts';
import type { Site } from '../model/site.ts';
import { articlePage } from '../pages/article-page.tsx';
import { feedPage } from '../pages/feed-page.tsx';
import { frontPage } from '../pages/front-page.tsx';
import { dayPage, historyKey, monthPage, monthsPage } from '../pages/history-page.tsx';
import { notFoundPage, withdrawnPage } from '../pages/notice-page.tsx';
import type { Months } from '../states/history-states.ts';

/**
 * Media types of feeds. CloudFront compresses these, but not application/atom+xml and application/feed+json. Browsers
 * show application/rss+xml as source, without the style sheet.
 */
const XML = 'application/xml; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';

const HTML = 'text/html; charset=utf-8';
const CSS = 'text/css; charset=utf-8';
const PLAIN = 'text/plain; charset=utf-8';

/**
 * The feeds and the page of an edition, below its folder. The same edition makes the same bytes at any time.
 * @example
 * ```ts
 * import { DEFAULT_SETTINGS } from '../../../shared/settings/settings.ts';
 * import { siteOf } from '../model/site.ts';
 * import { editionRenditions } from './renditions.ts';
 *
 * const site = siteOf(DEFAULT_SETTINGS, 'https://news.example.org');
 * const edition = { of: { kind: 'section', name: 'World' }, entries: [] } as const;
 * const files = editionRenditions(edition, site, { sections: ['World'] });
 * console.log(files.map(({ key }) => key).join(' '));
 * // world/feed.xml world/atom.xml world/feed.json world/index.html world/subscribe.html
 * ```
 */
export function editionRenditions(edition: EditionContent, site: Site, nav: Navigation): Rendition[] {
  const folder = editionFolder(edition.of);
  const feed = prepareFeed(edition, site);
  return [
    changing(folder + EDITION_FILES.rss, XML, rss(feed)),
    changing(folder + EDITION_FILES.atom, XML, atom(feed)),
    changing(folder + EDITION_FILES.json, JSON_TYPE, jsonFeed(feed)),
    changing(folder + EDITION_FILES.page, HTML, frontPage(edition, site, nav)),
    changing(folder + EDITION_FILES.subscribe, HTML, feedPage(edition, site, nav)),
  ];
}

/** The page of an article that is live. */
export function articleRendition(article: FullArticle, site: Site, nav: Navigation): Rendition {
  return changing(article.permalink, HTML, articlePage(article, site, nav));
}

/** The notice at the address of a withdrawn article. It repeats nothing of the article. */
export function withdrawnRendition(
  { permalink }: Pick<Article, 'permalink'>,
  site: Site,
  nav: Navigation,
): Rendition {
  const page = changing(permalink, HTML, withdrawnPage(permalink, site, nav));
  return { ...page, metadata: { [ANSWER_STATUS]: '410' } };
}

/** A history document of the main feed in RSS and Atom. `entries` have their bodies and are newest first. */
export function historyRenditions(
  entries: readonly Entry[],
  at: { page: number; pages: number },
  site: Site,
): Rendition[] {
  const folder = historyFolder(at.page);
  const feed = prepareHistoryDocument(entries, at, site);
  return [
    changing(folder + EDITION_FILES.rss, XML, rss(feed)),
    changing(folder + EDITION_FILES.atom, XML, atom(feed)),
  ];
}

/** The page of all months. */
export function monthsRendition(months: Months, site: Site): Rendition {
  return changing(SITE_FILES.history, HTML, monthsPage(months, site));
}

/** The page of a month. */
export function monthRendition(month: Parameters<typeof monthPage>[0], site: Site): Rendition {
  return changing(historyKey(month.month), HTML, monthPage(month, site));
}

/** A page of a day. */
export function dayRendition(day: Parameters<typeof dayPage>[0], site: Site): Rendition {
  return changing(historyKey(day.day, day.page), HTML, dayPage(day, site));
}

/** The files of the whole site, except sitemaps. */
export function siteRenditions(
  site: Site,
  directory: { sections: readonly string[]; tags: readonly string[]; authors?: readonly string[] },
): Rendition[] {
  const robots = `User-agent: *\nAllow: /\n\n${[SITE_FILES.sitemap, SITE_FILES.newsSitemap]
    .map(file => `Sitemap: ${siteAddress(site, file)}\n`)
    .join('')}`;
  return [
    changing(SITE_FILES.opml, 'text/x-opml; charset=utf-8', opml(site, directory)),
    changing(SITE_FILES.notFound, HTML, notFoundPage(site, directory)),
    lasting(SITE_FILES.robots, PLAIN, robots),
    lasting(SITE_FILES.styles, CSS, SITE_CSS),
    lasting(SITE_FILES.feedStyles, CSS, feedCss(site)),
    lasting(SITE_FILES.favicon, 'image/x-icon', FAVICON_ICO),
    lasting(SITE_FILES.vectorIcon, 'image/svg+xml', ICON_SVG),
    lasting(SITE_FILES.feedIcon, 'image/png', ICON_144_PNG),
    lasting(SITE_FILES.largeIcon, 'image/png', ICON_512_PNG),
  ];
}

/** `sitemap.xml`: the index of the site's sitemaps, `lastmod` in RFC 3339. */
export function sitemapIndex(months: readonly { path: string; lastmod?: string }[], site: Site): Rendition {
  return changing(SITE_FILES.sitemap, XML, sitemaps.sitemapIndex(months, site));
}

/**
 * A sitemap of at most 50,000 articles.
 * @param path key of the file. The index of sitemaps names the same path
 */
export function sitemap(
  path: string,
  rows: readonly { permalink: string; updatedAt: string }[],
  site: Site,
): Rendition {
  return changing(path, XML, sitemaps.sitemap(rows, site));
}

/** `sitemap-news.xml`: the newest articles, for news search. */
export function newsSitemap(entries: readonly Entry[], site: Site): Rendition {
  return changing(SITE_FILES.newsSitemap, XML, sitemaps.newsSitemap(entries, site));
}

function changing(key: string, contentType: string, body: string): Rendition {
  return { key, body, contentType, cacheControl: CHANGING };
}

function lasting(key: string, contentType: string, body: string | Uint8Array): Rendition {
  return { key, body, contentType, cacheControl: LASTING };
}
