import type { Deadline } from '../model/deadline.ts';
import { type DomNode, type Element, INLINE, isElement, isLink, OPAQUE } from '../model/dom.ts';
import {
  BAD_NAMES,
  BOX_NAMES,
  type BoxKind,
  GOOD_NAMES,
  NEGATIONS,
  STORY_NAMES,
} from '../words/html-classes.ts';

/** An element with what can be counted in it. Counts are of what has not been dropped; see {@link Page.count}. */
export interface Box {
  element: Element;
  name: string;
  /** Place in document order; descendants have the places up to `end`, without it. */
  index: number;
  end: number;
  parent: Box | undefined;
  inline: boolean;
  names: Names;
  dropped: boolean;
  /** Text of its own: below it with inline elements only in between. Characters, of these in links, and commas. */
  own: number;
  ownLinks: number;
  ownCommas: number;
  /** The same with all its descendants. */
  text: number;
  links: number;
  commas: number;
  /** Characters in paragraphs long enough to be prose. */
  prose: number;
  paragraphs: number;
  items: number;
  images: number;
  headings: number;
  quotes: number;
  /** Score as container of the story. */
  score: number;
}

/** What the class and id of a box say. */
export interface Names {
  kinds: readonly BoxKind[];
  /** Story-like. */
  story: boolean;
  good: boolean;
  bad: boolean;
  /** Points that speak for and against a container. */
  weight: number;
}

const NAMELESS: Names = { kinds: [], story: false, good: false, bad: false, weight: 0 };

/** Of a class or id no more is read, in UTF-16 units. */
const LONGEST_NAMES = 400;

/** Shorter lines prove nothing. */
const PROSE = 80;

const COMMAS = /[,،、，﹐︐︑⸁⹁⸲;；]/g;

/** What one step took out, and why. The text is read only when somebody asks: see explain.ts. */
export interface Removed {
  step: string;
  why: string;
  nodes: readonly DomNode[];
}

/** A document measured once, in flat lists, so that each later step is a loop. */
export class Page {
  readonly boxes: Box[] = [];
  /** Elements whose content is not measured, and the boxes that hold them. */
  readonly opaque: { element: Element; holder: Box | undefined }[] = [];
  readonly dropped = new Set<DomNode>();
  readonly readAs = new Map<DomNode, string>();
  readonly removed: Removed[] = [];
  readonly #byElement = new Map<DomNode, Box>();
  readonly #names = new Map<string, Names>();

  constructor(root: DomNode, deadline: Deadline) {
    this.#measure(root, deadline);
    this.count();
  }

  boxOf(node: DomNode): Box | undefined {
    return this.#byElement.get(node);
  }

  /** Takes neighbouring nodes out of the story. */
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

  /** Puts back what the given steps dropped. */
  restore(): void {
    this.dropped.clear();
    this.readAs.clear();
    this.removed.length = 0;
    for (const box of this.boxes) box.dropped = false;
    this.count();
  }

  /**
   * Counts again, children before parents. `decide` may name a reason to drop a box, by then counted.
   * @param from the box to stay within; by default all
   */
  count(from?: Box, step?: { name: string; decide: (box: Box) => string | undefined }): void {
    const start = from?.index ?? 0;
    const end = from?.end ?? this.boxes.length;
    for (let index = start; index < end; index += 1) {
      const box = this.boxes[index];
      if (box) reset(box);
    }
    for (let index = end - 1; index >= start; index -= 1) {
      const box = this.boxes[index];
      if (!box || box.dropped) continue;
      const why = box === from ? undefined : step?.decide(box);
      if (step && why) {
        this.drop([box.element], step.name, why);
        continue;
      }
      if (box.parent && box !== from) addTo(box.parent, box);
    }
  }

  #measure(root: DomNode, deadline: Deadline): void {
    // One list for each thing to be known on the way down, by depth: an object for each element would be garbage.
    const nodes = [root];
    const next = [0];
    const boxes: (Box | undefined)[] = [undefined];
    const owners: (Box | undefined)[] = [undefined];
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
        if (owner) own(owner, child.data ?? '', linked[depth] === true);
      } else if (isElement(child)) {
        deadline.tick();
        if (OPAQUE.has(child.name)) {
          if (child.children.length > 0) this.opaque.push({ element: child, holder: parent });
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

  #namesOf({ attribs }: Element): Names {
    const { class: classes, id } = attribs;
    if (!id) return classes ? this.#read(classes) : NAMELESS;
    return classes ? both(this.#read(classes), this.#read(id)) : this.#read(id);
  }

  #read(attribute: string): Names {
    let names = this.#names.get(attribute);
    if (!names) {
      names = readNames(attribute.slice(0, LONGEST_NAMES));
      this.#names.set(attribute, names);
    }
    return names;
  }

  #box(element: Element, parent: Box | undefined): Box {
    const { name } = element;
    const box: Box = {
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
      commas: 0,
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

function own(box: Box, data: string, linked: boolean): void {
  const length = data.trim().length;
  if (length === 0) return;
  box.own += length;
  if (linked) box.ownLinks += length;
  if (length > 20) box.ownCommas += data.match(COMMAS)?.length ?? 0;
}

function reset(box: Box): void {
  const { name } = box;
  box.text = box.own;
  box.links = box.ownLinks;
  box.commas = box.ownCommas;
  box.prose = box.own - box.ownLinks >= PROSE ? box.own - box.ownLinks : 0;
  box.paragraphs = name === 'p' ? 1 : 0;
  box.items = name === 'li' ? 1 : 0;
  box.quotes = name === 'blockquote' ? 1 : 0;
  box.images = name === 'img' ? 1 : 0;
  box.headings = name.length === 2 && name[0] === 'h' && name !== 'hr' ? box.own : 0;
}

function addTo(parent: Box, box: Box): void {
  parent.text += box.text;
  parent.links += box.links;
  parent.commas += box.commas;
  parent.prose += box.prose;
  parent.paragraphs += box.paragraphs;
  parent.items += box.items;
  parent.images += box.images;
  parent.quotes += box.quotes;
  parent.headings += box.headings;
}

/** Sites share most of their names: each is taken apart once. Emptied when full. */
const KNOWN = new Map<string, Names>();
const MAX_KNOWN = 20_000;

/** V8 copies what it cuts out up to this length. */
const SLICED = 12;

function readNames(attribute: string): Names {
  let names = NAMELESS;
  for (const name of attribute.split(SPACE)) if (name !== '') names = both(names, knownName(name));
  return names;
}

function both(a: Names, b: Names): Names {
  if (b === NAMELESS) return a;
  if (a === NAMELESS) return b;
  return namesOf([...a.kinds, ...b.kinds], a.story || b.story, a.good || b.good, a.bad || b.bad);
}

function namesOf(kinds: readonly BoxKind[], story: boolean, good: boolean, bad: boolean): Names {
  if (kinds.length === 0 && !story && !good && !bad) return NAMELESS;
  return { kinds, story, good, bad, weight: (good ? 25 : 0) - (bad ? 25 : 0) };
}

const SPACE = /\s/;

function knownName(name: string): Names {
  let known = KNOWN.get(name);
  if (!known) {
    known = readName(name);
    if (KNOWN.size >= MAX_KNOWN) KNOWN.clear();
    // A copy where it is a part of the page's string, or it would keep the page in memory.
    KNOWN.set(name.length > SLICED ? Buffer.from(name).toString() : name, known);
  }
  return known;
}

function readName(name: string): Names {
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
  return namesOf(kinds, story, good, bad);
}

/** `relatedStories_Box` is three words, in lower case. */
function wordsOf(name: string): string[] {
  return name.replace(CAMEL, '$1-$2').toLowerCase().split(NO_WORD).filter(Boolean);
}

const CAMEL = /([a-z\d])([A-Z])/g;
const NO_WORD = /[^\p{L}\d]+/u;
