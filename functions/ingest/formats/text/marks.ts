import { type CopyLine, endsWithColon, endsWithStop } from './lines.ts';

/** A list or quote mark at the start of a line. */
export interface Mark {
  kind: 'bullet' | 'number' | 'quote';
  /** The mark as written: `-`, `3.`, `>`. */
  mark: string;
  /** The line without the mark. */
  text: string;
  /** The number of a numbered item. */
  number?: number;
}

const BULLET = /^([-*+•·・･‣⁃◦▪▫●○■□◆◇►▶➤➢✓✔✦–—])(\s{1,20})(?=\S)/;
const TIGHT_BULLET = /^([•・･‣⁃◦▪▫●■◆►▶➤➢✓✔✦])(?=[^\s\d])/;
const NUMBER = /^(\(?(\d{1,3})[.)])\s{1,20}(?=\S)/;
const QUOTE = /^((?:>\s?)+)/;

/** Dashes that begin a list item or, in many languages, a speech. */
const DASHES = new Set(['-', '–', '—']);

/** Dashes that rarely begin a list item. */
const LONG_DASHES = new Set(['–', '—']);

/** A dash after punctuation inside a line. Only dialogue has it: “– Come in, – he said”. */
const SPEECH = /[,.!?…]["»”]?\s[-–—]\s?\p{Ll}/u;

/** Maximum distance, in lines, between two items of a numbered list. */
const MAX_LINES_BETWEEN_NUMBERS = 12;

/** Minimum width, in columns, of an item's line that continues below without an indent. */
const MIN_WRAPPED_COLUMNS = 40;

/** Maximum width, in columns, of an item's line that continues below without an indent. */
const MAX_WRAPPED_COLUMNS = 132;

/** Finds the marks of all lines, by index. A line without a mark has `undefined`. */
export function findMarks(lines: readonly CopyLine[]): (Mark | undefined)[] {
  const marks = lines.map(line => (line.blank ? undefined : markOf(line.text)));
  dropDialogue(lines, marks);
  dropLoneNumbers(lines, marks);
  return marks;
}

function markOf(text: string): Mark | undefined {
  const quote = QUOTE.exec(text);
  if (quote?.[1] && !/^>{2,}\s*$/.test(text))
    return { kind: 'quote', mark: '>', text: text.slice(quote[1].length).trim() };
  const bullet = BULLET.exec(text) ?? TIGHT_BULLET.exec(text);
  if (bullet?.[1]) {
    const rest = text.slice(bullet[0].length);
    return /[\p{L}\p{N}]/u.test(rest) && !isSeparator(text)
      ? { kind: 'bullet', mark: bullet[1], text: rest }
      : undefined;
  }
  const number = NUMBER.exec(text);
  if (!number?.[1]) return undefined;
  return { kind: 'number', mark: number[1], text: text.slice(number[0].length), number: Number(number[2]) };
}

/** Whether a line separates sections and holds no letters or digits: `* * *`, `-----`, `***`. */
export function isSeparator(text: string): boolean {
  return text.length < 120 && /^[\s*_=~#·•◆❖⁂—–-]+$/u.test(text);
}

/** Whether a bullet is really the end mark `– 30 –`. */
function isEndMark(mark: Mark): boolean {
  return /^30\s?[-–—]?$/.test(mark.text);
}

/** Drops the marks of lines that begin with a dash but are speech, not list items. */
function dropDialogue(lines: readonly CopyLine[], marks: (Mark | undefined)[]): void {
  for (let at = 0; at < lines.length; at++) {
    const mark = marks[at];
    if (mark?.kind !== 'bullet' || !DASHES.has(mark.mark)) continue;
    if (isEndMark(mark)) {
      marks[at] = undefined;
      continue;
    }
    const run = dashRun(lines, marks, at);
    if (isDialogue(lines, marks, run)) for (const index of run) marks[index] = undefined;
    at = run.at(-1) ?? at;
  }
}

/**
 * Indexes of the lines with the same dash from `start` on. Only blank and indented lines may stand between
 * them.
 */
function dashRun(lines: readonly CopyLine[], marks: readonly (Mark | undefined)[], start: number): number[] {
  const run = [start];
  const dash = marks[start]?.mark;
  for (let at = start + 1; at < lines.length; at++) {
    const line = lines[at];
    if (marks[at]?.mark === dash) run.push(at);
    else if (!line?.blank && !(line && line.indent > 0 && !marks[at])) break;
  }
  return run;
}

function isDialogue(
  lines: readonly CopyLine[],
  marks: readonly (Mark | undefined)[],
  run: readonly number[],
): boolean {
  const texts = run.map(index => marks[index]?.text ?? '');
  const dash = marks[run[0] ?? 0]?.mark ?? '-';
  const announced = endsWithColon(lineBefore(lines, run[0] ?? 0)?.text ?? '');
  if (texts.some(text => SPEECH.test(text))) return !(announced && texts.length > 3);
  if (!LONG_DASHES.has(dash)) return false;
  // One line with a long dash is an attribution: “— Jane Doe, engineer”.
  if (texts.length === 1) return true;
  return !announced && (texts.some(text => /[?!]["”»]?$/.test(text)) || texts.every(endsWithStop));
}

function lineBefore(lines: readonly CopyLine[], at: number): CopyLine | undefined {
  for (let index = at - 1; index >= 0; index--) if (!lines[index]?.blank) return lines[index];
  return undefined;
}

/** Drops the marks of single numbers. An item of a list has the next or the previous number nearby. */
function dropLoneNumbers(lines: readonly CopyLine[], marks: (Mark | undefined)[]): void {
  const linked = new Set<number>();
  for (let at = 0; at < lines.length; at++) {
    const next = marks[at]?.kind === 'number' ? nextNumber(lines, marks, at) : undefined;
    if (next === undefined) continue;
    linked.add(at);
    linked.add(next);
  }
  for (const [at, mark] of marks.entries())
    if (mark?.kind === 'number' && !linked.has(at)) marks[at] = undefined;
}

function nextNumber(
  lines: readonly CopyLine[],
  marks: readonly (Mark | undefined)[],
  from: number,
): number | undefined {
  const wanted = (marks[from]?.number ?? 0) + 1;
  const indent = lines[from]?.indent ?? 0;
  for (let at = from + 1; at < Math.min(lines.length, from + MAX_LINES_BETWEEN_NUMBERS); at++) {
    const line = lines[at];
    const mark = marks[at];
    if (mark?.kind === 'number') return mark.number === wanted ? at : undefined;
    if (!line || line.blank) continue;
    // A line that continues an item is indented further, or follows a wrapped line.
    const above = lines[at - 1];
    const continuesWrapped =
      above &&
      !above.blank &&
      line.indent === indent &&
      !endsWithStop(above.text) &&
      above.width >= MIN_WRAPPED_COLUMNS &&
      above.width <= MAX_WRAPPED_COLUMNS;
    if (mark || (line.indent <= indent && !continuesWrapped)) return undefined;
  }
  return undefined;
}
