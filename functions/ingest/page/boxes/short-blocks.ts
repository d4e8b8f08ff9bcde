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
    return isShortText(child) || HEADINGS.has(child.name);
  });
  const above: PageBox[] = [];
  for (let index = first - 1; index >= 0; index -= 1) {
    const child = children[index];
    if (!child || (heading && child.index <= heading.index) || !isShortText(child)) break;
    above.push(child);
  }
  for (let index = last + 1; index < children.length; index += 1) {
    const child = children[index];
    if (!child || !isShortText(child)) break;
    joined.push(child);
  }
  const whole = [...above.reverse(), ...joined];
  const isWhole = whole.length === children.filter(child => !heading || child.index > heading.index).length;
  return isWhole && parent.own > 0 && parent.name !== 'body' ? [parent] : whole;
}

/** Accepts short blocks that end like a sentence. A line without a full stop above the story is a dek. */
function isShortText(box: PageBox): boolean {
  return isShort(box) && linkShare(box) < 0.5 && SENTENCE_END.test(textOf(box.element).trimEnd());
}

function isShort(box: PageBox): boolean {
  return TEXT_BLOCKS.has(box.name) && box.own === box.text && box.text <= MAX_SHORT_BLOCK_CHARS;
}
