import { html, type Token, TokenizerMode } from 'parse5';
import type { Deadline } from '../model/deadline.ts';
import type { DomNode } from '../model/dom.ts';
import { append, ElementNode, RootNode, TextNode } from './nodes.ts';
import { FastTokenizer, type UnclosedKind } from './tokenizer.ts';
import { MAX_TREE_NODES, refuseNodes } from './tree-adapter.ts';
import { ElementRepairer } from './tree-repair.ts';

/** A parsed document. */
export interface ParsedHtml {
  root: DomNode;
  /** True if the markup nests so badly that only the flat parser could read it. */
  flattened: boolean;
  /** Kinds of unclosed markup that were repaired. */
  repaired: ReadonlySet<UnclosedKind>;
  /** Comments that can contain a part of the story. */
  swallowed: readonly string[];
}

/** Maximum number of open elements. No list or quotation that a person wrote is deeper. */
const MAX_FLAT_DEPTH = 64;

const VOID_ELEMENTS = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);
const CLOSES_PARAGRAPH = new Set(
  `address article aside blockquote center details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header
   hr main menu nav ol p pre section table ul`.split(/\s+/),
);
const SELF_CLOSING = new Set('a li dd dt option p td th tr'.split(' '));
const RAW_TEXT_MODES = new Map([
  ['script', TokenizerMode.SCRIPT_DATA],
  ['style', TokenizerMode.RAWTEXT],
  ['xmp', TokenizerMode.RAWTEXT],
  ['iframe', TokenizerMode.RAWTEXT],
  ['noembed', TokenizerMode.RAWTEXT],
  ['noframes', TokenizerMode.RAWTEXT],
  ['noscript', TokenizerMode.RAWTEXT],
  ['title', TokenizerMode.RCDATA],
  ['textarea', TokenizerMode.RCDATA],
  ['plaintext', TokenizerMode.PLAINTEXT],
]);

/**
 * Parses HTML into a shallow tree in linear time. It does not reopen formatting elements and limits the
 * depth. It reads the sources for which the standard's algorithm takes too much time or memory.
 * @throws Rejection `too-slow`, or `too-large` for too many elements
 */
export function parseFlat(source: string, deadline: Deadline): Omit<ParsedHtml, 'flattened'> {
  const root = new RootNode();
  const stack: (RootNode | ElementNode)[] = [root];
  let nodes = 0;
  const add = (node: ElementNode | TextNode) => {
    nodes += 1;
    if (nodes > MAX_TREE_NODES) refuseNodes();
    append(top(), node);
  };
  const top = () => stack[stack.length - 1] ?? root;
  const isIn = (name: string) => {
    const parent = top();
    return parent.type !== 'root' && parent.name === name;
  };

  const close = (name: string) => {
    for (let index = stack.length - 1; index > 0; index -= 1) {
      const open = stack[index];
      if (open?.type === 'root' || open?.name !== name) continue;
      stack.length = index;
      return;
    }
  };
  const text = (token: Token.CharacterToken) => {
    const parent = top();
    const last = parent.children[parent.children.length - 1];
    if (last?.type === 'text') last.data += token.chars;
    else add(new TextNode(token.chars));
  };
  const repairer = new ElementRepairer();
  const tokenizer = new FastTokenizer(
    {
      onStartTag(token) {
        const name = token.tagName;
        if (CLOSES_PARAGRAPH.has(name) && isIn('p')) stack.pop();
        if (SELF_CLOSING.has(name) && isIn(name)) stack.pop();
        const mode = RAW_TEXT_MODES.get(name);
        const isVoid = VOID_ELEMENTS.has(name);
        // Below the maximum depth only text is kept. Raw text keeps its element, or code would become words.
        if (!isVoid && stack.length >= MAX_FLAT_DEPTH && mode === undefined) return;
        const element = new ElementNode(name, token.attrs, html.NS.HTML);
        repairer.created(element, token.attrs);
        add(element);
        if (mode !== undefined) tokenizer.state = mode;
        if (!isVoid) stack.push(element);
      },
      onEndTag: token => close(token.tagName),
      onCharacter: text,
      onWhitespaceCharacter: text,
      onComment() {},
      onDoctype() {},
      onEof() {},
    },
    deadline,
    repairer,
  );
  tokenizer.read(source);
  repairer.finish();
  return { root, repaired: tokenizer.repaired, swallowed: tokenizer.swallowed };
}
