import { isArticleBody } from './boilerplate.ts';
import { linkShare } from './join.ts';
import type { Box, Page } from './measure.ts';

const BLOCKS = new Set(['div', 'ul', 'ol', 'table', 'section', 'dl']);

/** Lists with more items are made by machines. */
const SHORT_LIST = 12;

/** Drops boxes inside the story that look like lists of links, galleries or forms rather than like text. */
export function dropClutter(page: Page, container: Box): void {
  page.count(container, { name: 'clutter', decide: clutter });
}

/** The reasons Readability found worth having, on counts instead of searches. */
function clutter(box: Box): string | undefined {
  if (!BLOCKS.has(box.name) || isArticleBody(box)) return undefined;
  const list = box.name === 'ul' || box.name === 'ol' || box.name === 'dl';
  const weight = box.names.weight;
  const links = linkShare(box);
  if (box.text === 0) return undefined;
  if (box.prose > 400 && links < 0.25) return undefined;
  if (box.quotes > 0 && box.text < 1500) return undefined;
  if (weight < 0 && box.prose < 200 && links > 0.2) return 'named like clutter';
  if (box.commas >= 10) return undefined;
  if (box.name === 'table') return links > 0.5 ? 'table of links' : undefined;
  if (!list && weight < 25 && links > 0.3) return 'mostly links';
  // A short list may be one of related stories: a later step keeps their titles.
  if (links > 0.5 && !(list && box.items <= SHORT_LIST)) return 'mostly links';
  if (!list && box.items > box.paragraphs + 100) return 'mostly list items';
  return undefined;
}
