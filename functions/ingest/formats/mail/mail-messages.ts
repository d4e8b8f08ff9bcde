import { FORWARD_MARKS, MAIL_HEADERS, ORIGINAL_MARKS, REPLY_ENDS } from '../../words/mail-words.ts';
import { endsWithColon, refuseLines } from '../text/lines.ts';

/** The header of a forwarded message. */
export interface Forwarded {
  from?: string;
  subject?: string;
  date?: string;
}

/** A line of a message. */
export interface MailLine {
  text: string;
  /** Number of quotations around the line. */
  depth: number;
  /** Whether markup of a mail program says that the line is above a quotation. Some markup has other uses too. */
  intro?: 'sure' | 'maybe' | undefined;
  /** Whether the whole line is bold or a heading. */
  isBold?: boolean;
}

/** Maximum number of lines of the header of a message inside a message. */
const MAX_HEADER_LINES = 14;

/**
 * Splits the text of a message into lines. `>` marks a quotation only below a line that introduces one, or if
 * the quotation holds the header of a message.
 * @throws Rejection `too-large` for too many lines
 */
export function textLines(source: string): MailLine[] {
  refuseLines(source);
  const raw = source.replace(/\r\n?/g, '\n').split('\n');
  const lines: MailLine[] = raw.map(text => ({ text, depth: 0 }));
  for (let at = 0; at < raw.length; at++) {
    if (!raw[at]?.startsWith('>') || raw[at - 1]?.startsWith('>')) continue;
    let end = at;
    while (raw[end]?.startsWith('>') || (raw[end]?.trim() === '' && raw[end + 1]?.startsWith('>'))) end++;
    const quote = raw.slice(at, end).map(text => ({ text: text.replace(/^(?:>\s?)+/, ''), depth: 1 }));
    const isQuoted =
      introAt(lines, at - 1, true) !== undefined ||
      quote.some((_, index) => headerAt(quote, index, false) !== undefined);
    if (isQuoted) for (const [index, line] of quote.entries()) lines[at + index] = line;
    at = end - 1;
  }
  return lines;
}

/** A message inside the file: the mail itself, or a message that it answers or forwards. */
export interface MailMessage {
  lines: number[];
  forwarded: Forwarded | undefined;
  isForward: boolean;
}

/** Splits the lines of a mail into its messages: the mail itself first. */
export function messagesOf(lines: readonly MailLine[]): MailMessage[] {
  const messages: MailMessage[] = [{ lines: [], forwarded: undefined, isForward: false }];
  const open: { message: MailMessage; depth: number }[] = [{ message: messages[0] as MailMessage, depth: 0 }];
  const begin = (depth: number, forwarded: Forwarded | undefined, isForward: boolean) => {
    const message = { lines: [], forwarded, isForward };
    messages.push(message);
    open.push({ message, depth });
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    if (!line) continue;
    const { depth } = line;
    if (line.text.trim() !== '') while (open.length > 1 && depth < (open.at(-1)?.depth ?? 0)) open.pop();
    const header = boundaryAt(lines, at);
    if (header) {
      begin(lines[header.end - 1]?.depth ?? depth, header.forwarded, header.isForward);
      at = header.end - 1;
      continue;
    }
    const intro = introAt(lines, at, false);
    if (intro !== undefined) {
      const next = lines.slice(intro + 1, intro + MAX_HEADER_LINES).find(({ text }) => text.trim() !== '');
      begin(Math.max(depth, next?.depth ?? depth), undefined, false);
      at = intro;
      continue;
    }
    if (depth > (open.at(-1)?.depth ?? 0) && line.text.trim() !== '') begin(depth, undefined, false);
    open.at(-1)?.message.lines.push(at);
  }
  return messages;
}

/** The lines that introduce a message with a header, and the header. */
function boundaryAt(
  lines: readonly MailLine[],
  start: number,
): { end: number; forwarded: Forwarded; isForward: boolean } | undefined {
  const text = lines[start]?.text ?? '';
  const words = markWords(text);
  const isForwarded = FORWARD_MARKS.has(words);
  const isMark = isForwarded || ORIGINAL_MARKS.has(words) || /^[_-]{10,}$/.test(text.trim());
  let at = start;
  if (isMark) for (at++; at < start + 6 && lines[at]?.text.trim() === ''; ) at++;
  if (isMark && /^[_-]{10,}$/.test(text.trim())) {
    const next = boundaryAt(lines, at);
    if (next || at > start + 5) return next;
  }
  const header = headerAt(lines, at, isMark || lines[start]?.intro !== undefined);
  return header && { ...header, isForward: isForwarded };
}

/** The words of a line such as `---------- Forwarded message ---------`. */
function markWords(line: string): string {
  if (line.length > 100) return '';
  return line
    .replace(/[-_>*:：\s]+/g, ' ')
    .trim()
    .toLowerCase();
}

/**
 * Reads the header of a message inside a message.
 * @param isMarked whether a line or markup above the header introduces a message
 */
function headerAt(
  lines: readonly MailLine[],
  start: number,
  isMarked: boolean,
): { forwarded: Forwarded; end: number } | undefined {
  const forwarded: Forwarded = {};
  const fields = new Set<string>();
  let end = start;
  let labels = 0;
  let last: string | undefined;
  let values = '';
  const unknown: string[] = [];
  for (let at = start; at < Math.min(lines.length, start + MAX_HEADER_LINES); at++) {
    const line = (lines[at]?.text ?? '').replaceAll('*', '').trim();
    if (line === '') {
      if (labels > 0) break;
      if (isMarked) continue;
      return undefined;
    }
    const colon = line.search(/[:：]/);
    const label = colon > 0 && colon <= 30 ? line.slice(0, colon).trim().toLowerCase() : '';
    const field = MAIL_HEADERS.get(label.replaceAll('\u00a0', ' '));
    // Mail programs in other languages write other words, but the same form.
    const isLike = isMarked && /^\p{L}[\p{L}\p{M} '’-]{0,24}$/u.test(label) && line.length < 300;
    if (!field && !isLike) {
      // Addresses may go on in the next line.
      if (last === 'other' && /@|;$/.test(line) && line.length < 300) {
        end = at + 1;
        continue;
      }
      break;
    }
    if (labels === 0 && field !== 'from' && !isMarked && field !== 'date' && field !== 'subject')
      return undefined;
    labels++;
    last = field ?? 'other';
    const value = line.slice(colon + 1).trim();
    values += `${value}\n`;
    if (field) fields.add(field);
    if (field && field !== 'other') forwarded[field] ??= value;
    if (labels === 1 && !field && value.includes('@')) forwarded.from = value;
    if (labels > 1 && !field && !/@|\d[:.]\d\d/.test(value)) unknown.push(value);
    end = at + 1;
  }
  if (unknown.length === 1 && unknown[0]) forwarded.subject ??= unknown[0];
  const isKnown = fields.has('from') && fields.size >= (isMarked ? 2 : 3);
  const isForm = isMarked && labels >= 3 && values.includes('@') && /\d/.test(values);
  return isKnown || isForm || (fields.has('from') && fields.size >= 2 && values.includes('@'))
    ? { forwarded, end }
    : undefined;
}

/**
 * The last index of the lines that introduce a quotation: “On Monday, Jane Doe <jane@example.org>” and “wrote:”.
 * @param isQuoted whether a quotation follows the line. Otherwise an address or a time must show that it is mail
 */
function introAt(lines: readonly MailLine[], start: number, isQuoted: boolean): number | undefined {
  if (lines[start]?.intro === 'sure') return start;
  const at = isQuoted && lines[start]?.text.trim() === '' ? start - 1 : start;
  for (let count = 1; count <= 3; count++) {
    const part = isQuoted ? lines.slice(Math.max(0, at - count + 1), at + 1) : lines.slice(at, at + count);
    const text = part
      .map(line => line.text.trim())
      .join(' ')
      .trim()
      .toLowerCase();
    if (text === '' || text.length > 250 || part.some(line => line.text.trim() === '')) return undefined;
    const ends = REPLY_ENDS.some(end => text.endsWith(end)) || (endsWithColon(text) && text.includes('@'));
    if (!ends) continue;
    const next = lines.slice(at + count, at + MAX_HEADER_LINES).find(line => line.text.trim() !== '');
    const isMail = /@|\d{1,2}[:.]\d\d|\d{4}/.test(text);
    if (
      isQuoted ||
      (isMail && (text.includes('@') || /\d{1,2}[:.]\d\d/.test(text) || (next?.depth ?? 0) > 0))
    )
      return isQuoted ? at : at + count - 1;
  }
  return undefined;
}
