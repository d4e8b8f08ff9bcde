import { TYPED_ADDRESSES } from '../../../shared/model/typed-addresses.ts';
import { brandCss } from '../assets/brand-css.ts';
import { feedCss } from '../assets/feed-css.ts';
import { FAVICON_ICO, ICON_144_PNG, ICON_512_PNG, ICON_SVG } from '../assets/icons.ts';
import { SEARCH_CSS } from '../assets/search-css.ts';
import { SEARCH_SCRIPT } from '../assets/search-script.ts';
import { SITE_CSS } from '../assets/site-css.ts';
import type { Navigation } from '../components/links.ts';
import { EDITION_FILES, SITE_FILES, siteAddress } from '../content/addresses.ts';
import { OPEN_SEARCH_TYPE, openSearch } from '../feeds/open-search.ts';
import { opml } from '../feeds/opml.ts';
import { changing, htmlFile, LASTING, type Rendition, type SiteFile, THEMED } from '../model/rendition.ts';
import type { Site } from '../model/site.ts';
import { namesPage } from '../pages/name-pages.tsx';
import { forwardPage, notFoundPage } from '../pages/notice-page.tsx';
import { searchPage } from '../pages/search-page.tsx';
import { keptRenditions } from './kept-renditions.ts';

interface Names {
  tags: readonly string[];
  authors?: readonly string[];
}

/**
 * The files of the whole site, except sitemaps.
 * @param all names on the pages of tags and authors. Default: those of the directory
 */
export function siteRenditions(
  site: Site,
  directory: Navigation & Names,
  all: Names = directory,
): readonly Rendition[] {
  return keptRenditions('site', [directory, all], site, () => renderSite(site, directory, all));
}

function renderSite(site: Site, directory: Navigation & Names, all: Names): Rendition[] {
  const robots = `User-agent: *\nAllow: /\n\n${[SITE_FILES.sitemap, SITE_FILES.newsSitemap]
    .map(file => `Sitemap: ${siteAddress(site, file)}\n`)
    .join('')}`;
  return [
    changing(SITE_FILES.opml, 'text/x-opml; charset=utf-8', opml(site, directory)),
    htmlFile(SITE_FILES.notFound, notFoundPage(site, directory)),
    htmlFile(SITE_FILES.sections, namesPage('section', directory.sections, site)),
    ...(site.tags ? [htmlFile(SITE_FILES.tags, namesPage('tag', all.tags, site))] : []),
    ...(site.authors ? [htmlFile(SITE_FILES.authors, namesPage('author', all.authors ?? [], site))] : []),
    ...(site.namesIndexPages ? forwards(site) : []),
    lasting(SITE_FILES.robots, 'text/plain; charset=utf-8', robots),
    lasting(SITE_FILES.feedStyles, 'text/css; charset=utf-8', feedCss(site)),
    lasting(SITE_FILES.vectorIcon, 'image/svg+xml', ICON_SVG),
  ];
}

/** Files of the look of the site, as the newsroom uploaded them. */
export interface Theme {
  /** The style sheet that is added to that of the site. */
  css?: Buffer | undefined;
  /** A square PNG. */
  icon?: Buffer | undefined;
}

/**
 * The style sheet of all pages, and the icons of the site. A style sheet of the newsroom's own stands last, so that its
 * rules count. It reaches readers sooner, because its author wants to see it.
 */
export function faceRenditions(site: Site, { css, icon }: Theme): Rendition[] {
  const own = css === undefined ? '' : `\n${css}`;
  return [
    {
      ...lasting(SITE_FILES.styles, 'text/css; charset=utf-8', SITE_CSS + brandCss(site) + own),
      ...(css && { cacheControl: THEMED }),
    },
    lasting(SITE_FILES.favicon, 'image/x-icon', icon ? icoOf(icon) : FAVICON_ICO),
    lasting(SITE_FILES.feedIcon, 'image/png', icon ?? ICON_144_PNG),
    lasting(SITE_FILES.largeIcon, 'image/png', icon ?? ICON_512_PNG),
  ];
}

/** An icon file with one PNG. Browsers read its true size from the PNG. A size of 0 means 256 pixels or more. */
function icoOf(png: Buffer): Buffer {
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(1, 4);
  const width = png.readUInt32BE(16);
  head.writeUInt8(width < 256 ? width : 0, 6);
  head.writeUInt8(width < 256 ? width : 0, 7);
  head.writeUInt16LE(1, 10);
  head.writeUInt16LE(32, 12);
  head.writeUInt32LE(png.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, png]);
}

/** Pages at addresses that people type. A server redirects these addresses, and a folder of files cannot. */
function forwards(site: Site): Rendition[] {
  return Object.entries(TYPED_ADDRESSES).map(([folder, file]) =>
    htmlFile(`${folder}/${EDITION_FILES.page}`, forwardPage(`../${file}`, site)),
  );
}

/** The page of the search, its script and its description. The script changes with the index, so it is kept as shortly. */
export function searchPageFiles(site: Site, directory: Navigation): SiteFile[] {
  const files = [
    htmlFile(SITE_FILES.search, searchPage(site, directory)),
    changing(SITE_FILES.searchScript, 'text/javascript; charset=utf-8', SEARCH_SCRIPT),
    changing(SITE_FILES.searchStyles, 'text/css; charset=utf-8', SEARCH_CSS),
    changing(SITE_FILES.openSearch, OPEN_SEARCH_TYPE, openSearch(site)),
  ];
  return site.search ? files : files.map(({ key }) => ({ key, isRemoved: true }));
}

function lasting(key: string, contentType: string, body: string | Uint8Array): Rendition {
  return { key, body, contentType, cacheControl: LASTING };
}
