import { type DomNode, type Element, elementsOf, isElement, isLink, textOf } from '../model/dom.ts';
import { ELSEWHERE_CLASSES, SIDE_BOX_CLASSES } from '../words/html/metadata.ts';
import { withHyphens } from './role-names.ts';

/** An element that can state an author or a date. */
export interface ElementCandidate {
  element: Element;
  /** True if the element stands close to the headline. */
  near: boolean;
  /** True if it stands in a side box or in a box of another story. */
  beside: boolean;
}

/**
 * Maximum number of elements between the headline and an element close to it, after and before the headline.
 */
const MAX_ELEMENTS_AFTER = 60;
const MAX_ELEMENTS_BEFORE = 25;

/** Factor on the distance of elements before the headline. They belong to it less often. */
const BEFORE_DISTANCE_FACTOR = 3;

/** The heading of a page and the relations of its boxes to the story, shared by all searches. */
export interface HeadlineNeighbourhood {
  /** Indices of elements in document order. */
  order: ReadonlyMap<Element, number>;
  heading: Element | undefined;
  /** The heading and its ancestors. */
  headlineAncestors: ReadonlySet<DomNode>;
  /** Relation of each box without regard to its ancestors. */
  boxes: Map<DomNode, BoxRelation>;
}

/** Returns the neighbourhood of a heading. */
export function neighbourhoodOf(
  heading: Element | undefined,
  order: ReadonlyMap<Element, number>,
): HeadlineNeighbourhood {
  return { order, heading, headlineAncestors: ancestorsOf(heading), boxes: new Map() };
}

/**
 * Returns the elements that can belong to the story, nearest to its headline first. Elements in forms,
 * comments and lists of other stories are left out. Without a heading the result is in document order.
 */
export function nearest(
  elements: readonly Element[],
  neighbourhood: HeadlineNeighbourhood,
): ElementCandidate[] {
  const { order, heading } = neighbourhood;
  const relations = new Map<DomNode, BoxRelation>();
  const at = heading ? order.get(heading) : undefined;
  return elements
    .flatMap(element => {
      const relation = relationOf(element, neighbourhood, relations);
      if (relation === 'elsewhere') return [];
      if (at === undefined)
        return relation === 'story' ? [{ element, near: true, beside: false, distance: 0 }] : [];
      const offset = (order.get(element) ?? at) - at;
      const near = offset >= 0 ? offset <= MAX_ELEMENTS_AFTER : -offset <= MAX_ELEMENTS_BEFORE;
      if (relation === 'beside' && !near) return [];
      const distance = offset >= 0 ? offset : -offset * BEFORE_DISTANCE_FACTOR;
      return [{ element, near, beside: relation === 'beside', distance }];
    })
    .sort((a, b) => a.distance - b.distance);
}

/**
 * Maximum number of descendants and of characters in an element that can be a byline, a date or a heading.
 */
const MAX_SMALL_ELEMENTS = 120;
const MAX_SMALL_CHARS = 2_000;

/**
 * Returns the text of a small element, or an empty text for a large one. The walk stops at the limits, so
 * nested large elements take little time.
 */
export function smallTextOf(element: Element): string {
  let elements = 0;
  let length = 0;
  const count = (node: DomNode): void => {
    for (const child of node.children ?? []) if (child.type === 'text') length += child.data?.length ?? 0;
  };
  count(element);
  for (const inner of elementsOf(element)) {
    elements += 1;
    count(inner);
    if (elements > MAX_SMALL_ELEMENTS || length > MAX_SMALL_CHARS) return '';
  }
  return length > MAX_SMALL_CHARS ? '' : textOf(element);
}

/** Returns a counter of different texts in elements of the same name and class. The first call counts. */
export function alikeCounter(candidates: readonly ElementCandidate[]): (element: Element) => number {
  let texts: Map<string, Set<string>> | undefined;
  const keyOf = ({ name, attribs }: Element) => `${name} ${attribs.class ?? ''}`;
  const count = (): Map<string, Set<string>> => {
    const counted = new Map<string, Set<string>>();
    for (const { element } of candidates) {
      const all = counted.get(keyOf(element)) ?? new Set();
      counted.set(keyOf(element), all.add(smallTextOf(element).slice(0, 100)));
    }
    return counted;
  };
  return element => {
    texts ??= count();
    return texts.get(keyOf(element))?.size ?? 0;
  };
}

type BoxRelation = 'story' | 'beside' | 'elsewhere';

/** Returns the heading and its ancestors. They belong to the story, whatever their class names are. */
function ancestorsOf(heading: Element | undefined): Set<DomNode> {
  const ancestors = new Set<DomNode>();
  for (let node: DomNode | null | undefined = heading; node; node = node.parent) ancestors.add(node);
  return ancestors;
}

/** Returns the relation of an element to the story. `relations` caches the result for each ancestor. */
function relationOf(
  element: Element,
  { headlineAncestors, boxes }: HeadlineNeighbourhood,
  relations: Map<DomNode, BoxRelation>,
): BoxRelation {
  const path: DomNode[] = [];
  let relation: BoxRelation = 'story';
  for (let node: DomNode | null = element; node && node.name !== 'body'; node = node.parent) {
    if (headlineAncestors.has(node)) break;
    const known = relations.get(node);
    if (known !== undefined) {
      if (known !== 'story') relation = known === 'elsewhere' ? known : 'beside';
      break;
    }
    path.push(node);
    const here = boxes.get(node) ?? ownRelationOf(node);
    boxes.set(node, here);
    if (here === 'beside') relation = here;
    if (here !== 'elsewhere') continue;
    relation = here;
    break;
  }
  for (const node of path) relations.set(node, relation);
  return relation;
}

function ownRelationOf(node: DomNode): BoxRelation {
  if (hasOwnByline(node)) return 'elsewhere';
  if (
    node.name === 'footer' &&
    node.parent?.name !== 'article' &&
    !STORY_CLASSES.test(withHyphens(namesOf(node)))
  )
    return 'beside';
  return isSideBox(node) ? 'beside' : 'story';
}

const STORY_CLASSES = /(?:^|[\s_-])(?:entry|post|article)/i;

/** True for boxes that belong to the story only if they stand close to its headline. */
export function isSideBox(node: DomNode): boolean {
  if (node.name === 'aside') return true;
  const names = namesOf(node);
  return names !== '' && SIDE_BOX_CLASSES.test(withHyphens(names));
}

/** Maximum length of a box that presents another story, and minimum number of words in its heading or link. */
const MAX_TEASER_CHARS = 600;
const MIN_TEASER_WORDS = 3;

/** True for an element in a link or in a small box with a heading. Both present another story. */
export function isInTeaser(element: Element, { headlineAncestors }: HeadlineNeighbourhood): boolean {
  const own = countWords(smallTextOf(element));
  for (let box: DomNode | null = element; isElement(box) && !headlineAncestors.has(box); box = box.parent) {
    const text = smallTextOf(box);
    if (text === '' || text.length > MAX_TEASER_CHARS) return false;
    if (isLink(box) && countWords(text) - own >= MIN_TEASER_WORDS) return true;
    for (const inner of elementsOf(box))
      if (/^h[1-6]$/.test(inner.name) && countWords(textOf(inner)) >= MIN_TEASER_WORDS) return true;
  }
  return false;
}

function countWords(text: string): number {
  return text.split(' ').length;
}

/** Elements that hold controls, links to other stories, or the credits of pictures. */
const ELSEWHERE_ELEMENTS = new Set(['form', 'label', 'nav', 'figure']);

/** True for quoted posts and for what is {@link isElsewhere}. Authors and dates in them are not those of the story. */
export function hasOwnByline(node: DomNode): boolean {
  return node.name === 'blockquote' || isElsewhere(node);
}

/** True for forms, comments, pictures and lists of other stories. */
export function isElsewhere(node: DomNode): boolean {
  if (ELSEWHERE_ELEMENTS.has(node.name ?? '')) return true;
  const names = namesOf(node);
  if (names === '') return false;
  let known = elsewhere.get(names);
  if (known === undefined) {
    if (elsewhere.size >= MAX_CACHED_NAMES) elsewhere.clear();
    known = ELSEWHERE_CLASSES.test(withHyphens(names));
    elsewhere.set(names, known);
  }
  return known;
}

/** Cache by class and id. The elements of a page share most names. */
const elsewhere = new Map<string, boolean>();
const MAX_CACHED_NAMES = 5_000;

function namesOf({ attribs }: DomNode): string {
  return attribs?.class || attribs?.id ? `${attribs.class ?? ''} ${attribs.id ?? ''}`.slice(0, 300) : '';
}
