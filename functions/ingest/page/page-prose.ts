import { CODE_ELEMENTS, SWALLOWING_ELEMENTS, shownLines } from '../html/shown-text.ts';
import { type Element, INLINE, isElement } from '../model/dom.ts';
import { countLetters } from '../text/characters.ts';
import { isBoilerplate } from './boilerplate.ts';
import type { Box, Page } from './measure.ts';

/** A line of a page with so many letters is prose and not a label. */
const MIN_PROSE_LETTERS = 60;

/** The same in scripts whose letters are words. */
const MIN_PROSE_IDEOGRAPHS = 25;

const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/**
 * What a page says that may be its story: the prose outside navigation, footers, comments and whatever else no story is in. All
 * that is left out of an article on a good page is of such kinds, or short, or linked.
 */
export function pageProse(page: Page): string {
  const others = new Set<Box>();
  const lines: string[] = [];
  for (let index = 0; index < page.boxes.length; index += 1) {
    const box = page.boxes[index];
    if (!box) break;
    if (isBoilerplate(box)) {
      others.add(box);
      index = box.end - 1;
    } else if (!box.inline && box.own - box.ownLinks >= MIN_PROSE_IDEOGRAPHS) {
      lines.push(
        ...shownLines(box.element, child => isElement(child) && !INLINE.has(child.name)).filter(isProse),
      );
    }
  }
  for (const { element, holder } of page.opaque)
    if (mayHoldProse(element) && !isWithin(holder, others))
      lines.push(...shownLines(element).filter(isProse));
  return lines.join('\n');
}

function isWithin(holder: Box | undefined, others: ReadonlySet<Box>): boolean {
  for (let box = holder; box; box = box.parent) if (others.has(box)) return true;
  return false;
}

/** Scripts are long and many: only one that took in paragraphs has their end tags. */
function mayHoldProse({ name, children }: Element): boolean {
  return SWALLOWING_ELEMENTS.has(name)
    ? children[0]?.data?.includes('</p') === true
    : !CODE_ELEMENTS.has(name);
}

function isProse(text: string): boolean {
  const letters = countLetters(text);
  if (letters >= MIN_PROSE_LETTERS) return true;
  return letters >= MIN_PROSE_IDEOGRAPHS && (text.match(IDEOGRAPHS)?.length ?? 0) * 2 > letters;
}
