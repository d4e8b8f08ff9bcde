import type { CheerioAPI } from 'cheerio';
import { collapse } from '../text/characters.ts';

/**
 * The DOM as the extractor sees it: the shape that domhandler's nodes have, without their classes, so that a
 * tree from any builder will do.
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

export function isElement(node: DomNode | null | undefined): node is Element {
  return node?.attribs !== undefined && node.children !== undefined && node.name !== undefined;
}

/** True of an anchor that leads somewhere; one with a name alone is a place, and what stands in it is text. */
export function isLink(node: DomNode): boolean {
  return node.name === 'a' && node.attribs?.href !== undefined;
}

/** Elements whose content is never words of the document, or is active. */
export const OPAQUE = new Set(
  `script style template noscript head title svg math iframe object embed applet canvas audio video select option
   optgroup textarea datalist button input param source track map area frame frameset noframes noembed meta link base
   xmp plaintext progress meter dialog portal`.split(/\s+/),
);

/** Elements that flow within a line. */
export const INLINE = new Set(
  `a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr picture q rb rp rt rtc
   ruby s samp small span strike strong sub sup time tt u var wbr br`.split(/\s+/),
);

/**
 * Text below a node with blocks and line breaks as spaces, one line.
 * @param skip subtrees to leave out, besides {@link OPAQUE} ones
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

/** Elements below a node in document order, each once; a subtree is left out where `into` says no. */
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
