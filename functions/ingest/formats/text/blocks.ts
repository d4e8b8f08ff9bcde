import { isFull, type Layout } from './layout.ts';
import { type CopyLine, dividesWord, endsSentence, endsWithStop, joinLines, startsLower } from './lines.ts';
import { isSeparator, type Mark } from './marks.ts';

/** A block of copy. It becomes one HTML element. */
export interface Block {
  /** `lines` is a paragraph whose lines stay apart, such as a stanza or a list of ingredients. */
  kind: 'paragraph' | 'lines' | 'heading' | 'item' | 'quote' | 'separator';
  text: string;
  /** Index of the block's first line. */
  at: number;
  /** Number of lines in the block. */
  lines: number;
  /** Whether the line above is blank or missing. */
  blankBefore: boolean;
  /** Whether the line below is blank or missing. */
  blankAfter: boolean;
  /** Columns of white space before the first line. */
  indent: number;
  /** Columns of all the block's lines together. */
  width: number;
  mark?: Mark | undefined;
}

/**
 * Minimum width, in columns, of the first half of a paragraph that is broken in mid-sentence. A shorter line
 * is a heading or a name.
 */
const MIN_BROKEN_COLUMNS = 40;

/** The same minimum if the second half begins with a capital. Such a line may also begin a new paragraph. */
const MIN_BROKEN_BEFORE_CAPITAL_COLUMNS = 100;

/** Indexes of lines that do not continue a paragraph. */
export interface FixedLines {
  /** Lines that are complete, such as a byline. */
  alone: ReadonlySet<number>;
  /** First lines of a block that may continue below, such as a caption. */
  first: ReadonlySet<number>;
}

/**
 * Gathers lines into blocks.
 * @param marks the mark of each line, by index
 * @param layout the layout of the whole file
 */
export function gatherBlocks(
  lines: readonly CopyLine[],
  marks: readonly (Mark | undefined)[],
  layout: Layout,
  { alone, first }: FixedLines,
): Block[] {
  const blocks: Block[] = [];
  let current: Block | undefined;
  let last: CopyLine | undefined;
  let lastAlone = false;
  // `settled` is the block's text up to its last line, `tail` the rest. Joining reads only `tail`, because
  // reading the whole text for each line would take quadratic time.
  let settled = '';
  let tail = '';
  for (const [at, line] of lines.entries()) {
    if (line.blank) {
      if (current) current.blankAfter = true;
      current = undefined;
      continue;
    }
    const mark =
      alone.has(at) || !current || !last ? marks[at] : markInContext(marks[at], current, last, line, layout);
    if (mark?.kind === 'quote' && !mark.text) {
      current = undefined;
      continue;
    }
    const joins =
      current &&
      last &&
      !lastAlone &&
      !alone.has(at) &&
      !first.has(at) &&
      continues(current, last, line, mark, layout);
    if (current && joins) {
      const next = mark?.text ?? line.text;
      const joined = joinLines(tail, next);
      current.text = settled + joined;
      if (next) settled += joined.slice(0, -next.length);
      tail = next || joined;
      current.width += line.width;
      current.lines++;
    } else {
      current = open(at, line, mark, blocks.length === 0 || (lines[at - 1]?.blank ?? true));
      blocks.push(current);
      settled = '';
      tail = current.text;
    }
    last = line;
    lastAlone = alone.has(at);
  }
  const end = blocks.at(-1);
  if (end) end.blankAfter = true;
  return blocks;
}

function open(at: number, line: CopyLine, mark: Mark | undefined, blankBefore: boolean): Block {
  const kind = !mark
    ? isSeparator(line.text)
      ? 'separator'
      : 'paragraph'
    : mark.kind === 'quote'
      ? 'quote'
      : 'item';
  const text = mark?.text ?? line.text;
  const { indent, width } = line;
  return { kind, text, at, lines: 1, blankBefore, blankAfter: false, indent, width, mark };
}

/** Drops the mark of a line that wrapping made begin with a dash or a number. */
function markInContext(
  mark: Mark | undefined,
  current: Block,
  last: CopyLine,
  line: CopyLine,
  layout: Layout,
): Mark | undefined {
  if (!mark || mark.kind === 'quote' || !layout.wrap || current.kind !== 'paragraph') return mark;
  const wrapped = line.indent <= last.indent && isFull(last, line, layout.wrap) && !endsSentence(last.text);
  return wrapped ? undefined : mark;
}

function continues(
  current: Block,
  last: CopyLine,
  line: CopyLine,
  mark: Mark | undefined,
  layout: Layout,
): boolean {
  if (current.kind === 'separator' || isSeparator(line.text)) return false;
  if (dividesWord(last.text, line.text)) return true;
  if (mark) return mark.kind === 'quote' && current.kind === 'quote' && !isBrokenOff(last, line);
  if (current.kind === 'quote') return layout.wrap !== undefined && !endsSentence(last.text);
  if (current.kind === 'item') return continuesItem(current, last, line, layout);
  if (!layout.wrap) return isBroken(current, last, line, layout);
  if (layout.indent !== undefined && line.indent >= layout.indent) return false;
  if (isFull(last, line, layout.wrap)) return !(endsWithStop(last.text) && line.indent > last.indent + 1);
  return !endsSentence(last.text) && startsLower(line.text);
}

/** Whether two quoted lines are separate paragraphs: one is long, and the first ends a sentence. */
function isBrokenOff(last: CopyLine, line: CopyLine): boolean {
  return endsWithStop(last.text) && (last.width > 100 || line.width > 100);
}

function continuesItem(current: Block, last: CopyLine, line: CopyLine, layout: Layout): boolean {
  if (line.indent > current.indent) return !(layout.paragraphIndents.has(line.indent) && !layout.wrap);
  if (!layout.wrap || line.indent < current.indent || line.indent >= (layout.indent ?? Infinity))
    return false;
  return isFull(last, line, layout.wrap) && !endsWithStop(last.text);
}

/** Whether a line is the second half of a broken sentence, in a file with one paragraph per line. */
function isBroken(current: Block, last: CopyLine, line: CopyLine, layout: Layout): boolean {
  // Only the last line of the block is read, because the block's text may be long.
  if (current.width < MIN_BROKEN_COLUMNS || endsSentence(last.text)) return false;
  if (startsLower(line.text)) return /[\p{L}\p{M}\p{N},’'”"»)–—-]$/u.test(last.text);
  // A new paragraph begins with a capital too. So the line must be long and its file punctuated. The first
  // line is excluded because it may be a dek.
  if (
    !layout.punctuated ||
    current.at === 0 ||
    current.width < MIN_BROKEN_BEFORE_CAPITAL_COLUMNS ||
    line.width < MIN_BROKEN_COLUMNS
  )
    return false;
  return /[\p{L}\p{M}\p{N},]$/u.test(last.text) && /^[\p{L}\p{N}«“"'‘„(]/u.test(line.text);
}

/** The words of a block as the copy has them, including the number of an item. */
export function writtenText({ mark, text }: Block): string {
  return mark?.kind === 'number' ? `${mark.mark} ${text}` : text;
}
