import { swallowedText } from '../html/unclosed.ts';
import { type DomNode, type Element, INLINE, isElement } from '../model/dom.ts';
import { countLetters } from '../text/characters.ts';
import { isBoilerplate } from './boilerplate.ts';
import type { Box, Page } from './measure.ts';

/** A line of a page with so many letters is prose and not a label. */
const MIN_PROSE_LETTERS = 60;

/** The same in scripts whose letters are words. */
const MIN_PROSE_IDEOGRAPHS = 25;

const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/** Elements whose text is for machines, or is no text of the document. */
const CODE = new Set('script style head iframe noembed noframes'.split(' '));

/** Code that may have taken in a part of the page. */
const SWALLOWING = new Set(['script', 'style']);

/** Markup that the tree holds as text. */
const RAW = new Set('noscript textarea xmp'.split(' '));

const TAGS = /<[^<>]*>/g;

/** All that a document says, a block a line. */
export function documentText(root: DomNode): string {
  return linesOf(root).join('\n');
}

/**
 * What a page says that may be its story: the prose outside navigation, footers, comments and whatever else no story is in. All
 * that is left out of an article on a good page is of such kinds, or short, or linked.
 */
export function pageProse(page: Page): string {
  const others = new Set<Box>();
  const lines: string[] = [];
  for (let index = 0; index < page.boxes.length; index += 1) {
    const box = page.boxes[index];
    if (!box) break;
    if (isBoilerplate(box)) {
      others.add(box);
      index = box.end - 1;
    } else if (!box.inline && box.own - box.ownLinks >= MIN_PROSE_IDEOGRAPHS) {
      lines.push(
        ...linesOf(box.element, child => isElement(child) && !INLINE.has(child.name)).filter(isProse),
      );
    }
  }
  for (const { element, holder } of page.opaque)
    if (mayHoldProse(element) && !isWithin(holder, others)) lines.push(...linesOf(element).filter(isProse));
  return lines.join('\n');
}

function isWithin(holder: Box | undefined, others: ReadonlySet<Box>): boolean {
  for (let box = holder; box; box = box.parent) if (others.has(box)) return true;
  return false;
}

/** Scripts are long and many: only one that took in paragraphs has their end tags. */
function mayHoldProse({ name, children }: Element): boolean {
  return SWALLOWING.has(name) ? children[0]?.data?.includes('</p') === true : !CODE.has(name);
}

function isProse(text: string): boolean {
  const letters = countLetters(text);
  if (letters >= MIN_PROSE_LETTERS) return true;
  return letters >= MIN_PROSE_IDEOGRAPHS && (text.match(IDEOGRAPHS)?.length ?? 0) * 2 > letters;
}

/** Lines of text below a node, without the nodes that `skip` names. */
function linesOf(root: DomNode, skip?: (node: DomNode) => boolean): string[] {
  const lines: string[] = [];
  let line = '';
  const end = () => {
    if (line !== '') lines.push(line);
    line = '';
  };
  const stack: (DomNode | undefined)[] = [root];
  while (stack.length > 0) {
    const node = stack.pop();
    if (!node) end();
    else if (node.type === 'text') line += textOfNode(node);
    else if (SWALLOWING.has(node.name ?? ''))
      lines.push(...swallowedText(node.children?.[0]?.data ?? '').split('\n'));
    else if (node.children && !CODE.has(node.name ?? '') && (node === root || !skip?.(node))) {
      const isBlock = isElement(node) && !INLINE.has(node.name);
      if (isBlock || node.name === 'br') end();
      if (isBlock) stack.push(undefined);
      for (let index = node.children.length - 1; index >= 0; index -= 1) stack.push(node.children[index]);
    }
  }
  end();
  return lines;
}

function textOfNode({ data = '', parent }: DomNode): string {
  return RAW.has(parent?.name ?? '') ? data.replace(TAGS, '\n') : data;
}
