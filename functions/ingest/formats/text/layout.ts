import { endsSentence, endsWithColon, endsWithStop, type Line, startsLower } from './lines.ts';
import type { Mark } from './marks.ts';

/** How a file as a whole is laid out; single lines are only understood in its light. */
export interface Layout {
  /** How paragraphs were broken into lines; absent where a line is a whole paragraph. */
  wrap?: Wrap | undefined;
  /** Indent from which on a line begins a paragraph; absent where indents say nothing. */
  indent?: number | undefined;
  /** Indents of paragraphs that stand in no list: a line that has one does not continue an item. */
  paragraphIndents: ReadonlySet<number>;
  /** Paragraphs of this file end as sentences do, so that one that does not is broken. */
  punctuated: boolean;
}

/** The column that lines were filled up to, and how far a line may stay below it although more would have fitted. */
export interface Wrap {
  column: number;
  slack: number;
}

/** Columns at which people and programs break lines. */
const NARROWEST = 28;
const WIDEST = 132;

/** A ragged edge of more than this share of the column is none: the lines are verses or entries. */
const MOST_RAGGED = 0.4;

/** Room left on a line that is nearly full, as a share of the column. */
const NEARLY = 0.08;

/** Below this a line is a heading, a name, an address: it says nothing of how paragraphs end. */
const LONG = 80;

/** Judges the layout of a whole file from the lengths, ends, indents and blank lines of all its lines. */
export function judgeLayout(lines: readonly Line[], marks: readonly (Mark | undefined)[]): Layout {
  const pairs: [Line, Line][] = [];
  for (let at = 0; at + 1 < lines.length; at++) {
    const [line, next] = [lines[at], lines[at + 1]];
    if (!line || !next || line.blank || next.blank || marks[at] || marks[at + 1]) continue;
    pairs.push([line, next]);
  }
  const indented = judgeIndents(pairs);
  const wrap = judgeWrap(indented ? pairs.filter(([line, next]) => next.indent <= line.indent) : pairs);
  const long = lines.filter(line => line.width >= LONG && !endsWithColon(line.text));
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
 * Takes out the blank line between every two lines of a double-spaced manuscript; other lines are returned as
 * they are.
 */
export function closeUp(lines: readonly Line[]): readonly Line[] {
  const filled = lines.filter(line => !line.blank);
  const adjacent = lines.filter((line, at) => at > 0 && !line.blank && !lines[at - 1]?.blank);
  if (filled.length < 4 || adjacent.length > filled.length / 20) return lines;
  const pairs: [Line, Line][] = [];
  for (let at = 2; at < lines.length; at++) {
    const [line, next] = [lines[at - 2], lines[at]];
    if (line && next && !line.blank && !next.blank) pairs.push([line, next]);
  }
  if (!judgeWrap(pairs)) return lines;
  return lines.filter((line, at) => !line.blank || at === 0 || lines[at - 1]?.blank);
}

/**
 * A line that ends in mid-sentence before one that begins in lower case surely goes on there: enough of these
 * show that the text is wrapped, the widest where, and the narrowest how raggedly.
 */
function judgeWrap(pairs: readonly [Line, Line][]): Wrap | undefined {
  if (pairs.length < 2) return undefined;
  // The widest twentieth may hold an address or a long word that could not be broken.
  const column = rank(
    pairs.map(([line]) => line.width),
    0.95,
  );
  if (column < NARROWEST || column > WIDEST) return undefined;
  const sure = pairs.filter(
    ([line, next]) => !endsSentence(line.text) && (startsLower(next.text) || !hasCase(next.text)),
  );
  if (sure.length < 0.25 * pairs.length) return undefined;
  const spare = sure.map(([line, next]) => column - (line.width + next.firstWord));
  const wrap = { column, slack: Math.max(0, rank(spare, 0.97)) };
  if (wrap.slack > MOST_RAGGED * column) return undefined;
  const full = pairs.filter(([line, next]) => isFull(line, next, wrap));
  return full.length >= 0.55 * pairs.length ? wrap : undefined;
}

/** The value that this share of the values does not exceed. */
function rank(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? 0;
}

function hasCase(text: string): boolean {
  return /^\P{L}{0,3}[\p{Lu}\p{Ll}\p{Lt}\p{N}]/u.test(text);
}

/**
 * Whether the next line's first word would not have fitted on this line. Where the sentence does not end, a line
 * that is nearly full counts too: people who break lines themselves do so a word early.
 */
export function isFull(line: Line, next: Line, { column, slack }: Wrap): boolean {
  const spare = column - (line.width + next.firstWord);
  return spare <= slack || (spare <= NEARLY * column && !endsSentence(line.text));
}

function paragraphIndents(lines: readonly Line[], marks: readonly (Mark | undefined)[]): Set<number> {
  const counts = new Map<number, number>();
  let inItem = false;
  for (const [at, { blank, indent }] of lines.entries()) {
    if (blank) inItem = false;
    else if (marks[at]) inItem = true;
    else if (!inItem) counts.set(indent, (counts.get(indent) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count >= 2).map(([indent]) => indent));
}

function judgeIndents(pairs: readonly [Line, Line][]): boolean {
  const steps = pairs.filter(([line, next]) => isIndent(next) && line.indent !== next.indent);
  const starts = steps.filter(([line]) => endsSentence(line.text) || line.width < LONG / 2);
  const lower = steps.filter(([, next]) => startsLower(next.text));
  // The first line of the text has none before it, but begins a paragraph like the others.
  const first = pairs[0] && isIndent(pairs[0][0]) && pairs[0][1].indent < pairs[0][0].indent ? 1 : 0;
  if (steps.length === 0 || steps.length + first < 2) return false;
  return starts.length >= 0.6 * steps.length && lower.length <= 0.3 * steps.length;
}

function isIndent({ indent }: Line): boolean {
  return indent >= 2 && indent <= 12;
}
