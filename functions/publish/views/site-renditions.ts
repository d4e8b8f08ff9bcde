import { brandCss } from '../assets/brand-css.ts';
import { feedCss } from '../assets/feed-css.ts';
import { FAVICON_ICO, ICON_144_PNG, ICON_512_PNG, ICON_SVG } from '../assets/icons.ts';
import { SITE_CSS } from '../assets/site-css.ts';
import { SITE_FILES, siteAddress } from '../content/addresses.ts';
import { opml } from '../feeds/opml.ts';
import { changing, htmlFile, LASTING, type Rendition } from '../model/rendition.ts';
import type { Site } from '../model/site.ts';
import { notFoundPage } from '../pages/notice-page.tsx';

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
    htmlFile(SITE_FILES.notFound, notFoundPage(site, directory)),
    lasting(SITE_FILES.robots, 'text/plain; charset=utf-8', robots),
    lasting(SITE_FILES.styles, 'text/css; charset=utf-8', SITE_CSS + brandCss(site)),
    lasting(SITE_FILES.feedStyles, 'text/css; charset=utf-8', feedCss(site)),
    lasting(SITE_FILES.favicon, 'image/x-icon', FAVICON_ICO),
    lasting(SITE_FILES.vectorIcon, 'image/svg+xml', ICON_SVG),
    lasting(SITE_FILES.feedIcon, 'image/png', ICON_144_PNG),
    lasting(SITE_FILES.largeIcon, 'image/png', ICON_512_PNG),
  ];
}

function lasting(key: string, contentType: string, body: string | Uint8Array): Rendition {
  return { key, body, contentType, cacheControl: LASTING };
}
