import { isElsewhere } from '../metadata/nearness.ts';
import { type DomNode, type Element, elementsOf, INLINE, isElement, OPAQUE, textOf } from '../model/dom.ts';
import type { ReleaseTerms, Term, TermContext } from '../model/release-terms.ts';
import { collapse } from '../text/characters.ts';
import { findTerms, type StoryLine } from './copy.ts';
import { readKeyed, readPageStatus } from './keyed.ts';
import { keyOf } from './keys.ts';
import { withoutTerms } from './stated.ts';

interface DomLine extends StoryLine {
  /** Whether the whole line is a link, as in a list of other stories. */
  isLink?: boolean;
  /** The text nodes of the line. */
  nodes: DomNode[];
  /** The block element that holds the line. */
  block: Element | undefined;
}

/** Maximum length, in UTF-16 units, of the text that is read of a line. Release terms are short. */
const MAX_LINE_CHARS = 400;

/** Maximum number of lines of a document that are read. */
const MAX_LINES = 20_000;

/** Maximum number of lines of a page without boilerplate: a story that was saved as a page. */
const MAX_PLAIN_LINES = 40;

/** Maximum number of cells of a table row that is read as one line. */
const MAX_CELLS = 4;

/** Maximum length of a cell in such a row, in characters. */
const MAX_CELL_CHARS = 120;

/** Elements that never hold the story. */
const BOILERPLATE = new Set(['nav', 'form', 'dialog', 'menu']);

/** Elements that belong to the story only inside an article element. */
const BESIDE = new Set(['aside', 'footer']);

const HEADING = /^h[1-6]$/;

/**
 * Moves the release terms at the head and the foot of a document into `terms`. A second call changes nothing.
 * @param layout in a `page`, boilerplate is ignored
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

/** Moves terms out of the title and of meta elements that hold a title or a description. */
function takeTitleTerms(root: DomNode, context: TermContext, terms: ReleaseTerms): void {
  for (const element of elementsOf(root, ({ name }) => name !== 'body')) {
    const [text] = element.name === 'title' ? element.children : [];
    const { content, name, property, itemprop } = element.attribs;
    if (element.name === 'meta' && content)
      terms.add(...metaTerms(name ?? property ?? itemprop ?? '', content, context));
    if (text?.data !== undefined) text.data = withoutTerms(text.data, context, terms) ?? '';
    else if (
      element.name === 'meta' &&
      content &&
      /title|description/i.test(`${name ?? ''} ${property ?? ''}`)
    )
      element.attribs.content = withoutTerms(content, context, terms) ?? '';
  }
}

/** Prefixes of names in meta elements: `article:status`, `dcterms.status`. */
const META_PREFIX = /^(?:article|og|dc|dcterms|news|cms)[:._-]/i;

/** The release terms of a meta element. */
function metaTerms(given: string, content: string, context: TermContext): Term[] {
  const name = given.replace(META_PREFIX, '');
  switch (keyOf(name)) {
    case 'status':
      return readPageStatus(content, context);
    case 'flags':
      // Readers who pay have access to a page whose access is private.
      return readKeyed(name, content, context, true);
    case 'switch':
      // Pages of live blogs state `live: false`.
      return /^publi(?:c|shed?)$/i.test(name) ? readKeyed(name, content, context) : [];
    case 'start':
      // `og:release_date` states when the page was published. So does `publish_time: 17:00`, which holds no story.
      return name === given || /available/i.test(name)
        ? readKeyed(name, content, context).filter(({ kind }) => kind !== 'hold')
        : [];
    case 'embargo':
    case 'draft':
    case 'hold':
    case 'forbidden':
      return readKeyed(name, content, context);
    default:
      return [];
  }
}

function linesOf(root: DomNode, layout: 'page' | 'copy'): DomLine[] {
  const lines: DomLine[] = [];
  let current: DomLine = { text: '', nodes: [], block: undefined };
  let linked = true;
  const end = (): void => {
    if (current.nodes.length === 0 && current.cells === undefined) {
      linked = true;
      return;
    }
    const text = collapse(current.text);
    if (text !== '') lines.push({ ...current, text, isLink: linked });
    current = { text: '', nodes: [], block: undefined };
    linked = true;
  };
  const stack: Visit[] = [
    { node: root, around: { block: undefined, isLink: false, isRow: false, isStory: false } },
  ];
  for (let at = stack.pop(); at !== undefined && lines.length < MAX_LINES; at = stack.pop()) {
    const { node, around } = at;
    if (node === 'end') {
      end();
    } else if (node.type === 'text') {
      const data = node.data ?? '';
      if (linked && !around.isLink && /\S/.test(data)) linked = false;
      if (current.text.length < MAX_LINE_CHARS) current.text += data;
      current.nodes.push(node);
      current.block ??= around.block;
      if (around.block && HEADING.test(around.block.name)) current.isHeading = true;
    } else if (isElement(node) && !OPAQUE.has(node.name)) {
      if (layout === 'page' && isBoilerplate(node, around.isStory)) continue;
      // Data in a block of code is an example: `{"status": "draft"}`.
      if (node.name === 'pre' && /^\s*[[{]\s*["[{]/.test(textOf(node))) continue;
      const isInline = INLINE.has(node.name);
      if ((!isInline || node.name === 'br') && !around.isRow) {
        end();
        stack.push({ node: 'end', around });
      } else if (around.isRow && /^t[dh]$/.test(node.name) && current.text.trim() !== '') {
        current.text += /[:：]\s*$/.test(current.text) || current.text.includes(': ') ? ' ' : ': ';
      }
      const isRow = !around.isRow && node.name === 'tr' && isLabelRow(node);
      if (isRow) current.cells = cellsOf(node).map(cell => textOf(cell));
      push(stack, node, {
        block: isInline || around.isRow ? around.block : node,
        isLink: around.isLink || node.name === 'a',
        isRow: around.isRow || isRow,
        isStory: around.isStory || node.name === 'article' || node.name === 'main',
      });
    } else if (node.children && !OPAQUE.has(node.name ?? '')) {
      push(stack, node, around);
    }
  }
  end();
  return lines;
}

/** A node to visit. Siblings share the facts about their ancestors. */
interface Visit {
  node: DomNode | 'end';
  around: Ancestors;
}

interface Ancestors {
  block: Element | undefined;
  isLink: boolean;
  isRow: boolean;
  isStory: boolean;
}

function push(stack: Visit[], { children = [] }: DomNode, around: Ancestors): void {
  for (let index = children.length - 1; index >= 0; index -= 1) {
    const node = children[index];
    if (node) stack.push({ node, around });
  }
}

function isBoilerplate(element: Element, isStory: boolean): boolean {
  if (BOILERPLATE.has(element.name) || isElsewhere(element)) return true;
  return BESIDE.has(element.name) && !isStory;
}

/** Whether a table row is a label with its value: a few short cells. */
function isLabelRow(row: Element): boolean {
  const cells = cellsOf(row);
  if (cells.length < 2 || cells.length > MAX_CELLS) return false;
  return cells.every(cell => isShort(cell));
}

function cellsOf(row: Element): DomNode[] {
  return row.children.filter(child => child.name === 'td' || child.name === 'th');
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

/** A node of cheerio's tree. */
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
  // An empty box is removed too, so that the next box is the first one of the story.
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

/** Keeps only the given words of a line and removes the text before and after them. */
function keep({ nodes, text }: DomLine, rest: string): void {
  const bare = (words: string) => words.replace(/\s/g, '');
  const isCut = text.length >= MAX_LINE_CHARS;
  // Positions do not count white space, because the text of the line has collapsed white space.
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
          // The text of a long line was cut. The part of the node after the cut is kept.
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

/** The length of the text from `start` that holds `count` characters other than white space. */
function lengthOf(data: string, start: number, count: number): number {
  let left = count;
  let at = start;
  for (; at < data.length && left > 0; at++) if (/\S/.test(data.charAt(at))) left--;
  return at - start;
}
