import type { Deadline } from '../../model/deadline.ts';
import type { Fragment } from './pdf-pages.ts';

/** A piece of a line with one link or none. */
export interface Run {
  text: string;
  href?: string | undefined;
}

/** A line of a PDF. `start` and `end` are lengths from the side where reading begins. */
export interface PdfLine {
  runs: Run[];
  text: string;
  start: number;
  end: number;
  y: number;
  size: number;
  font: string;
  page: number;
  /** Number of the column or of the part between columns, from 1 on each page. */
  region: number;
  /** Whether wide gaps divide the line, as in a table. */
  isRow: boolean;
}

/** Fragments of one base line without a wide gap between them. */
export interface Segment {
  fragments: Fragment[];
  left: number;
  right: number;
  y: number;
  size: number;
}

/** Maximum distance between base lines of one line, as a share of the font size. Notes are set higher. */
const MAX_RISE = 0.4;

/** Minimum width of a gap that divides a line, as a share of the font size. A word space has a quarter. */
const MIN_WIDE_GAP = 0.75;

/** Minimum width of a gap between the cells of a table, as a share of the font size. */
const MIN_CELL_GAP = 2;

/** Minimum width of the gap between two columns, as a share of the font size. */
const MIN_GUTTER = 0.4;

/** Minimum width of a gap between two words, as a share of the font size. */
const MIN_SPACE = 0.14;

/** Minimum number of lines in each of two columns. */
const MIN_COLUMN_LINES = 3;

/** Maximum number of segments of a page that is searched for columns. A page of a newspaper has some 500. */
const MAX_SEGMENTS = 4_000;

/** Minimum share of lines on the base lines of the other column, from which two columns can be a table. */
const MIN_TABLE_SHARE = 0.7;

/** Minimum number of characters, and minimum share of the width of the column, of the middle line of prose. */
const MIN_PROSE_CHARS = 20;
const MIN_PROSE_WIDTH = 0.6;

/** Maximum depth of columns within columns. */
const MAX_DEPTH = 4;

/** Gathers fragments of one base line. Wide gaps divide it. The segments are sorted by base line, then from the left. */
export function segmentsOf(fragments: readonly Fragment[]): Segment[] {
  const sorted = fragments.filter(({ text }) => text.trim() !== '').sort((a, b) => a.y - b.y);
  const rows: Fragment[][] = [];
  for (const fragment of sorted) {
    const row = rows.at(-1);
    const [first] = row ?? [];
    const isSame = first && Math.abs(fragment.y - first.y) <= MAX_RISE * Math.min(first.size, fragment.size);
    if (row && isSame) row.push(fragment);
    else rows.push([fragment]);
  }
  return rows.flatMap(row => {
    row.sort((a, b) => a.left - b.left);
    const segments: Segment[] = [];
    for (const fragment of row) {
      const last = segments.at(-1);
      if (last && fragment.left - last.right < MIN_WIDE_GAP * Math.min(last.size, fragment.size)) {
        last.fragments.push(fragment);
        last.right = Math.max(last.right, fragment.right);
        last.size = Math.max(last.size, fragment.size);
      } else
        segments.push({
          fragments: [fragment],
          left: fragment.left,
          right: fragment.right,
          y: fragment.y,
          size: fragment.size,
        });
    }
    return segments;
  });
}

/** The lines of a page in the order of reading: a column before the next one, what crosses them above or below them. */
export function linesOf(fragments: readonly Fragment[], page: number, deadline: Deadline): PdfLine[] {
  const isRightToLeft = isMostlyRightToLeft(fragments);
  const regions = regionsOf(segmentsOf(fragments), isRightToLeft, deadline, 0);
  return regions.flatMap((region, index) => {
    const lines: Segment[][] = [];
    for (const segment of region) {
      const line = lines.at(-1);
      if (line?.[0] && Math.abs(line[0].y - segment.y) <= MAX_RISE * Math.min(line[0].size, segment.size))
        line.push(segment);
      else lines.push([segment]);
    }
    return lines.map(line => lineOf(line, page, index + 1, isRightToLeft));
  });
}

/** The text of segments, in the order of reading. */
export function textOfSegments(segments: readonly Segment[]): string {
  return runsOf(
    segments.flatMap(({ fragments }) => fragments),
    isMostlyRightToLeft(segments.flatMap(({ fragments }) => fragments)),
  )
    .map(({ text }) => text)
    .join('')
    .trim();
}

function isMostlyRightToLeft(fragments: readonly Fragment[]): boolean {
  let balance = 0;
  for (const { text, isRightToLeft } of fragments) balance += isRightToLeft ? text.length : -text.length;
  return balance > 0;
}

/** Cuts segments into regions that are read one after the other. */
function regionsOf(
  segments: readonly Segment[],
  isRightToLeft: boolean,
  deadline: Deadline,
  depth: number,
): Segment[][] {
  const gutter =
    depth < MAX_DEPTH && segments.length <= MAX_SEGMENTS ? gutterOf(segments, deadline) : undefined;
  if (gutter === undefined) return segments.length > 0 ? [[...segments]] : [];
  const divided = segments.flatMap(segment => dividedAt(segment, gutter));
  return bandsOf(divided, gutter).flatMap(band => {
    if (!areColumns(band)) return [[...band.crossing, ...band.left, ...band.right].sort(inRows)];
    const columns = isRightToLeft ? [band.right, band.left] : [band.left, band.right];
    return columns.flatMap(column => regionsOf(column, isRightToLeft, deadline, depth + 1));
  });
}

/** Divides a segment whose fragments end and begin at a gutter that is as narrow as a wide space. */
function dividedAt(segment: Segment, gutter: number): Segment[] {
  const { fragments, left, right, size } = segment;
  if (left >= gutter - 1 || right <= gutter) return [segment];
  const at = fragments.findIndex(
    (fragment, index) =>
      index > 0 &&
      Math.abs(fragment.left - gutter) < 2 &&
      fragment.left - (fragments[index - 1]?.right ?? 0) > MIN_GUTTER * size,
  );
  if (at < 0) return [segment];
  const partOf = (part: Fragment[]): Segment => ({
    ...segment,
    fragments: part,
    left: Math.min(...part.map(each => each.left)),
    right: Math.max(...part.map(each => each.right)),
  });
  return [partOf(fragments.slice(0, at)), partOf(fragments.slice(at))];
}

function inRows(a: Segment, b: Segment): number {
  return a.y - b.y || a.left - b.left;
}

/** Segments between two places where a gutter is crossed, or the segments that cross it. */
interface Band {
  crossing: Segment[];
  left: Segment[];
  right: Segment[];
}

/** The left edge of the right column: the edge that divides most lines. Undefined if there are no columns. */
function gutterOf(segments: readonly Segment[], deadline: Deadline): number | undefined {
  const edges = new Map<number, number>();
  for (const { left } of segments) edges.set(Math.round(left), left);
  let best: { gutter: number; lines: number } | undefined;
  for (const gutter of edges.values()) {
    deadline.tick(segments.length);
    let lines = 0;
    for (const band of bandsOf(segments, gutter))
      if (areColumns(band)) lines += Math.min(band.left.length, band.right.length);
    if (lines > (best?.lines ?? 0)) best = { gutter, lines };
  }
  return best?.gutter;
}

function bandsOf(segments: readonly Segment[], gutter: number): Band[] {
  const bands: Band[] = [];
  let before: Segment | undefined;
  for (const [index, segment] of segments.entries()) {
    const crosses =
      (segment.left < gutter - 1 && segment.right > gutter - segment.size / 2) ||
      endsCrossing(segments, index, before);
    before = crosses ? segment : undefined;
    const last = bands.at(-1);
    const isOpen = last && last.crossing.length > 0 === crosses;
    const band = isOpen ? last : { crossing: [], left: [], right: [] };
    if (!isOpen) bands.push(band);
    if (crosses) band.crossing.push(segment);
    else if (segment.left >= gutter - 1) band.right.push(segment);
    else band.left.push(segment);
  }
  return bands;
}

/** Whether a segment is the short last line of a paragraph whose other lines cross the gutter. */
function endsCrossing(segments: readonly Segment[], index: number, before: Segment | undefined): boolean {
  const segment = segments[index];
  const next = segments[index + 1];
  if (!segment || !before || Math.abs(before.left - segment.left) > segment.size) return false;
  const isNear = Math.abs(before.size - segment.size) < 0.5 && segment.y - before.y < 1.5 * segment.size;
  return isNear && !(next && Math.abs(next.y - segment.y) < MAX_RISE * segment.size);
}

/** Whether both sides of a gutter are columns of text, and not the columns of a table. */
function areColumns({ left, right }: Band): boolean {
  if (Math.min(left.length, right.length) < MIN_COLUMN_LINES) return false;
  if (isProse(left) && isProse(right)) return true;
  const [few, many] = left.length < right.length ? [left, right] : [right, left];
  let next = 0;
  let aligned = 0;
  for (const { y, size } of few) {
    while (next < many.length && (many[next]?.y ?? 0) < y - size / 5) next += 1;
    if (Math.abs((many[next]?.y ?? Number.POSITIVE_INFINITY) - y) <= size / 5) aligned += 1;
  }
  return aligned < MIN_TABLE_SHARE * few.length;
}

function isProse(column: readonly Segment[]): boolean {
  const widths = column.map(({ left, right }) => right - left).sort((a, b) => a - b);
  const chars = column
    .map(({ fragments }) => fragments.reduce((sum, { text }) => sum + text.length, 0))
    .sort((a, b) => a - b);
  const middle = Math.floor(column.length / 2);
  return (
    (chars[middle] ?? 0) >= MIN_PROSE_CHARS && (widths[middle] ?? 0) >= MIN_PROSE_WIDTH * (widths.at(-1) ?? 0)
  );
}

function lineOf(segments: Segment[], page: number, region: number, isRightToLeft: boolean): PdfLine {
  segments.sort((a, b) => a.left - b.left);
  const fragments = segments.flatMap(segment => segment.fragments);
  const runs = runsOf(fragments, isRightToLeft);
  const left = Math.min(...segments.map(segment => segment.left));
  const right = Math.max(...segments.map(segment => segment.right));
  const first = isRightToLeft ? segments.at(-1) : segments[0];
  // The mark of a list stands apart from its text.
  const isMarked = segments.length === 2 && first !== undefined && textOfSegments([first]).length <= 4;
  return {
    runs,
    text: runs.map(({ text }) => text).join(''),
    start: isRightToLeft ? -right : left,
    end: isRightToLeft ? -left : right,
    y: Math.max(...fragments.map(({ y }) => y)),
    size: mainOf(fragments, ({ size }) => Math.round(size * 2) / 2) ?? 0,
    font: mainOf(fragments, ({ font }) => font) ?? '',
    page,
    region,
    isRow: !isMarked && hasCells(segments),
  };
}

function hasCells(segments: readonly Segment[]): boolean {
  return segments.some(({ left, size }, at) => {
    const before = segments[at - 1];
    return before !== undefined && left - before.right > MIN_CELL_GAP * size;
  });
}

/** The value that most characters have. */
export function mainOf<Value, Part extends { text: string }>(
  parts: readonly Part[],
  value: (part: Part) => Value,
): Value | undefined {
  const chars = new Map<Value, number>();
  for (const part of parts) chars.set(value(part), (chars.get(value(part)) ?? 0) + part.text.trim().length);
  let most: [Value, number] | undefined;
  for (const each of chars) if (!most || each[1] > most[1]) most = each;
  return most?.[0];
}

/** Joins the fragments of a line, which are sorted from the left. Adds the spaces that are only gaps. */
function runsOf(fragments: readonly Fragment[], isRightToLeft: boolean): Run[] {
  const ordered = isRightToLeft ? fromTheRight(fragments) : fragments;
  const runs: Run[] = [];
  let before: Fragment | undefined;
  for (const fragment of ordered) {
    const text = fragment.text.replace(/\s+/g, ' ');
    const last = runs.at(-1);
    const gap = before ? Math.max(fragment.left - before.right, before.left - fragment.right) : 0;
    const isApart =
      last !== undefined &&
      gap > MIN_SPACE * fragment.size &&
      !last.text.endsWith(' ') &&
      !text.startsWith(' ');
    if (last && last.href === fragment.href) last.text += (isApart ? ' ' : '') + text;
    else {
      if (last && isApart) last.text += ' ';
      runs.push({ text, href: fragment.href });
    }
    before = fragment;
  }
  const [first] = runs;
  const last = runs.at(-1);
  if (first) first.text = first.text.trimStart();
  if (last) last.text = last.text.trimEnd();
  return runs;
}

/** Orders a line that is read from the right. Neighbours that are read from the left keep their order. */
function fromTheRight(fragments: readonly Fragment[]): Fragment[] {
  const ordered: Fragment[] = [];
  let other: Fragment[] = [];
  for (const fragment of fragments.toReversed()) {
    const isOther = !fragment.isRightToLeft && /[\p{L}\p{N}]/u.test(fragment.text);
    if (isOther) {
      other.unshift(fragment);
      continue;
    }
    ordered.push(...other, fragment);
    other = [];
  }
  return [...ordered, ...other];
}
