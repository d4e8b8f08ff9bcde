import { Kept } from '../../../shared/text/kept.ts';
import { webAddress } from '../../../shared/text/web-address.ts';
import { type EditionOf, editionFolder } from '../model/edition-of.ts';
import { podcastOf } from '../model/podcast-of.ts';
import type { Site } from '../model/site.ts';
import { articleLabels } from '../words/labels.ts';
import { editionName } from './sections.ts';

/** Names of an edition's files in its folder. */
export const EDITION_FILES = {
  rss: 'feed.xml',
  atom: 'atom.xml',
  json: 'feed.json',
  page: 'index.html',
  /** The page that explains the feeds to people. */
  subscribe: 'subscribe.html',
} as const;

/** Names of the files of the whole site. Never rename them, because readers keep feeds and pages that name them. */
export const SITE_FILES = {
  styles: 'assets/site.css',
  feedStyles: 'assets/feed.css',
  /** Browsers and feed readers request this address without a link to it. */
  favicon: 'favicon.ico',
  vectorIcon: 'assets/icon.svg',
  feedIcon: 'assets/icon-144.png',
  largeIcon: 'assets/icon-512.png',
  opml: 'opml.xml',
  robots: 'robots.txt',
  sitemap: 'sitemap.xml',
  newsSitemap: 'sitemap-news.xml',
  /** The lists of all sections, tags and authors. */
  sections: 'sections/index.html',
  tags: 'tags/index.html',
  authors: 'authors/index.html',
  /** The list of all months. */
  history: 'archive/index.html',
  notFound: '404.html',
  search: 'search/index.html',
  searchScript: 'search/search.js',
  searchStyles: 'search/search.css',
  /** Tells browsers how to search the site (OpenSearch 1.1). */
  openSearch: 'search/opensearch.xml',
} as const;

/** Maximum number of addresses that are kept. The feeds and pages of a change show the same few hundred. */
const MAX_KEPT_ADDRESSES = 2_000;

const siteAddresses = new Kept<string>(MAX_KEPT_ADDRESSES);

/** The address of a file of the site, in ASCII. */
export function siteAddress(site: Site, key: string): string {
  const address = `${site.baseUrl}/${key}`;
  return siteAddresses.get(address, () => webAddress(address) ?? address);
}

/** Addresses of an edition's feeds and pages. The address of its page is the address of its folder. */
export function editionAddresses(of: EditionOf, site: Site): Record<keyof typeof EDITION_FILES, string> {
  const folder = siteAddress(site, editionFolder(of, site));
  return {
    rss: folder + EDITION_FILES.rss,
    atom: folder + EDITION_FILES.atom,
    json: folder + EDITION_FILES.json,
    page: folder,
    subscribe: folder + EDITION_FILES.subscribe,
  };
}

/** The feeds of an edition with the names that people know. Most readers take the first one. */
export function editionFeeds(of: EditionOf, site: Site) {
  const { rss, atom, json } = editionAddresses(of, site);
  return [
    { name: 'RSS', type: 'application/rss+xml', address: rss },
    { name: 'Atom', type: 'application/atom+xml', address: atom },
    { name: 'JSON Feed', type: 'application/feed+json', address: json },
  ];
}

/** Key of a page of the list of a section, tag or author. The oldest page has the number 0, and the name `1.html`. */
export function listPageKey(of: EditionOf, page: number, site: Site): string {
  return `${editionFolder(of, site)}${page + 1}.html`;
}

/** Folder of a history document of the main feed. Its files have the names of the feed's files. */
export function historyFolder(page: number): string {
  return `archive/${page}/`;
}

/** Folder of the page of the search, of its index and of its description. */
export const SEARCH_FOLDER = 'search/';

/** Address of a search for the words for which `words` stands, such as `{searchTerms}`. */
export function searchTemplate(site: Site, words: string): string {
  return `${siteAddress(site, SEARCH_FOLDER)}?q=${words}`;
}

/** The index document with the articles of a history document. */
export function searchDocumentPath(page: number): string {
  return `${SEARCH_FOLDER}${page}.json`;
}

/** The term filter of a block of index documents. */
export function termFilterPath(block: number): string {
  return `${SEARCH_FOLDER}terms-${block}.bin`;
}

export function historyAddress(page: number, site: Site): string {
  return siteAddress(site, historyFolder(page));
}

/** The title of an edition in a list of feeds. A podcast has its own. The title of a tag has a number sign, because a section can have its name. */
export function editionTitle(of: EditionOf, site: Site): string {
  if (of.kind === 'all') return site.title;
  const { title } = podcastOf(of, site) ?? {};
  if (title) return title;
  return `${site.title}: ${of.kind === 'tag' ? '#' : ''}${editionName(of, site)}`;
}

/** What an edition shows, as one line in the language of the site. */
export function editionDescription(of: EditionOf, site: Site): string {
  if (of.kind === 'all') return site.description;
  const { latestIn, latestBy, latestOn } = articleLabels(site.language);
  // `replace` would expand `$&` in a string, but not in the result of a function.
  return { section: latestIn, author: latestBy, tag: latestOn }[of.kind].replace('{}', () =>
    editionName(of, site),
  );
}
