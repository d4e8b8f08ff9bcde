import type { TreeAdapter } from 'parse5';
import { Rejection } from '../../../shared/errors/rejection.ts';
import type { Deadline } from '../model/deadline.ts';
import {
  Attributes,
  append,
  COMMENT,
  ElementNode,
  type NodeMap,
  type ParentNode,
  RootNode,
  TextNode,
  type TreeNode,
} from './nodes.ts';
import type { ElementMender } from './tree-mend.ts';

/** Browsers stop nesting at 512; real pages stay below 100. */
const MAX_DEPTH = 512;

/** No real page has more than one node for each character; mis-nested formatting can make thousands. */
const SPARE_NODES = 1_000;

/** Elements and pieces of text of one document. A thousand bytes of memory each, in the end; large pages have 20,000. */
export const MAX_NODES = 500_000;

/** Thrown by the adapter to leave a parser whose tree has grown out of proportion to its source. */
export class Overgrown extends Error {}

/** @throws Rejection `too-large`, always */
export function refuseNodes(): never {
  throw new Rejection(
    'too-large',
    `The file has more than ${MAX_NODES} elements and pieces of text; no article needs so many.`,
  );
}

/** Where a child stands. The parser asks for late ones nearly always. */
function positionOf({ children }: ParentNode, node: TreeNode): number {
  return children.lastIndexOf(node);
}

/**
 * Builds the extractor's tree under parse5's parser: no comments, no declarations, no links between siblings.
 * @param sourceLength of the text to be parsed, in UTF-16 units
 * @param mender is told of elements
 * @throws Rejection `too-large`, and `too-slow`, from within
 * @throws Overgrown from within, where elements nest too deeply or multiply
 */
export function treeAdapter(
  sourceLength: number,
  deadline: Deadline,
  mender?: ElementMender,
): TreeAdapter<NodeMap> {
  const maxNodes = sourceLength + SPARE_NODES;
  let nodes = 0;
  let depth = 0;
  const grow = () => {
    nodes += 1;
    if (nodes > maxNodes) throw new Overgrown();
    if (nodes > MAX_NODES) refuseNodes();
    deadline.tick();
  };
  return {
    createDocument: () => new RootNode(),
    createDocumentFragment: () => new RootNode(),
    createElement(name, namespace, attrs) {
      grow();
      const element = new ElementNode(name, attrs, namespace);
      mender?.created(element, attrs);
      return element;
    },
    createCommentNode: () => COMMENT,
    createTextNode(value) {
      grow();
      return new TextNode(value);
    },
    appendChild: append,
    insertBefore(parent, node, reference) {
      deadline.tick();
      if (node === COMMENT) return;
      parent.children.splice(positionOf(parent, reference), 0, node);
      node.parent = parent;
    },
    insertText(parent, text) {
      const last = parent.children[parent.children.length - 1];
      if (last?.type === 'text') {
        last.data += text;
        return;
      }
      grow();
      append(parent, new TextNode(text));
    },
    insertTextBefore(parent, text, reference) {
      deadline.tick();
      const at = positionOf(parent, reference);
      const before = parent.children[at - 1];
      if (before?.type === 'text') {
        before.data += text;
        return;
      }
      grow();
      const node = new TextNode(text);
      parent.children.splice(at, 0, node);
      node.parent = parent;
    },
    detachNode(node) {
      deadline.tick();
      const { parent } = node;
      if (!parent) return;
      parent.children.splice(positionOf(parent, node), 1);
      node.parent = null;
    },
    adoptAttributes(recipient, attrs) {
      const attribs = Object.assign(new Attributes(), recipient.attribs);
      for (const { name, value } of attrs) attribs[name] ??= value;
      recipient.attribs = attribs;
    },
    setTemplateContent: append,
    getTemplateContent: element => element.children[0] as RootNode,
    setDocumentType() {},
    setDocumentMode(document, mode) {
      document.mode = mode;
    },
    getDocumentMode: document => document.mode,
    getFirstChild: node => node.children[0] ?? null,
    getChildNodes: node => node.children,
    getParentNode: node => node.parent,
    getAttrList: element =>
      Object.entries(element.attribs).map(([name, value]) => ({ name, value: value ?? '' })),
    getTagName: element => element.name,
    getNamespaceURI: element => element.namespace,
    getTextNodeContent: node => node.data,
    getCommentNodeContent: () => '',
    getDocumentTypeNodeName: () => '',
    getDocumentTypeNodePublicId: () => '',
    getDocumentTypeNodeSystemId: () => '',
    isTextNode: (node): node is TextNode => node.type === 'text',
    isCommentNode: (node): node is TextNode => node === COMMENT,
    isDocumentTypeNode: (_node): _node is TextNode => false,
    isElementNode: (node): node is ElementNode => node instanceof ElementNode,
    setNodeSourceCodeLocation() {},
    getNodeSourceCodeLocation: () => null,
    updateNodeSourceCodeLocation() {},
    onItemPush() {
      depth += 1;
      if (depth > MAX_DEPTH) throw new Overgrown();
    },
    onItemPop(element) {
      depth -= 1;
      mender?.popped(element);
    },
  };
}
