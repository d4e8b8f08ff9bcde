import { type CopyLine, endsSentence, endsWithColon, endsWithStop, startsLower } from './lines.ts';
import type { Mark } from './marks.ts';

/** The layout of a whole file. The meaning of a single line depends on it. */
export interface Layout {
  /** How paragraphs are broken into lines. Absent if each line is a whole paragraph. */
  wrap?: Wrap | undefined;
  /** Minimum indent, in columns, of a line that begins a paragraph. Absent if paragraphs are not indented. */
  indent?: number | undefined;
  /**
   * Indents, in columns, of paragraphs outside lists. A line with such an indent does not continue an item.
   */
  paragraphIndents: ReadonlySet<number>;
  /** Whether paragraphs end with a full stop or the like. If so, a paragraph without one continues below. */
  punctuated: boolean;
}

/** How the lines of a file are wrapped. */
export interface Wrap {
  /** Column at which lines are broken. */
  column: number;
  /** Number of columns that may stay free on a line although the next word would fit. */
  slack: number;
}

/** Minimum column at which people and programs wrap lines. */
const MIN_WRAP_COLUMN = 28;

/** Maximum column at which people and programs wrap lines. */
const MAX_WRAP_COLUMN = 132;

/** Maximum slack of wrapped lines, as a share of the column. Lines with more slack are verses or entries. */
const MAX_SLACK_SHARE = 0.4;

/** The same maximum for narrow lines, which are often verses. */
const MAX_NARROW_SLACK_SHARE = 0.2;

/** Column from which on wrapped lines are prose rather than verse. */
const MIN_PROSE_COLUMN = 50;

/** Maximum free room on a line that is nearly full, as a share of the column. */
const NEARLY_FULL_SHARE = 0.08;

/**
 * Minimum width, in columns, of a line that shows how paragraphs end. A shorter line may be a heading, a name
 * or an address.
 */
const MIN_PARAGRAPH_COLUMNS = 80;

/** Judges the layout of a file from the widths, ends, indents and blank lines of all its lines. */
export function judgeLayout(lines: readonly CopyLine[], marks: readonly (Mark | undefined)[]): Layout {
  const pairs: [CopyLine, CopyLine][] = [];
  for (let at = 0; at + 1 < lines.length; at++) {
    const [line, next] = [lines[at], lines[at + 1]];
    if (!line || !next || line.blank || next.blank || marks[at] || marks[at + 1]) continue;
    pairs.push([line, next]);
  }
  const indented = judgeIndents(pairs);
  const wrap = judgeWrap(indented ? pairs.filter(([line, next]) => next.indent <= line.indent) : pairs);
  const long = lines.filter(line => line.width >= MIN_PARAGRAPH_COLUMNS && !endsWithColon(line.text));
  const whole = long.filter(line => endsWithStop(line.text));
  const least = pairs.reduce((low, [, next]) => Math.min(low, next.indent), pairs[0]?.[0].indent ?? 0);
  return {
    wrap,
    indent: indented ? 2 + least : undefined,
    paragraphIndents: paragraphIndents(lines, marks),
    punctuated: whole.length >= 0.75 * long.length,
  };
}

/**
 * Removes the blank line between every two lines of a double-spaced manuscript. The lines of other files are
 * returned unchanged.
 */
export function closeUp(lines: readonly CopyLine[]): readonly CopyLine[] {
  const filled = lines.filter(line => !line.blank);
  const adjacent = lines.filter((line, at) => at > 0 && !line.blank && !lines[at - 1]?.blank);
  if (filled.length < 4 || adjacent.length > filled.length / 20) return lines;
  const pairs: [CopyLine, CopyLine][] = [];
  for (let at = 2; at < lines.length; at++) {
    const [line, next] = [lines[at - 2], lines[at]];
    if (line && next && !line.blank && !next.blank) pairs.push([line, next]);
  }
  if (!judgeWrap(pairs)) return lines;
  return lines.filter((line, at) => !line.blank || at === 0 || lines[at - 1]?.blank);
}

/**
 * Finds out whether and where lines are wrapped. A line surely continues on the next line if it ends in mid-sentence
 * and the next line starts with a lower-case letter. If there are enough such lines, the text is wrapped. The
 * widest lines of the file give the column. The narrowest lines that continue give the slack.
 */
function judgeWrap(pairs: readonly [CopyLine, CopyLine][]): Wrap | undefined {
  if (pairs.length < 2) return undefined;
  // The widest 5 % of the lines are ignored, because a long word or an address cannot be broken.
  const column = rank(
    pairs.map(([line]) => line.width),
    0.95,
  );
  if (column < MIN_WRAP_COLUMN || column > MAX_WRAP_COLUMN) return undefined;
  const sure = pairs.filter(
    ([line, next]) => !endsSentence(line.text) && (startsLower(next.text) || !hasCase(next.text)),
  );
  if (sure.length < 0.25 * pairs.length) return undefined;
  const spare = sure.map(([line, next]) => column - (line.width + next.firstWord));
  const wrap = { column, slack: Math.max(0, rank(spare, 0.97)) };
  if (wrap.slack > (column < MIN_PROSE_COLUMN ? MAX_NARROW_SLACK_SHARE : MAX_SLACK_SHARE) * column)
    return undefined;
  const full = pairs.filter(([line, next]) => isFull(line, next, wrap));
  return full.length >= 0.55 * pairs.length ? wrap : undefined;
}

/** The smallest of the values that is at least as large as the given share of them (0.5: the median). */
function rank(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? 0;
}

function hasCase(text: string): boolean {
  return /^\P{L}{0,3}[\p{Lu}\p{Ll}\p{Lt}\p{N}]/u.test(text);
}

/**
 * Whether a line has no room for the first word of the next line. In mid-sentence a nearly full line counts
 * as full, because people who break lines by hand often do so one word early.
 */
export function isFull(line: CopyLine, next: CopyLine, { column, slack }: Wrap): boolean {
  const spare = column - (line.width + next.firstWord);
  return spare <= slack || (spare <= NEARLY_FULL_SHARE * column && !endsSentence(line.text));
}

function paragraphIndents(lines: readonly CopyLine[], marks: readonly (Mark | undefined)[]): Set<number> {
  const counts = new Map<number, number>();
  let inItem = false;
  for (const [at, { blank, indent }] of lines.entries()) {
    if (blank) inItem = false;
    else if (marks[at]) inItem = true;
    else if (!inItem) counts.set(indent, (counts.get(indent) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count >= 2).map(([indent]) => indent));
}

function judgeIndents(pairs: readonly [CopyLine, CopyLine][]): boolean {
  const steps = pairs.filter(([line, next]) => isIndent(next) && line.indent !== next.indent);
  const starts = steps.filter(([line]) => endsSentence(line.text) || line.width < MIN_PARAGRAPH_COLUMNS / 2);
  const lower = steps.filter(([, next]) => startsLower(next.text));
  // The first line of the text begins a paragraph too, but has no line before it to compare with.
  const first = pairs[0] && isIndent(pairs[0][0]) && pairs[0][1].indent < pairs[0][0].indent ? 1 : 0;
  if (steps.length === 0 || steps.length + first < 2) return false;
  return starts.length >= 0.6 * steps.length && lower.length <= 0.3 * steps.length;
}

function isIndent({ indent }: CopyLine): boolean {
  return indent >= 2 && indent <= 12;
}
