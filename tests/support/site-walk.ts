/** What a reader finds who follows the links of a site; files by key, as text. */
export type SiteFiles = ReadonlyMap<string, string>;

const BASE = 'https://news.example.org/';

/**
 * Follows `prev-archive` from a feed to its end, as RFC 5005 (section 4) says.
 * @param feed `feed.xml` or `atom.xml`
 * @returns ids of all entries, each once however many documents it is in, and the keys of the documents
 */
export function walk(files: SiteFiles, feed: string): { ids: Set<string>; documents: string[] } {
  const ids = new Set<string>();
  const documents: string[] = [];
  for (let key: string | undefined = feed; key !== undefined; ) {
    const document: string | undefined = files.get(key);
    if (document === undefined) throw new Error(`${key} is linked and not there.`);
    if (documents.includes(key)) throw new Error(`${key} is linked in a circle.`);
    documents.push(key);
    const entry = feed.endsWith('atom.xml') ? /<entry[^>]*>\s*<id>([^<]+)/g : /<guid[^>]*>([^<]+)/g;
    for (const [, id = ''] of document.matchAll(entry)) ids.add(id);
    key = linked(document, 'prev-archive');
  }
  return { ids, documents };
}

/** The key of what a document of a feed links by a relation, or undefined. */
export function linked(document: string, rel: string): string | undefined {
  return new RegExp(`rel="${rel}"[^>]* href="${BASE}([^"]*)"`).exec(document)?.[1];
}

/** The keys of all pages that the sitemaps name, from their index on. */
export function mapped(files: SiteFiles): string[] {
  const keys = (file: string) =>
    [...(files.get(file) ?? '').matchAll(/<loc>([^<]+)/g)].map(([, url = '']) => url.slice(BASE.length));
  return keys('sitemap.xml').flatMap(keys).sort();
}

/** The keys of all articles that the pages of the archive list, from the list of months on, and their counts. */
export function archived(files: SiteFiles): { articles: string[]; counted: number } {
  const articles = new Set<string>();
  const seen = new Set<string>();
  const open = ['archive/index.html'];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    const page = files.get(key);
    if (page === undefined) throw new Error(`${key} is linked and not there.`);
    for (const [, href = ''] of (page.split('<main')[1] ?? '').matchAll(/href="([^"]+)"/g)) {
      const target = new URL(href, BASE + key).pathname.slice(1);
      if (target.startsWith('articles/')) articles.add(target);
      else if (/^archive\/(?:\d|$)/.test(target)) open.push(target.replace(/\/$/, '/index.html'));
    }
  }
  const counts = [
    ...(files.get('archive/index.html') ?? '').matchAll(/class="archive-count">([\d,]+)\+?</g),
  ].map(([, count = '']) => Number(count.replaceAll(',', '')));
  return { articles: [...articles].sort(), counted: counts.reduce((sum, count) => sum + count, 0) };
}

/** The keys of all articles that a section, tag or author lists: on its front page, and on the pages of its list. */
export function listedIn(files: SiteFiles, folder: string): string[] {
  const articles = new Set<string>();
  const seen = new Set<string>();
  const open = [`${folder}index.html`];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    for (const target of linksOf(files, key)) {
      if (target.startsWith('articles/')) articles.add(target);
      else if (target.startsWith(folder) && /^\d+\.html$/.test(target.slice(folder.length)))
        open.push(target);
    }
  }
  return [...articles].sort();
}

/** The keys of articles to which some page links, each with the pages that do. */
export function linkedArticles(files: SiteFiles): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const key of files.keys())
    if (key.endsWith('.html'))
      for (const target of linksOf(files, key))
        if (target.startsWith('articles/')) found.set(target, [...(found.get(target) ?? []), key]);
  return found;
}

/** The keys of the files that the content of a page links. */
function linksOf(files: SiteFiles, key: string): string[] {
  const page = files.get(key);
  if (page === undefined) throw new Error(`${key} is linked and not there.`);
  const main = page.split('<main')[1] ?? '';
  return [...main.matchAll(/href="([^"]+)"/g)].map(([, href = '']) =>
    new URL(href, BASE + key).pathname.slice(1),
  );
}

/** The keys of the pages of all articles in the index of the search. */
export function searched(files: SiteFiles): string[] {
  const documents = [...files].filter(([key]) => /^search\/\d+\.json$/.test(key));
  return documents
    .flatMap(([, text]) => JSON.parse(text).rows.map(({ path }: { path: string }) => path))
    .sort();
}
