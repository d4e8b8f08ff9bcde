import { webAddress } from '../../../shared/text/web-address.ts';
import { type EditionOf, editionFolder } from '../model/edition-of.ts';
import type { Site } from '../model/site.ts';

/** Names of the files that show an edition, below its folder. */
export const EDITION_FILES = {
  rss: 'feed.xml',
  atom: 'atom.xml',
  json: 'feed.json',
  page: 'index.html',
  /** What the feeds are and how to follow them, for a person. */
  subscribe: 'subscribe.html',
} as const;

/** Names of the files of the site as a whole. Feeds and pages that readers keep refer to them: never rename. */
export const SITE_FILES = {
  styles: 'assets/site.css',
  feedStyles: 'assets/feed.css',
  /** Browsers and feed readers ask for this address unasked. */
  favicon: 'favicon.ico',
  vectorIcon: 'assets/icon.svg',
  feedIcon: 'assets/icon-144.png',
  largeIcon: 'assets/icon-512.png',
  opml: 'opml.xml',
  robots: 'robots.txt',
  sitemap: 'sitemap.xml',
  newsSitemap: 'sitemap-news.xml',
  /** What was published when. */
  archive: 'archive/index.html',
  notFound: '404.html',
} as const;

/** The address of a file of the site, in ASCII. */
export function siteAddress(site: Site, key: string): string {
  const address = `${site.baseUrl}/${key}`;
  return webAddress(address) ?? address;
}

/** Addresses of an edition’s feeds and of its pages; its own page is its folder. */
export function editionAddresses(of: EditionOf, site: Site): Record<keyof typeof EDITION_FILES, string> {
  const folder = siteAddress(site, editionFolder(of));
  return {
    rss: folder + EDITION_FILES.rss,
    atom: folder + EDITION_FILES.atom,
    json: folder + EDITION_FILES.json,
    page: folder,
    subscribe: folder + EDITION_FILES.subscribe,
  };
}

/** Folder of an archive document of the main feed: in it are the same files as beside the feed itself. */
export function archiveFolder(page: number): string {
  return `archive/${page}/`;
}

/** The address of the folder of an archive document. */
export function archiveAddress(page: number, site: Site): string {
  return siteAddress(site, archiveFolder(page));
}

/** The name of an edition as a subscriber sees it among others. */
export function editionTitle(of: EditionOf, site: Site): string {
  return of.kind === 'all' ? site.title : `${site.title}: ${of.name}`;
}
