import { textOf } from '../model/dom.ts';
import { childrenOf, linkShare } from './join.ts';
import type { Box, Page } from './measure.ts';

/** Blocks that may stand beside the large boxes of a story. */
const TEXT = new Set(['p', 'div', 'section', 'blockquote']);
const LISTS = new Set(['ul', 'ol']);
const HEADINGS = new Set(['h2', 'h3', 'h4', 'h5', 'h6']);

/** Longer blocks are paragraphs by their length; see container.ts and join.ts. Characters. */
const MAX_SHORT = 160;

/** The end of a sentence in any script, and of the marks that may follow it. */
const SENTENCE_END = /[.!?…:。！？：؟۔।॥።։၊။]["'”’»›」』）)\]]*$/u;

/**
 * Adds to a story, which is siblings of one parent, the short blocks of text right beside them and between them. A paragraph of
 * four words scores nothing, and it may be the first one or the last.
 */
export function joinBeside(page: Page, story: readonly Box[], heading: Box | undefined): Box[] {
  const parent = story[0]?.parent;
  if (!parent) return [...story];
  const known = new Set(story);
  const children = childrenOf(page, parent).filter(child => child.text > 0);
  const first = children.findIndex(child => known.has(child));
  const last = children.findLastIndex(child => known.has(child));
  const joined = children.filter((child, index) => {
    if (index <= first || index >= last || known.has(child)) return known.has(child);
    return isShortText(child) || isParagraph(child) || isList(child) || HEADINGS.has(child.name);
  });
  const above: Box[] = [];
  for (let index = first - 1; index >= 0; index -= 1) {
    const child = children[index];
    if (!child || (heading && child.index <= heading.index) || !isShortText(child)) break;
    above.push(child);
  }
  for (let index = last + 1; index < children.length; index += 1) {
    const child = children[index];
    if (!child || !(isShortText(child) || isParagraph(child))) break;
    joined.push(child);
  }
  const whole = [...above.reverse(), ...joined];
  const isWhole = whole.length === children.filter(child => !heading || child.index > heading.index).length;
  return isWhole && parent.own > 0 && parent.name !== 'body' ? [parent] : whole;
}

/** A sentence, maybe with a link in it. Above the story a line without a full stop is a deck, which is metadata. */
function isShortText(box: Box): boolean {
  return isShort(box) && linkShare(box) < 0.5 && SENTENCE_END.test(textOf(box.element).trimEnd());
}

/** A paragraph by its element. */
function isParagraph(box: Box): boolean {
  return box.name === 'p' && box.links === 0 && isShort(box);
}

function isShort(box: Box): boolean {
  return TEXT.has(box.name) && box.own === box.text && box.text <= MAX_SHORT && !isOther(box);
}

function isList(box: Box): boolean {
  return LISTS.has(box.name) && !isOther(box) && linkShare(box) < 0.25;
}

/** True of a box whose name says that it is no part of the story. */
function isOther({ names }: Box): boolean {
  return names.kinds.length > 0 || names.weight < 0;
}
