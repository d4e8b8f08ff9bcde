import { childrenOf } from './join.ts';
import type { MeasuredPage, PageBox } from './measure.ts';
import { topicsOf } from './topics.ts';

/** Maximum length of a notice. */
const MAX_NOTICE_CHARS = 1500;

/** Maximum length of a notice per topic that it speaks of. */
const MAX_CHARS_PER_TOPIC = 140;

/** Maximum share of the page's prose in a notice. */
const MAX_PROSE_SHARE = 0.4;

/**
 * Drops boxes that ask for consent or offer subscriptions. Such a box has two or more lines, is about little but
 * accounts, prices and privacy, and stands beside boxes that are about something else.
 */
export function dropNotices(page: MeasuredPage): void {
  const prose = page.boxes[0]?.prose ?? 0;
  let isDropped = false;
  for (let index = 0; index < page.boxes.length; index += 1) {
    const box = page.boxes[index];
    if (!box || box.dropped || !isSmallBox(box) || box.prose > prose * MAX_PROSE_SHARE || !isNotice(box))
      continue;
    const siblings = box.parent ? childrenOf(page, box.parent) : [];
    const { name, attribs } = box.element;
    const alike = siblings.filter(
      ({ element, text }) => text > 0 && element.name === name && element.attribs.class === attribs.class,
    );
    if (alike.some(sibling => sibling !== box && !isNotice(sibling))) continue;
    page.drop([box.element], 'notices', 'asks for consent or offers a subscription');
    isDropped = true;
    index = box.end - 1;
  }
  if (isDropped) page.count();
}

/** True for a box of at least two blocks. */
function isSmallBox({ inline, own, text, paragraphs, items, headings }: PageBox): boolean {
  if (inline || text > MAX_NOTICE_CHARS || text < 40) return false;
  return own < text && paragraphs + items + (headings > 0 ? 1 : 0) >= 2;
}

function isNotice(box: PageBox): boolean {
  const topics = topicsOf(box);
  return topics >= 2 && box.text <= topics * MAX_CHARS_PER_TOPIC;
}
