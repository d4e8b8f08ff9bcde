import { FORWARD_MARKS, MAIL_HEADERS, REPLY_ENDS, SUBJECT_PREFIXES } from '../../words/mail-words.ts';
import { refuseLines } from '../text/lines.ts';

/** The header of a forwarded message. */
export interface Forwarded {
  from?: string;
  subject?: string;
  date?: string;
}

/** The text of a message. */
export interface MailText {
  text: string;
  /** Lines above forwarded copy. They do not belong to the story, but may hold release terms. */
  leftOut: readonly string[];
  forwarded: Forwarded | undefined;
  warnings: string[];
}

/** Maximum length of a note above forwarded copy, in characters. */
const MAX_NOTE_CHARS = 400;

/** Maximum number of lines of a signature. */
const MAX_SIGNATURE_LINES = 15;

/** Maximum number of lines of the header of a forwarded message. */
const MAX_HEADER_LINES = 12;

/** Removes `Re:`, `Fwd:` and the like, and the names of lists in brackets, from a subject. */
export function cleanSubject(subject: string): string {
  let rest = subject.trim();
  for (let count = 0; count < 10; count++) {
    const prefix = /^([\p{L}]{1,7})\s?(?:\[\d{1,3}\]|\(\d{1,3}\))?\s?[:：]\s*/u.exec(rest);
    const list = /^\[[^\]]{1,40}\]\s*/.exec(rest);
    if (prefix && SUBJECT_PREFIXES.has((prefix[1] ?? '').toLowerCase())) rest = rest.slice(prefix[0].length);
    else if (list && rest.length > list[0].length) rest = rest.slice(list[0].length);
    else break;
  }
  return rest;
}

/**
 * Reads the copy in the text of a message. Removes the signature, quoted messages, and the header of
 * forwarded copy.
 * @throws Rejection `too-large` for too many lines
 */
export function readMailText(source: string): MailText {
  refuseLines(source);
  const warnings: string[] = [];
  let lines = source.replace(/\r\n?/g, '\n').split('\n');
  let forwarded: Forwarded | undefined;
  let leftOut: readonly string[] = [];
  const mark = lines.findIndex((line, at) => isForwardMark(line) && headerAt(lines, at + 1) !== undefined);
  if (mark >= 0) {
    const before = lines.slice(0, mark);
    const header = headerAt(lines, mark + 1);
    if (header && lengthOf(before) < MAX_NOTE_CHARS) {
      forwarded = header.forwarded;
      leftOut = before;
      if (lengthOf(before) > 0)
        warnings.push(`The note above the forwarded copy was left out: “${shortOf(before)}”.`);
      lines = unquoted(lines.slice(header.end));
    } else {
      warnings.push('The message that this one answers or forwards was left out, below the copy.');
      lines = before;
    }
  }
  lines = withoutSignature(lines, warnings);
  lines = withoutQuotes(lines, warnings);
  return { text: lines.join('\n'), leftOut, forwarded, warnings };
}

/** Whether a line introduces a forwarded message: `---------- Forwarded message ---------` and the like. */
export function isForwardMark(line: string): boolean {
  if (line.length > 100) return false;
  const words = line
    .replace(/[-_>*:：\s]+/g, ' ')
    .trim()
    .toLowerCase();
  return FORWARD_MARKS.has(words);
}

/** Reads the header below the line that introduces a forwarded message. */
function headerAt(
  lines: readonly string[],
  start: number,
): { forwarded: Forwarded; end: number } | undefined {
  const forwarded: Forwarded = {};
  let end = start;
  let found = 0;
  for (let at = start; at < Math.min(lines.length, start + MAX_HEADER_LINES); at++) {
    const line = (lines[at] ?? '')
      .replace(/^[>\s*]{1,8}/, '')
      .replaceAll('*', '')
      .trim();
    if (line === '') {
      if (found > 0) break;
      continue;
    }
    const colon = line.search(/[:：]/);
    const field = colon > 0 ? MAIL_HEADERS.get(line.slice(0, colon).trim().toLowerCase()) : undefined;
    if (!field && found === 0) return undefined;
    if (!field) break;
    if (field !== 'other') forwarded[field] ??= line.slice(colon + 1).trim();
    found++;
    end = at + 1;
  }
  return found >= 2 ? { forwarded, end } : undefined;
}

function withoutSignature(lines: string[], warnings: string[]): string[] {
  // A signature begins with two dashes and a space (RFC 3676 § 4.3). The space is often lost.
  const at = lines.findLastIndex(line => line === '-- ' || line === '--');
  if (at < 1 || lines.length - at > MAX_SIGNATURE_LINES || lengthOf(lines.slice(0, at)) === 0) return lines;
  warnings.push(`The signature was left out: “${shortOf(lines.slice(at + 1))}”.`);
  return lines.slice(0, at);
}

/**
 * Removes the quotation at the end, and the line that introduces the quotation. A message that is only a
 * quotation is copy.
 */
function withoutQuotes(lines: string[], warnings: string[]): string[] {
  let start = lines.length;
  while (start > 0 && /^(?:>.*|\s{0,4})$/.test(lines[start - 1] ?? '')) start--;
  if (!lines.slice(start).some(line => line.startsWith('>'))) return lines;
  let intro = start;
  // The introduction may take two lines: “On Monday, Jane Doe <jane@example.org>” and “wrote:”.
  for (let back = 1; back <= 2 && start - back >= 0; back++) {
    const line = lines
      .slice(start - back, start)
      .join(' ')
      .trim()
      .toLowerCase();
    if (line.length < 200 && REPLY_ENDS.some(each => line.endsWith(each))) intro = start - back;
  }
  if (intro === start) return lines;
  if (lengthOf(lines.slice(0, intro)) === 0) return unquoted(lines.slice(start));
  warnings.push('The message that this one answers was left out, below the copy.');
  return lines.slice(0, intro);
}

function unquoted(lines: string[]): string[] {
  const quoted = lines.filter(line => line.startsWith('>')).length;
  if (quoted * 2 < lines.filter(line => line.trim() !== '').length) return lines;
  return lines.map(line => line.replace(/^>\s?/, ''));
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.trim().length, 0);
}

function shortOf(lines: readonly string[]): string {
  return lines.join(' ').replace(/\s/g, ' ').trim().slice(0, 80);
}
