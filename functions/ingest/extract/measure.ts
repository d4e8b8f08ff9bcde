import {
  BAD_NAMES,
  BOX_NAMES,
  type BoxKind,
  GOOD_NAMES,
  NEGATIONS,
  STORY_NAMES,
} from '../words/html-classes.ts';
import type { Deadline } from './deadline.ts';
import { type DomNode, type Element, INLINE, isElement, OPAQUE } from './dom.ts';

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

/** What the class and id of a box say; one object for all boxes that have the same. */
export interface Names {
  kinds: readonly BoxKind[];
  /** Story-like. */
  story: boolean;
  /** Points that speak for and against a container. */
  weight: number;
}

const NAMELESS: Names = { kinds: [], story: false, weight: 0 };

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
    const visits: {
      node: DomNode;
      next: number;
      box: Box | undefined;
      owner: Box | undefined;
      linked: boolean;
    }[] = [];
    visits.push({ node: root, next: 0, box: undefined, owner: undefined, linked: false });
    for (let visit = visits.at(-1); visit; visit = visits.at(-1)) {
      const child = visit.node.children?.[visit.next];
      visit.next += 1;
      if (!child) {
        if (visit.box) visit.box.end = this.boxes.length;
        visits.pop();
      } else if (child.type === 'text') {
        if (visit.owner) own(visit.owner, child.data ?? '', visit.linked);
      } else if (isElement(child)) {
        deadline.tick();
        const parent = visit.box;
        if (OPAQUE.has(child.name)) continue;
        const box = this.#box(child, parent);
        const owner = box.inline ? (visit.owner ?? box) : box;
        visits.push({ node: child, next: 0, box, owner, linked: visit.linked || child.name === 'a' });
      }
    }
  }

  #namesOf({ attribs }: Element): Names {
    if (!attribs.class && !attribs.id) return NAMELESS;
    const name = `${attribs.class ?? ''} ${attribs.id ?? ''}`.slice(0, 400);
    let names = this.#names.get(name);
    if (!names) {
      names = readNames(name);
      this.#names.set(name, names);
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

/** What one of several names in a class or id says. */
interface Name extends Names {
  good: boolean;
  bad: boolean;
}

/** Sites share most of their names: each is taken apart once. Emptied when full. */
const KNOWN = new Map<string, Name>();
const MAX_KNOWN = 10_000;

function readNames(names: string): Names {
  const said = names.split(/\s+/).filter(Boolean).map(knownName);
  return {
    kinds: said.flatMap(({ kinds }) => kinds),
    story: said.some(({ story }) => story),
    weight: (said.some(({ good }) => good) ? 25 : 0) - (said.some(({ bad }) => bad) ? 25 : 0),
  };
}

function knownName(name: string): Name {
  let known = KNOWN.get(name);
  if (!known) {
    known = readName(name);
    if (KNOWN.size >= MAX_KNOWN) KNOWN.clear();
    // A copy, or the name would keep the page it was cut from in memory.
    KNOWN.set(Buffer.from(name).toString(), known);
  }
  return known;
}

function readName(name: string): Name {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter(Boolean);
  const kinds: BoxKind[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const previous = words[index - 1] ?? '';
    if (NEGATIONS.has(previous)) continue;
    const kind = (previous && BOX_NAMES.get(`${previous}-${word}`)) || BOX_NAMES.get(word);
    if (kind) kinds.push(kind);
  }
  const good = words.some(word => GOOD_NAMES.has(word));
  const bad = words.some(word => BAD_NAMES.has(word));
  const story = words.some(word => STORY_NAMES.has(word));
  return { kinds, story, good, bad, weight: (good ? 25 : 0) - (bad ? 25 : 0) };
}
