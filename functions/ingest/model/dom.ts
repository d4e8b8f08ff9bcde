import type { Cheerio, CheerioAPI } from 'cheerio';
import { collapse } from '../text/characters.ts';

/**
 * A node of the DOM. It has the shape of domhandler's nodes without their classes, so that every tree builder
 * can make it.
 */
export interface DomNode {
  type: string;
  parent: DomNode | null;
  name?: string;
  data?: string;
  attribs?: Record<string, string | undefined>;
  children?: DomNode[];
}

export interface Element extends DomNode {
  name: string;
  attribs: Record<string, string | undefined>;
  children: DomNode[];
}

/** The document node of a cheerio object. */
export function rootOf($: CheerioAPI): DomNode {
  return $.root()[0] as unknown as DomNode;
}

/** Wraps a node in a cheerio object, for code that uses cheerio. */
export function inCheerio($: CheerioAPI, node: DomNode): Cheerio<never> {
  return $(node as never);
}

export function isElement(node: DomNode | null | undefined): node is Element {
  return node?.attribs !== undefined && node.children !== undefined && node.name !== undefined;
}

/**
 * Whether a node is an anchor with an address. An anchor with only a name is a target of links, and its
 * content is text.
 */
export function isLink(node: DomNode): boolean {
  return node.name === 'a' && node.attribs?.href !== undefined;
}

/** Elements whose content is active or is never text of the document. */
export const OPAQUE = new Set(
  `script style template noscript head title svg math iframe object embed applet canvas audio video select option
   optgroup textarea datalist button input param source track map area frame frameset noframes noembed meta link base
   xmp plaintext progress meter dialog portal`.split(/\s+/),
);

/** Elements that stand within a line of text. */
export const INLINE = new Set(
  `a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr picture q rb rp rt rtc
   ruby s samp small span strike strong sub sup time tt u var wbr br`.split(/\s+/),
);

/**
 * The text below a node as one line. Blocks and line breaks become spaces.
 * @param skip returns true for a subtree to leave out; {@link OPAQUE} elements are always left out
 */
export function textOf(node: DomNode, skip?: (node: DomNode) => boolean): string {
  const parts: string[] = [];
  const stack: (DomNode | ' ')[] = [node];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (at === ' ') {
      parts.push(' ');
    } else if (at.type === 'text') {
      parts.push(at.data ?? '');
    } else if (at.children && !skip?.(at) && (at === node || !OPAQUE.has(at.name ?? ''))) {
      const space = isElement(at) && (!INLINE.has(at.name) || at.name === 'br');
      if (space) stack.push(' ');
      for (let index = at.children.length - 1; index >= 0; index -= 1) {
        const child = at.children[index];
        if (child) stack.push(child);
      }
      if (space) stack.push(' ');
    }
  }
  return collapse(parts.join(''));
}

/**
 * The elements below a node in document order.
 * @param into returns false for an element whose descendants are left out
 */
export function* elementsOf(node: DomNode, into?: (element: Element) => boolean): Generator<Element> {
  const stack: DomNode[] = [];
  const push = (parent: DomNode) => {
    const children = parent.children ?? [];
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const child = children[index];
      if (child?.children) stack.push(child);
    }
  };
  push(node);
  for (let at = stack.pop(); at; at = stack.pop()) {
    if (isElement(at)) {
      yield at;
      if (into && !into(at)) continue;
    }
    push(at);
  }
}

/**
 * The first element below a node that is wanted. `find` of cheerio takes quadratic time for a node with many children.
 */
export function firstElement(node: DomNode, isWanted: (element: Element) => boolean): Element | undefined {
  for (const element of elementsOf(node)) if (isWanted(element)) return element;
  return undefined;
}
