import { Parser, type Tokenizer } from 'parse5';
import { Deadline } from '../model/deadline.ts';
import type { NodeMap } from './nodes.ts';
import { FastTokenizer } from './tokenizer.ts';
import { Overgrown, treeAdapter } from './tree-adapter.ts';
import { type ParsedHtml, parseFlat } from './tree-flat.ts';
import { ElementMender } from './tree-mend.ts';

export interface ParseHtmlOptions {
  /** Whether the words are kept that markup without an end would take with it; browsers lose them. */
  mends?: boolean;
}

/**
 * Parses HTML as browsers do (WHATWG tree construction), without comments. Markup that would nest too deeply or
 * multiply is read flat instead.
 * @throws Rejection `too-slow`, or `too-large` where there are too many elements
 */
export function parseHtml(
  source: string,
  deadline: Deadline = new Deadline(20),
  { mends = true }: ParseHtmlOptions = {},
): ParsedHtml {
  // The tokenizer knows no NULs. In text, where they matter, the parser would ignore them.
  const html = source.includes('\0') ? source.replaceAll('\0', '') : source;
  const mender = mends ? new ElementMender() : undefined;
  try {
    const parser = new Parser<NodeMap>({ treeAdapter: treeAdapter(html.length, deadline, mender) });
    const tokenizer = new FastTokenizer(parser, deadline, mender);
    parser.tokenizer = tokenizer as unknown as Tokenizer;
    tokenizer.read(html);
    mender?.finish();
    const { mended, swallowed } = tokenizer;
    return { root: parser.document, flattened: false, mended, swallowed };
  } catch (error) {
    if (!(error instanceof Overgrown)) throw error;
    return { ...parseFlat(html, deadline), flattened: true };
  }
}
