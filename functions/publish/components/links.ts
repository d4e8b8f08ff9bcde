import { EDITION_FILES } from '../content/addresses.ts';
import { type EditionOf, editionFolder } from '../model/edition-of.ts';
import type { Site } from '../model/site.ts';

export interface Navigation {
  /** Names of the sections, in order. */
  sections: readonly string[];
  /** Pages of the site's own, with their folders. Absent on pages that do not change with them. */
  pages?: readonly { path: string; title: string }[];
}

/** The site around a page. Links are relative to the page, so that they work on any host and on a disk. */
export interface PageContext {
  site: Site;
  nav: Navigation;
  /** Relative address of the site's root: empty, or ending in a slash. */
  root: string;
}

export function pageContext(key: string, site: Site, nav: Navigation): PageContext {
  return { site, nav, root: '../'.repeat(key.split('/').length - 1) };
}

/** Relative address of an edition's page. */
export function editionHref(of: EditionOf, context: PageContext): string {
  return folderHref(editionFolder(of, context.site), context);
}

/**
 * Relative address of a folder's page. It names `index.html` only if the site is opened from a disk.
 * @param folder key of the folder: empty, or with a slash at its end
 */
export function folderHref(folder: string, { root, site }: PageContext): string {
  return root + folder + (site.namesIndexPages ? EDITION_FILES.page : '') || './';
}

/** Relative form of an address of this site. Undefined for an address of another site. */
export function ownHref(address: string, { root, site }: PageContext): string | undefined {
  const home = `${site.baseUrl}/`;
  return address.startsWith(home) ? root + address.slice(home.length) || './' : undefined;
}
