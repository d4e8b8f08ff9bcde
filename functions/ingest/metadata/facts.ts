import { type DomNode, type Element, isElement, textOf } from '../model/dom.ts';
import { oneLine } from '../text/characters.ts';
import { AUTHOR_PATHS, BYLINE_STARTS } from '../words/html/metadata.ts';
import { Metas } from './metas.ts';
import { AUTHOR_ROLE, DATE_ROLE, DEK_ROLE, HEADLINE_ROLE, mayHaveRole, rolesOf } from './role-names.ts';

/** Metadata in the markup of a page, gathered in one walk. */
export interface MarkupFacts {
  metas: Metas;
  title?: string | undefined;
  canonical?: string | undefined;
  base?: string | undefined;
  language?: string | undefined;
  direction?: string | undefined;
  linkedData: readonly string[];
  /** `h1` elements. */
  headings: readonly Element[];
  /** `h2` and `h3` elements. */
  subheadings: readonly Element[];
  /** Index, in document order, of each heading and of each element in the lists below. */
  order: ReadonlyMap<Element, number>;
  /** Elements marked or named as author. */
  authors: readonly Element[];
  /** Links to pages about one author. */
  authorLinks: readonly Element[];
  /** Elements of any kind whose text begins like a byline. */
  bylines: readonly Element[];
  dates: readonly Element[];
  headlines: readonly Element[];
  deks: readonly Element[];
  audio: readonly Element[];
}

/** Elements whose descendants are skipped. */
const SKIPPED_ELEMENTS = new Set(['svg', 'math', 'template', 'select', 'iframe']);

/** Elements whose class does not describe their content. */
const CLASSLESS_ELEMENTS = new Set([
  'body',
  'html',
  'link',
  'input',
  'meta',
  'script',
  'style',
  'button',
  'label',
]);

/** Elements that need a check of their name. */
const SPECIAL_ELEMENTS = new Set([
  ...SKIPPED_ELEMENTS,
  ...CLASSLESS_ELEMENTS,
  ...'title base script h1 h2 h3 audio time address'.split(' '),
]);

/** Maximum length of each list. More candidates come from lists of other stories. */
const MAX_CANDIDATES = 40;

/** Gathers the facts of a page in one walk, in linear time. */
export function gatherMarkupFacts(root: DomNode): MarkupFacts {
  const facts = new GatheredFacts();
  const stack: DomNode[] = [root];
  for (let at = stack.pop(); at; at = stack.pop()) {
    if (at !== root && isElement(at)) {
      const special = SPECIAL_ELEMENTS.has(at.name);
      facts.look(at, special);
      if (special && SKIPPED_ELEMENTS.has(at.name)) continue;
    }
    const children = at.children ?? [];
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const child = children[index];
      if (child?.children) stack.push(child);
    }
  }
  return facts;
}

/** The facts of a page, filled by `look`. */
class GatheredFacts implements MarkupFacts {
  metas = new Metas();
  title: string | undefined;
  canonical: string | undefined;
  base: string | undefined;
  language: string | undefined;
  direction: string | undefined;
  linkedData: string[] = [];
  headings: Element[] = [];
  subheadings: Element[] = [];
  order = new Map<Element, number>();
  authors: Element[] = [];
  authorLinks: Element[] = [];
  bylines: Element[] = [];
  dates: Element[] = [];
  headlines: Element[] = [];
  deks: Element[] = [];
  audio: Element[] = [];
  #roles = new Map<string, number>();
  #index = 0;

  /**
   * Adds the facts of an element. Calls must be in document order.
   * @param special true for {@link SPECIAL_ELEMENTS}
   */
  look(element: Element, special: boolean): void {
    this.#index += 1;
    const { name, attribs, children } = element;
    if (special) this.#lookAtKind(element);
    const opening = children.length > 0 && name !== 'a' ? children[0]?.data : undefined;
    if (opening && mayBeByline(opening) && BYLINE_STARTS.test(opening.slice(0, 40)))
      this.#keep(this.bylines, element);
    const { class: classes, id, rel, href } = attribs;
    if (name === 'a' && href && AUTHOR_LINK.test(href) && AUTHOR_PATHS.test(href))
      this.#keep(this.authorLinks, element);
    const itemprop = attribs.itemprop?.toLowerCase() ?? '';
    const isTime = special && name === 'time';
    const isAddress = special && name === 'address';
    if (!classes && !id && itemprop === '' && rel === undefined && !isTime && !isAddress) return;
    if (special && CLASSLESS_ELEMENTS.has(name)) {
      if (name === 'meta' && itemprop.startsWith('datepublished')) this.#keep(this.dates, element);
      return;
    }
    const roles = this.#rolesOf(classes, id);
    if (isTime || roles & DATE_ROLE || itemprop.startsWith('datepublished')) this.#keep(this.dates, element);
    if (isAddress || roles & AUTHOR_ROLE || isAuthor(element, itemprop)) this.#keep(this.authors, element);
    if (roles & HEADLINE_ROLE || itemprop === 'headline') this.#keep(this.headlines, element);
    if (roles & DEK_ROLE || itemprop === 'alternativeheadline') this.#keep(this.deks, element);
  }

  #lookAtKind(element: Element): void {
    const { attribs } = element;
    switch (element.name) {
      case 'meta':
        this.metas.add(element);
        break;
      case 'html':
        this.language = attribs.lang ?? attribs['xml:lang'];
        this.direction = attribs.dir;
        break;
      case 'title':
        this.title ??= oneLine(textOf(element));
        break;
      case 'base':
        this.base ??= attribs.href;
        break;
      case 'link':
        if (attribs.rel?.toLowerCase() === 'canonical') this.canonical ??= attribs.href;
        break;
      case 'script':
        if (attribs.type?.toLowerCase().includes('ld+json'))
          this.linkedData.push(element.children[0]?.data ?? '');
        break;
      case 'h1':
        this.#keep(this.headings, element);
        break;
      case 'h2':
      case 'h3':
        this.#keep(this.subheadings, element);
        break;
      case 'audio':
        this.#keep(this.audio, element);
        break;
    }
  }

  #keep(list: Element[], element: Element): void {
    if (list.length >= MAX_CANDIDATES) return;
    list.push(element);
    this.order.set(element, this.#index);
  }

  /** Class and id are checked separately. This is correct because no name of a role contains a space. */
  #rolesOf(classes = '', id = ''): number {
    if (classes.length + id.length >= MAX_NAMES_CHARS)
      return rolesOf(`${classes} ${id}`.slice(0, MAX_NAMES_CHARS));
    return (classes === '' ? 0 : this.#knownRoles(classes)) | (id === '' ? 0 : this.#knownRoles(id));
  }

  #knownRoles(names: string): number {
    if (!mayHaveRole(names)) return 0;
    let roles = this.#roles.get(names);
    if (roles === undefined) {
      roles = rolesOf(names);
      this.#roles.set(names, roles);
    }
    return roles;
  }
}

/** True if the markup states an author. A class name alone is not enough. */
export function isAuthor({ attribs }: Element, itemprop = attribs.itemprop?.toLowerCase() ?? ''): boolean {
  if (itemprop === 'author' || itemprop === 'creator') return true;
  const rel = attribs.rel?.toLowerCase();
  return rel?.includes('author') ? rel.split(/\s+/).includes('author') : false;
}

/** A fast check before {@link AUTHOR_PATHS}. */
const AUTHOR_LINK = /\/(?:a|b|c|j|pe|pr|r|s|u|w)[a-z]{1,11}\//i;

/** Maximum total length of class and id. Longer values are cut. */
const MAX_NAMES_CHARS = 300;

/** ASCII first letters of the words in {@link BYLINE_STARTS}. */
const BYLINE_FIRST_LETTERS = 'abdegoprstvwy';

/** ASCII characters that {@link BYLINE_STARTS} allows before its words, and their maximum number. */
const BYLINE_LEADING_CHARS = ' \t\n\v\f\r|-';
const MAX_LEADING_CHARS = 9;

const [SKIPPED, STARTS] = [1, 2];
const CHARACTER_CLASS = new Uint8Array(128);
for (const character of BYLINE_LEADING_CHARS) CHARACTER_CLASS[character.charCodeAt(0)] = SKIPPED;
for (const letter of BYLINE_FIRST_LETTERS + BYLINE_FIRST_LETTERS.toUpperCase())
  CHARACTER_CLASS[letter.charCodeAt(0)] = STARTS;

/**
 * False for nearly all texts that {@link BYLINE_STARTS} does not match, and true for all that it matches.
 * It takes a tenth of the pattern's time.
 */
function mayBeByline(text: string): boolean {
  const end = Math.min(text.length, MAX_LEADING_CHARS + 1);
  for (let index = 0; index < end; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= CHARACTER_CLASS.length || CHARACTER_CLASS[code] === STARTS) return true;
    if (CHARACTER_CLASS[code] !== SKIPPED) return false;
  }
  return false;
}
