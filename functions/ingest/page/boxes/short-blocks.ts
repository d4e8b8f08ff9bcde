import { textOf } from '../../model/dom.ts';
import { childrenOf, linkShare } from './join.ts';
import type { MeasuredPage, PageBox } from './measure.ts';

/** Elements that can be a short block of text. */
const TEXT_BLOCKS = new Set(['p', 'div', 'section', 'blockquote']);
const HEADINGS = new Set(['h2', 'h3', 'h4', 'h5', 'h6']);

/** Elements that hold text in an order or a layout of their own. */
const LAID_OUT_BLOCKS = new Set(['ul', 'ol', 'dl', 'pre', 'table', 'figure']);

/** Maximum length of a short block. container.ts and join.ts find longer blocks by their score. */
const MAX_SHORT_BLOCK_CHARS = 160;

/** Maximum length of a list, a table or preformatted text: a list of ten sentences. */
const MAX_LAID_OUT_CHARS = 1000;

/** Matches the end of a sentence in any script, with closing quotation marks and brackets. */
const SENTENCE_END = /[.!?…:。！？：؟۔।॥።։၊။]["'”’»›」』）)\]]*$/u;

/**
 * Adds the short blocks of text that stand between the boxes of the story or right next to them.
 * A paragraph of four words has no score, but it can be the first or the last paragraph of a story.
 * @param story siblings of one parent
 */
export function joinShortBlocks(
  page: MeasuredPage,
  story: readonly PageBox[],
  heading: PageBox | undefined,
): PageBox[] {
  const parent = story[0]?.parent;
  if (!parent) return [...story];
  const joinedBefore = new Set(story);
  const children = childrenOf(page, parent).filter(child => child.text > 0);
  const first = children.findIndex(child => joinedBefore.has(child));
  const last = children.findLastIndex(child => joinedBefore.has(child));
  const isPart = (child: PageBox) => isShortText(page, child) || isLaidOut(child);
  const joined = children.filter((child, index) => {
    if (index <= first || index >= last || joinedBefore.has(child)) return joinedBefore.has(child);
    return isPart(child) || HEADINGS.has(child.name);
  });
  const above: PageBox[] = [];
  for (let index = first - 1; index >= 0; index -= 1) {
    const child = children[index];
    if (!child || (heading ? child.index <= heading.index : isLaidOut(child)) || !isPart(child)) break;
    above.push(child);
  }
  // A heading belongs to the text below it, if nothing else stands there.
  const below = children.slice(last + 1);
  const isEnding =
    below.length <= MAX_ENDING_BLOCKS &&
    below.every(child => isPart(child) || HEADINGS.has(child.name)) &&
    !HEADINGS.has(below.at(-1)?.name ?? '');
  for (const child of below) {
    if (!isEnding && !isPart(child) && !isBareLine(child)) break;
    joined.push(child);
  }
  const whole = [...above.reverse(), ...joined];
  const isWhole = whole.length === children.filter(child => !heading || child.index > heading.index).length;
  return isWhole && parent.own > 0 && parent.name !== 'body' ? [parent] : whole;
}

/** Maximum number of blocks below the story of which some are headings. */
const MAX_ENDING_BLOCKS = 6;

/** Accepts lists, tables, preformatted text and pictures of the story. Those of other stories are links. */
function isLaidOut(box: PageBox): boolean {
  return (
    LAID_OUT_BLOCKS.has(box.name) &&
    box.text <= MAX_LAID_OUT_CHARS &&
    linkShare(box) < 0.25 &&
    box.names.kinds.length === 0
  );
}

/** Accepts a paragraph without a full stop, such as the initials of the writers below the story. */
function isBareLine(box: PageBox): boolean {
  return box.name === 'p' && box.text <= MAX_SHORT_BLOCK_CHARS && box.links === 0;
}

/** Accepts short blocks that end like a sentence. A line without a full stop above the story is a dek. */
function isShortText(page: MeasuredPage, box: PageBox): boolean {
  if (!isShort(page, box) || !SENTENCE_END.test(textOf(box.element).trimEnd())) return false;
  // A link can be most of a short sentence: “See the map.”
  return linkShare(box) < 0.5 || box.element.children.findLast(node => textOf(node).trim())?.type === 'text';
}

function isShort(page: MeasuredPage, box: PageBox): boolean {
  if (!TEXT_BLOCKS.has(box.name) || box.text > MAX_SHORT_BLOCK_CHARS) return false;
  if (box.own === box.text) return true;
  // Page builders put a box around a paragraph.
  const [only, ...others] = childrenOf(page, box);
  return only !== undefined && others.length === 0 && only.text === box.text && isShort(page, only);
}
