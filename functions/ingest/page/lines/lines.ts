import type { DomNode } from '../../model/dom.ts';
import { isElement, isLink, OPAQUE, textOf } from '../../model/dom.ts';
import { collapse, information } from '../../text/characters.ts';
import type { MeasuredPage, PageBox } from '../boxes/measure.ts';

/**
 * A line of the story as readers see it, such as a paragraph, a heading, a list item or the text between two
 * breaks.
 */
export interface BodyLine {
  /** Consecutive nodes below `owner`. */
  nodes: DomNode[];
  owner: PageBox;
  text: string;
  /** How much the text says; see {@link information}. */
  size: number;
  /** The text in lower case. */
  lower: string;
  /** Share of the text that is linked, 0 to 1. */
  linked: number;
  kind: 'heading' | 'item' | 'cell' | 'quote' | 'caption' | 'pre' | 'text';
  dropped: boolean;
}

/** Returns the lines of the containers in document order, without dropped nodes. */
export function linesOf(page: MeasuredPage, containers: readonly PageBox[]): BodyLine[] {
  const lines: BodyLine[] = [];
  for (const container of containers) collect(page, container, lines);
  return lines;
}

function collect(page: MeasuredPage, container: PageBox, lines: BodyLine[]): void {
  const skip = (node: DomNode) => page.dropped.has(node);
  const stack: { node: DomNode; box: PageBox; next: number; run: DomNode[]; breaks: number }[] = [];
  const open = (box: PageBox) => stack.push({ node: box.element, box, next: 0, run: [], breaks: 0 });
  open(container);
  for (let visit = stack.at(-1); visit; visit = stack.at(-1)) {
    const child = visit.node.children?.[visit.next];
    visit.next += 1;
    if (!child || (child.name === 'br' && visit.breaks > 0)) {
      addLine(page, visit.run, visit.box, skip, lines);
      visit.run = [];
      if (!child) stack.pop();
      continue;
    }
    if (child.name === 'br') {
      visit.breaks += 1;
      continue;
    }
    if (skip(child) || OPAQUE.has(child.name ?? '')) continue;
    const box = isElement(child) ? page.boxOf(child) : undefined;
    if (box && !isInline(page, box)) {
      addLine(page, visit.run, visit.box, skip, lines);
      visit.run = [];
      visit.breaks = 0;
      open(box);
    } else if (box || child.type === 'text') {
      visit.run.push(child);
      if (box || (child.data ?? '').trim() !== '') visit.breaks = 0;
    }
  }
}

function isInline(page: MeasuredPage, box: PageBox): boolean {
  for (let index = box.index; index < box.end; index += 1)
    if (page.boxes[index]?.inline === false) return false;
  return true;
}

function addLine(
  page: MeasuredPage,
  nodes: DomNode[],
  owner: PageBox,
  skip: (node: DomNode) => boolean,
  lines: BodyLine[],
): void {
  if (nodes.length === 0) return;
  const text = collapse(
    nodes.map(node => (node.type === 'text' ? (node.data ?? '') : textOf(node, skip))).join(''),
  );
  if (text === '') return;
  const links = linkedChars(nodes, owner, skip);
  lines.push({
    nodes,
    owner,
    text,
    size: information(text),
    lower: text.toLowerCase(),
    linked: Math.min(1, links / text.length),
    kind: kindOf(page, owner),
    dropped: false,
  });
}

function linkedChars(nodes: readonly DomNode[], owner: PageBox, skip: (node: DomNode) => boolean): number {
  for (let box: PageBox | undefined = owner; box; box = box.parent)
    if (isLink(box.element)) return Number.POSITIVE_INFINITY;
  let length = 0;
  const stack = [...nodes];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (skip(node)) continue;
    if (isLink(node)) length += textOf(node, skip).length;
    else if (node.children) stack.push(...node.children);
  }
  return length;
}

function kindOf(page: MeasuredPage, owner: PageBox): BodyLine['kind'] {
  for (let box: PageBox | undefined = owner; box; box = box.parent) {
    const name = page.readAs.get(box.element) ?? box.name;
    if (/^h[1-6]$/.test(name)) return 'heading';
    if (name === 'li' || name === 'dd' || name === 'dt') return 'item';
    if (name === 'td' || name === 'th') return 'cell';
    if (name === 'blockquote') return 'quote';
    if (name === 'figcaption' || name === 'figure' || name === 'caption') return 'caption';
    if (name === 'pre') return 'pre';
  }
  return 'text';
}
