import { textOf } from '../../model/dom.ts';
import { childrenOf, linkShare } from './join.ts';
import type { MeasuredPage, PageBox } from './measure.ts';

/** Elements that can be a short block of text. */
const TEXT_BLOCKS = new Set(['p', 'div', 'section', 'blockquote']);
const HEADINGS = new Set(['h2', 'h3', 'h4', 'h5', 'h6']);

/** Maximum length of a short block. container.ts and join.ts find longer blocks by their score. */
const MAX_SHORT_BLOCK_CHARS = 160;

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
  const joined = children.filter((child, index) => {
    if (index <= first || index >= last || joinedBefore.has(child)) return joinedBefore.has(child);
    return isShortText(page, child) || HEADINGS.has(child.name);
  });
  const above: PageBox[] = [];
  for (let index = first - 1; index >= 0; index -= 1) {
    const child = children[index];
    if (!child || (heading && child.index <= heading.index) || !isShortText(page, child)) break;
    above.push(child);
  }
  // A heading or a list belongs to the sentence below it, if nothing else stands there.
  const below = children.slice(last + 1);
  const isEnding =
    below.length <= MAX_ENDING_BLOCKS &&
    below.every(child => isShortText(page, child) || HEADINGS.has(child.name) || isShortList(child)) &&
    TEXT_BLOCKS.has(below.at(-1)?.name ?? '');
  for (const child of below) {
    if (!isEnding && !isShortText(page, child)) break;
    joined.push(child);
  }
  const whole = [...above.reverse(), ...joined];
  const isWhole = whole.length === children.filter(child => !heading || child.index > heading.index).length;
  return isWhole && parent.own > 0 && parent.name !== 'body' ? [parent] : whole;
}

/** Maximum number of blocks below the story of which some are headings or lists. */
const MAX_ENDING_BLOCKS = 6;

function isShortList(box: PageBox): boolean {
  return (box.name === 'ul' || box.name === 'ol') && box.text <= MAX_SHORT_BLOCK_CHARS && box.links === 0;
}

/** Accepts short blocks that end like a sentence. A line without a full stop above the story is a dek. */
function isShortText(page: MeasuredPage, box: PageBox): boolean {
  return isShort(page, box) && linkShare(box) < 0.5 && SENTENCE_END.test(textOf(box.element).trimEnd());
}

function isShort(page: MeasuredPage, box: PageBox): boolean {
  if (!TEXT_BLOCKS.has(box.name) || box.text > MAX_SHORT_BLOCK_CHARS) return false;
  if (box.own === box.text) return true;
  // Page builders put a box around a paragraph.
  const [only, ...others] = childrenOf(page, box);
  return only !== undefined && others.length === 0 && only.text === box.text && isShort(page, only);
}
