import { isFull, type Layout } from './layout.ts';
import { endsSentence, endsWithStop, joinLines, type Line, startsLower } from './lines.ts';
import { isSeparator, type Mark } from './marks.ts';

/** A block of copy: what will be one element. */
export interface Block {
  kind: 'paragraph' | 'heading' | 'item' | 'quote' | 'separator';
  text: string;
  /** Index of its first line, and how many it was made of. */
  at: number;
  lines: number;
  /** Whether the line above, and the line below, is blank or not there. */
  blankBefore: boolean;
  blankAfter: boolean;
  /** Columns before its first line, its width, and of its mark if it has one. */
  indent: number;
  width: number;
  mark?: Mark | undefined;
}

/** Shortest first half of a paragraph that is broken in mid-sentence; what is shorter is a heading or a name. */
const BROKEN_MIN = 40;

/** The same where the second half begins with a capital, which says less. */
const BROKEN_CAPITAL_MIN = 100;

/** Lines that are known not to be part of a paragraph. */
export interface Fixed {
  /** Complete in themselves, such as a byline. */
  alone: ReadonlySet<number>;
  /** The first line of something, such as a caption. */
  first: ReadonlySet<number>;
}

/** Gathers lines into blocks. */
export function gatherBlocks(
  lines: readonly Line[],
  marks: readonly (Mark | undefined)[],
  layout: Layout,
  { alone, first }: Fixed,
): Block[] {
  const blocks: Block[] = [];
  let current: Block | undefined;
  let last: Line | undefined;
  let lastAlone = false;
  // The block's text up to its last line, and from there: to look at the whole for each line would take quadratic time.
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

function open(at: number, line: Line, mark: Mark | undefined, blankBefore: boolean): Block {
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

/** A dash or a number at the start of a line may have come there by the wrapping of a paragraph. */
function markInContext(
  mark: Mark | undefined,
  current: Block,
  last: Line,
  line: Line,
  layout: Layout,
): Mark | undefined {
  if (!mark || mark.kind === 'quote' || !layout.wrap || current.kind !== 'paragraph') return mark;
  const wrapped = line.indent <= last.indent && isFull(last, line, layout.wrap) && !endsSentence(last.text);
  return wrapped ? undefined : mark;
}

function continues(current: Block, last: Line, line: Line, mark: Mark | undefined, layout: Layout): boolean {
  if (current.kind === 'separator' || isSeparator(line.text)) return false;
  if (mark) return mark.kind === 'quote' && current.kind === 'quote' && !isBrokenOff(last, line);
  if (current.kind === 'quote') return layout.wrap !== undefined && !endsSentence(last.text);
  if (current.kind === 'item') return continuesItem(current, last, line, layout);
  if (!layout.wrap) return isBroken(current, last, line, layout);
  if (layout.indent !== undefined && line.indent >= layout.indent) return false;
  if (isFull(last, line, layout.wrap)) return !(endsWithStop(last.text) && line.indent > last.indent + 1);
  return !endsSentence(last.text) && startsLower(line.text);
}

/** Quoted lines that are whole paragraphs: long, and each a sentence's end. */
function isBrokenOff(last: Line, line: Line): boolean {
  return endsWithStop(last.text) && (last.width > 100 || line.width > 100);
}

function continuesItem(current: Block, last: Line, line: Line, layout: Layout): boolean {
  if (line.indent > current.indent) return !(layout.paragraphIndents.has(line.indent) && !layout.wrap);
  if (!layout.wrap || line.indent < current.indent || line.indent >= (layout.indent ?? Infinity))
    return false;
  return isFull(last, line, layout.wrap) && !endsWithStop(last.text);
}

/** Where a line is a paragraph: whether the last one stopped in mid-sentence and this is its other half. */
function isBroken(current: Block, last: Line, line: Line, layout: Layout): boolean {
  // The end of the last line is that of the block, whose text may be long.
  if (current.width < BROKEN_MIN || endsSentence(last.text)) return false;
  if (startsLower(line.text)) return /[\p{L}\p{M}\p{N},’'”"»)–—-]$/u.test(last.text);
  // A new paragraph begins with a capital too: only a long line in a file that is punctuated is surely broken,
  // and not the first, which may be a standfirst.
  if (!layout.punctuated || current.at === 0 || current.width < BROKEN_CAPITAL_MIN || line.width < BROKEN_MIN)
    return false;
  return /[\p{L}\p{M}\p{N},]$/u.test(last.text) && /^[\p{L}\p{N}«“"'‘„(]/u.test(line.text);
}

/** The words of a block as they stood in the copy, its number included. */
export function writtenText({ mark, text }: Block): string {
  return mark?.kind === 'number' ? `${mark.mark} ${text}` : text;
}
