import type { Token } from 'parse5';
import { type DomNode, INLINE, isElement } from '../model/dom.ts';
import { countLetters } from '../text/characters.ts';
import type { ElementNode, RootNode } from './nodes.ts';

/** Letters of a link that nobody closed: more are not the words of a link, but of what follows it. */
const MAX_LINK_LETTERS = 80;

/** Letters in a control or a player that nobody closed: more are not its label, but the story. */
const MAX_LABEL_LETTERS = 200;

/** Elements whose content is no part of the story. Texts such as `script` are not among them: the tokenizer ends those. */
const SWALLOWING = new Set(
  'applet audio button canvas datalist dialog figcaption figure map meter object progress select template video'.split(
    ' ',
  ),
);

/** What belongs to a picture, and the lines of its caption. */
const OF_PICTURE = new Set([...INLINE, 'figcaption', 'figure', 'noscript', 'picture', 'script', 'style']);

/**
 * Takes back what elements without an end tag have taken in: links, which browsers open again in each paragraph that
 * follows, and elements whose content is not shown. It is told of the tree while that is built, and changes it at the end.
 */
export class ElementMender {
  /** The elements of the link that was opened last: browsers open one link several times. */
  #link: ElementNode[] = [];
  #attributes: readonly Token.Attribute[] | undefined;
  readonly #openLinks: (readonly ElementNode[])[] = [];
  /** Name of the end tag that is being worked on. */
  #ending = '';
  /** Elements that no end tag has closed, in the order of their start tags. */
  readonly #unclosed = new Set<ElementNode>();

  /** @param attributes of its tag: the same list for each element that the tag makes */
  created(element: ElementNode, attributes: readonly Token.Attribute[]): void {
    if (SWALLOWING.has(element.name)) this.#unclosed.add(element);
    if (element.name !== 'a') return;
    if (attributes !== this.#attributes) {
      this.#endLink();
      this.#attributes = attributes;
    }
    this.#link.push(element);
  }

  beforeEndTag(name: string): void {
    this.#ending = name;
    if (name !== 'a') return;
    this.#link = [];
    this.#attributes = undefined;
  }

  afterEndTag(): void {
    this.#ending = '';
  }

  /** An element is complete. */
  popped(element: ElementNode | RootNode): void {
    if (this.#unclosed.size === 0 || element.type === 'root') return;
    if (element.name === this.#ending) this.#unclosed.delete(element);
  }

  /** Changes the tree; to be called when it is complete. */
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
      const first = children.findIndex(child => isElement(child) && !OF_PICTURE.has(child.name));
      if (first >= 0) moveBehind(name === 'figure' ? element : parent, element, first);
    } else {
      const content = children[0]?.type === 'root' ? children[0] : element;
      for (const child of content.children)
        if (child.type === 'tag' && OPTIONS.has(child.name)) child.name = 'p';
      moveBehind(element, content, 0);
    }
  }

  #endLink(): void {
    if (this.#link[0]?.attribs.href !== undefined) this.#openLinks.push(this.#link);
    this.#link = [];
  }
}

/** True of an element that holds some words of one line and nothing else. */
function isShortLine(element: DomNode): boolean {
  let letters = 0;
  for (const node of nodesOf(element)) {
    if (node !== element && isElement(node) && !INLINE.has(node.name)) return false;
    if (node.type === 'text') letters += countLetters(node.data ?? '');
    if (letters > MAX_LINK_LETTERS) return false;
  }
  return true;
}

function lettersUpTo(element: DomNode, most: number): number {
  let letters = 0;
  for (const node of nodesOf(element)) {
    if (node.type === 'text') letters += countLetters(node.data ?? '');
    if (letters >= most) break;
  }
  return letters;
}

/** A node and all below it, in no order that matters. */
function* nodesOf(from: DomNode): Generator<DomNode> {
  const stack = [from];
  for (let node = stack.pop(); node; node = stack.pop()) {
    yield node;
    for (const child of node.children ?? []) stack.push(child);
  }
}

/** Without its list an option is a line of text. */
const OPTIONS = new Set(['option', 'optgroup']);

/** Moves the children of an element, from one of them on, behind another element. */
function moveBehind(place: ElementNode | RootNode | null, from: ElementNode | RootNode, first: number): void {
  const parent = place?.parent;
  if (!place || !parent) return;
  const moved = from.children.slice(first);
  from.children = from.children.slice(0, first);
  for (const child of moved) child.parent = parent;
  const at = parent.children.indexOf(place) + 1;
  parent.children = parent.children.slice(0, at).concat(moved, parent.children.slice(at));
}
