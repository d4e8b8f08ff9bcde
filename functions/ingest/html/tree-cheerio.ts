import type { CheerioAPI } from 'cheerio';
import { load } from 'cheerio/slim';
import type { DomNode } from '../model/dom.ts';

/** A node as cheerio wants it. */
interface LinkedNode extends DomNode {
  children?: LinkedNode[];
  prev?: LinkedNode | null;
  next?: LinkedNode | null;
}

/** A cheerio object for a parsed tree, which may then be changed by it. */
export function cheerioOf(root: DomNode): CheerioAPI {
  const stack: LinkedNode[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (!node.children) continue;
    // Nodes without any share theirs until now.
    if (node.children.length === 0) node.children = [];
    if (node.attribs && Object.isFrozen(node.attribs)) node.attribs = Object.create(null);
    let prev: LinkedNode | null = null;
    for (const child of node.children) {
      child.prev = prev;
      child.next = null;
      if (prev) prev.next = child;
      prev = child;
      stack.push(child);
    }
  }
  return load(root as unknown as Parameters<typeof load>[0]);
}
