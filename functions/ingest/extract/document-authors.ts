import type { Author } from '../../../shared/article.ts';
import { AUTHORS, NOBODY } from '../words/html-metadata.ts';
import { parseByline, parseNames } from './byline.ts';
import { fold } from './characters.ts';
import { type DomNode, type Element, textOf } from './dom.ts';
import type { Facts } from './facts.ts';
import type { LinkedData } from './json-ld.ts';
import { webUrl } from './urls.ts';

/**
 * Who wrote the story: JSON-LD, then meta elements, then marked or named elements. Names of the site itself and of nobody
 * in particular are no authors: fewer are better than wrong ones.
 */
export function authorsOf(
  facts: Facts,
  story: LinkedData | undefined,
  siteNames: readonly string[],
  baseUrl: string | undefined,
): Author[] {
  const site = new Set(siteNames.map(fold));
  const named = (name: string): Author[] => {
    if (name.length > 200 || /^https?:|@|\.(?:com|org|net)\b/i.test(name)) return [];
    return (parseNames(name) ?? []).filter(
      author => !NOBODY.has(author.name.toLowerCase()) && !site.has(fold(author.name)),
    );
  };
  const linked = (story?.authors ?? []).flatMap(({ name, url }) => {
    const link = webUrl(url, baseUrl);
    const authors = named(name);
    return link && authors.length === 1 ? authors.map(author => ({ ...author, url: link })) : authors;
  });
  if (linked.length > 0) return unique(linked);
  for (const name of AUTHORS) {
    const found = (facts.metas.get(name) ?? []).flatMap(named);
    if (found.length > 0) return unique(found);
  }
  for (const element of facts.authors.filter(isOfStory).slice(0, 12)) {
    const text = textOf(element);
    if (text === '' || text.length > 150) continue;
    const marked =
      element.attribs.itemprop !== undefined || element.attribs.rel === 'author' || element.name === 'a';
    const found =
      parseByline(text)?.filter(author => !NOBODY.has(author.name.toLowerCase())) ??
      (marked || text.length < 40 ? named(text) : []);
    if (found.length > 0) return unique(found);
  }
  return [];
}

const ELSEWHERE =
  /(?:^|[\s_-])(?:comments?|commentlist|comment-?author|comment-?form|respond|reply|replies|related|sidebar|recommended|popular)(?:$|[\s_-])/i;

/** False of elements in forms, comments and lists of other stories. */
function isOfStory(element: Element): boolean {
  for (let node: DomNode | null = element; node; node = node.parent) {
    if (node.name === 'body') return true;
    if (node.name === 'form' || node.name === 'label') return false;
    if (ELSEWHERE.test(`${node.attribs?.class ?? ''} ${node.attribs?.id ?? ''}`.slice(0, 300))) return false;
  }
  return true;
}

function unique(authors: readonly Author[]): Author[] {
  const byName = new Map<string, Author>();
  for (const author of authors) if (!byName.has(fold(author.name))) byName.set(fold(author.name), author);
  return [...byName.values()].slice(0, 12);
}
