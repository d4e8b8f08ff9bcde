import type { Author } from '../../../shared/model/article.ts';
import { percentDecoded } from '../../../shared/text/percent-decoded.ts';
import { webUrl } from '../../../shared/text/web-address.ts';
import { type DomNode, type Element, elementsOf, INLINE, isElement, OPAQUE, textOf } from '../model/dom.ts';
import { isBylineLabel, parseByline, parseNames, withoutBylinePrefix } from '../text/byline.ts';
import { fold, oneLine } from '../text/characters.ts';
import { BYLINE_PREFIXES, OTHER_ROLES } from '../words/byline-words.ts';
import { AUTHOR_PATHS, NAME_CONTROLS } from '../words/html/metadata.ts';
import {
  authorsAfterDate,
  canBeAuthor,
  deskIn,
  isAddress,
  textBeforeDate,
  withoutSite,
} from './author-names.ts';
import { isAuthor, type MarkupFacts } from './facts.ts';
import {
  alikeCounter,
  type ElementCandidate,
  type HeadlineNeighbourhood,
  isInTeaser,
  nearest,
  smallTextOf,
} from './nearness.ts';
import { withHyphens } from './role-names.ts';

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
    if (isOtherCredit(element) || (element.name === 'address' && !near && !isAuthor(element))) continue;
    const found = namesIn(element, kind, baseUrl).filter(author => canBeAuthor(author.name, site));
    if (found.length > 0) return found;
  }
  return [];
}

/**
 * Reads the author from the link nearest to the headline whose address agrees with its text: `/authors/jane-doe` and
 * “Jane Doe”.
 * @param site folded names of the site
 */
export function linkAuthors(
  { facts, neighbourhood, baseUrl }: ElementSources,
  site: ReadonlySet<string>,
): Author[] {
  for (const { element, near, beside } of nearest(facts.authorLinks, neighbourhood)) {
    if (!near || beside || isMention(element) || isInTeaser(element, neighbourhood)) continue;
    const address = element.attribs.href?.replace(/[?#].*/, '') ?? '';
    const path = fold(percentDecoded(address) ?? address);
    const found = (parseNames(smallTextOf(element)) ?? []).filter(
      author => isInPath(author.name, path) && canBeAuthor(author.name, site),
    );
    const url = webUrl(element.attribs.href, baseUrl);
    if (found.length > 0) return found.map(author => (url ? { ...author, url } : author));
  }
  return [];
}

/** True for a link to somebody in prose, in the heading of a profile, or after words such as “edited by”. */
function isMention(link: Element): boolean {
  const box = link.parent;
  if (!isElement(box)) return false;
  return (
    /^h[2-6]$/.test(box.name) || smallTextOf(box).length > MAX_BYLINE_ELEMENT_CHARS || isOtherCredit(link)
  );
}

/** True if a folded address has the first and the last name, or ends with the initial and the last name. */
function isInPath(name: string, path: string): boolean {
  const words = name.split(' ').map(fold);
  const [first = '', last = ''] = [words[0], words.at(-1)];
  if (words.length < 2 || last.length < 2) return false;
  return path.includes(last) && (path.endsWith(first.slice(0, 1) + last) || path.includes(first));
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
    const authors = signedIn(element, site).filter(author => canBeAuthor(author.name, site));
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

function signedIn(element: Element, site: ReadonlySet<string>): Author[] {
  const text = withoutSite(smallTextOf(element), site);
  if (text.length > MAX_UNMARKED_BYLINE_CHARS) return [];
  const label = text.replace(/\s?:$/, '').toLowerCase();
  if (!BYLINE_PREFIXES.includes(label) && !isBylineLabel(label))
    return parseByline(textBeforeDate(text)) ?? [];
  if (AMBIGUOUS_LABELS.has(label)) return [];
  // The label has its own element: `<b>By</b> <a>Jane Doe</a>`.
  const box = element.parent;
  const after = box?.children?.slice(box.children.indexOf(element) + 1) ?? [];
  // The next label ends the names: `<b>Author</b> Jane Doe <b>Date</b> 5 May`.
  const next = after.findIndex(node => node.name === element.name && !isName(textOf(node)));
  const texts = (next < 0 ? after : after.slice(0, next)).map(node =>
    node.type === 'text' ? (node.data ?? '') : textOf(node),
  );
  const rest = oneLine(texts.join(' ')).replace(/^[:\s]+/, '');
  const names = rest.length <= 300 ? (parseNames(textBeforeDate(rest)) ?? []) : [];
  return names.filter(isFullName);
}

function isName(text: string): boolean {
  return (parseNames(text) ?? []).some(isFullName);
}

const INNER_NAME_CLASSES = /(?:^|[\s_-])(?:name|fn|nom|author|author-?name)(?:$|[\s_-])/i;

/** Reads names from the text of an author element, or from a descendant that is likely to hold the name. */
function namesIn(element: Element, kind: AuthorNameKind, baseUrl: string | undefined): Author[] {
  const text = smallTextOf(element);
  if (text === '') return [];
  const marked = isMarked(element);
  const named = marked || NICKNAME_CLASSES.test(withHyphens(element.attribs.class ?? ''));
  const parts = partsOf(element);
  // Parts without a byline's prefix are names, dates and jobs that do not belong together.
  const line = parts.map(part => part.text).join(' ');
  const single = parts.length < 2 || withoutBylinePrefix(line) !== undefined;
  const ownNames =
    line.length <= MAX_BYLINE_ELEMENT_CHARS && (single || kind !== 'names')
      ? namesOf(line, marked, named ? kind : 'names', named)
      : [];
  const innerAuthors =
    kind === 'names' && text.length <= MAX_AUTHOR_BOX_CHARS ? innerNames(element, parts) : [];
  // The box can hold more than the name: `Business | Jane Doe | 2 days ago`.
  const [name = ''] = ownNames.map(author => author.name);
  if (
    ownNames.length === 0 ||
    (innerAuthors[0] && ownNames.length <= innerAuthors.length && name !== innerAuthors[0].name)
  )
    return innerAuthors;
  const link =
    element.name === 'a' && ownNames.length === 1 ? webUrl(element.attribs.href, baseUrl) : undefined;
  return link ? ownNames.map(author => ({ ...author, url: link })) : ownNames;
}

/** True if the markup or the address says that the element holds an author. */
function isMarked(element: Element): boolean {
  return isAuthor(element) || AUTHOR_PATHS.test(element.attribs.href ?? '');
}

/** A text in a box that stands apart from the texts beside it. */
interface BoxPart {
  text: string;
  /** Name and class of the element that holds the text. */
  kind: string;
}

/** Maximum number of parts of a box that are read. */
const MAX_PARTS = 30;

/** Matches the kinds of parts that can be a list of names. A block under a name holds a job. */
const IN_LISTS = /^(?:a|b|li|span|strong) /;

/** Divides a box where a block begins or ends, and where two elements stand beside each other. */
function partsOf(box: Element): BoxPart[] {
  const parts: BoxPart[] = [];
  let apart = true;
  const add = (text: string, owner: DomNode): void => {
    const last = parts.at(-1);
    if (!apart && last) last.text += text;
    else if (text.trim() === '') return;
    else parts.push({ text, kind: `${owner.name ?? ''} ${owner.attribs?.class ?? ''}` });
    apart = false;
  };
  const walk = (node: DomNode): void => {
    let afterElement = false;
    for (const child of node.children ?? []) {
      if (parts.length > MAX_PARTS) return;
      if (child.type === 'text') {
        if (child.data?.trim()) afterElement = false;
        add(child.data ?? '', node);
      } else if (isElement(child) && !OPAQUE.has(child.name)) {
        const block = !INLINE.has(child.name) || child.name === 'br';
        apart ||= block || afterElement;
        walk(child);
        apart ||= block;
        afterElement = true;
      }
    }
  };
  walk(box);
  return parts.map(({ text, kind }) => ({ text: oneLine(text), kind })).filter(({ text }) => text !== '');
}

/** Reads names from the descendants that are marked, or from the parts of the box that look alike. */
function innerNames(element: Element, parts: readonly BoxPart[]): Author[] {
  let seen = 0;
  let likely: Author[] = [];
  const markedNames: Author[] = [];
  for (const inner of elementsOf(element)) {
    seen += 1;
    if (seen > 30) break;
    const { name, attribs } = inner;
    const marked = attribs.itemprop === 'name' || isMarked(inner);
    if (!marked && !INNER_NAME_CLASSES.test(withHyphens(attribs.class ?? '')) && !/^(?:h[2-6]|b)$/.test(name))
      continue;
    const inside = textOf(inner);
    const found =
      inside.length <= 80 && partsOf(inner).length === 1
        ? namesOf(inside, attribs.itemprop === 'name', 'names')
        : [];
    if (marked && !isOtherCredit(inner)) markedNames.push(...found);
    if (likely.length === 0) likely = found;
  }
  if (markedNames.length > 0) return markedNames;
  return likely.length > 0 ? likely : alikeNames(parts);
}

/** True for an element after words such as “edited by”. */
function isOtherCredit(element: Element): boolean {
  const siblings = element.parent?.children ?? [];
  let before = '';
  for (let index = siblings.indexOf(element) - 1; index >= 0; index -= 1) {
    const node = siblings[index];
    before = (isElement(node) ? smallTextOf(node) : (node?.data ?? '')) + before;
    if (isElement(node)) break;
  }
  return OTHER_ROLES.test(before.trimEnd().slice(-40));
}

/**
 * Reads the names in a box with several parts: the first part, and the parts of its kind if all of them are names.
 * Parts of other kinds hold dates and jobs.
 */
function alikeNames(parts: readonly BoxPart[]): Author[] {
  const [first] = parts;
  if (!first || parts.length < 2) return [];
  const alike = parts
    .filter(part => part === first || (part.kind === first.kind && IN_LISTS.test(part.kind)))
    .map(({ text }) => namesOf(text, false, 'names'));
  return alike.every(names => names.length > 0) ? alike.flat() : (alike[0] ?? []);
}

/** Class names of elements that hold only the author's name. */
const NICKNAME_CLASSES = /(?:^|[\s_-])(?:author|autor|auteur|fn|vcard|poster|byline)(?:$|[\s_-])/i;

/** Matches a name of one word, as in forums and blogs. */
const NICKNAME = /^[\p{L}\d][\p{L}\p{M}\d._-]{1,23}$/u;

/** True for a name of two words, or in a script that does not divide names. */
function isFullName({ name }: Author): boolean {
  return name.includes(' ') || /^\p{Lo}{2,}$/u.test(name);
}

function namesOf(text: string, marked: boolean, kind: AuthorNameKind, named = marked): Author[] {
  const after = kind === 'names' ? authorsAfterDate(text) : [];
  if (after.length > 0) return after;
  const line = textBeforeDate(text)
    .replace(/^(?:view all posts|all posts|posts|articles?|show all articles of)\s(?:by\s)?/i, '')
    .replace(NAME_CONTROLS, '');
  const bare = (withoutBylinePrefix(line) ?? line).replace(/[\s,;|]{1,5}$/, '');
  if (kind === 'nicknames') return NICKNAME.test(bare) && /\p{L}{2}/u.test(bare) ? [{ name: bare }] : [];
  if (kind === 'desks') {
    const desk = deskIn(bare);
    return desk ? [desk] : [];
  }
  const byline = parseByline(line);
  if (byline) return byline;
  if (isAddress(line)) return [];
  // One word can be a name only where nothing else stands in an element that is named as author.
  const names = (parseNames(line) ?? []).filter(name => isFullName(name) || (named && name.name === text));
  const letters = names.reduce((sum, { name }) => sum + name.length, 0);
  return marked || letters * 2 >= line.length ? names : [];
}
