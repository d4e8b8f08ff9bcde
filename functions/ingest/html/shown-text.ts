import { type DomNode, INLINE, isElement } from '../model/dom.ts';
import { swallowedText } from './unclosed.ts';

/** Elements whose text is code or not part of the document. */
export const CODE_ELEMENTS = new Set('script style head iframe noembed noframes'.split(' '));

/** Code elements that can swallow a part of the page if their end tag is missing. */
export const SWALLOWING_ELEMENTS = new Set(['script', 'style']);

/** Elements whose markup is in the tree as text. */
const RAW_TEXT_ELEMENTS = new Set('noscript textarea xmp'.split(' '));

const TAGS = /<[^<>]*>/g;

/** Returns the text of a document, one line per block. */
export function documentText(root: DomNode): string {
  return shownLines(root).join('\n');
}

/** Returns the lines of text below a node, without the subtrees for which `skip` returns true. */
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
  return RAW_TEXT_ELEMENTS.has(parent?.name ?? '') ? data.replace(TAGS, '\n') : data;
}
