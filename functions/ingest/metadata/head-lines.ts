import { type DomNode, INLINE, isElement, OPAQUE } from '../model/dom.ts';
import { fold } from '../text/characters.ts';
import { hasOwnByline } from './nearness.ts';

/** Number of lines that are kept before and after the headline. */
const MAX_LINES_BEFORE = 6;
const MAX_LINES_AFTER = 16;

/** Minimum length of a line of prose. The head of a story ends with the second such line. */
const MIN_PROSE_CHARS = 140;
const MAX_PROSE_LINES = 2;

/** Maximum length of a kept line, in UTF-16 units. The beginning of a paragraph is enough. */
const MAX_LINE_CHARS = 240;

/**
 * Returns the lines around the headline: first those after it in order, then those before it, nearest first.
 */
export function headLinesOf(root: DomNode, headline: string, heading: DomNode | undefined): string[] {
  const folded = fold(headline);
  if (folded === '') return [];
  const before: string[] = [];
  let after: string[] | undefined;
  let prose = 0;
  let line = '';
  let inHeading = false;
  const endLine = (): void => {
    const text = line.replace(/\s+/g, ' ').trim();
    line = '';
    const isHeadline = heading ? inHeading : text.length < 400 && fold(text) === folded;
    if (isHeadline && !heading) {
      after = [];
      prose = 0;
    } else if (text === '') {
      return;
    } else if (after) {
      after.push(text);
      if (text.length >= MIN_PROSE_CHARS) prose += 1;
    } else if (!inHeading) {
      before.push(text);
      if (before.length > MAX_LINES_BEFORE) before.shift();
    }
  };
  const stack: (DomNode | 'endLine' | 'heading-endLine')[] = [root];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (at === 'endLine') {
      endLine();
    } else if (at === 'heading-endLine') {
      endLine();
      inHeading = false;
      after = [];
    } else if (at.type === 'text') {
      if (line.length < MAX_LINE_CHARS) line += at.data ?? '';
    } else if (at.children && !OPAQUE.has(at.name ?? '')) {
      const block = isElement(at) && (!INLINE.has(at.name) || at.name === 'br');
      if (block) endLine();
      if (after && (after.length >= MAX_LINES_AFTER || prose >= MAX_PROSE_LINES)) break;
      if (isElement(at) && hasOwnByline(at) && !contains(at, heading)) continue;
      if (at === heading) {
        inHeading = true;
        stack.push('heading-endLine');
      } else if (block) stack.push('endLine');
      for (let index = at.children.length - 1; index >= 0; index -= 1) {
        const child = at.children[index];
        if (child) stack.push(child);
      }
    }
  }
  endLine();
  return [...(after ?? []), ...(after ? before.reverse() : [])].map(text => text.slice(0, MAX_LINE_CHARS));
}

function contains(box: DomNode, node: DomNode | undefined): boolean {
  for (let at: DomNode | null | undefined = node; at; at = at.parent) if (at === box) return true;
  return false;
}
