import type { CheerioAPI } from 'cheerio';
import { load } from 'cheerio/slim';
import { Parser, type Tokenizer } from 'parse5';
import { Deadline } from './deadline.ts';
import type { DomNode } from './dom.ts';
import { FastTokenizer } from './tokenizer.ts';
import { parseFlat } from './tree-flat.ts';
import { type NodeMap, Overgrown, treeAdapter } from './tree-nodes.ts';

/** A parsed document; `flattened` where its markup was nested so badly that only a flat reading of it was safe. */
export interface ParsedHtml {
  root: DomNode;
  flattened: boolean;
}

/**
 * Parses HTML as browsers do (WHATWG tree construction), without comments. Markup that would nest too deeply or
 * multiply is read flat instead.
 * @throws Rejection `too-slow`, or `too-large` where there are too many elements
 */
export function parseHtml(source: string, deadline: Deadline = new Deadline(20)): ParsedHtml {
  // The tokenizer knows no NULs. In text, where they matter, the parser would ignore them.
  const html = source.includes('\0') ? source.replaceAll('\0', '') : source;
  try {
    const parser = new Parser<NodeMap>({ treeAdapter: treeAdapter(html.length, deadline) });
    const tokenizer = new FastTokenizer(parser, deadline);
    parser.tokenizer = tokenizer as unknown as Tokenizer;
    tokenizer.read(html);
    return { root: parser.document, flattened: false };
  } catch (error) {
    if (!(error instanceof Overgrown)) throw error;
    return { root: parseFlat(html, deadline), flattened: true };
  }
}

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
