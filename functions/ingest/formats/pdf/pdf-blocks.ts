import { escapeAttribute, escapeText } from '../../../../shared/text/escape.ts';
import { dividesWord, endsSentence, joinLines, measure, startsLower } from '../text/lines.ts';
import { autolink } from '../text/links.ts';
import { findMarks, type Mark } from '../text/marks.ts';
import { isCompound, wordsIn } from '../text/pages.ts';
import { isReleaseLine } from '../text/roles.ts';
import { mainOf, type PdfLine, type Run } from './pdf-lines.ts';

/** A paragraph, a heading or an item of a list. */
interface Block {
  kind: 'paragraph' | 'heading' | 'headline' | 'dek';
  lines: PdfLine[];
  runs: Run[];
  text: string;
  mark?: Mark | undefined;
}

/** What is usual in a text: most of its characters are set so. */
interface Usual {
  size: number;
  font: string;
  /** Usual distance of base lines, by font size. */
  leadings: ReadonlyMap<number, number>;
  words: ReadonlySet<string>;
}

/** Minimum indent of a first line, as a share of the font size. */
const MIN_INDENT = 0.8;

/** Maximum difference of two edges that are the same, as a share of the font size. */
const SAME_EDGE = 0.35;

/** Minimum distance of base lines between paragraphs, as a multiple of the usual distance. */
const MIN_PARAGRAPH_GAP = 1.2;

/**
 * Maximum usual distance of base lines, as a multiple of the font size: of the text, which can be double-spaced, and of
 * other sizes, which have few lines.
 */
const MAX_USUAL_LEADING = 3;
const MAX_LEADING = 1.6;

/** Minimum share of the distances of a font size that its usual distance has. */
const MIN_LEADING_SHARE = 0.15;

/** Number of lines above and below that show how wide a column is. */
const NEAR_LINES = 6;

/** Minimum room at the end of a line that ends within a sentence, as a share of the column, for a forced break. */
const MIN_ROOM = 0.3;
const MIN_ROOM_IN_SENTENCE = 0.5;

/** Minimum font size of a heading, as a multiple of the usual size. */
const MIN_HEADING_SIZE = 1.12;

/** Maximum length of a heading and of a heading in another font, in characters. */
const MAX_HEADING_CHARS = 250;
const MAX_FONT_HEADING_CHARS = 120;

/** Minimum length of the first paragraph of the story, in characters. The headline stands above it. */
const MIN_STORY_CHARS = 160;

/** Maximum number of blocks above the headline. */
const MAX_BLOCKS_ABOVE = 14;

/** Minimum number of words of a headline that has the size of the text. */
const MIN_HEADLINE_WORDS = 3;

/** Minimum number of words of a dek. Fewer words are a name or a heading. */
const MIN_DEK_WORDS = 5;

/** A line that is no headline: a label with its value, an address, a date or a number alone. */
const FACT_LINE = /:\s|:$|@|https?:|www\.|^\P{L}*\d[\d\s./-]*\p{L}*[\d\s.,/-]*$/u;

/** Writes the lines of a story as HTML. Also returns the words that it shows. */
export function linesToHtml(lines: readonly PdfLine[]): { html: string; shown: string } {
  const usual = usualOf(lines);
  const blocks = blocksOf(lines, usual);
  const marks = findMarks(blocks.map(({ text }) => measure(text)));
  for (const [index, block] of blocks.entries()) {
    block.mark = marks[index]?.kind === 'quote' ? undefined : marks[index];
    if (!block.mark && isHeading(block, blocks[index + 1], usual)) block.kind = 'heading';
  }
  const kept = withHeadline(blocks, usual);
  return {
    html: htmlOf(kept, usual),
    shown: kept.map(({ text }) => text).join('\n'),
  };
}

function usualOf(lines: readonly PdfLine[]): Usual {
  const size = mainOf(lines, line => line.size) ?? 0;
  const font =
    mainOf(
      lines.filter(line => line.size === size),
      line => line.font,
    ) ?? '';
  const distances = new Map<number, number[]>();
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (!before || !isBelow(before, line) || before.size !== line.size) continue;
    const known = distances.get(line.size) ?? [];
    known.push(line.y - before.y);
    distances.set(line.size, known);
  }
  const leadings = new Map<number, number>();
  for (const [each, found] of distances) {
    found.sort((a, b) => a - b);
    leadings.set(each, leadingOf(found));
  }
  return { size, font, leadings, words: wordsIn(lines.map(({ text }) => text)) };
}

/** The smallest distance that is not rare. */
function leadingOf(sorted: readonly number[]): number {
  let from = 0;
  for (let at = 0; at < sorted.length; at += 1) {
    if ((sorted[at] ?? 0) > (sorted[from] ?? 0) + 0.6) from = at;
    if (at - from + 1 >= MIN_LEADING_SHARE * sorted.length) return sorted[from] ?? 0;
  }
  return sorted[0] ?? 0;
}

function isBelow(before: PdfLine, line: PdfLine): boolean {
  return before.page === line.page && before.region === line.region && line.y > before.y;
}

function blocksOf(lines: readonly PdfLine[], usual: Usual): Block[] {
  const blocks: Block[] = [];
  const isItem = (line: PdfLine | undefined) => line !== undefined && markOf(line) !== undefined;
  for (const [index, line] of lines.entries()) {
    const block = blocks.at(-1);
    const before = block?.lines.at(-1);
    const joins =
      block !== undefined &&
      before !== undefined &&
      !isItem(line) &&
      (isBelow(before, line)
        ? isItem(block.lines[0])
          ? continuesItem(block, line, usual)
          : continues(lines, index, block, usual)
        : continuesElsewhere(before, line));
    if (joins) {
      block.lines.push(line);
      addRuns(block, line, usual.words);
    } else
      blocks.push({
        kind: 'paragraph',
        lines: [line],
        runs: line.runs.map(run => ({ ...run })),
        text: line.text,
      });
  }
  for (const block of blocks) block.text = block.runs.map(({ text }) => text).join('');
  return blocks;
}

/** The mark of an item that no sentence begins with. Dashes are judged later, with all blocks. */
function markOf({ text }: PdfLine): Mark | undefined {
  const [mark] = findMarks([measure(text)]);
  return mark?.kind === 'bullet' && !/^[-–—*+·]/.test(mark.mark) ? mark : undefined;
}

function hasGap(before: PdfLine, line: PdfLine, { leadings, size }: Usual): boolean {
  const max = (line.size === size ? MAX_USUAL_LEADING : MAX_LEADING) * line.size;
  const leading = Math.min(leadings.get(line.size) ?? max, max);
  return line.y - before.y > MIN_PARAGRAPH_GAP * Math.max(leading, line.size);
}

function isSameSize(before: PdfLine, line: PdfLine): boolean {
  return Math.abs(before.size - line.size) <= line.size / 20;
}

function continuesItem(block: Block, line: PdfLine, usual: Usual): boolean {
  const [first] = block.lines;
  const before = block.lines.at(-1);
  if (!first || !before || line.isRow || !isSameSize(before, line) || hasGap(before, line, usual))
    return false;
  return line.start > first.start + SAME_EDGE * line.size || startsLower(line.text);
}

/** Whether a line continues a paragraph that began above it in the same column. */
function continues(lines: readonly PdfLine[], index: number, block: Block, usual: Usual): boolean {
  const line = lines[index];
  const before = block.lines.at(-1);
  if (!line || !before || line.isRow || before.isRow) return false;
  if (!isSameSize(before, line) || hasGap(before, line, usual)) return false;
  const isLarge = line.size >= MIN_HEADING_SIZE * usual.size;
  if (isLarge) return true;
  if (line.font !== before.font && isAlone(before, line)) return false;
  const indent = line.start - before.start;
  const next = lines[index + 1];
  const near = nearLines(lines, index);
  if (!isCentred(before, line)) {
    const hangs =
      next !== undefined && isBelow(line, next) && Math.abs(next.start - line.start) < SAME_EDGE * line.size;
    if (indent > MIN_INDENT * line.size && !(hangs && block.lines.length === 1 && isFull(before, line, near)))
      return false;
    const isSecond = block.lines.length === 1;
    if (indent < -MIN_INDENT * line.size && !isSecond) return false;
  }
  return isFull(before, line, near);
}

/** Whether a line in another font than the next is set apart: it is bold, and the next line is not. */
function isAlone(before: PdfLine, line: PdfLine): boolean {
  return !startsLower(line.text) && !/[,-]$/.test(before.text);
}

function nearLines(lines: readonly PdfLine[], index: number): PdfLine[] {
  const line = lines[index];
  return lines
    .slice(Math.max(0, index - NEAR_LINES), index + NEAR_LINES + 1)
    .filter(each => line && each.page === line.page && each.region === line.region && isSameSize(each, line));
}

function isCentred(before: PdfLine, line: PdfLine): boolean {
  const middle = (each: PdfLine) => (each.start + each.end) / 2;
  return (
    Math.abs(middle(before) - middle(line)) < SAME_EDGE * line.size &&
    Math.abs(before.start - line.start) > SAME_EDGE * line.size
  );
}

/** Whether a line had no room for the first word of the next line. Otherwise its author has ended it. */
function isFull(before: PdfLine, line: PdfLine, near: readonly PdfLine[]): boolean {
  const left = Math.min(...near.map(({ start }) => start));
  const right = Math.max(...near.map(({ end }) => end));
  const room = isCentred(before, line) ? right - left - (before.end - before.start) : right - before.end;
  const [word = ''] = line.text.split(/\s/, 1);
  const width = ((line.end - line.start) * (word.length + 1)) / Math.max(1, line.text.length);
  if (room <= width + SAME_EDGE * line.size) return true;
  if (endsSentence(before.text)) return false;
  return room < (startsLower(line.text) ? MIN_ROOM_IN_SENTENCE : MIN_ROOM) * (right - left);
}

/** Whether a paragraph continues in the next column or on the next page. */
function continuesElsewhere(before: PdfLine, line: PdfLine): boolean {
  if (line.isRow || before.isRow || !isSameSize(before, line) || before.font !== line.font) return false;
  return (
    !endsSentence(before.text) &&
    (startsLower(line.text) || /[,\p{L}\p{N}-]$/u.test(before.text)) &&
    isLong(before)
  );
}

/** Minimum length, in characters, of a line that continues elsewhere. A shorter line is a heading or a name. */
const MIN_CONTINUED_CHARS = 25;

function isLong({ text }: PdfLine): boolean {
  return text.length >= MIN_CONTINUED_CHARS;
}

/** Adds a line to a paragraph. A word that was divided at the end of the line is joined. */
function addRuns(block: Block, line: PdfLine, words: ReadonlySet<string>): void {
  const last = block.runs.at(-1);
  const [first, ...rest] = line.runs;
  if (!last || !first) return;
  const tail = /[^\s]*$/.exec(last.text)?.[0] ?? '';
  let joined = joinLines(last.text, first.text);
  if (dividesWord(last.text, first.text) && !last.text.endsWith('\u00ad')) {
    const before = /[\p{L}\p{M}]+(?=[-‐]$)/u.exec(tail)?.[0].toLowerCase() ?? '';
    const after = /^\p{Ll}[\p{L}\p{M}-]*/u.exec(first.text)?.[0] ?? '';
    if (before && !isCompound(before, after, words)) joined = last.text.slice(0, -1) + first.text;
  }
  const added = joined.length - first.text.length;
  if (last.href === first.href) last.text = joined;
  else {
    last.text = joined.slice(0, added);
    block.runs.push({ ...first });
  }
  block.runs.push(...rest.map(run => ({ ...run })));
}

/** Whether a block is a heading: it is larger than the text, or short, in another font and above text. */
function isHeading(block: Block, next: Block | undefined, usual: Usual): boolean {
  const [line] = block.lines;
  if (!line || !/\p{L}/u.test(block.text) || block.lines.some(({ isRow }) => isRow)) return false;
  if (line.size >= MIN_HEADING_SIZE * usual.size) return block.text.length <= MAX_HEADING_CHARS;
  const isOther =
    block.lines.every(each => each.font !== usual.font) && isSameSize(line, { ...line, size: usual.size });
  if (!isOther || block.text.length > MAX_FONT_HEADING_CHARS || endsSentence(block.text)) return false;
  return next?.lines[0]?.font === usual.font && next.text.length > block.text.length;
}

/** Finds the headline above the story, and a dek below it. Labels such as “Press release” above it are left out. */
function withHeadline(blocks: readonly Block[], usual: Usual): Block[] {
  const story = blocks.findIndex(({ kind, text }) => kind === 'paragraph' && text.length >= MIN_STORY_CHARS);
  const top = blocks.slice(0, story < 0 ? MAX_BLOCKS_ABOVE : Math.min(story, MAX_BLOCKS_ABOVE));
  const able = top.filter(
    ({ kind, text }) => kind === 'heading' && !isReleaseLine(text) && !FACT_LINE.test(text),
  );
  const sizeOf = (block: Block) => block.lines[0]?.size ?? 0;
  const largest = Math.max(...able.map(sizeOf));
  const isLarge = largest >= MIN_HEADING_SIZE * usual.size;
  const headline = able.find(
    block => sizeOf(block) === largest && (isLarge || block.text.split(/\s+/).length >= MIN_HEADLINE_WORDS),
  );
  if (!headline) return [...blocks];
  headline.kind = 'headline';
  const at = blocks.indexOf(headline);
  for (const block of top.slice(0, at)) block.kind = 'paragraph';
  for (const [index, block] of top.slice(at + 1).entries()) {
    if (block.kind !== 'heading') break;
    const isShort = block.text.split(/\s+/).length < MIN_DEK_WORDS;
    if (FACT_LINE.test(block.text) || isShort) block.kind = 'paragraph';
    else if (index === 0 && sizeOf(block) < largest) block.kind = 'dek';
    else break;
  }
  return blocks.filter((block, index) => index > at || !isReleaseLine(block.text));
}

function htmlOf(blocks: readonly Block[], usual: Usual): string {
  const sizes = [...new Set(blocks.filter(({ kind }) => kind === 'heading').map(sizeOfBlock))].sort(
    (a, b) => b - a,
  );
  const html: string[] = [];
  let open: 'ul' | 'ol' | undefined;
  for (const block of blocks) {
    const list = block.mark && (block.mark.kind === 'number' ? 'ol' : 'ul');
    if (open && open !== list) html.push(`</${open}>`);
    if (list && open !== list) {
      const start = block.mark?.number ?? 1;
      html.push(list === 'ol' && start !== 1 ? `<ol start="${start}">` : `<${list}>`);
    }
    open = list;
    html.push(elementOf(block, sizes, usual));
  }
  if (open) html.push(`</${open}>`);
  return html.join('\n');
}

function sizeOfBlock({ lines }: Block): number {
  return lines[0]?.size ?? 0;
}

function elementOf(block: Block, sizes: readonly number[], usual: Usual): string {
  const { kind, mark, text } = block;
  if (kind === 'headline') return `<h1 class="headline">${escapeText(text)}</h1>`;
  if (kind === 'dek') return `<p class="dek">${escapeText(text)}</p>`;
  const inside = htmlOfRuns(mark ? withoutMark(block, mark) : block.runs);
  if (kind === 'heading') {
    const level = sizeOfBlock(block) > usual.size ? Math.min(2 + sizes.indexOf(sizeOfBlock(block)), 3) : 3;
    return `<h${sizes.length > 1 ? level : 2}>${inside}</h${sizes.length > 1 ? level : 2}>`;
  }
  return mark ? `<li>${inside}</li>` : `<p>${inside}</p>`;
}

function withoutMark({ runs, text }: Block, mark: Mark): Run[] {
  let left = text.length - mark.text.length;
  return runs.map(run => {
    const cut = Math.min(left, run.text.length);
    left -= cut;
    return { ...run, text: run.text.slice(cut) };
  });
}

function htmlOfRuns(runs: readonly Run[]): string {
  return runs
    .map(({ text, href }) =>
      href === undefined ? autolink(text) : `<a href="${escapeAttribute(href)}">${escapeText(text)}</a>`,
    )
    .join('');
}
