import { textOf } from '../model/dom.ts';
import { joinBeside } from './beside.ts';
import { isArticleBody } from './boilerplate.ts';
import { childrenOf, headingOf, joinLede, joinParts, linkShare } from './join.ts';
import type { Box, Page } from './measure.ts';

/** Shorter texts are labels, not paragraphs. */
const MIN_PARAGRAPH = 25;

/** A paragraph speaks for so many of its ancestors. */
const REACH = 5;

const OF_TAG = new Map([
  ['div', 5],
  ['article', 5],
  ['main', 3],
  ['pre', 3],
  ['td', 3],
  ['blockquote', 3],
  ['address', -3],
  ['ol', -3],
  ['ul', -3],
  ['dl', -3],
  ['dd', -3],
  ['dt', -3],
  ['li', -3],
  ['form', -3],
  ['h1', -5],
  ['h2', -5],
  ['h3', -5],
  ['h4', -5],
  ['h5', -5],
  ['h6', -5],
  ['th', -5],
]);

const PARAGRAPHS = new Set(['p', 'pre', 'td', 'blockquote', 'h2', 'h3', 'h4', 'h5', 'h6', 'section', 'li']);

/**
 * The boxes that together hold the story, in document order: the best-scored one, joined by siblings that read like
 * it. Publishers' own markup of the body (schema.org `articleBody`) decides where it is there.
 */
export function chooseContainers(page: Page, headline?: string): Box[] {
  score(page);
  const best = bestBox(page);
  const marked = markedBody(page, best);
  const [first] = marked ?? [best];
  if (!first) return [];
  const heading = headingOf(page, first, headline);
  const story = marked ?? joinParts(page, joinBeside(page, joinSiblings(page, first), heading), heading);
  return joinLede(page, story, heading);
}

function score(page: Page): void {
  const touched = new Set<Box>();
  const add = (box: Box, points: number) => {
    if (!touched.has(box)) {
      touched.add(box);
      box.score = (OF_TAG.get(box.name) ?? 0) + box.names.weight;
    }
    box.score += points;
  };
  for (const box of page.boxes) box.score = 0;
  for (const box of page.boxes) {
    if (box.dropped || box.own < MIN_PARAGRAPH || box.inline) continue;
    if (box.ownLinks > box.own * 0.8) continue;
    const points = 1 + box.ownCommas + Math.min(Math.floor(box.own / 100), 3);
    let level = 0;
    let ancestor = PARAGRAPHS.has(box.name) ? box.parent : box;
    while (ancestor && level < REACH) {
      add(ancestor, points / (level === 0 ? 1 : level === 1 ? 2 : level * 3));
      ancestor = ancestor.parent;
      level += 1;
    }
  }
  for (const box of touched) box.score *= 1 - linkShare(box);
}

const WHOLE = new Set(['html', 'body']);

function bestBox(page: Page): Box | undefined {
  const ranked = page.boxes
    .filter(box => !box.dropped && box.score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, 5);
  let best = ranked[0];
  if (!best) return page.boxes.find(box => box.name === 'body');
  best = sharedAncestor(best, ranked) ?? best;
  best = climb(best);
  // A lone child has no siblings to be joined with: its parent has.
  while (best.parent && !WHOLE.has(best.parent.name) && onlyChild(page, best)) best = best.parent;
  return best;
}

/** An ancestor that several good boxes share holds a story in parts. */
function sharedAncestor(best: Box, ranked: readonly Box[]): Box | undefined {
  const rivals = ranked.filter(box => box !== best && box.score >= best.score * 0.75);
  if (rivals.length < 3) return undefined;
  for (let box = best.parent; box && !WHOLE.has(box.name); box = box.parent) {
    const holder = box;
    const held = rivals.filter(rival => rival.index > holder.index && rival.index < holder.end).length;
    if (held >= 3) return holder;
  }
  return undefined;
}

/** Goes up while ancestors score higher: the story may be split over the children of one. */
function climb(from: Box): Box {
  const least = from.score / 3;
  let last = from.score;
  for (let box = from.parent; box && !WHOLE.has(box.name); box = box.parent) {
    if (box.score === 0) continue;
    if (box.score < least) break;
    if (box.score > last) return box;
    last = box.score;
  }
  return from;
}

function onlyChild(page: Page, box: Box): boolean {
  const parent = box.parent;
  if (!parent) return false;
  return childrenOf(page, parent).length === 1;
}

/** The element marked as `articleBody`, if it holds a good part of what scoring found. */
function markedBody(page: Page, best: Box | undefined): Box[] | undefined {
  const marked: Box[] = [];
  for (let index = 0; index < page.boxes.length; index += 1) {
    const box = page.boxes[index];
    if (!box || box.dropped || !isArticleBody(box)) continue;
    marked.push(box);
    index = box.end - 1;
  }
  const longest = marked.reduce<Box | undefined>((a, b) => (a && a.prose >= b.prose ? a : b), undefined);
  if (!longest || longest.prose < 200 || longest.prose < (best?.prose ?? 0) * 0.5) return undefined;
  return marked.filter(box => box.parent === longest.parent || box === longest);
}

function joinSiblings(page: Page, best: Box): Box[] {
  const parent = best.parent;
  if (!parent) return [best];
  const least = Math.max(10, best.score * 0.2);
  const name = best.element.attribs.class ?? '';
  return childrenOf(page, parent).filter(box => {
    if (box === best) return true;
    const bonus = name !== '' && box.element.attribs.class === name ? best.score * 0.2 : 0;
    if (box.score > 0 && box.score + bonus >= least) return true;
    if (box.name !== 'p') return false;
    if (box.text > 80) return linkShare(box) < 0.25;
    return box.text > 20 && box.links === 0 && /[.!?…。]["”»]?$/.test(textOf(box.element));
  });
}
