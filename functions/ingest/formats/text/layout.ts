import { endsSentence, endsWithColon, endsWithStop, type Line, startsLower } from './lines.ts';
import type { Mark } from './marks.ts';

/** How a file as a whole is laid out; single lines are only understood in its light. */
export interface Layout {
  /** Column at which paragraphs were broken into lines; absent where a line is a whole paragraph. */
  wrap?: number | undefined;
  /** Indent from which on a line begins a paragraph; absent where indents say nothing. */
  indent?: number | undefined;
  /** Paragraphs of this file end as sentences do, so that one that does not is broken. */
  punctuated: boolean;
}

/** Columns at which people and programs break lines. */
const NARROWEST = 28;
const WIDEST = 132;

/** A ragged edge: how far from the column a line may end although the next word would have fitted. */
const SLACK = 3;

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
  const indent = indented
    ? 2 + pairs.reduce((least, [, next]) => Math.min(least, next.indent), pairs[0]?.[0].indent ?? 0)
    : undefined;
  return { wrap, indent, punctuated: whole.length >= 0.75 * long.length };
}

function judgeWrap(pairs: readonly [Line, Line][]): number | undefined {
  if (pairs.length < 2) return undefined;
  const widths = pairs.map(([line]) => line.width).sort((a, b) => a - b);
  // The widest twentieth may hold an address or a long word that could not be broken.
  const wrap = widths[Math.ceil(widths.length * 0.95) - 1] ?? 0;
  if (wrap < NARROWEST || wrap > WIDEST) return undefined;
  const full = pairs.filter(([line, next]) => isFull(line, next, wrap));
  const middle = full.filter(([line, next]) => !endsSentence(line.text) || startsLower(next.text));
  return full.length >= 0.55 * pairs.length && middle.length >= 0.5 * full.length ? wrap : undefined;
}

/** Whether the next line's first word would not have fitted on this line. */
export function isFull(line: Line, next: Line, wrap: number): boolean {
  return line.width + 1 + next.firstWord > wrap - SLACK;
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
