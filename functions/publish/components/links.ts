import { scriptOf } from '../../../shared/text/language-tag.ts';
import { EDITION_FILES } from '../content/addresses.ts';
import { type EditionOf, editionFolder, type Site } from '../model/site.ts';

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

const RIGHT_TO_LEFT_SCRIPTS = new Set([
  'Adlm',
  'Arab',
  'Hebr',
  'Mand',
  'Mend',
  'Nkoo',
  'Rohg',
  'Samr',
  'Syrc',
  'Thaa',
]);

/** The direction in which a language is usually written. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT_SCRIPTS.has(scriptOf(language) ?? '') ? 'rtl' : 'ltr';
}

/** A language (BCP 47) and the direction in which it is written. */
export interface Written {
  language: string;
  direction: 'ltr' | 'rtl';
}

/** `lang` and `dir` of something, where they are not those of what it is in. */
export function languageAttributes(inner: Written, outer: Written): { lang?: string; dir?: 'ltr' | 'rtl' } {
  return {
    ...(inner.language === outer.language ? {} : { lang: inner.language }),
    ...(inner.direction === outer.direction ? {} : { dir: inner.direction }),
  };
}
