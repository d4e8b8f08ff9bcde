import { Rejection } from '../../../../shared/errors/rejection.ts';

/**
 * Maximum number of lines of a text. A file with 10 MB of narrow lines has fewer. Each line takes a few hundred
 * bytes of memory.
 */
const MAX_LINES = 300_000;

const LINE_FEED = 0x0a;

/** A line of copy with its measures. */
export interface CopyLine {
  /** The text without the white space around it. Runs of white space inside it are kept. */
  text: string;
  /** Columns of white space before the text. */
  indent: number;
  /** Columns of the text. A wide character (Han, kana, Hangul) takes two columns. */
  width: number;
  /** Columns of the first word. The line before was full if it had less free room than this. */
  firstWord: number;
  blank: boolean;
}

/** Columns between two tab stops. */
const TAB_COLUMNS = 4;

/** A character that takes two columns. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;
/** A character that may take two columns or none. Without such characters, the width of a text is its length. */
const BEYOND_NARROW = /[^ -\u02ff\u0370-\u10ff\u2010-\u203f\t]/;

/**
 * Refuses a text with too many lines before its lines take memory.
 * @throws Rejection `too-large` for a text with more lines than any article
 */
export function refuseLines(text: string | Uint8Array): void {
  const next = (from: number) =>
    typeof text === 'string' ? text.indexOf('\n', from) : text.indexOf(LINE_FEED, from);
  let count = 0;
  for (let at = next(0); at >= 0; at = next(at + 1)) count += 1;
  if (count > MAX_LINES)
    throw new Rejection('too-large', `The text has ${count} lines; the limit is ${MAX_LINES}.`);
}

/**
 * Splits a text into lines. A line ends at LF, CR LF, CR, VT, form feed, NEL, LS or PS.
 * @throws Rejection `too-large` for too many lines
 */
export function splitLines(text: string): CopyLine[] {
  refuseLines(text);
  return text.split(/\r\n|[\n\r\f\v\u0085\u2028\u2029]/).map(measure);
}

/** Measures a line. */
export function measure(raw: string): CopyLine {
  const text = raw.trim();
  if (!text) return { text, indent: 0, width: 0, firstWord: 0, blank: true };
  const wide = BEYOND_NARROW.test(text);
  const space = text.search(/\s/);
  const first = space < 0 ? text : text.slice(0, space);
  return {
    text,
    indent: indentOf(raw),
    width: wide ? columns(text) : text.length,
    // A line of wide characters can be broken at any character, because no spaces separate its words.
    firstWord: wide && WIDE.test(text.charAt(0)) ? 2 : first.length,
    blank: false,
  };
}

function indentOf(raw: string): number {
  let indent = 0;
  for (const char of raw) {
    if (char === '\t') indent += TAB_COLUMNS - (indent % TAB_COLUMNS);
    else if (char === '\u3000') indent += 2;
    else if (/\s/.test(char)) indent += 1;
    else break;
  }
  return indent;
}

function columns(text: string): number {
  let count = 0;
  for (const char of text) count += WIDE.test(char) ? 2 : /\p{Mn}/u.test(char) ? 0 : 1;
  return count;
}

/** Whether a sentence ends here, or a colon or semicolon closes a part of it. */
export function endsSentence(text: string): boolean {
  return endsWithStop(text) || /[:：;；]$/.test(stripClosers(text));
}

/**
 * Whether the text ends with a full stop or the like. Quotation marks, brackets and note signs may follow it.
 */
export function endsWithStop(text: string): boolean {
  return /[.!?…。．！？｡؟۔।॥։።‽⸮]$/.test(stripClosers(text));
}

/** Whether the text ends with a colon. Quotation marks and brackets may follow it. */
export function endsWithColon(text: string): boolean {
  return /[:：]$/.test(stripClosers(text));
}

function stripClosers(text: string): string {
  let end = text.length;
  while (end > 0 && /[\s»«”“"'’‘›‹」』）)\]\u200e\u200f*_†‡]/.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** Whether the text begins with a lower-case letter, as only the middle of a sentence does. */
export function startsLower(text: string): boolean {
  return /^[«“"'‘„([]{0,2}\p{Ll}/u.test(text);
}

/**
 * Joins two lines of one sentence. No space goes between scripts without spaces, such as Han, kana and Thai.
 * A space goes everywhere else, also in Korean. A word divided at the end of a line is joined. Its hyphen
 * stays, because the word may be spelt with it.
 */
export function joinLines(before: string, after: string): string {
  if (before.endsWith('\u00ad')) return before.slice(0, -1) + after;
  if (dividesWord(before, after)) return before + after;
  return UNSPACED_END.test(before) && UNSPACED_START.test(after) ? before + after : `${before} ${after}`;
}

/** Whether a word is divided between two lines. */
export function dividesWord(before: string, after: string): boolean {
  return /\p{L}[-‐\u00ad]$/u.test(before) && /^\p{Ll}/u.test(after) && !isSuspended(after);
}

/** Whether a hyphen before this text does not divide a word: “pre- and post-war”. */
export function isSuspended(after: string): boolean {
  return SUSPENDED.test(after);
}

const SUSPENDED = /^(?:and|or|und|oder|et|ou|y|o|e|en|of|och|eller|og|i|lub|и|или|і|та|або|to|bis|до)\s/;
const UNSPACED =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\u3000-\\u303f\\u30fb\\u30fc\\uff00-\\uffef]';
const UNSPACED_END = new RegExp(`${UNSPACED}$`, 'u');
const UNSPACED_START = new RegExp(`^${UNSPACED}`, 'u');
