import { CODE_ELEMENTS, SWALLOWING_ELEMENTS, shownLines } from '../html/shown-text.ts';
import { type Element, INLINE, isElement } from '../model/dom.ts';
import { information } from '../text/characters.ts';
import { isBoilerplate } from './boxes/boilerplate.ts';
import type { MeasuredPage, PageBox } from './boxes/measure.ts';

/** Minimum length of a line of prose. A shorter line is a label. */
const MIN_PROSE_CHARS = 70;

/**
 * Returns the prose of a page outside navigation, footers, comments and other boilerplate, one line per
 * paragraph. The check for lost words compares it with the article. Labels and linked lines are left out,
 * because a correct article does not have them either.
 */
export function pageProse(page: MeasuredPage): string {
  const boilerplate = new Set<PageBox>();
  const lines: string[] = [];
  for (let index = 0; index < page.boxes.length; index += 1) {
    const box = page.boxes[index];
    if (!box) break;
    if (isBoilerplate(box)) {
      boilerplate.add(box);
      index = box.end - 1;
    } else if (!box.inline && box.own - box.ownLinks >= MIN_PROSE_CHARS) {
      lines.push(
        ...shownLines(box.element, child => isElement(child) && !INLINE.has(child.name)).filter(isProse),
      );
    }
  }
  for (const { element, parent } of page.opaque)
    if (mayHoldProse(element) && !isWithin(parent, boilerplate))
      lines.push(...shownLines(element).filter(isProse));
  return lines.join('\n');
}

function isWithin(parent: PageBox | undefined, boilerplate: ReadonlySet<PageBox>): boolean {
  for (let box = parent; box; box = box.parent) if (boilerplate.has(box)) return true;
  return false;
}

/**
 * Opaque elements without code can hold prose. An unclosed script swallows paragraphs with their end tags.
 */
function mayHoldProse({ name, children }: Element): boolean {
  return SWALLOWING_ELEMENTS.has(name)
    ? children[0]?.data?.includes('</p') === true
    : !CODE_ELEMENTS.has(name);
}

function isProse(text: string): boolean {
  return information(text) >= MIN_PROSE_CHARS;
}
