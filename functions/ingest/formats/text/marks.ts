import { endsWithColon, endsWithStop, type Line } from './lines.ts';

/** What a line begins with, besides its text. */
export interface Mark {
  kind: 'bullet' | 'number' | 'quote';
  /** The mark as written: `-`, `3.`, `>`. */
  mark: string;
  /** The line without the mark. */
  text: string;
  /** Of a numbered item. */
  number?: number;
}

const BULLET = /^([-*+•·・･‣⁃◦▪▫●○■□◆◇►▶➤➢✓✔✦–—])(\s{1,20})(?=\S)/;
const TIGHT_BULLET = /^([•・･‣⁃◦▪▫●■◆►▶➤➢✓✔✦])(?=[^\s\d])/;
const NUMBER = /^(\(?(\d{1,3})[.)])\s{1,20}(?=\S)/;
const QUOTE = /^((?:>\s?)+)/;

/** Dashes that begin a speech in many languages as often as an item. */
const DASHES = new Set(['-', '–', '—']);

/** Dashes with which a list is an exception. */
const LONG_DASHES = new Set(['–', '—']);

/** “– Come in, – he said”: a dash after punctuation inside the line, as only dialogue has it. */
const SPEECH = /[,.!?…]["»”]?\s[-–—]\s?\p{Ll}/u;

/** How far apart two numbered items may be, in lines. */
const REACH = 12;

/** A line of an item that goes on below without an indent has one of these widths. */
const NARROW = 40;
const WIDE = 132;

/** The marks of all lines; `undefined` where a line has none or what looks like one is something else. */
export function findMarks(lines: readonly Line[]): (Mark | undefined)[] {
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

/** A line without letters or digits that parts sections: `* * *`, `-----`, `***`. */
export function isSeparator(text: string): boolean {
  return text.length < 120 && /^[\s*_=~#·•◆❖⁂—–-]+$/u.test(text);
}

/** `– 30 –`, which the bullet pattern would take for an item. */
function isEndMark(mark: Mark): boolean {
  return /^30\s?[-–—]?$/.test(mark.text);
}

/** Runs of lines that begin with a dash are speech where one of them is interrupted by another dash. */
function dropDialogue(lines: readonly Line[], marks: (Mark | undefined)[]): void {
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

/** Indexes of the dashed lines from `start` on, with nothing but blank and continuing lines between them. */
function dashRun(lines: readonly Line[], marks: readonly (Mark | undefined)[], start: number): number[] {
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
  lines: readonly Line[],
  marks: readonly (Mark | undefined)[],
  run: readonly number[],
): boolean {
  const texts = run.map(index => marks[index]?.text ?? '');
  const dash = marks[run[0] ?? 0]?.mark ?? '-';
  const announced = endsWithColon(lineBefore(lines, run[0] ?? 0)?.text ?? '');
  if (texts.some(text => SPEECH.test(text))) return !(announced && texts.length > 3);
  if (!LONG_DASHES.has(dash)) return false;
  if (texts.length === 1) return true; // an attribution: “— Jane Doe, engineer”
  return !announced && (texts.some(text => /[?!]["”»]?$/.test(text)) || texts.every(endsWithStop));
}

function lineBefore(lines: readonly Line[], at: number): Line | undefined {
  for (let index = at - 1; index >= 0; index--) if (!lines[index]?.blank) return lines[index];
  return undefined;
}

/** A number is an item's only where the item before or after it is near and numbered in order. */
function dropLoneNumbers(lines: readonly Line[], marks: (Mark | undefined)[]): void {
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
  lines: readonly Line[],
  marks: readonly (Mark | undefined)[],
  from: number,
): number | undefined {
  const wanted = (marks[from]?.number ?? 0) + 1;
  const indent = lines[from]?.indent ?? 0;
  for (let at = from + 1; at < Math.min(lines.length, from + REACH); at++) {
    const line = lines[at];
    const mark = marks[at];
    if (mark?.kind === 'number') return mark.number === wanted ? at : undefined;
    if (!line || line.blank) continue;
    // What continues an item is indented further, or follows a line that was full.
    const above = lines[at - 1];
    const lazy =
      above &&
      !above.blank &&
      line.indent === indent &&
      !endsWithStop(above.text) &&
      above.width >= NARROW &&
      above.width <= WIDE;
    if (mark || (line.indent <= indent && !lazy)) return undefined;
  }
  return undefined;
}
