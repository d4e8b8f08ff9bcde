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
import type { ElementRepairer } from './tree-repair.ts';

/** Browsers stop nesting at 512 open elements. Real pages stay below 100. */
const MAX_OPEN_ELEMENTS = 512;

/**
 * Nodes that are allowed beyond one per character. Real pages have fewer, but mis-nested formatting
 * multiplies nodes.
 */
const SPARE_NODES = 1_000;

/**
 * Maximum number of nodes of one document. A node takes about 1,000 bytes of memory. Large pages have 20,000.
 */
export const MAX_TREE_NODES = 500_000;

/** Stops a parser whose tree nests too deeply or is too large for its source. */
export class TreeLimitExceeded extends Error {}

/** Always throws. @throws Rejection `too-large` */
export function refuseNodes(): never {
  throw new Rejection(
    'too-large',
    `The file has more than ${MAX_TREE_NODES} elements and pieces of text. No article needs so many.`,
  );
}

/**
 * Returns the index of a child. The search starts at the end because the parser asks mostly for late
 * children.
 */
function indexOfChild({ children }: ParentNode, node: TreeNode): number {
  return children.lastIndexOf(node);
}

/**
 * Returns an adapter with which parse5's parser builds the extractor's tree. The tree has no comments,
 * declarations or links between siblings.
 * @param sourceLength length of the source in UTF-16 units
 * @param repairer receives each element when it is created and when it is complete
 * @throws Rejection `too-large` or `too-slow`, from the adapter's functions
 * @throws TreeLimitExceeded from the adapter's functions, if elements nest too deeply or multiply
 */
export function treeAdapter(
  sourceLength: number,
  deadline: Deadline,
  repairer?: ElementRepairer,
): TreeAdapter<NodeMap> {
  const maxNodes = sourceLength + SPARE_NODES;
  let nodes = 0;
  let depth = 0;
  const countNode = () => {
    nodes += 1;
    if (nodes > maxNodes) throw new TreeLimitExceeded();
    if (nodes > MAX_TREE_NODES) refuseNodes();
    deadline.tick();
  };
  return {
    createDocument: () => new RootNode(),
    createDocumentFragment: () => new RootNode(),
    createElement(name, namespace, attrs) {
      countNode();
      const element = new ElementNode(name, attrs, namespace);
      repairer?.created(element, attrs);
      return element;
    },
    createCommentNode: () => COMMENT,
    createTextNode(value) {
      countNode();
      return new TextNode(value);
    },
    appendChild: append,
    insertBefore(parent, node, reference) {
      deadline.tick();
      if (node === COMMENT) return;
      parent.children.splice(indexOfChild(parent, reference), 0, node);
      node.parent = parent;
    },
    insertText(parent, text) {
      const last = parent.children[parent.children.length - 1];
      if (last?.type === 'text') {
        last.data += text;
        return;
      }
      countNode();
      append(parent, new TextNode(text));
    },
    insertTextBefore(parent, text, reference) {
      deadline.tick();
      const at = indexOfChild(parent, reference);
      const before = parent.children[at - 1];
      if (before?.type === 'text') {
        before.data += text;
        return;
      }
      countNode();
      const node = new TextNode(text);
      parent.children.splice(at, 0, node);
      node.parent = parent;
    },
    detachNode(node) {
      deadline.tick();
      const { parent } = node;
      if (!parent) return;
      parent.children.splice(indexOfChild(parent, node), 1);
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
      if (depth > MAX_OPEN_ELEMENTS) throw new TreeLimitExceeded();
    },
    onItemPop(element) {
      depth -= 1;
      repairer?.completed(element);
    },
  };
}
