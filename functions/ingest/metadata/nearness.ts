import { type DomNode, type Element, elementsOf, textOf } from '../model/dom.ts';
import { BESIDE, ELSEWHERE } from '../words/html-metadata.ts';

/** An element, and whether it stands with the headline. */
export interface Candidate {
  element: Element;
  near: boolean;
}

/** Elements between the headline and what stands with it. */
const NEAR_AFTER = 60;
const NEAR_BEFORE = 25;

/** What stands before the headline is this much less likely to be about it. */
const BEFORE = 3;

/** What was found out about the boxes of a page and its heading, for all who ask. */
export interface Neighbourhood {
  /** Numbers of elements in document order. */
  places: ReadonlyMap<Element, number>;
  heading: Element | undefined;
  /** Boxes that hold the headline. */
  own: ReadonlySet<DomNode>;
  /** What each box is, by itself. */
  boxes: Map<DomNode, Place>;
}

export function neighbourhoodOf(
  heading: Element | undefined,
  places: ReadonlyMap<Element, number>,
): Neighbourhood {
  return { places, heading, own: ancestorsOf(heading), boxes: new Map() };
}

/**
 * Elements that may be about the story, nearest to its headline first: not those in forms, comments, lists of other
 * stories, or the page's header and footer. In document order where no heading is known.
 */
export function nearest(elements: readonly Element[], neighbourhood: Neighbourhood): Candidate[] {
  const { places, heading } = neighbourhood;
  const verdicts = new Map<DomNode, Place>();
  const at = heading ? places.get(heading) : undefined;
  return elements
    .flatMap(element => {
      const place = placeOf(element, neighbourhood, verdicts);
      if (place === 'elsewhere') return [];
      if (at === undefined) return place === 'story' ? [{ element, near: true, distance: 0 }] : [];
      const offset = (places.get(element) ?? at) - at;
      const near = offset >= 0 ? offset <= NEAR_AFTER : -offset <= NEAR_BEFORE;
      if (place === 'beside' && !near) return [];
      return [{ element, near, distance: offset >= 0 ? offset : -offset * BEFORE }];
    })
    .sort((a, b) => a.distance - b.distance);
}

/** Elements and characters below which an element is small enough to be a byline, a date or a heading. */
const SMALL_ELEMENTS = 120;
const SMALL_TEXT = 2_000;

/** The text of a small element; nothing of a large one, so that nested large ones cost no more than one walk each of their beginning. */
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
    if (elements > SMALL_ELEMENTS || length > SMALL_TEXT) return '';
  }
  return length > SMALL_TEXT ? '' : textOf(element);
}

/** Counts the different texts in elements of the same kind and name, when first asked. */
export function countAlike(candidates: readonly Candidate[]): (element: Element) => number {
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

type Place = 'story' | 'beside' | 'elsewhere';

/** Boxes that hold the headline are about the story, whatever they are called. */
function ancestorsOf(heading: Element | undefined): Set<DomNode> {
  const ancestors = new Set<DomNode>();
  for (let node: DomNode | null | undefined = heading; node; node = node.parent) ancestors.add(node);
  return ancestors;
}

/** Each box is judged once: `verdicts` keeps what was found on the way up. */
function placeOf(element: Element, { own, boxes }: Neighbourhood, verdicts: Map<DomNode, Place>): Place {
  const path: DomNode[] = [];
  let place: Place = 'story';
  for (let node: DomNode | null = element; node && node.name !== 'body'; node = node.parent) {
    if (own.has(node)) break;
    const known = verdicts.get(node);
    if (known !== undefined) {
      if (known !== 'story') place = known === 'elsewhere' ? known : 'beside';
      break;
    }
    path.push(node);
    const here = boxes.get(node) ?? boxOf(node);
    boxes.set(node, here);
    if (here === 'beside') place = here;
    if (here !== 'elsewhere') continue;
    place = here;
    break;
  }
  for (const node of path) verdicts.set(node, place);
  return place;
}

function boxOf(node: DomNode): Place {
  if (isElsewhere(node)) return 'elsewhere';
  const names = namesOf(node);
  if (node.name === 'footer' && node.parent?.name !== 'article' && !OF_STORY.test(names)) return 'beside';
  return names !== '' && BESIDE.test(names) ? 'beside' : 'story';
}

const OF_STORY = /(?:^|[\s_-])(?:entry|post|article)/i;

/** True of forms, comments and lists of other stories. */
export function isElsewhere(node: DomNode): boolean {
  if (node.name === 'form' || node.name === 'label' || node.name === 'nav') return true;
  const names = namesOf(node);
  return names !== '' && ELSEWHERE.test(names);
}

function namesOf({ attribs }: DomNode): string {
  return attribs?.class || attribs?.id ? `${attribs.class ?? ''} ${attribs.id ?? ''}`.slice(0, 300) : '';
}
