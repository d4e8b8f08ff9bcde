import { percentDecoded } from '../text/percent-decoded.ts';
import { isSiteFolder } from './identity.ts';
import { typedTarget } from './typed-addresses.ts';

/**
 * Further addresses of a story, and redirects of the settings. Such an address is a path of the site: decoded, in NFC,
 * beginning with a slash. A folder ends with a slash. All others are files.
 */

/** Maximum number of aliases of a story. A story that has moved to another system each year for a decade has fewer. */
export const MAX_ALIASES = 20;

/** Maximum length of an address, in bytes of UTF-8. An object key of S3 has at most 1,024, and three of them are one of ours. */
const MAX_PATH_BYTES = 300;

/** Maximum length of a part of an address, in bytes. File systems allow 255. */
const MAX_PART_BYTES = 200;

/** Letters, digits and signs of addresses. S3 reads `+` as a space, and programs that show an address cut it at others. */
const PART =
  /^[\p{L}\p{N}\p{M}_~!'(),=&$@-](?:[\p{L}\p{N}\p{M}_~!'(),=&$@. -]*[\p{L}\p{N}\p{M}_~!'(),=&$@-])?$/u;

/** Endings of pages. A story can have no other file: other programs ask for `ads.txt` or `app.js` and trust it. */
const PAGE_ENDING = /\.(?:x?html?|shtml?|stm|phtml|php\d?|aspx?|jspx?|do|cfm|cgi|pl)$/i;

/** Names of the files in the root folder of every site. A test compares them with the files of publish. */
const SITE_FILE_NAMES = new Set(
  `feed.xml atom.xml feed.json index.html subscribe.html favicon.ico opml.xml robots.txt sitemap.xml sitemap-news.xml
   404.html`.split(/\s+/),
);

/** The page of an article. */
const ARTICLE_PAGE = /^\/articles\/[^/]*-[a-z2-7]{16}\.html$/i;

export type ReadPath = { path: string } | { problem: string };

/**
 * Reads an address that redirects.
 * @param kind `page`: only addresses that a story can have. `file`: also those of other files, such as old feeds
 */
export function readRedirectPath(stated: string, kind: 'page' | 'file' = 'page'): ReadPath {
  const problem = (why: string): ReadPath => ({ problem: why });
  if (stated.length > 3 * MAX_PATH_BYTES) return problem('it is too long');
  const text = stated.trim();
  if (/^[a-z][a-z\d+.-]*:/i.test(text) || /^[/\\]{2}/.test(text))
    return problem('it must be a path of this site, such as /old/address/');
  if (!text.includes('/') && !PAGE_ENDING.test(text)) return problem('it is no path, such as /old/address/');
  const decoded = percentDecoded(text)?.normalize('NFC');
  if (decoded === undefined) return problem('its percent escapes are wrong');
  const path = withEnd(decoded.startsWith('/') ? decoded : `/${decoded}`);
  if (Buffer.byteLength(path) > MAX_PATH_BYTES) return problem('it is too long');
  const parts = path.slice(1).split('/');
  const file = parts.pop() ?? '';
  if ([...parts, ...(file === '' ? [] : [file])].some(part => !PART.test(part)))
    return problem('it has characters or parts that no address of the site has');
  if ([...parts, file].some(part => Buffer.byteLength(part) > MAX_PART_BYTES))
    return problem('it is too long');
  if (parts.some(part => part.includes('.'))) return problem('only its last part can have a dot');
  if (file !== '' && kind === 'page' && !PAGE_ENDING.test(file))
    return problem('a file must be a page, such as story.html');
  return isOfSite(path) ? problem('the site itself uses this address') : { path };
}

/** The address with the slash of a folder, and without the name of its page. */
function withEnd(path: string): string {
  const last = path.slice(path.lastIndexOf('/') + 1);
  if (last === 'index.html') return path.slice(0, -last.length);
  return last === '' || last.includes('.') ? path : `${path}/`;
}

/** Whether an address belongs to the site. Letter case does not count, because it does not on many disks. */
function isOfSite(path: string): boolean {
  const lower = path.toLowerCase();
  const [, first = '', ...others] = lower.split('/');
  if (others.length === 0) return first === '' || SITE_FILE_NAMES.has(first);
  if (typedTarget(lower) !== undefined || ARTICLE_PAGE.test(path)) return true;
  // Other programs keep stories in a folder with this name too.
  return first === 'articles' ? lower === '/articles/' : isSiteFolder(first);
}

/** The key of the object that answers at an address. */
export function redirectKey(path: string): string {
  return `${path.slice(1)}${path.endsWith('/') ? 'index.html' : ''}`;
}

/**
 * Reads the aliases that a source states. An address that cannot be one is left out with a warning.
 * @param stated a text can name several addresses, with commas or spaces between them
 */
export function readAliases(stated: readonly string[]): { aliases: string[]; warnings: string[] } {
  const aliases = new Set<string>();
  const warnings: string[] = [];
  let surplus = 0;
  for (const text of stated.flatMap(addressesIn)) {
    if (aliases.size + warnings.length >= MAX_ALIASES) {
      surplus++;
      continue;
    }
    const read = readRedirectPath(text);
    if ('path' in read) aliases.add(read.path);
    else warnings.push(`The alias “${quoted(text)}” was left out: ${read.problem}.`);
  }
  if (surplus > 0)
    warnings.push(`A story can have ${MAX_ALIASES} aliases. Left out: ${surplus} further ones.`);
  return { aliases: [...aliases], warnings };
}

/** The addresses in a text. A comma or a space ends one if the next begins with a slash. */
function addressesIn(text: string): string[] {
  return text
    .split(/(?<=[\s,])(?=\/)/)
    .map(each => each.trim().replace(/,$/, '').trim())
    .filter(Boolean);
}

function quoted(text: string): string {
  // Cut first, so that half a character is replaced too.
  return text.slice(0, 80).replace(/\p{C}/gu, '�');
}
