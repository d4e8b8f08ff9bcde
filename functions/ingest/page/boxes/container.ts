import { textOf } from '../../model/dom.ts';
import { fold } from '../../text/characters.ts';
import { isArticleBody } from './boilerplate.ts';
import { childrenOf, headingOf, joinDistantBoxes, joinLede, linkShare } from './join.ts';
import type { MeasuredPage, PageBox } from './measure.ts';
import { joinShortBlocks } from './short-blocks.ts';

/** Minimum length of a paragraph. A shorter text is a label. */
const MIN_PARAGRAPH_CHARS = 25;

/** Number of ancestors that get points from a paragraph. */
const MAX_SCORED_ANCESTORS = 5;

/** Points that a box gets for its element, from Mozilla Readability's `_initializeNode`. */
const POINTS_BY_ELEMENT = new Map([
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
 * Chooses the boxes that together hold the story, in document order. The schema.org property `articleBody`
 * decides if the page has it. Otherwise the box with the best score is joined with siblings that look like
 * story text.
 */
export function chooseContainers(page: MeasuredPage, headline?: string): PageBox[] {
  score(page);
  const best = bestBox(page);
  const marked = markedBody(page, best);
  const [first] = marked ?? [best];
  if (!first) return [];
  const whole = marked ? undefined : shortArticle(page, first, headline);
  if (whole) return [whole];
  const heading = headingOf(page, first, headline);
  const story =
    marked ?? joinDistantBoxes(page, joinShortBlocks(page, joinSiblings(page, first), heading), heading);
  const most = marked ? undefined : boxOfMostProse(page);
  if (most && most.prose > MIN_WHOLE_RATIO * story.reduce((sum, box) => sum + box.prose, 0))
    return joinLede(page, [most], heading);
  return joinLede(page, story, heading);
}

/**
 * Gives each paragraph's points to its ancestors. The parent gets all points, each further ancestor fewer.
 */
function score(page: MeasuredPage): void {
  const touched = new Set<PageBox>();
  const add = (box: PageBox, points: number) => {
    if (!touched.has(box)) {
      touched.add(box);
      box.score = (POINTS_BY_ELEMENT.get(box.name) ?? 0) + box.names.weight;
    }
    box.score += points;
  };
  for (const box of page.boxes) box.score = 0;
  for (const box of page.boxes) {
    if (box.dropped || box.own < MIN_PARAGRAPH_CHARS || box.inline) continue;
    if (box.ownLinks > box.own * 0.8) continue;
    const points = 1 + box.ownCommas + Math.min(Math.floor(box.own / 100), 3);
    let level = 0;
    let ancestor = PARAGRAPHS.has(box.name) ? box.parent : box;
    while (ancestor && level < MAX_SCORED_ANCESTORS) {
      add(ancestor, points / (level === 0 ? 1 : level === 1 ? 2 : level * 3));
      ancestor = ancestor.parent;
      level += 1;
    }
  }
  for (const box of touched) box.score *= 1 - linkShare(box);
}

const ROOT_ELEMENTS = new Set(['html', 'body']);

/** Returns the box with the best score, or its ancestor if the story is split over several boxes. */
function bestBox(page: MeasuredPage): PageBox | undefined {
  const ranked = page.boxes
    .filter(box => !box.dropped && box.score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, 5);
  let best = ranked[0];
  if (!best) return page.boxes.find(box => box.name === 'body');
  best = commonAncestor(best, ranked) ?? best;
  best = climb(best);
  // An only child has no siblings for joinSiblings, but its parent can have some.
  while (best.parent && !ROOT_ELEMENTS.has(best.parent.name) && onlyChild(page, best)) best = best.parent;
  return best;
}

/** Returns the ancestor of `best` that holds at least three more boxes with a similar score. */
function commonAncestor(best: PageBox, ranked: readonly PageBox[]): PageBox | undefined {
  const rivals = ranked.filter(box => box !== best && box.score >= best.score * 0.75);
  if (rivals.length < 3) return undefined;
  for (let box = best.parent; box && !ROOT_ELEMENTS.has(box.name); box = box.parent) {
    const ancestor = box;
    const rivalsInside = rivals.filter(
      rival => rival.index > ancestor.index && rival.index < ancestor.end,
    ).length;
    if (rivalsInside >= 3) return ancestor;
  }
  return undefined;
}

/**
 * Returns the first ancestor with a higher score. Such an ancestor holds a story that is split over its
 * children.
 */
function climb(from: PageBox): PageBox {
  const least = from.score / 3;
  let last = from.score;
  for (let box = from.parent; box && !ROOT_ELEMENTS.has(box.name); box = box.parent) {
    if (box.score < least) break;
    if (box.score > last) return box;
    last = box.score;
  }
  return from;
}

function onlyChild(page: MeasuredPage, box: PageBox): boolean {
  const parent = box.parent;
  if (!parent) return false;
  return childrenOf(page, parent).length === 1;
}

/** Minimum share of the prose of a box that one of its children holds, if this child holds all of the story. */
const MIN_INNER_SHARE = 0.95;

/** Minimum share of prose in the text of a box that is a story as a whole. */
const MIN_PROSE_SHARE = 0.65;

/** How much more prose the box of most prose holds than a box with a good score that is only a part of the story. */
const MIN_WHOLE_RATIO = 3;

/**
 * Returns the smallest box that holds nearly all prose of the page. Rankings and page builders split a story over
 * boxes of which none has a good score.
 */
function boxOfMostProse(page: MeasuredPage): PageBox | undefined {
  let box = page.boxes[0];
  for (let inner = box; inner; ) {
    box = inner;
    const least = inner.prose * MIN_INNER_SHARE;
    inner = childrenOf(page, inner).find(child => child.prose >= least && !child.inline);
  }
  return box && !ROOT_ELEMENTS.has(box.name) && box.prose >= box.text * MIN_PROSE_SHARE ? box : undefined;
}

/** Maximum length of a short notice. A longer story is found by its score. */
const MAX_NOTICE_CHARS = 1200;

/** Minimum length of the paragraphs of a short notice, as a share of the best box. */
const MIN_NOTICE_SHARE = 0.3;

/**
 * Returns the only `article` of a page if it holds the headline and a text as short as a notice, and the best box
 * is outside it or a small part of it. Notes below a notice can be longer than itself.
 */
function shortArticle(page: MeasuredPage, best: PageBox, headline: string | undefined): PageBox | undefined {
  const articles = page.boxes.filter(box => box.name === 'article' && !box.dropped && box.text > 0);
  const [article] = articles;
  if (!article || articles.length !== 1 || article.text > MAX_NOTICE_CHARS) return undefined;
  const inside = best.index > article.index && best.index < article.end;
  if (best.index <= article.index && best.end >= article.end) return undefined;
  if (inside && best.text > article.text / 2) return undefined;
  if (!headline || linkShare(article) > 0.25) return undefined;
  let [text, isHeaded] = [0, false];
  const folded = fold(headline);
  for (let index = article.index + 1; index < article.end; index += 1) {
    const box = page.boxes[index];
    if (!box || box.dropped) continue;
    if (/^h[12]$/.test(box.name)) isHeaded ||= fold(textOf(box.element)).endsWith(folded);
    else if (/^(?:p|li)$/.test(box.name) && isHeaded) text += box.own;
  }
  return text >= MIN_PARAGRAPH_CHARS && text > best.text * MIN_NOTICE_SHARE ? article : undefined;
}

/** Returns the boxes marked as `articleBody` if they hold at least half of the prose of the best box. */
function markedBody(page: MeasuredPage, best: PageBox | undefined): PageBox[] | undefined {
  const marked: PageBox[] = [];
  for (let index = 0; index < page.boxes.length; index += 1) {
    const box = page.boxes[index];
    if (!box || box.dropped || !isArticleBody(box)) continue;
    marked.push(box);
    index = box.end - 1;
  }
  const longest = marked.reduce<PageBox | undefined>((a, b) => (a && a.prose >= b.prose ? a : b), undefined);
  if (!longest || longest.prose < 200 || longest.prose < (best?.prose ?? 0) * 0.5) return undefined;
  return marked.filter(box => box.parent === longest.parent || box === longest);
}

/** Returns the best box with the siblings that score well or are paragraphs with sentences. */
function joinSiblings(page: MeasuredPage, best: PageBox): PageBox[] {
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
