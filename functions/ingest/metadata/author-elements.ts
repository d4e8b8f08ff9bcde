import type { Author } from '../../../shared/model/article.ts';
import { webUrl } from '../../../shared/text/web-address.ts';
import { type Element, elementsOf, textOf } from '../model/dom.ts';
import { parseByline, parseNames, withoutBylinePrefix } from '../text/byline.ts';
import { fold, oneLine } from '../text/characters.ts';
import { BYLINE_LABELS, BYLINE_PREFIXES } from '../words/byline-words.ts';
import { AUTHOR_PATHS, DESKS, NAME_CONTROLS } from '../words/html-metadata.ts';
import { beforeDate, behindDate, isAddress, isSomebody } from './author-names.ts';
import { type Facts, isAuthor } from './facts.ts';
import { type Candidate, countAlike, type Neighbourhood, nearest, smallTextOf } from './nearness.ts';

/** Where elements are looked at. */
export interface ElementSources {
  facts: Facts;
  neighbourhood: Neighbourhood;
  baseUrl: string | undefined;
}

/** Longest text of an element that can be a byline, and of a box about the author. */
const MAX_ELEMENT = 160;
const MAX_BOX = 600;

/** What is looked for: full names, names of one word, or names of desks. */
type Kind = 'names' | 'nicknames' | 'desks';

/** Most elements that are looked at. */
const MOST = 24;

/** Elements marked or named as author, nearest to the headline first; and how many are alike. */
export interface AuthorElements {
  candidates: readonly Candidate[];
  alike: (element: Element) => number;
}

export function authorElements({ facts, neighbourhood }: ElementSources): AuthorElements {
  const candidates = nearest(facts.authors, neighbourhood);
  return { candidates, alike: countAlike(candidates) };
}

/** Who is named in elements marked or named as author, nearest to the headline first. `site` holds folded names. */
export function elementAuthors(
  { baseUrl }: Pick<ElementSources, 'baseUrl'>,
  { candidates, alike }: AuthorElements,
  site: ReadonlySet<string>,
  kind: Kind,
): Author[] {
  for (const { element, near } of candidates.slice(0, MOST)) {
    // Bylines of other stories come in numbers.
    if (!near && (kind !== 'names' || alike(element) > 2)) continue;
    if (element.name === 'address' && !near && !isAuthor(element)) continue;
    const found = namesIn(element, kind, baseUrl).filter(author => isSomebody(author.name, site));
    if (found.length > 0) return found;
  }
  return [];
}

/** Longest byline that is not marked as one. */
const MAX_BYLINE = 90;

/** Who signed in an element that only its words mark as a byline, wherever it stands. */
export function bylineAuthors({ facts, neighbourhood }: ElementSources, site: ReadonlySet<string>): Author[] {
  const found = new Map<string, Author[]>();
  for (const { element, near } of nearest(facts.bylines, neighbourhood)) {
    const authors = signedIn(element).filter(author => isSomebody(author.name, site));
    if (authors.length === 0) continue;
    if (near) return authors;
    found.set(authors.map(({ name }) => fold(name)).join(), authors);
  }
  // Several far from the headline are those of other stories.
  return found.size === 1 ? ([...found.values()][0] ?? []) : [];
}

/** Labels of bylines that also head other things. */
const AMBIGUOUS = new Set([
  'text',
  'texte',
  'texto',
  'testo',
  'tekst',
  'story',
  'words',
  'reporter',
  'di',
  'av',
  'af',
  'de la',
]);

function signedIn(element: Element): Author[] {
  const text = smallTextOf(element);
  if (text.length > MAX_BYLINE) return [];
  const label = text.replace(/\s?:$/, '').toLowerCase();
  if (!BYLINE_PREFIXES.includes(label) && !BYLINE_LABELS.has(label))
    return parseByline(beforeDate(text)) ?? [];
  if (AMBIGUOUS.has(label)) return [];
  // The label stands alone: `<b>By</b> <a>Jane Doe</a>`.
  const box = element.parent;
  const behind = box?.children?.slice(box.children.indexOf(element) + 1) ?? [];
  const rest = behind.map(node => (node.type === 'text' ? (node.data ?? '') : textOf(node))).join(' ');
  const names = rest.length <= 300 ? (parseNames(beforeDate(oneLine(rest))) ?? []) : [];
  return names.filter(({ name }) => name.includes(' '));
}

const INNER_NAMES = /(?:^|[\s_-])(?:name|fn|nom|author|author-?name)(?:$|[\s_-])/i;

/** Names in an element that is marked or named as the author: its own text, else what in it is likely a name. */
function namesIn(element: Element, kind: Kind, baseUrl: string | undefined): Author[] {
  const text = smallTextOf(element);
  if (text === '') return [];
  const strong = isAuthor(element) || AUTHOR_PATHS.test(element.attribs.href ?? '');
  const named = strong || NICKNAMED.test(element.attribs.class ?? '');
  const own = text.length <= MAX_ELEMENT ? namesOf(text, strong, named ? kind : 'names') : [];
  const inner = kind === 'names' && text.length <= MAX_BOX ? innerNames(element) : [];
  // What stands about the name in its box: `Business | Jane Doe | 2 days ago`.
  const [name = ''] = own.map(author => author.name);
  if (own.length === 0 || (own.length === 1 && inner[0] && name !== inner[0].name && !parseByline(text)))
    return inner;
  const link = element.name === 'a' && own.length === 1 ? webUrl(element.attribs.href, baseUrl) : undefined;
  return link ? own.map(author => ({ ...author, url: link })) : own;
}

function innerNames(element: Element): Author[] {
  let seen = 0;
  let likely: Author[] = [];
  for (const inner of elementsOf(element)) {
    seen += 1;
    if (seen > 30) break;
    const { name, attribs } = inner;
    const marked = attribs.itemprop === 'name' || isAuthor(inner) || AUTHOR_PATHS.test(attribs.href ?? '');
    if (!marked && !INNER_NAMES.test(attribs.class ?? '') && !/^(?:h[2-6]|strong|b)$/.test(name)) continue;
    const inside = textOf(inner);
    const found = inside.length <= 80 ? namesOf(inside, attribs.itemprop === 'name', 'names') : [];
    if (found.length > 0 && marked) return found;
    if (likely.length === 0) likely = found;
  }
  return likely;
}

/** Elements that hold nothing but the author's name. */
const NICKNAMED = /(?:^|[\s_-])(?:author|autor|auteur|fn|vcard|poster|byline)(?:$|[\s_-])/i;

/** One word, as people sign in forums and blogs. */
const NICKNAME = /^[\p{L}\d][\p{L}\p{M}\d._-]{1,23}$/u;

function namesOf(text: string, strong: boolean, kind: Kind): Author[] {
  const behind = kind === 'names' ? behindDate(text) : [];
  if (behind.length > 0) return behind;
  const line = beforeDate(text)
    .replace(/^(?:view all posts|all posts|posts|articles?|show all articles of)\s(?:by\s)?/i, '')
    .replace(NAME_CONTROLS, '');
  const bare = (withoutBylinePrefix(line) ?? line).replace(/[\s,;|]{1,5}$/, '');
  if (kind === 'nicknames') return NICKNAME.test(bare) && /\p{L}{2}/u.test(bare) ? [{ name: bare }] : [];
  if (kind === 'desks')
    return DESKS.test(bare) && bare.length <= 50 && !/[:!?]/.test(bare) ? [{ name: bare }] : [];
  const byline = parseByline(line);
  if (byline) return byline;
  if (isAddress(line)) return [];
  const names = parseNames(line) ?? [];
  const letters = names.reduce((sum, { name }) => sum + name.length, 0);
  return strong || letters * 2 >= line.length ? names : [];
}
