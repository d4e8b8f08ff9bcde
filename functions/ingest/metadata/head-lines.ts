import { type DomNode, INLINE, isElement, OPAQUE } from '../model/dom.ts';
import { fold } from '../text/characters.ts';
import { isElsewhere } from './nearness.ts';

/** Lines before and behind the headline that are kept. */
const BEFORE = 6;
const AFTER = 16;

/** A line of so many characters is prose; the head of a story ends with the second. */
const PROSE = 140;
const MAX_PROSE = 2;

/** Longest line that is kept, in UTF-16 units: the beginning of a paragraph is enough. */
const MAX_LINE = 240;

/** The lines about a headline: those behind it in order, then those before it, nearest first. */
export function headLinesOf(root: DomNode, headline: string, heading: DomNode | undefined): string[] {
  const folded = fold(headline);
  if (folded === '') return [];
  const before: string[] = [];
  let after: string[] | undefined;
  let prose = 0;
  let line = '';
  let inHeading = false;
  const end = (): void => {
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
      if (text.length >= PROSE) prose += 1;
    } else if (!inHeading) {
      before.push(text);
      if (before.length > BEFORE) before.shift();
    }
  };
  const stack: (DomNode | 'end' | 'heading-end')[] = [root];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (at === 'end') {
      end();
    } else if (at === 'heading-end') {
      end();
      inHeading = false;
      after = [];
    } else if (at.type === 'text') {
      if (line.length < MAX_LINE) line += at.data ?? '';
    } else if (at.children && !OPAQUE.has(at.name ?? '')) {
      const block = isElement(at) && (!INLINE.has(at.name) || at.name === 'br');
      if (block) end();
      if (after && (after.length >= AFTER || prose >= MAX_PROSE)) break;
      if (isElement(at) && isElsewhere(at) && !contains(at, heading)) continue;
      if (at === heading) {
        inHeading = true;
        stack.push('heading-end');
      } else if (block) stack.push('end');
      for (let index = at.children.length - 1; index >= 0; index -= 1) {
        const child = at.children[index];
        if (child) stack.push(child);
      }
    }
  }
  end();
  return [...(after ?? []), ...(after ? before.reverse() : [])].map(text => text.slice(0, MAX_LINE));
}

function contains(box: DomNode, node: DomNode | undefined): boolean {
  for (let at: DomNode | null | undefined = node; at; at = at.parent) if (at === box) return true;
  return false;
}
