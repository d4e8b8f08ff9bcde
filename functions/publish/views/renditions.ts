import type { Article } from '../../../shared/model/article.ts';
import { ANSWER_LINK, ANSWER_STATUS } from '../../../shared/stack/response-headers.ts';
import type { Navigation } from '../components/links.ts';
import { EDITION_FILES, historyFolder, listPageKey, SITE_FILES } from '../content/addresses.ts';
import { atom } from '../feeds/atom.ts';
import { jsonFeed } from '../feeds/json-feed.ts';
import {
  type EditionContent,
  type PreparedFeed,
  prepareFeed,
  prepareHistoryDocument,
} from '../feeds/prepare.ts';
import { rss } from '../feeds/rss.ts';
import * as sitemaps from '../feeds/sitemap.ts';
import { editionFolder } from '../model/edition-of.ts';
import type { Entry, FullArticle } from '../model/entry.ts';
import type { MoreStories } from '../model/more-stories.ts';
import { changing, htmlFile, type Rendition } from '../model/rendition.ts';
import type { Site } from '../model/site.ts';
import { articlePage } from '../pages/article-page.tsx';
import { feedPage } from '../pages/feed-page.tsx';
import { frontPage } from '../pages/front-page.tsx';
import { listPage, type PageOfList } from '../pages/list-page.tsx';
import { type WithdrawnArticle, withdrawnPage } from '../pages/notice-page.tsx';
import { ownPage } from '../pages/own-page.tsx';
import { keptRendition, keptRenditions } from './kept-renditions.ts';

/**
 * Media types of feeds. CloudFront does not compress application/atom+xml and application/feed+json, and browsers show
 * application/rss+xml without the style sheet.
 */
const XML = 'application/xml; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * The feeds and pages of an edition, below its folder. The same edition always makes the same bytes.
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
export function editionRenditions(
  edition: EditionContent,
  site: Site,
  nav: Navigation,
): readonly Rendition[] {
  return keptRenditions('edition', [edition, nav], site, () => renderEdition(edition, site, nav));
}

function renderEdition(edition: EditionContent, site: Site, nav: Navigation): Rendition[] {
  const folder = editionFolder(edition.of, site);
  const feed = prepareFeed(edition, site);
  return [
    withHub(changing(folder + EDITION_FILES.rss, XML, rss(feed)), feed, feed.addresses.rss),
    withHub(changing(folder + EDITION_FILES.atom, XML, atom(feed)), feed, feed.addresses.atom),
    withHub(changing(folder + EDITION_FILES.json, JSON_TYPE, jsonFeed(feed)), feed, feed.addresses.json),
    htmlFile(folder + EDITION_FILES.page, frontPage(edition, site, nav)),
    { ...htmlFile(folder + EDITION_FILES.subscribe, feedPage(edition.of, site, nav)), isSteady: true },
  ];
}

/** A feed with a `Link` header, because some hubs and subscribers read nothing else. */
function withHub(file: Rendition, { hub }: PreparedFeed, address: string): Rendition {
  if (hub === undefined) return file;
  return { ...file, metadata: { [ANSWER_LINK]: `<${address}>; rel="self", <${hub}>; rel="hub"` } };
}

export function articleRendition(
  article: FullArticle,
  site: Site,
  nav: Navigation,
  more?: MoreStories | undefined,
): Rendition {
  return keptRendition('article', [article, nav, more], site, () =>
    htmlFile(article.permalink, articlePage(article, site, nav, more)),
  );
}

/** A page of the list of a section, tag or author. */
export function listPageRendition(list: PageOfList, site: Site): Rendition {
  return keptRendition('list', list, site, () =>
    htmlFile(listPageKey(list.of, list.page, site), listPage(list, site)),
  );
}

/** A page of the site's own. */
export function ownPageRendition(page: FullArticle, site: Site, nav: Navigation): Rendition {
  return htmlFile(page.permalink, ownPage(page, site, nav));
}

/** The sitemap of the pages of the site's own. The index of sitemaps names it. */
export const PAGES_SITEMAP = 'sitemaps/pages.xml';

/** The notice at the address of a withdrawn article. */
export function withdrawnRendition(
  { permalink, ...article }: Pick<Article, 'permalink'> & WithdrawnArticle,
  site: Site,
  nav: Navigation,
): Rendition {
  const page = htmlFile(permalink, withdrawnPage(permalink, site, nav, article));
  return { ...page, metadata: { [ANSWER_STATUS]: '410' } };
}

/** A history document of the main feed in all formats. `entries` have their bodies and are newest first. */
export function historyRenditions(
  entries: readonly Entry[],
  at: { page: number; pages: number },
  site: Site,
): readonly Rendition[] {
  return keptRenditions('history', [entries, at], site, () => {
    const folder = historyFolder(at.page);
    const feed = prepareHistoryDocument(entries, at, site);
    return [
      changing(folder + EDITION_FILES.rss, XML, rss(feed)),
      changing(folder + EDITION_FILES.atom, XML, atom(feed)),
      changing(folder + EDITION_FILES.json, JSON_TYPE, jsonFeed(feed)),
    ];
  });
}

/** `sitemap.xml`: the index of the site's sitemaps. */
export function sitemapIndex(paths: readonly { path: string }[], site: Site): Rendition {
  return changing(SITE_FILES.sitemap, XML, sitemaps.sitemapIndex(paths, site));
}

/** A sitemap of at most 50,000 articles. The index of sitemaps names `path`. */
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
