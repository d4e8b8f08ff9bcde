import { html, type Token, type TreeAdapterTypeMap } from 'parse5';
import type { DomNode } from '../model/dom.ts';

/**
 * Attributes by name, without inherited properties. V8 stores `Object.create(null)` as a slow hash table, but
 * not this.
 */
export const Attributes = class {} as unknown as {
  new (): Record<string, string | undefined>;
  prototype: object;
};
Object.setPrototypeOf(Attributes.prototype, null);
Reflect.deleteProperty(Attributes.prototype, 'constructor');

/** Shared by the many elements without attributes or children. */
const NO_ATTRIBUTES: Record<string, string | undefined> = Object.freeze(new Attributes());
const NO_CHILDREN: TreeNode[] = [];
Object.freeze(NO_CHILDREN);

/** An element of the tree. */
export class ElementNode implements DomNode {
  type: 'tag' | 'script' | 'style';
  name: string;
  attribs: Record<string, string | undefined>;
  children: TreeNode[] = NO_CHILDREN;
  parent: ParentNode | null = null;
  namespace: html.NS;

  constructor(name: string, attrs: readonly Token.Attribute[], namespace: html.NS) {
    this.type = name === 'script' || name === 'style' ? name : 'tag';
    this.name = name;
    this.attribs = attrs.length === 0 ? NO_ATTRIBUTES : attributesOf(attrs);
    this.namespace = namespace;
  }

  /** The name that cheerio expects. */
  get tagName(): string {
    return this.name;
  }
}

/** A text node of the tree. */
export class TextNode implements DomNode {
  readonly type = 'text';
  data: string;
  parent: ParentNode | null = null;

  constructor(data: string) {
    this.data = data;
  }
}

/** The document, or the content of a template. */
export class RootNode implements DomNode {
  readonly type = 'root';
  readonly nodeType = 9;
  children: TreeNode[] = NO_CHILDREN;
  parent: ParentNode | null = null;
  mode: html.DOCUMENT_MODE = html.DOCUMENT_MODE.NO_QUIRKS;
}

export type ParentNode = ElementNode | RootNode;
export type TreeNode = ElementNode | TextNode | RootNode;

/** The node types for parse5. */
export interface NodeMap extends TreeAdapterTypeMap {
  node: TreeNode;
  parentNode: ParentNode;
  childNode: TreeNode;
  document: RootNode;
  documentFragment: RootNode;
  element: ElementNode;
  commentNode: TextNode;
  textNode: TextNode;
  template: ElementNode;
  documentType: TextNode;
}

/** Placeholder for every comment. It is never part of a tree. */
export const COMMENT = new TextNode('');

function attributesOf(attrs: readonly Token.Attribute[]): Record<string, string | undefined> {
  const attribs = new Attributes();
  for (const { name, value } of attrs) attribs[name] = value;
  return attribs;
}

/** Makes a node the last child of another one. */
export function append(parent: ParentNode, node: TreeNode): void {
  if (node === COMMENT) return;
  // V8 reserves one place for `[node]` but seventeen for the first push to an empty list.
  if (parent.children.length === 0) parent.children = [node];
  else parent.children.push(node);
  node.parent = parent;
}
