import * as cheerio from 'cheerio';

/** A document of the site and what it points to, addresses absolute. */
interface Crawled {
  url: string;
  status: number;
  type: string;
  links: string[];
  /** Names that the part of an address after `#` may have here. */
  anchors: Set<string>;
}

const ATTRIBUTES = ['href', 'src', 'poster', 'data'] as const;

/**
 * Follows every link of a site from the addresses given, and reads what HTML and XML documents point to.
 * @returns the documents by their address without a fragment
 */
export async function crawl(site: string, from: readonly string[]): Promise<Map<string, Crawled>> {
  const found = new Map<string, Crawled>();
  const waiting = [...from];
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    if (found.has(url)) continue;
    const document = await read(url);
    found.set(url, document);
    if (document.status !== 200) continue;
    for (const link of document.links) if (link.startsWith(`${site}/`)) waiting.push(withoutFragment(link));
  }
  return found;
}

/** The links of the documents that lead nowhere on the site, as `from → to`. */
export function brokenLinks(site: string, found: ReadonlyMap<string, Crawled>): string[] {
  const broken: string[] = [];
  for (const { url, status, links } of found.values()) {
    if (status !== 200) continue;
    for (const link of links) {
      if (!link.startsWith(`${site}/`)) continue;
      const target = found.get(withoutFragment(link));
      const anchor = decodeURIComponent(new URL(link).hash.slice(1));
      if (target?.status !== 200 || (anchor !== '' && !target.anchors.has(anchor)))
        broken.push(`${url} → ${link}`);
    }
  }
  return broken;
}

async function read(url: string): Promise<Crawled> {
  const response = await fetch(url);
  const body = await response.text();
  const type = response.headers.get('content-type') ?? '';
  const isXml = /\bxml\b/.test(type);
  if (!isXml && !type.startsWith('text/html'))
    return { url, status: response.status, type, links: [], anchors: new Set() };
  const $ = cheerio.load(body, { xml: isXml });
  const links: string[] = [];
  const anchors = new Set<string>();
  for (const element of $('*')) {
    const name = 'tagName' in element ? element.tagName : '';
    const id = $(element).attr('id');
    if (id !== undefined) anchors.add(id);
    for (const attribute of ATTRIBUTES) {
      const value = $(element).attr(attribute);
      if (value !== undefined) links.push(value);
    }
    for (const attribute of ['xmlUrl', 'htmlUrl', 'url']) {
      const value = isXml ? $(element).attr(attribute) : undefined;
      if (value !== undefined) links.push(value);
    }
    const isAddress =
      ['link', 'loc', 'url', 'icon', 'logo'].includes(name) && $(element).children().length === 0;
    if (isXml && isAddress) links.push($(element).text());
  }
  const style = isXml ? /<\?xml-stylesheet\b[^>]{0,200}\bhref="([^"]{1,500})"/.exec(body)?.[1] : undefined;
  if (style !== undefined) links.push(style);
  const absolute = links.flatMap(link => {
    const address = link.trim();
    return address !== '' && URL.canParse(address, url) ? [new URL(address, url).href] : [];
  });
  return { url, status: response.status, type, links: absolute, anchors };
}

function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? url;
}
