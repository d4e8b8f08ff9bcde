import type { Deadline } from '../../model/deadline.ts';
import { type DomNode, type Element, INLINE, isElement, isLink, OPAQUE } from '../../model/dom.ts';
import { information, ownCopy } from '../../text/characters.ts';
import {
  BAD_NAMES,
  BOX_NAMES,
  type BoxKind,
  GOOD_NAMES,
  NEGATIONS,
  STORY_NAMES,
} from '../../words/html/classes.ts';

/** An element of the page with its counts. Dropped boxes are not counted; see {@link MeasuredPage.count}. */
export interface PageBox {
  element: Element;
  name: string;
  /**
   * Index in {@link MeasuredPage.boxes}, in document order. Descendants have the indices from here up to
   * `end`.
   */
  index: number;
  end: number;
  parent: PageBox | undefined;
  inline: boolean;
  names: BoxNames;
  dropped: boolean;
  /**
   * Characters of the box's own text. Text in inline descendants is included, text in block descendants is
   * not.
   */
  own: number;
  ownLinks: number;
  ownCommas: number;
  /** The same counts with all descendants included, but no commas. */
  text: number;
  links: number;
  /** Characters outside links in boxes with at least `MIN_PROSE_CHARS` of own text. */
  prose: number;
  paragraphs: number;
  items: number;
  images: number;
  /** Characters in headings. */
  headings: number;
  quotes: number;
  /** Points as a container of the story; see container.ts. */
  score: number;
}

/** The meaning of the class and id of a box. */
export interface BoxNames {
  kinds: readonly BoxKind[];
  /** For each kind the name that has it. */
  marks: readonly string[];
  /** True if a word of the name is typical for boxes that hold a story. */
  story: boolean;
  good: boolean;
  bad: boolean;
  /** Points for a container of the story: 25 for a good name, -25 for a bad one. */
  weight: number;
}

const NAMELESS: BoxNames = { kinds: [], marks: [], story: false, good: false, bad: false, weight: 0 };

/** Maximum length of a class or id, in UTF-16 units. A longer one is cut. */
const MAX_NAMES_CHARS = 400;

/** Minimum amount of own text outside links that counts as prose. */
const MIN_PROSE_CHARS = 80;

const COMMAS = /[,،、，﹐︐︑⸁⹁⸲;；]/g;

/** The nodes that a step removed, with the reason. explain.ts reads their text on request. */
export interface RemovedNodes {
  step: string;
  why: string;
  nodes: readonly DomNode[];
}

/**
 * A document whose elements are measured once and kept in a flat list. Each later step loops over the list.
 */
export class MeasuredPage {
  readonly boxes: PageBox[] = [];
  /** Elements whose content is not measured, with their parents. */
  readonly opaque: { element: Element; parent: PageBox | undefined }[] = [];
  readonly dropped = new Set<DomNode>();
  /** Element names that the cleaner uses instead of the real ones. */
  readonly readAs = new Map<DomNode, string>();
  readonly removed: RemovedNodes[] = [];
  readonly #byElement = new Map<DomNode, PageBox>();
  readonly #names = new Map<string, BoxNames>();

  constructor(root: DomNode, deadline: Deadline) {
    this.#measure(root, deadline);
    this.count();
  }

  /** Returns the box of an element, or undefined for any other node. */
  boxOf(node: DomNode): PageBox | undefined {
    return this.#byElement.get(node);
  }

  /** Removes consecutive nodes from the story and records the reason. */
  drop(nodes: readonly DomNode[], step: string, why: string): void {
    this.removed.push({ step, why, nodes });
    for (const node of nodes) this.#drop(node);
  }

  #drop(node: DomNode): void {
    this.dropped.add(node);
    const box = this.#byElement.get(node);
    if (!box) return;
    for (let index = box.index; index < box.end; index += 1) {
      const inner = this.boxes[index];
      if (inner) inner.dropped = true;
    }
  }

  /** Undoes all removals and counts again. */
  restore(): void {
    this.dropped.clear();
    this.readAs.clear();
    this.removed.length = 0;
    for (const box of this.boxes) box.dropped = false;
    this.count();
  }

  /** Counts all boxes again, children before parents. */
  count(): void {
    for (const box of this.boxes) resetCounts(box);
    for (let index = this.boxes.length - 1; index >= 0; index -= 1) {
      const box = this.boxes[index];
      if (box?.parent && !box.dropped) addCounts(box.parent, box);
    }
  }

  #measure(root: DomNode, deadline: Deadline): void {
    // Parallel lists, indexed by depth, avoid one short-lived object per element.
    const nodes = [root];
    const next = [0];
    const boxes: (PageBox | undefined)[] = [undefined];
    const owners: (PageBox | undefined)[] = [undefined];
    const linked = [false];
    for (let depth = 0; depth >= 0; ) {
      const at = next[depth] ?? 0;
      const child = nodes[depth]?.children?.[at];
      const parent = boxes[depth];
      next[depth] = at + 1;
      if (!child) {
        if (parent) parent.end = this.boxes.length;
        depth -= 1;
      } else if (child.type === 'text') {
        const owner = owners[depth];
        if (owner) addOwnText(owner, child.data ?? '', linked[depth] === true);
      } else if (isElement(child)) {
        deadline.tick();
        if (OPAQUE.has(child.name)) {
          if (child.children.length > 0) this.opaque.push({ element: child, parent });
          continue;
        }
        const box = this.#box(child, parent);
        const owner = box.inline ? (owners[depth] ?? box) : box;
        const inLink = linked[depth] === true || isLink(child);
        depth += 1;
        nodes[depth] = child;
        next[depth] = 0;
        boxes[depth] = box;
        owners[depth] = owner;
        linked[depth] = inLink;
      }
    }
  }

  #namesOf({ attribs }: Element): BoxNames {
    const { class: classes, id } = attribs;
    if (!id) return classes ? this.#read(classes) : NAMELESS;
    return classes ? mergeNames(this.#read(classes), this.#read(id)) : this.#read(id);
  }

  #read(attribute: string): BoxNames {
    let names = this.#names.get(attribute);
    if (!names) {
      names = readNames(attribute.slice(0, MAX_NAMES_CHARS));
      this.#names.set(attribute, names);
    }
    return names;
  }

  #box(element: Element, parent: PageBox | undefined): PageBox {
    const { name } = element;
    const box: PageBox = {
      element,
      name,
      index: this.boxes.length,
      end: this.boxes.length + 1,
      parent,
      inline: INLINE.has(name),
      names: this.#namesOf(element),
      dropped: false,
      own: 0,
      ownLinks: 0,
      ownCommas: 0,
      text: 0,
      links: 0,
      prose: 0,
      paragraphs: 0,
      items: 0,
      images: 0,
      headings: 0,
      quotes: 0,
      score: 0,
    };
    this.boxes.push(box);
    this.#byElement.set(element, box);
    return box;
  }
}

function addOwnText(box: PageBox, data: string, linked: boolean): void {
  const length = information(data.trim());
  if (length === 0) return;
  box.own += length;
  if (linked) box.ownLinks += length;
  if (length > 20) box.ownCommas += data.match(COMMAS)?.length ?? 0;
}

function resetCounts(box: PageBox): void {
  const { name } = box;
  box.text = box.own;
  box.links = box.ownLinks;
  box.prose = box.own - box.ownLinks >= MIN_PROSE_CHARS ? box.own - box.ownLinks : 0;
  box.paragraphs = name === 'p' ? 1 : 0;
  box.items = name === 'li' ? 1 : 0;
  box.quotes = name === 'blockquote' ? 1 : 0;
  box.images = name === 'img' ? 1 : 0;
  box.headings = name.length === 2 && name[0] === 'h' && name !== 'hr' ? box.own : 0;
}

function addCounts(parent: PageBox, box: PageBox): void {
  parent.text += box.text;
  parent.links += box.links;
  parent.prose += box.prose;
  parent.paragraphs += box.paragraphs;
  parent.items += box.items;
  parent.images += box.images;
  parent.quotes += box.quotes;
  parent.headings += box.headings;
}

/** Cache of parsed names. Sites share most names. The cache is cleared when it is full. */
const NAMES_CACHE = new Map<string, BoxNames>();
const MAX_CACHED_NAMES = 20_000;

function readNames(attribute: string): BoxNames {
  let names = NAMELESS;
  for (const name of attribute.split(SPACE)) if (name !== '') names = mergeNames(names, cachedName(name));
  return names;
}

function mergeNames(a: BoxNames, b: BoxNames): BoxNames {
  if (b === NAMELESS) return a;
  if (a === NAMELESS) return b;
  const [good, bad] = [a.good || b.good, a.bad || b.bad];
  return {
    kinds: [...a.kinds, ...b.kinds],
    marks: [...a.marks, ...b.marks],
    story: a.story || b.story,
    good,
    bad,
    weight: weightOf(good, bad),
  };
}

function weightOf(good: boolean, bad: boolean): number {
  return (good ? 25 : 0) - (bad ? 25 : 0);
}

const SPACE = /\s/;

function cachedName(name: string): BoxNames {
  let cached = NAMES_CACHE.get(name);
  if (!cached) {
    if (NAMES_CACHE.size >= MAX_CACHED_NAMES) NAMES_CACHE.clear();
    const own = ownCopy(name);
    cached = readName(own);
    NAMES_CACHE.set(own, cached);
  }
  return cached;
}

function readName(name: string): BoxNames {
  const kinds: BoxKind[] = [];
  let good = false;
  let bad = false;
  let story = false;
  let previous = '';
  for (const word of wordsOf(name)) {
    if (!NEGATIONS.has(previous)) {
      const kind = (previous && BOX_NAMES.get(`${previous}-${word}`)) || BOX_NAMES.get(word);
      if (kind) kinds.push(kind);
    }
    good ||= GOOD_NAMES.has(word);
    bad ||= BAD_NAMES.has(word);
    story ||= STORY_NAMES.has(word);
    previous = word;
  }
  if (kinds.length === 0 && !story && !good && !bad) return NAMELESS;
  return { kinds, marks: kinds.map(() => name), story, good, bad, weight: weightOf(good, bad) };
}

/**
 * Splits a name into lower-case words: `relatedStories_Box` becomes `related`, `stories`, `box`. Random parts and
 * slugs of headings have no words.
 */
function wordsOf(name: string): string[] {
  const parts = name.split(SEPARATOR);
  if (parts.length > MAX_NAME_PARTS && name === name.toLowerCase()) return [];
  return parts
    .filter(part => !isRandom(part))
    .flatMap(part => part.replace(CAMEL, '$1-$2').toLowerCase().split(NO_WORD))
    .filter(Boolean);
}

/** Maximum number of parts of a name (class or id) in small letters. A name with more is the slug of a heading. */
const MAX_NAME_PARTS = 5;

/**
 * True for random parts such as `n1AuAdJlVL`. They change between small letters, capitals and digits more often
 * than at every third character.
 */
function isRandom(part: string): boolean {
  const changes = part.match(CHANGE)?.length ?? 0;
  return changes >= 2 && part.length < (changes + 1) * 3;
}

const SEPARATOR = /[-_]+/;
const CHANGE = /[a-z\d](?=[A-Z])|[A-Za-z](?=\d)|\d(?=[a-z])|[A-Z]{2}(?=[a-z])/g;
const CAMEL = /([a-z\d])([A-Z])/g;
const NO_WORD = /[^\p{L}\d]+/u;
