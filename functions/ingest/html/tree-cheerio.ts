import type { CheerioAPI } from 'cheerio';
import { load } from 'cheerio/slim';
import type { DomNode } from '../model/dom.ts';

/** A node with the links between siblings that cheerio needs. */
interface LinkedNode extends DomNode {
  children?: LinkedNode[];
  prev?: LinkedNode | null;
  next?: LinkedNode | null;
}

/** Returns a cheerio object for a parsed tree. Changes through it change the tree. */
export function cheerioOf(root: DomNode): CheerioAPI {
  const stack: LinkedNode[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (!node.children) continue;
    // Nodes without children or attributes share one frozen value, which cheerio must not change.
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
