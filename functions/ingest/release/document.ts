import { isElsewhere } from '../metadata/nearness.ts';
import { type DomNode, type Element, elementsOf, INLINE, isElement, OPAQUE } from '../model/dom.ts';
import type { ReleaseTerms, TermContext } from '../model/release-terms.ts';
import { type CopyLine, findTerms } from './copy.ts';
import { withoutTerms } from './stated.ts';

/** A line of a document, and the text nodes it is made of. */
interface DomLine extends CopyLine {
  /** All of it is a link, as in a list of other stories. */
  isLink?: boolean;
  nodes: DomNode[];
  block: Element | undefined;
}

/** Longest text of a line that is kept, in UTF-16 units: of prose the beginning is enough. */
const MAX_LINE = 400;

/** Lines of a document that are looked at; longer ones have no head and foot to speak of. */
const MAX_LINES = 20_000;

/** A page of so few lines is a story that was saved as a page, without boilerplate. */
const MAX_PLAIN_LINES = 40;

/** Cells of a row that is one line, and characters of one. */
const MAX_CELLS = 4;
const MAX_CELL_CHARS = 120;

/** Elements that are never the story, and those that are the story's within it. */
const BOILERPLATE = new Set(['nav', 'form', 'dialog', 'menu']);
const BESIDE = new Set(['aside', 'footer']);
const HEADING = /^h[1-6]$/;

/**
 * Takes the release terms at the head and the foot of a document out of it. To do it twice does no harm.
 * @param layout of a `page`, only what stands outside its boilerplate counts
 */
export function takeDocumentTerms(
  root: DomNode,
  layout: 'page' | 'copy',
  context: TermContext,
  terms: ReleaseTerms,
): void {
  takeTitleTerms(root, context, terms);
  const lines = linesOf(root, layout).filter(({ isLink, isHeading }) => !isLink || isHeading);
  const isPage = layout === 'page' && lines.length > MAX_PLAIN_LINES;
  for (const { from, to, terms: found, rest, isKept } of findTerms(lines, context, isPage)) {
    terms.add(...found);
    if (isKept) continue;
    const [first] = lines.slice(from, from + 1);
    if (rest !== undefined && first) keep(first, rest);
    else for (const line of lines.slice(from, to + 1)) remove(line);
  }
}

/** Takes terms out of the title, and of the metadata that repeat it or sum up the story. */
function takeTitleTerms(root: DomNode, context: TermContext, terms: ReleaseTerms): void {
  for (const element of elementsOf(root, ({ name }) => name !== 'body')) {
    const [text] = element.name === 'title' ? element.children : [];
    const { content, name, property } = element.attribs;
    if (text?.data !== undefined) text.data = withoutTerms(text.data, context, terms) ?? '';
    else if (
      element.name === 'meta' &&
      content &&
      /title|description/i.test(`${name ?? ''} ${property ?? ''}`)
    )
      element.attribs.content = withoutTerms(content, context, terms) ?? '';
  }
}

function linesOf(root: DomNode, layout: 'page' | 'copy'): DomLine[] {
  const lines: DomLine[] = [];
  let current: DomLine = { text: '', nodes: [], block: undefined };
  let linked = true;
  const end = (): void => {
    const text = current.text.replace(/\s+/g, ' ').trim();
    if (text !== '') lines.push({ ...current, text, isLink: linked });
    current = { text: '', nodes: [], block: undefined };
    linked = true;
  };
  const stack: Visit[] = [{ node: root, block: undefined, isLink: false, isRow: false, isStory: false }];
  for (let at = stack.pop(); at !== undefined && lines.length < MAX_LINES; at = stack.pop()) {
    const { node, block, isLink } = at;
    if (node === 'end') {
      end();
    } else if (node.type === 'text') {
      if (/\S/.test(node.data ?? '') && !isLink) linked = false;
      if (current.text.length < MAX_LINE) current.text += node.data ?? '';
      current.nodes.push(node);
      current.block ??= block;
      if (block && HEADING.test(block.name)) current.isHeading = true;
    } else if (isElement(node) && !OPAQUE.has(node.name)) {
      if (layout === 'page' && isBoilerplate(node, at.isStory)) continue;
      const isBlock = (!INLINE.has(node.name) || node.name === 'br') && !at.isRow;
      if (isBlock) {
        end();
        stack.push({ ...at, node: 'end' });
      } else if (at.isRow && /^t[dh]$/.test(node.name) && current.text.trim() !== '') {
        current.text += /[:：]\s*$/.test(current.text) || current.text.includes(': ') ? ' ' : ': ';
      }
      push(stack, node, {
        block: INLINE.has(node.name) || at.isRow ? block : node,
        isLink: isLink || node.name === 'a',
        isRow: at.isRow || (node.name === 'tr' && isLabelRow(node)),
        isStory: at.isStory || node.name === 'article' || node.name === 'main',
      });
    } else if (node.children && !OPAQUE.has(node.name ?? '')) {
      push(stack, node, at);
    }
  }
  end();
  return lines;
}

/** A node to be visited, and what is known of the boxes around it. */
interface Visit {
  node: DomNode | 'end';
  block: Element | undefined;
  isLink: boolean;
  isRow: boolean;
  isStory: boolean;
}

function push(stack: Visit[], { children = [] }: DomNode, around: Omit<Visit, 'node'>): void {
  for (let index = children.length - 1; index >= 0; index -= 1) {
    const node = children[index];
    if (node) stack.push({ ...around, node });
  }
}

function isBoilerplate(element: Element, isStory: boolean): boolean {
  if (BOILERPLATE.has(element.name) || isElsewhere(element)) return true;
  return BESIDE.has(element.name) && !isStory;
}

/** Whether a row of a table is a label and its value: a few short cells. */
function isLabelRow(row: Element): boolean {
  const cells = row.children.filter(child => child.name === 'td' || child.name === 'th');
  if (cells.length < 2 || cells.length > MAX_CELLS) return false;
  return cells.every(cell => isShort(cell));
}

function isShort(cell: DomNode): boolean {
  let length = 0;
  const stack = [cell];
  for (let node = stack.pop(); node; node = stack.pop()) {
    length += node.data?.length ?? 0;
    if (length > MAX_CELL_CHARS || node.name === 'table') return false;
    stack.push(...(node.children ?? []));
  }
  return true;
}

/** A node as cheerio links it. */
interface LinkedNode extends DomNode {
  prev?: DomNode | null;
  next?: DomNode | null;
}

function remove({ nodes, block }: DomLine): void {
  const last = nodes.at(-1) as LinkedNode | undefined;
  const after = last && nextElement(last);
  if (after?.name === 'br') detach(after);
  for (const node of nodes) node.data = '';
  let empty: DomNode | null | undefined = block;
  // A box that held nothing else goes too, so that what follows it is the first of the story.
  while (
    empty?.parent &&
    isElement(empty) &&
    !/^(?:body|html|main|article)$/.test(empty.name) &&
    isEmpty(empty)
  ) {
    const { parent }: DomNode = empty;
    detach(empty);
    empty = parent;
  }
}

function nextElement(node: LinkedNode): DomNode | undefined {
  let at: LinkedNode = node;
  while (at.parent && isElement(at.parent) && INLINE.has(at.parent.name)) at = at.parent;
  const siblings = at.parent?.children ?? [];
  const next = siblings[siblings.indexOf(at) + 1];
  return next?.type === 'text' && !/\S/.test(next.data ?? '') ? siblings[siblings.indexOf(at) + 2] : next;
}

function isEmpty(element: Element): boolean {
  const stack: DomNode[] = [element];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.type === 'text' && /\S/.test(node.data ?? '')) return false;
    if (node.name === 'img' || node.name === 'video' || node.name === 'audio' || node.name === 'iframe')
      return false;
    stack.push(...(node.children ?? []));
  }
  return true;
}

function detach(node: LinkedNode): void {
  const siblings = node.parent?.children as LinkedNode[] | undefined;
  const at = siblings?.indexOf(node) ?? -1;
  if (!siblings || at < 0) return;
  siblings.splice(at, 1);
  const [before, after] = [siblings[at - 1], siblings[at]];
  if (before) before.next = after ?? null;
  if (after) after.prev = before ?? null;
  node.parent = node.prev = node.next = null;
}

/** Leaves of a line the words that are no term: what stands before them and behind them goes. */
function keep({ nodes, text }: DomLine, rest: string): void {
  const bare = (words: string) => words.replace(/\s/g, '');
  const isCut = text.length >= MAX_LINE;
  // Counted without white space, which was collapsed.
  const from = bare(text).indexOf(bare(rest));
  if (from >= 0) {
    const end = isCut ? Number.POSITIVE_INFINITY : from + bare(rest).length;
    let seen = 0;
    for (const node of nodes) {
      const data = node.data ?? '';
      let kept = '';
      let start = 0;
      for (let at = 0; at <= data.length && start >= 0; at++) {
        if (seen >= from) {
          // The rest of a long line is kept as it is.
          kept = data.slice(at, isCut ? undefined : at + lengthOf(data, at, end - seen));
          seen += bare(kept).length;
          start = -1;
        } else if (/\S/.test(data.charAt(at))) seen++;
      }
      node.data = kept;
    }
  } else if (!isCut) {
    const [first, ...others] = nodes;
    if (first) first.data = rest;
    for (const node of others) node.data = '';
  }
}

/** The length of a piece of text that has so many characters besides white space. */
function lengthOf(data: string, start: number, count: number): number {
  let left = count;
  let at = start;
  for (; at < data.length && left > 0; at++) if (/\S/.test(data.charAt(at))) left--;
  return at - start;
}
