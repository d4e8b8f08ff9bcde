import { textOf } from '../model/dom.ts';
import { fold } from '../text/characters.ts';
import type { Box, Page } from './measure.ts';

/** A paragraph above the story has so many characters; a shorter one is a deck, which is metadata. */
const LEDE = 130;

/** What stands above the story is no longer than this; more is another text. */
const LONGEST_LEDE = 1200;

/** A part of the story that stands in a box of its own has so much prose. */
const PART = 140;

/** How far above the story its other parts are looked for. */
const REACH = 6;

const HEADINGS = new Set(['h1', 'h2', 'h3']);
const NOT_TEXT = new Set([
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

export function linkShare(box: Box): number {
  return box.text === 0 ? 0 : box.links / box.text;
}

/** The direct parts of a box that have not been dropped. */
export function childrenOf(page: Page, parent: Box): Box[] {
  const children: Box[] = [];
  for (let index = parent.index + 1; index < parent.end; ) {
    const child = page.boxes[index];
    if (!child) break;
    if (!child.dropped) children.push(child);
    index = child.end;
  }
  return children;
}

/** The heading of the story: the one that says the headline, maybe with a kicker before it, else the last h1 above. */
export function headingOf(page: Page, first: Box, headline = ''): Box | undefined {
  const folded = fold(headline);
  let heading: Box | undefined;
  for (let index = 0; index < first.index; index += 1) {
    const box = page.boxes[index];
    if (!box || box.dropped || !HEADINGS.has(box.name) || box.text === 0) continue;
    if (folded !== '' && box.text < 400 && fold(textOf(box.element)).endsWith(folded)) return box;
    if (box.name === 'h1') heading = box;
  }
  return heading;
}

/** Adds the first paragraphs where they stand between the headline and the box of the story. */
export function joinLede(page: Page, story: readonly Box[], heading: Box | undefined): Box[] {
  const first = story.reduce<Box | undefined>((a, b) => (a && a.prose >= b.prose ? a : b), undefined);
  const known = new Set(story);
  if (!first || !heading) return [...story];
  const lede: Box[] = [];
  let length = 0;
  for (let index = heading.end; index < first.index; index += 1) {
    const box = page.boxes[index];
    if (!box) break;
    if (known.has(box)) {
      index = box.end - 1;
      continue;
    }
    if (box.dropped || NOT_TEXT.has(box.name) || box.names.kinds.length > 0 || box.images > 3) {
      // Its parts are no better, unless it holds the story.
      if (
        box.end <= first.index &&
        (box.dropped || NOT_TEXT.has(box.name) || !box.names.kinds.includes('related'))
      )
        index = box.end - 1;
      continue;
    }
    if (box.inline || box.end > first.index || box.own < LEDE || box.ownLinks > box.own * 0.3) continue;
    lede.push(box);
    length += box.text;
    index = box.end - 1;
  }
  if (length === 0 || length > LONGEST_LEDE) return [...story];
  return [...story, ...lede].sort((a, b) => a.index - b.index);
}

/**
 * Adds to the story, which is siblings of one parent, boxes beside it, or beside one of the boxes around it, that hold prose and little else: bodies are
 * split over the rows of a grid, or round an advertisement.
 */
export function joinParts(page: Page, story: readonly Box[], heading: Box | undefined): Box[] {
  const prose = story.reduce((sum, box) => sum + box.prose, 0);
  const known = new Set(story);
  const parts = [...story];
  let inside: Box | undefined = story[0];
  for (let level = 0; inside?.parent && level < REACH; level += 1) {
    const holder: Box = inside.parent;
    if (holder.name === 'html') break;
    for (const child of childrenOf(page, holder)) {
      if (child === inside || known.has(child)) continue;
      if (heading && child.index < heading.index) continue;
      if (isPart(child, inside, prose)) parts.push(child);
    }
    inside = holder;
  }
  return parts.sort((a, b) => a.index - b.index);
}

function isPart(box: Box, twin: Box, prose: number): boolean {
  if (box.inline || box.prose < PART || NOT_TEXT.has(box.name)) return false;
  if (box.names.weight < 0 || box.names.kinds.length > 0) return false;
  if (linkShare(box) > 0.12 || box.prose < box.text * 0.75) return false;
  const alike = box.name === twin.name && box.element.attribs.class === twin.element.attribs.class;
  return alike || box.prose > prose * 0.1;
}
