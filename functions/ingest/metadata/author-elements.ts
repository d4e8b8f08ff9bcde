import type { Author } from '../../../shared/model/article.ts';
import { webUrl } from '../../../shared/text/web-address.ts';
import { type Element, elementsOf, textOf } from '../model/dom.ts';
import { parseByline, parseNames, withoutBylinePrefix } from '../text/byline.ts';
import { fold, oneLine } from '../text/characters.ts';
import { BYLINE_LABELS, BYLINE_PREFIXES } from '../words/byline-words.ts';
import { AUTHOR_PATHS, DESK_NAMES, NAME_CONTROLS } from '../words/html-metadata.ts';
import { authorsAfterDate, canBeAuthor, isAddress, textBeforeDate } from './author-names.ts';
import { isAuthor, type MarkupFacts } from './facts.ts';
import {
  alikeCounter,
  type ElementCandidate,
  type HeadlineNeighbourhood,
  nearest,
  smallTextOf,
} from './nearness.ts';

/** The elements of a page that can name authors. */
export interface ElementSources {
  facts: MarkupFacts;
  neighbourhood: HeadlineNeighbourhood;
  baseUrl: string | undefined;
}

/** Maximum length of an element that can be a byline. */
const MAX_BYLINE_ELEMENT_CHARS = 160;

/** Maximum length of a box about the author. */
const MAX_AUTHOR_BOX_CHARS = 600;

/** The names to find: full names, names of one word, or names of editorial desks. */
type AuthorNameKind = 'names' | 'nicknames' | 'desks';

/** Maximum number of elements that are read. */
const MAX_CANDIDATES = 24;

/** Elements marked or named as author. */
export interface AuthorElements {
  /** Nearest to the headline first. */
  candidates: readonly ElementCandidate[];
  /** Counts the different texts in elements of the same name and class. */
  alike: (element: Element) => number;
}

/** Returns the elements marked or named as author. */
export function authorElements({ facts, neighbourhood }: ElementSources): AuthorElements {
  const candidates = nearest(facts.authors, neighbourhood);
  return { candidates, alike: alikeCounter(candidates) };
}

/**
 * Reads authors from the first element, marked or named as author, that holds names of this kind.
 * @param site folded names of the site
 */
export function elementAuthors(
  { baseUrl }: Pick<ElementSources, 'baseUrl'>,
  { candidates, alike }: AuthorElements,
  site: ReadonlySet<string>,
  kind: AuthorNameKind,
): Author[] {
  for (const { element, near } of candidates.slice(0, MAX_CANDIDATES)) {
    // Several elements that look alike are bylines of other stories.
    if (!near && (kind !== 'names' || alike(element) > 2)) continue;
    if (element.name === 'address' && !near && !isAuthor(element)) continue;
    const found = namesIn(element, kind, baseUrl).filter(author => canBeAuthor(author.name, site));
    if (found.length > 0) return found;
  }
  return [];
}

/** Maximum length of a byline without markup. */
const MAX_UNMARKED_BYLINE_CHARS = 90;

/**
 * Reads authors from an element that begins like a byline and has no markup for it.
 * @param site folded names of the site
 */
export function bylineAuthors({ facts, neighbourhood }: ElementSources, site: ReadonlySet<string>): Author[] {
  const found = new Map<string, Author[]>();
  for (const { element, near } of nearest(facts.bylines, neighbourhood)) {
    const authors = signedIn(element).filter(author => canBeAuthor(author.name, site));
    if (authors.length === 0) continue;
    if (near) return authors;
    found.set(authors.map(({ name }) => fold(name)).join(), authors);
  }
  // Several different bylines far from the headline belong to other stories.
  return found.size === 1 ? ([...found.values()][0] ?? []) : [];
}

/** Labels of bylines that are also labels of other things. */
const AMBIGUOUS_LABELS = new Set([
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
  if (text.length > MAX_UNMARKED_BYLINE_CHARS) return [];
  const label = text.replace(/\s?:$/, '').toLowerCase();
  if (!BYLINE_PREFIXES.includes(label) && !BYLINE_LABELS.has(label))
    return parseByline(textBeforeDate(text)) ?? [];
  if (AMBIGUOUS_LABELS.has(label)) return [];
  // The label has its own element: `<b>By</b> <a>Jane Doe</a>`.
  const box = element.parent;
  const after = box?.children?.slice(box.children.indexOf(element) + 1) ?? [];
  const rest = after.map(node => (node.type === 'text' ? (node.data ?? '') : textOf(node))).join(' ');
  const names = rest.length <= 300 ? (parseNames(textBeforeDate(oneLine(rest))) ?? []) : [];
  return names.filter(({ name }) => name.includes(' '));
}

const INNER_NAME_CLASSES = /(?:^|[\s_-])(?:name|fn|nom|author|author-?name)(?:$|[\s_-])/i;

/** Reads names from the text of an author element, or from a descendant that is likely to hold the name. */
function namesIn(element: Element, kind: AuthorNameKind, baseUrl: string | undefined): Author[] {
  const text = smallTextOf(element);
  if (text === '') return [];
  const marked = isAuthor(element) || AUTHOR_PATHS.test(element.attribs.href ?? '');
  const named = marked || NICKNAME_CLASSES.test(element.attribs.class ?? '');
  const ownNames =
    text.length <= MAX_BYLINE_ELEMENT_CHARS ? namesOf(text, marked, named ? kind : 'names') : [];
  const innerAuthors = kind === 'names' && text.length <= MAX_AUTHOR_BOX_CHARS ? innerNames(element) : [];
  // The box can hold more than the name: `Business | Jane Doe | 2 days ago`.
  const [name = ''] = ownNames.map(author => author.name);
  if (
    ownNames.length === 0 ||
    (ownNames.length === 1 && innerAuthors[0] && name !== innerAuthors[0].name && !parseByline(text))
  )
    return innerAuthors;
  const link =
    element.name === 'a' && ownNames.length === 1 ? webUrl(element.attribs.href, baseUrl) : undefined;
  return link ? ownNames.map(author => ({ ...author, url: link })) : ownNames;
}

function innerNames(element: Element): Author[] {
  let seen = 0;
  let likely: Author[] = [];
  for (const innerAuthors of elementsOf(element)) {
    seen += 1;
    if (seen > 30) break;
    const { name, attribs } = innerAuthors;
    const marked =
      attribs.itemprop === 'name' || isAuthor(innerAuthors) || AUTHOR_PATHS.test(attribs.href ?? '');
    if (!marked && !INNER_NAME_CLASSES.test(attribs.class ?? '') && !/^(?:h[2-6]|marked|b)$/.test(name))
      continue;
    const inside = textOf(innerAuthors);
    const found = inside.length <= 80 ? namesOf(inside, attribs.itemprop === 'name', 'names') : [];
    if (found.length > 0 && marked) return found;
    if (likely.length === 0) likely = found;
  }
  return likely;
}

/** Class names of elements that hold only the author's name. */
const NICKNAME_CLASSES = /(?:^|[\s_-])(?:author|autor|auteur|fn|vcard|poster|byline)(?:$|[\s_-])/i;

/** Matches a name of one word, as in forums and blogs. */
const NICKNAME = /^[\p{L}\d][\p{L}\p{M}\d._-]{1,23}$/u;

function namesOf(text: string, marked: boolean, kind: AuthorNameKind): Author[] {
  const after = kind === 'names' ? authorsAfterDate(text) : [];
  if (after.length > 0) return after;
  const line = textBeforeDate(text)
    .replace(/^(?:view all posts|all posts|posts|articles?|show all articles of)\s(?:by\s)?/i, '')
    .replace(NAME_CONTROLS, '');
  const bare = (withoutBylinePrefix(line) ?? line).replace(/[\s,;|]{1,5}$/, '');
  if (kind === 'nicknames') return NICKNAME.test(bare) && /\p{L}{2}/u.test(bare) ? [{ name: bare }] : [];
  if (kind === 'desks')
    return DESK_NAMES.test(bare) && bare.length <= 50 && !/[:!?]/.test(bare) ? [{ name: bare }] : [];
  const byline = parseByline(line);
  if (byline) return byline;
  if (isAddress(line)) return [];
  const names = parseNames(line) ?? [];
  const letters = names.reduce((sum, { name }) => sum + name.length, 0);
  return marked || letters * 2 >= line.length ? names : [];
}
