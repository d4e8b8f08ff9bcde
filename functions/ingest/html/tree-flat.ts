import { html, type Token, TokenizerMode } from 'parse5';
import type { Deadline } from '../model/deadline.ts';
import type { DomNode } from '../model/dom.ts';
import { append, ElementNode, RootNode, TextNode } from './nodes.ts';
import { FastTokenizer, type Unclosed } from './tokenizer.ts';
import { MAX_NODES, refuseNodes } from './tree-adapter.ts';
import { ElementMender } from './tree-mend.ts';

/** A parsed document. */
export interface ParsedHtml {
  root: DomNode;
  /** The markup was nested so badly that only a flat reading of it was safe. */
  flattened: boolean;
  /** What was closed where its author had not. */
  mended: ReadonlySet<Unclosed>;
  /** Comments that may have taken in a part of the story. */
  swallowed: readonly string[];
}

/** Deep enough for any list or quotation that a person wrote. */
const MAX_DEPTH = 64;

const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
const CLOSES_PARAGRAPH = new Set(
  `address article aside blockquote center details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header
   hr main menu nav ol p pre section table ul`.split(/\s+/),
);
const SELF_CLOSING = new Set('a li dd dt option p td th tr'.split(' '));
const RAW = new Map([
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
 * Reads HTML token by token into a shallow tree: no formatting is reopened, nothing nests deeper than a
 * few dozen levels, and the cost is linear whatever the markup. For what the real algorithm cannot stomach.
 * @throws Rejection `too-slow`, or `too-large` where there are too many elements
 */
export function parseFlat(source: string, deadline: Deadline): Omit<ParsedHtml, 'flattened'> {
  const root = new RootNode();
  const stack: (RootNode | ElementNode)[] = [root];
  let nodes = 0;
  const add = (node: ElementNode | TextNode) => {
    nodes += 1;
    if (nodes > MAX_NODES) refuseNodes();
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
  const mender = new ElementMender();
  const tokenizer = new FastTokenizer(
    {
      onStartTag(token) {
        const name = token.tagName;
        if (CLOSES_PARAGRAPH.has(name) && isIn('p')) stack.pop();
        if (SELF_CLOSING.has(name) && isIn(name)) stack.pop();
        const mode = RAW.get(name);
        const isVoid = VOID.has(name);
        // Below the last level there is only text. Raw text must have its element, or code would be read as words.
        if (!isVoid && stack.length >= MAX_DEPTH && mode === undefined) return;
        const element = new ElementNode(name, token.attrs, html.NS.HTML);
        mender.created(element, token.attrs);
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
    mender,
  );
  tokenizer.read(source);
  mender.finish();
  return { root, mended: tokenizer.mended, swallowed: tokenizer.swallowed };
}
