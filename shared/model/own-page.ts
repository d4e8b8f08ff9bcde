import { pagePath } from './identity.ts';

/**
 * Pages of the site's own, such as `pages/about.md`. A page is an article that is in no list: its address is made from the
 * name of its file, and it has no place in feeds, editions and the history. Its permalink tells it from an article.
 */

const FOLDER = 'pages/';

/** `pages/about.md`, or `pages/about/index.md` as other programs file it. */
const PAGE_KEY = /^pages\/(?:([^/]+?)(?:\.[A-Za-z0-9]{1,10})?|([^/]+)\/index\.[A-Za-z0-9]{1,10})$/;

/** Addresses that the site uses for other things, or that readers try. */
const RESERVED_PAGES = new Set(
  'index articles sections tags authors archive sitemaps media assets pages search feed feeds rss atom subscribe 404'.split(
    ' ',
  ),
);

/**
 * The folder of the page of a file on the site, or the sentence why the file can have none. Undefined for other files.
 * @param language language of the site (BCP 47), which decides how letters are spelt, as in the folders of sections
 */
export function ownPageOf(key: string, language: string): { path: string } | { problem: string } | undefined {
  if (!key.startsWith(FOLDER)) return undefined;
  const [, name, folder] = PAGE_KEY.exec(key) ?? [];
  const title = name ?? folder;
  if (title === undefined)
    return { problem: 'A page is directly in the folder pages/, such as pages/about.md.' };
  const path = pagePath(title, language);
  if (RESERVED_PAGES.has(path))
    return { problem: `The site itself uses the address /${path}/. Give the file another name.` };
  return { path };
}

/** Whether the permalink is that of a page of the site's own. All articles are in one folder. */
export function isOwnPage({ permalink }: { permalink?: string | undefined }): boolean {
  return permalink !== undefined && !permalink.startsWith('articles/');
}

/** The permalink of a page: its file on the site. */
export function ownPermalink(path: string): string {
  return `${path}/index.html`;
}

/** The folder of the page with a permalink. */
export function ownPathOf(permalink: string): string {
  return permalink.slice(0, permalink.lastIndexOf('/'));
}

/** The duplicate group of the files with an address. So one of them is live, and another takes its place when it goes. */
export function ownPageGroup(path: string): string {
  return `page/${path}`;
}
