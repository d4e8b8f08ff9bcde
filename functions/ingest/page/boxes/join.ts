import { elementsOf, textOf } from '../../model/dom.ts';
import { fold } from '../../text/characters.ts';
import type { MeasuredPage, PageBox } from './measure.ts';
import { topicsOf } from './topics.ts';

/** Minimum length of a lede above the story. A shorter paragraph is a dek, which is metadata. */
const MIN_LEDE_PARAGRAPH_CHARS = 130;

/** Maximum length of all paragraphs of the lede. A longer text is not part of this story. */
const MAX_LEDE_CHARS = 1200;

/** Minimum amount of prose in a separate box that belongs to the story. */
const MIN_PART_PROSE_CHARS = 140;

/** Number of ancestors of the story that are searched for its other parts. */
const MAX_ANCESTORS = 6;

/** Maximum length of a box that can be a notice about accounts and subscriptions. */
const MAX_NOTICE_CHARS = 600;

const HEADINGS = new Set(['h1', 'h2', 'h3']);
const NOT_STORY_ELEMENTS = new Set([
  'figure',
  'figcaption',
  'caption',
  'table',
  'h1',
  'address',
  'li',
  'label',
  'button',
]);

/** Returns the share of the box's text that is linked, 0 to 1. */
export function linkShare(box: PageBox): number {
  return box.text === 0 ? 0 : box.links / box.text;
}

/** Returns the child boxes that are not dropped. */
export function childrenOf(page: MeasuredPage, parent: PageBox): PageBox[] {
  const children: PageBox[] = [];
  for (let index = parent.index + 1; index < parent.end; ) {
    const child = page.boxes[index];
    if (!child) break;
    if (!child.dropped) children.push(child);
    index = child.end;
  }
  return children;
}

/**
 * Returns the heading of the story: the first heading above the story that ends with the headline. A kicker
 * may stand before the headline. If no heading ends so, returns the last `h1` above the story.
 */
export function headingOf(page: MeasuredPage, first: PageBox, headline = ''): PageBox | undefined {
  const folded = fold(headline);
  let heading: PageBox | undefined;
  for (let index = 0; index < first.index; index += 1) {
    const box = page.boxes[index];
    if (!box || box.dropped || !HEADINGS.has(box.name) || box.text === 0) continue;
    if (folded !== '' && box.text < 400 && fold(textOf(box.element)).endsWith(folded)) return box;
    if (box.name === 'h1') heading = box;
  }
  return heading;
}

/** Adds the lede to the story if it stands between the heading and the boxes of the story. */
export function joinLede(
  page: MeasuredPage,
  story: readonly PageBox[],
  heading: PageBox | undefined,
): PageBox[] {
  const first = story.reduce<PageBox | undefined>((a, b) => (a && a.prose >= b.prose ? a : b), undefined);
  const joined = new Set(story);
  if (!first || !heading) return [...story];
  const lede: PageBox[] = [];
  let length = 0;
  const around = story.find(box => box.index < heading.index && box.end > heading.index);
  for (let index = around?.end ?? heading.end; index < first.index; index += 1) {
    const box = page.boxes[index];
    if (!box) break;
    if (joined.has(box)) {
      index = box.end - 1;
      continue;
    }
    if (box.dropped || NOT_STORY_ELEMENTS.has(box.name) || box.names.kinds.length > 0 || box.images > 3) {
      // The descendants cannot be a lede either, unless the box holds the story.
      if (
        box.end <= first.index &&
        (box.dropped || NOT_STORY_ELEMENTS.has(box.name) || !box.names.kinds.includes('related'))
      )
        index = box.end - 1;
      continue;
    }
    if (
      box.inline ||
      box.end > first.index ||
      box.own < MIN_LEDE_PARAGRAPH_CHARS ||
      box.ownLinks > box.own * 0.3
    )
      continue;
    lede.push(box);
    length += box.text;
    index = box.end - 1;
  }
  if (length === 0 || length > MAX_LEDE_CHARS) return [...story];
  return [...story, ...lede].sort((a, b) => a.index - b.index);
}

/**
 * Adds boxes of prose that stand next to the story or next to one of its ancestors. Page builders split a
 * body over the cells of a grid or around an advertisement.
 * @param story siblings of one parent
 */
export function joinDistantBoxes(
  page: MeasuredPage,
  story: readonly PageBox[],
  heading: PageBox | undefined,
): PageBox[] {
  const prose = story.reduce((sum, box) => sum + box.prose, 0);
  const joined = new Set(story);
  const parts = [...story];
  let inside: PageBox | undefined = story[0];
  for (let level = 0; inside?.parent && level < MAX_ANCESTORS; level += 1) {
    const ancestor: PageBox = inside.parent;
    if (ancestor.name === 'html') break;
    for (const child of childrenOf(page, ancestor)) {
      if (child === inside || joined.has(child)) continue;
      if (heading && child.index < heading.index && (child.end <= heading.index || child.paragraphs < 2))
        continue;
      if (isStoryPart(child, inside, prose) || isListPart(child)) parts.push(child);
    }
    inside = ancestor;
  }
  return parts.sort((a, b) => a.index - b.index);
}

/** Maximum length of a list that stands beside the story. */
const MAX_LIST_CHARS = 2000;

/** True for a list or table with a title, such as the ingredients of a recipe in a column of their own. */
function isListPart(box: PageBox): boolean {
  if (box.inline || box.names.kinds.length > 0 || box.names.weight < 0 || box.text > MAX_LIST_CHARS)
    return false;
  if (box.headings === 0 || box.headings > 60 || box.prose > 0 || linkShare(box) > 0.1 || box.images > 0)
    return false;
  if (box.items >= 2) return true;
  let cells = 0;
  for (const { name } of elementsOf(box.element)) if (name === 'td') cells += 1;
  return cells >= 4;
}

function isStoryPart(box: PageBox, neighbour: PageBox, prose: number): boolean {
  if (box.inline || box.prose < MIN_PART_PROSE_CHARS || NOT_STORY_ELEMENTS.has(box.name)) return false;
  if (box.names.weight < 0 || box.names.kinds.length > 0) return false;
  if (linkShare(box) > 0.12 || box.prose < box.text * 0.75) return false;
  const alike = box.name === neighbour.name && box.element.attribs.class === neighbour.element.attribs.class;
  if (!alike && box.prose <= prose * 0.1) return false;
  return box.text > MAX_NOTICE_CHARS || topicsOf(box) < 2;
}
