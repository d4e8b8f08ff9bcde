import { type DomNode, type Element, isElement, textOf } from '../model/dom.ts';
import { oneLine } from '../text/characters.ts';
import { BYLINE_STARTS } from '../words/html-metadata.ts';
import { Metas } from './metas.ts';
import { AUTHOR, DATE, DEK, HEADLINE, mayHaveRole, rolesOf } from './role-names.ts';

/** What the markup of a page says about it, gathered in one walk. */
export interface Facts {
  metas: Metas;
  title?: string | undefined;
  canonical?: string | undefined;
  base?: string | undefined;
  language?: string | undefined;
  direction?: string | undefined;
  linkedData: readonly string[];
  /** `h1`, and `h2` and `h3`. */
  headings: readonly Element[];
  subheadings: readonly Element[];
  /** Where each of the elements below, and each heading, stands: its number in document order. */
  places: ReadonlyMap<Element, number>;
  /** Elements marked or named as author, date or headline. */
  authors: readonly Element[];
  /** Elements that begin as bylines do, whatever they are. */
  bylines: readonly Element[];
  dates: readonly Element[];
  headlines: readonly Element[];
  deks: readonly Element[];
  audio: readonly Element[];
}

/** Nothing in these is looked at. */
const CLOSED = new Set(['svg', 'math', 'template', 'select', 'iframe']);

/** Elements whose class says nothing about what they hold. */
const UNNAMED = new Set(['body', 'html', 'link', 'input', 'meta']);

/** All that are looked at for what they are. */
const SPECIAL = new Set([
  ...CLOSED,
  ...UNNAMED,
  ...'title base script h1 h2 h3 audio time address'.split(' '),
]);

/** Candidates beyond these are lists of other stories. */
const MOST = 40;

export function gatherFacts(root: DomNode): Facts {
  const gathering = new Gathering();
  const stack: DomNode[] = [root];
  for (let at = stack.pop(); at; at = stack.pop()) {
    if (at !== root && isElement(at)) {
      const special = SPECIAL.has(at.name);
      gathering.look(at, special);
      if (special && CLOSED.has(at.name)) continue;
    }
    const children = at.children ?? [];
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const child = children[index];
      if (child?.children) stack.push(child);
    }
  }
  return gathering;
}

/** Facts that are still being gathered. */
class Gathering implements Facts {
  metas = new Metas();
  title: string | undefined;
  canonical: string | undefined;
  base: string | undefined;
  language: string | undefined;
  direction: string | undefined;
  linkedData: string[] = [];
  headings: Element[] = [];
  subheadings: Element[] = [];
  places = new Map<Element, number>();
  authors: Element[] = [];
  bylines: Element[] = [];
  dates: Element[] = [];
  headlines: Element[] = [];
  deks: Element[] = [];
  audio: Element[] = [];
  #roles = new Map<string, number>();
  #place = 0;

  /**
   * Takes in what an element says; elements come in document order.
   * @param special true of {@link SPECIAL} ones
   */
  look(element: Element, special: boolean): void {
    this.#place += 1;
    const { name, attribs, children } = element;
    if (special) this.#lookAtKind(element);
    const opening = children.length > 0 && name !== 'a' ? children[0]?.data : undefined;
    if (opening && mayBeByline(opening) && BYLINE_STARTS.test(opening.slice(0, 40)))
      this.#keep(this.bylines, element);
    const { class: classes, id, rel } = attribs;
    const itemprop = attribs.itemprop?.toLowerCase() ?? '';
    const isTime = special && name === 'time';
    const isAddress = special && name === 'address';
    if (!classes && !id && itemprop === '' && rel === undefined && !isTime && !isAddress) return;
    if (special && UNNAMED.has(name)) {
      if (name === 'meta' && itemprop.startsWith('datepublished')) this.#keep(this.dates, element);
      return;
    }
    const roles = this.#rolesOf(classes, id);
    if (isTime || roles & DATE || itemprop.startsWith('datepublished')) this.#keep(this.dates, element);
    if (isAddress || roles & AUTHOR || isAuthor(element, itemprop)) this.#keep(this.authors, element);
    if (roles & HEADLINE || itemprop === 'headline') this.#keep(this.headlines, element);
    if (roles & DEK || itemprop === 'alternativeheadline') this.#keep(this.deks, element);
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
    if (list.length >= MOST) return;
    list.push(element);
    this.places.set(element, this.#place);
  }

  /** No role is named across a space, so that class and id can be judged apart. */
  #rolesOf(classes = '', id = ''): number {
    if (classes.length + id.length >= MAX_NAMES) return rolesOf(`${classes} ${id}`.slice(0, MAX_NAMES));
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

/** Marked up as the author, not just named like one. */
export function isAuthor({ attribs }: Element, itemprop = attribs.itemprop?.toLowerCase() ?? ''): boolean {
  if (itemprop === 'author' || itemprop === 'creator') return true;
  const rel = attribs.rel?.toLowerCase();
  return rel?.includes('author') ? rel.split(/\s+/).includes('author') : false;
}

/** So much of a class and an id is looked at. */
const MAX_NAMES = 300;

/** How the words of {@link BYLINE_STARTS} begin, as far as they are ASCII. */
const BYLINE_LETTERS = 'abdegoprstvwy';

/** What may stand before them, as far as it is ASCII; and how much of it. */
const BEFORE_BYLINE = ' \t\n\v\f\r|-';
const MOST_BEFORE = 9;

const [SKIPPED, BEGINS] = [1, 2];
const ASCII = new Uint8Array(128);
for (const character of BEFORE_BYLINE) ASCII[character.charCodeAt(0)] = SKIPPED;
for (const letter of BYLINE_LETTERS + BYLINE_LETTERS.toUpperCase()) ASCII[letter.charCodeAt(0)] = BEGINS;

/** False of nearly all texts that {@link BYLINE_STARTS} does not match, for a tenth of its price. */
function mayBeByline(text: string): boolean {
  const end = Math.min(text.length, MOST_BEFORE + 1);
  for (let index = 0; index < end; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= ASCII.length || ASCII[code] === BEGINS) return true;
    if (ASCII[code] !== SKIPPED) return false;
  }
  return false;
}
