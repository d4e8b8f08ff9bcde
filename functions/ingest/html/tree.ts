import { Parser, type Tokenizer } from 'parse5';
import { Deadline } from '../model/deadline.ts';
import type { NodeMap } from './nodes.ts';
import { FastTokenizer } from './tokenizer.ts';
import { TreeLimitExceeded, treeAdapter } from './tree-adapter.ts';
import { type ParsedHtml, parseFlat } from './tree-flat.ts';
import { ElementRepairer } from './tree-repair.ts';

export interface ParseHtmlOptions {
  /** Whether unclosed markup is repaired. Browsers lose the words after it. Default: true. */
  repairs?: boolean;
}

/**
 * Parses HTML as browsers do (WHATWG tree construction), without comments. Markup that nests too deeply or
 * multiplies is read by the flat parser.
 * @throws Rejection `too-slow`, or `too-large` for too many elements
 */
export function parseHtml(
  source: string,
  deadline: Deadline = new Deadline(20),
  { repairs = true }: ParseHtmlOptions = {},
): ParsedHtml {
  // The tokenizer does not support NUL characters. The parser ignores them in text.
  const html = source.includes('\0') ? source.replaceAll('\0', '') : source;
  const repairer = repairs ? new ElementRepairer() : undefined;
  try {
    const parser = new Parser<NodeMap>({ treeAdapter: treeAdapter(html.length, deadline, repairer) });
    const tokenizer = new FastTokenizer(parser, deadline, repairer);
    parser.tokenizer = tokenizer as unknown as Tokenizer;
    tokenizer.read(html);
    repairer?.finish();
    const { repaired, swallowed } = tokenizer;
    return { root: parser.document, flattened: false, repaired, swallowed };
  } catch (error) {
    if (!(error instanceof TreeLimitExceeded)) throw error;
    return { ...parseFlat(html, deadline), flattened: true };
  }
}
