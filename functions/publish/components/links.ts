import { EDITION_FILES } from '../content/addresses.ts';
import { type EditionOf, editionFolder } from '../model/edition-of.ts';
import type { Site } from '../model/site.ts';

/** What every page links to. */
export interface Nav {
  /** Names of the sections, in the order in which they are shown. */
  sections: readonly string[];
}

/** Where a page is, so that its links work from a folder on disk as well as from any host. */
export interface Place {
  site: Site;
  nav: Nav;
  /** What leads from the page to the site's root: empty, or ending in a slash. */
  root: string;
}

/** The place of the page with this key. */
export function placeOf(key: string, site: Site, nav: Nav): Place {
  return { site, nav, root: '../'.repeat(key.split('/').length - 1) };
}

/** The page of an edition, from here. */
export function editionHref(of: EditionOf, place: Place): string {
  return folderHref(editionFolder(of), place);
}

/**
 * The page of a folder of the site, from here: the folder itself, but where files are opened from a disk, which
 * knows no index pages, its index named in full.
 * @param folder with a slash at its end, or empty
 */
export function folderHref(folder: string, { root, site }: Place): string {
  return root + folder + (site.namesIndexPages ? EDITION_FILES.page : '') || './';
}

/** From here, an address of the site's own; undefined for those of others. */
export function ownHref(address: string, { root, site }: Place): string | undefined {
  const home = `${site.baseUrl}/`;
  return address.startsWith(home) ? root + address.slice(home.length) || './' : undefined;
}
