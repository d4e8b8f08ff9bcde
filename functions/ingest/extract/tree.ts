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
