import type { Token } from 'parse5';
import { type DomNode, INLINE, isElement } from '../model/dom.ts';
import { countLetters } from '../text/characters.ts';
import type { ElementNode, RootNode } from './nodes.ts';

/** Maximum number of letters in an unclosed link. A longer one contains the text after the link. */
const MAX_LINK_LETTERS = 80;

/** Number of letters from which an unclosed control or player contains the story and not only its label. */
const MAX_LABEL_LETTERS = 200;

/**
 * Elements whose content is not part of the story. The tokenizer closes raw text elements such as `script`.
 */
const SWALLOWING_ELEMENTS = new Set(
  'applet audio button canvas datalist dialog figcaption figure map meter object progress select template video'.split(
    ' ',
  ),
);

/** Elements that can belong to a picture or its caption. */
const PICTURE_ELEMENTS = new Set([
  ...INLINE,
  'figcaption',
  'figure',
  'noscript',
  'picture',
  'script',
  'style',
]);

/**
 * Repairs elements without an end tag, which would swallow the text after them. Browsers reopen an unclosed
 * link in each following paragraph. Other unclosed elements hide their content. The repairer observes the
 * tree while the parser builds it, and changes it in `finish`.
 */
export class ElementRepairer {
  /** The elements of the last opened link. The parser makes several elements for one unclosed link. */
  #link: ElementNode[] = [];
  #attributes: readonly Token.Attribute[] | undefined;
  readonly #openLinks: (readonly ElementNode[])[] = [];
  /** Name of the end tag that the parser is processing. */
  #ending = '';
  /** Elements without an end tag, in the order of their start tags. */
  readonly #unclosed = new Set<ElementNode>();

  /**
   * Records a new element.
   * @param attributes attributes of its tag; all elements that one tag makes have the same list
   */
  created(element: ElementNode, attributes: readonly Token.Attribute[]): void {
    if (SWALLOWING_ELEMENTS.has(element.name)) this.#unclosed.add(element);
    if (element.name !== 'a') return;
    if (attributes !== this.#attributes) {
      this.#endLink();
      this.#attributes = attributes;
    }
    this.#link.push(element);
  }

  /** Records that the parser begins to process an end tag. */
  beforeEndTag(name: string): void {
    this.#ending = name;
    if (name !== 'a') return;
    this.#link = [];
    this.#attributes = undefined;
  }

  /** Records that the parser has processed an end tag. */
  afterEndTag(): void {
    this.#ending = '';
  }

  /** Records that an element is complete. */
  completed(element: ElementNode | RootNode): void {
    if (this.#unclosed.size === 0 || element.type === 'root') return;
    if (element.name === this.#ending) this.#unclosed.delete(element);
  }

  /** Repairs the tree. It must be called after the tree is complete. */
  finish(): void {
    this.#endLink();
    for (const link of this.#openLinks) {
      for (const [index, element] of link.entries())
        if (index > 0 || !isShortLine(element)) delete element.attribs.href;
    }
    for (const element of this.#unclosed) {
      if (lettersUpTo(element, MAX_LABEL_LETTERS) >= MAX_LABEL_LETTERS) this.#release(element);
    }
  }

  #release(element: ElementNode): void {
    const { name, parent, children } = element;
    if (name === 'figcaption' && !(parent?.type === 'tag' && this.#unclosed.has(parent))) return;
    if (name === 'figcaption' || name === 'figure') {
      const first = children.findIndex(child => isElement(child) && !PICTURE_ELEMENTS.has(child.name));
      if (first >= 0) moveAfter(name === 'figure' ? element : parent, element, first);
    } else {
      const content = children[0]?.type === 'root' ? children[0] : element;
      for (const child of content.children)
        if (child.type === 'tag' && OPTION_ELEMENTS.has(child.name)) child.name = 'p';
      moveAfter(element, content, 0);
    }
  }

  #endLink(): void {
    if (this.#link[0]?.attribs.href !== undefined) this.#openLinks.push(this.#link);
    this.#link = [];
  }
}

/** True if the element holds only a few words without blocks. */
function isShortLine(element: DomNode): boolean {
  let letters = 0;
  for (const node of nodesOf(element)) {
    if (node !== element && isElement(node) && !INLINE.has(node.name)) return false;
    if (node.type === 'text') letters += countLetters(node.data ?? '');
    if (letters > MAX_LINK_LETTERS) return false;
  }
  return true;
}

function lettersUpTo(element: DomNode, maxLetters: number): number {
  let letters = 0;
  for (const node of nodesOf(element)) {
    if (node.type === 'text') letters += countLetters(node.data ?? '');
    if (letters >= maxLetters) break;
  }
  return letters;
}

/** Yields a node and its descendants, in no particular order. */
function* nodesOf(from: DomNode): Generator<DomNode> {
  const stack = [from];
  for (let node = stack.pop(); node; node = stack.pop()) {
    yield node;
    for (const child of node.children ?? []) stack.push(child);
  }
}

/** Elements that become paragraphs outside their list. */
const OPTION_ELEMENTS = new Set(['option', 'optgroup']);

/** Moves the children of `from`, starting at index `first`, to the place after `target`. */
function moveAfter(target: ElementNode | RootNode | null, from: ElementNode | RootNode, first: number): void {
  const parent = target?.parent;
  if (!target || !parent) return;
  const moved = from.children.slice(first);
  from.children = from.children.slice(0, first);
  for (const child of moved) child.parent = parent;
  const at = parent.children.indexOf(target) + 1;
  parent.children = parent.children.slice(0, at).concat(moved, parent.children.slice(at));
}
