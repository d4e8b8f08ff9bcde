import { elementsOf, textOf } from '../model/dom.ts';
import { isArticleBody } from './boilerplate.ts';
import { linkShare } from './join.ts';
import type { MeasuredPage, PageBox } from './measure.ts';

const BLOCKS = new Set(['div', 'ul', 'ol', 'table', 'section', 'dl']);

/** Maximum number of items in an author's own list of related stories. The site generates longer lists. */
const MAX_RELATED_LIST_ITEMS = 12;

/** Drops boxes inside the story that hold more links or list items than text. */
export function dropBoilerplateByCount(page: MeasuredPage, container: PageBox): void {
  page.count(container, { name: 'boilerplate-by-count', decide: reasonByCount });
}

/** Maximum length of a box that can be one sentence. */
const MAX_SENTENCE_BOX_CHARS = 500;

/** True for a box with one paragraph that is a sentence. It can be a link, as a whole or in part. */
function isSentence({ element, text, paragraphs, items }: PageBox): boolean {
  if (paragraphs !== 1 || items > 0 || text > MAX_SENTENCE_BOX_CHARS || text < 40) return false;
  return /[.。।]["”»’)\]]*$/.test(textOf(element));
}

/** True for a table of data. A table that only places links has no head cells. */
function hasHeadCells({ element }: PageBox): boolean {
  for (const { name } of elementsOf(element)) if (name === 'th') return true;
  return false;
}

/** Applies the conditions of Mozilla Readability's `_cleanConditionally` to the counts of the box. */
function reasonByCount(box: PageBox): string | undefined {
  if (!BLOCKS.has(box.name) || isArticleBody(box)) return undefined;
  const list = box.name === 'ul' || box.name === 'ol' || box.name === 'dl';
  const weight = box.names.weight;
  const links = linkShare(box);
  if (box.text === 0) return undefined;
  if (box.prose > 400 && links < 0.25) return undefined;
  if (box.quotes > 0 && box.text < 1500) return undefined;
  if (weight < 0 && box.prose < 200 && links > 0.2) return 'named like boilerplate';
  if (box.commas >= 10) return undefined;
  if (box.name === 'table') return links > 0.5 && !hasHeadCells(box) ? 'table of links' : undefined;
  if (!list && weight < 25 && links > 0.3 && !isSentence(box)) return 'mostly links';
  // A short list can name related stories. takeRelatedLists keeps their titles.
  if (links > 0.5 && !(list && box.items <= MAX_RELATED_LIST_ITEMS) && !isSentence(box))
    return 'mostly links';
  if (!list && box.items > box.paragraphs + 100) return 'mostly list items';
  return undefined;
}
