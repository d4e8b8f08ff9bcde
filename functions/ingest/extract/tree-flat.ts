import { type Token, Tokenizer, TokenizerMode } from 'parse5';
import type { Deadline } from './deadline.ts';
import type { DomNode } from './dom.ts';

/** Deep enough for any list or quotation that a person wrote. */
const MAX_DEPTH = 64;

const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
const CLOSES_PARAGRAPH = new Set(
  `address article aside blockquote center details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header
   hr main menu nav ol p pre section table ul`.split(/\s+/),
);
const SELF_CLOSING = new Set('li dd dt option p td th tr'.split(' '));
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

interface FlatNode {
  type: 'root' | 'tag' | 'script' | 'style' | 'text';
  nodeType: number;
  name?: string;
  data?: string;
  attribs?: Record<string, string>;
  children?: FlatNode[];
  parent: FlatNode | null;
  prev: FlatNode | null;
  next: FlatNode | null;
}

/**
 * Reads HTML token by token into a shallow tree: no formatting is reopened, nothing nests deeper than a
 * few dozen levels, and the cost is linear whatever the markup. For what the real algorithm cannot stomach.
 */
export function parseFlat(html: string, deadline: Deadline): DomNode {
  const root = node('root');
  const stack: FlatNode[] = [root];
  const top = () => stack[stack.length - 1] ?? root;

  const close = (name: string) => {
    for (let index = stack.length - 1; index > 0; index -= 1) {
      if (stack[index]?.name !== name) continue;
      stack.length = index;
      return;
    }
  };
  const text = (token: Token.CharacterToken) => {
    const parent = top();
    const last = parent.children?.at(-1);
    if (last?.type === 'text') last.data += token.chars;
    else append(parent, { ...node('text'), data: token.chars });
  };
  const tokenizer = new Tokenizer(
    {},
    {
      onStartTag(token) {
        deadline.tick();
        const name = token.tagName;
        if (CLOSES_PARAGRAPH.has(name) && top().name === 'p') stack.pop();
        if (SELF_CLOSING.has(name) && top().name === name) stack.pop();
        const element = tag(name, token.attrs);
        append(top(), element);
        const mode = RAW.get(name);
        if (mode !== undefined) tokenizer.state = mode;
        // Raw text must have its element open, or a script's code would be read as words.
        if (!VOID.has(name) && (stack.length < MAX_DEPTH || mode !== undefined)) stack.push(element);
      },
      onEndTag(token) {
        deadline.tick();
        close(token.tagName);
      },
      onCharacter: text,
      onWhitespaceCharacter: text,
      onNullCharacter: () => {},
      onComment: () => {},
      onDoctype: () => {},
      onEof: () => {},
    },
  );
  tokenizer.write(html, true);
  return root;
}

function node(type: FlatNode['type']): FlatNode {
  const made: FlatNode = {
    type,
    nodeType: type === 'text' ? 3 : type === 'root' ? 9 : 1,
    parent: null,
    prev: null,
    next: null,
  };
  if (type !== 'text') made.children = [];
  return made;
}

function tag(name: string, attrs: readonly { name: string; value: string }[]): FlatNode {
  const attribs: Record<string, string> = Object.create(null);
  for (const attr of attrs) attribs[attr.name] = attr.value;
  return { ...node(name === 'script' || name === 'style' ? name : 'tag'), name, attribs };
}

function append(parent: FlatNode, child: FlatNode): void {
  const last = parent.children?.at(-1);
  if (last) {
    last.next = child;
    child.prev = last;
  }
  child.parent = parent;
  parent.children?.push(child);
}
