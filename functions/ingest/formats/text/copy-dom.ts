import type { CheerioAPI } from 'cheerio';
import type { Related } from '../../../../shared/model/article.ts';
import {
  type DomNode,
  type Element,
  elementsOf,
  firstElement,
  inCheerio,
  rootOf,
  textOf,
} from '../../model/dom.ts';
import { type Stated, stateAlso } from '../../model/stated.ts';
import { fold } from '../../text/characters.ts';
import type { DateContext } from '../../text/dates.ts';
import { RELATED_LABELS } from '../../words/related-labels.ts';
import { readCopy } from './read-copy.ts';
import { endMark, splitLabel } from './roles.ts';

/** Number of blocks at the top of a document in which a headline, a byline or a date counts. */
const MAX_TOP_BLOCKS = 14;

/** Maximum length, in characters, of a block at the top. A longer block is the story. */
const MAX_TOP_BLOCK_CHARS = 4_000;

/** Number of blocks at the end of a document in which an end mark counts. */
const MAX_END_BLOCKS = 20;

/** Maximum length, in characters, of a block that is read as a line. A longer block is a paragraph. */
const MAX_LINE_CHARS = 80;

/** Maximum number of lists of other stories that are moved out of one file. Further lists stay in the story. */
const MAX_RELATED_LISTS = 20;

/** Maximum number of characters that a warning quotes. */
const MAX_QUOTE_CHARS = 80;

/** Roles of lines in the head of a document whose blocks are removed from the body. */
const HEAD_KINDS = new Set(['headline', 'dek', 'byline', 'date', 'field', 'release', 'credit']);

const BLOCKS = new Set(
  'p h1 h2 h3 h4 h5 h6 li div td th blockquote pre table ul ol hr section article dd dt'.split(' '),
);
const HEADING = /^h[1-6]$/;
const NOTES = 'li[id^="footnote-"], li[id^="endnote-"]';

/** The innermost blocks of a document that hold text, in document order. */
function blocksOf(root: DomNode): Element[] {
  const found: Element[] = [];
  const parents = new Set<DomNode>();
  for (const element of elementsOf(root)) {
    if (!BLOCKS.has(element.name)) continue;
    for (let up = element.parent; up && !parents.has(up); up = up.parent) parents.add(up);
    found.push(element);
  }
  return found.filter(element => !parents.has(element) && textOf(element) !== '');
}

/**
 * Takes headline, dek, byline and dates from the top of a document with paragraphs, by the rules of plain
 * text. Fields that `stated` already has are kept.
 * @param isTermed whether release terms were removed before. A document with release terms is filed copy
 */
export function takeTop(
  $: CheerioAPI,
  stated: Stated,
  context: DateContext,
  warnings: string[],
  isTermed: boolean,
): void {
  const top: Element[] = [];
  for (const block of blocksOf(rootOf($))) {
    const text = textOf(block);
    if (top.length === MAX_TOP_BLOCKS || !/^(?:p|div|h[1-6])$/.test(block.name)) break;
    if (HEADING.test(block.name) && top.length > 0) break;
    if (text.length > MAX_TOP_BLOCK_CHARS || firstElement(block, ({ name }) => name === 'img')) break;
    top.push(block);
  }
  const [first] = top;
  if (!first) return;
  const title = HEADING.test(first.name) ? textOf(first) : undefined;
  if (title && !stated.headline) stated.headline = { text: title, from: 'document' };
  const titled = stated.headline !== undefined;
  // A known headline is put before the lines, so that the first lines are read as lines below a
  // headline.
  const lead = title === undefined && titled ? [stated.headline?.text ?? ''] : [];
  const copy = readCopy(asLines([...lead, ...top.map(block => textOf(block))]), context);
  const { related: _, ...found } = copy.stated;
  const credited = found.authors ?? found.published ?? found.modified ?? (isTermed || undefined);
  if (title === undefined && titled && !credited) {
    if (found.dateline) stated.dateline ??= found.dateline;
    if (first && fold(textOf(first)) === fold(stated.headline?.text ?? '')) inCheerio($, first).remove();
    return;
  }
  stateAlso(stated, found);
  warnings.push(...copy.warnings);
  const taken = copy.taken.filter(({ kind }) => HEAD_KINDS.has(kind)).map(({ text }) => fold(text));
  for (const block of top) {
    const text = fold(textOf(block));
    if (taken.includes(text) || text === fold(stated.headline?.text ?? '')) inCheerio($, block).remove();
  }
}

/** A node with the links to its siblings that cheerio keeps. */
interface LinkedNode extends DomNode {
  prev?: DomNode | null;
  next?: DomNode | null;
}

/** Removes nodes in linear time. cheerio moves the siblings for each removal. */
export function removeNodes(nodes: readonly DomNode[]): void {
  const gone = new Set<LinkedNode>(nodes);
  const parents = new Set([...gone].map(({ parent }) => parent));
  for (const parent of parents) {
    if (!parent?.children) continue;
    const kept = (parent.children as LinkedNode[]).filter(child => !gone.has(child));
    for (const [at, child] of kept.entries()) {
      child.prev = kept[at - 1] ?? null;
      child.next = kept[at + 1] ?? null;
    }
    parent.children = kept;
  }
  for (const node of gone) node.parent = node.prev = node.next = null;
}

/** Writes blocks as lines. Blank lines surround a long block, because it is a paragraph. */
function asLines(texts: readonly string[]): string {
  return texts.map(text => (text.length > MAX_LINE_CHARS ? `\n${text}\n` : text)).join('\n');
}

/** Removes an end mark near the end and everything after it. A warning quotes the text that was removed. */
export function takeEnd($: CheerioAPI, warnings: string[]): void {
  // Footnotes stand below the end mark, but belong to the story.
  const blocks = blocksOf(rootOf($)).filter(block => inCheerio($, block).closest(NOTES).length === 0);
  const from = Math.max(1, blocks.length - MAX_END_BLOCKS);
  const mark = blocks.findIndex((block, at) => at >= from && endMark(textOf(block))?.sure === true);
  if (mark < 0) return;
  const after = blocks.slice(mark + 1);
  for (const block of blocks.slice(mark)) inCheerio($, block).remove();
  const words = after[0] && textOf(after[0]).slice(0, MAX_QUOTE_CHARS);
  if (words) warnings.push(`The text after the end of the story was left out: “${words}”.`);
}

/**
 * Moves lists of other stories, with their label such as “Read also”, from the body into `stated.related`.
 */
export function takeRelated($: CheerioAPI, stated: Stated): void {
  const related: Related[] = [];
  let lists = 0;
  $('body > p, body > h1, body > h2, body > h3, body > h4, body > h5, body > h6').each((_, element) => {
    const label = $(element);
    const list = label.next();
    const { label: words, value } = splitLabel(plain(label.text()));
    if (value || !RELATED_LABELS.has(words) || !list.is('ul, ol')) return true;
    list.children('li').each((_index, item) => {
      const title = plain($(item).text());
      const url = firstElement(
        item as DomNode,
        ({ name, attribs }) => name === 'a' && attribs.href !== undefined,
      )?.attribs.href;
      if (title) related.push({ title, ...(url && /^https?:/i.test(url) ? { url } : {}) });
    });
    list.remove();
    label.remove();
    return ++lists < MAX_RELATED_LISTS;
  });
  if (related.length > 0) stated.related = [...(stated.related ?? []), ...related];
}

function plain(text: string): string {
  return text.replace(/\s/g, ' ').trim();
}
