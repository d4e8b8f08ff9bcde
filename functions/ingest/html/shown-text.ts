import { type DomNode, INLINE, isElement } from '../model/dom.ts';
import { swallowedText } from './unclosed.ts';

/** Elements whose text is for machines, or is no text of the document. */
export const CODE_ELEMENTS = new Set('script style head iframe noembed noframes'.split(' '));

/** Code that may have taken in a part of the page. */
export const SWALLOWING_ELEMENTS = new Set(['script', 'style']);

/** Markup that the tree holds as text. */
const RAW = new Set('noscript textarea xmp'.split(' '));

const TAGS = /<[^<>]*>/g;

/** All that a document says, a block a line. */
export function documentText(root: DomNode): string {
  return shownLines(root).join('\n');
}

/** Lines of text below a node, without the nodes that `skip` names. */
export function shownLines(root: DomNode, skip?: (node: DomNode) => boolean): string[] {
  const lines: string[] = [];
  let line = '';
  const end = () => {
    if (line !== '') lines.push(line);
    line = '';
  };
  const stack: (DomNode | undefined)[] = [root];
  while (stack.length > 0) {
    const node = stack.pop();
    if (!node) end();
    else if (node.type === 'text') line += textOfNode(node);
    else if (SWALLOWING_ELEMENTS.has(node.name ?? ''))
      lines.push(...swallowedText(node.children?.[0]?.data ?? '').split('\n'));
    else if (node.children && !CODE_ELEMENTS.has(node.name ?? '') && (node === root || !skip?.(node))) {
      const isBlock = isElement(node) && !INLINE.has(node.name);
      if (isBlock || node.name === 'br') end();
      if (isBlock) stack.push(undefined);
      for (let index = node.children.length - 1; index >= 0; index -= 1) stack.push(node.children[index]);
    }
  }
  end();
  return lines;
}

function textOfNode({ data = '', parent }: DomNode): string {
  return RAW.has(parent?.name ?? '') ? data.replace(TAGS, '\n') : data;
}
