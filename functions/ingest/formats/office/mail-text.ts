import { parseByline, withoutBylinePrefix } from '../../text/byline.ts';
import { hasWords } from '../../text/characters.ts';
import { detectLanguage } from '../../text/language.ts';
import {
  CONFIDENTIAL,
  DEVICES,
  FORWARD_MARKS,
  FORWARD_PREFIXES,
  GREETINGS,
  JOINED_GREETINGS,
  JOINED_NOTE_WORDS,
  MAIL_HEADERS,
  MAIL_NOUNS,
  NOTE_STARTS,
  NOTE_WORDS,
  ORIGINAL_MARKS,
  OTHER_PREFIXES,
  REPLY_ENDS,
  REPLY_PREFIXES,
  SENT_WORDS,
  SHARED_NOTE_WORDS,
  SIGN_OFFS,
} from '../../words/mail-words.ts';
import { endsWithColon, endsWithStop, refuseLines } from '../text/lines.ts';

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

/** What is known about a message besides its lines. */
export interface Envelope {
  subject: string;
  sender: string;
}

/** The copy in a message. */
export interface MailCopy {
  /** Whether each line belongs to the copy. */
  kept: boolean[];
  /** Index of the line with the headline, if a byline below it or bold type shows it. */
  title: number | undefined;
  /** Whether a byline stands below the headline. */
  isCredited: boolean;
  /** Lines around the copy that its sender wrote. They may hold release terms. */
  leftOut: string[];
  forwarded: Forwarded | undefined;
  warnings: string[];
  /** Why the copy cannot be told from private words. */
  doubt: string | undefined;
}

/** Sizes are in letters of an alphabet. A Chinese, Japanese or Korean character says as much as three. */
const LETTERS_PER_WIDE_CHARACTER = 3;

/** Minimum size of a message that holds a story. */
const MIN_STORY_SIZE = 180;

/** Maximum size of a note above copy. */
const MAX_NOTE_SIZE = 400;

/** Maximum size of a paragraph of a note. A longer paragraph is a part of the story. */
const MAX_NOTE_PARAGRAPH = 250;

/** Minimum size of a paragraph that is a part of the story although a greeting stands above it. */
const MIN_LEDE_SIZE = 110;

/** Maximum size of a greeting, of a line that ends a letter, and of a line of a signature. */
const MAX_GREETING_SIZE = 60;
const MAX_SIGNATURE_LINE = 90;

/** Maximum number of filled lines of a signature. */
const MAX_SIGNATURE_LINES = 18;

/** Number of lines at the beginning and at the end of a mail that may end a letter. */
const MAX_LETTER_LINES = 80;

/** Maximum number of lines of the header of a message inside a message. */
const MAX_HEADER_LINES = 14;

/** Number of characters that show the language of a mail. */
const MAX_SAMPLE_CHARS = 4_000;

/** Number of lines in which the headline may stand. */
const MAX_HEAD_SPAN = 60;

/** Maximum number of filled lines above the byline. */
const MAX_LINES_ABOVE_BYLINE = 14;

/** Removes `Re:`, `Fwd:` and the like, and the names of lists in brackets, from a subject. */
export function cleanSubject(subject: string): string {
  let rest = subject.trim();
  for (let count = 0; count < 10; count++) {
    const prefix = prefixOf(rest);
    const list = /^\[[^\]]{1,40}\]\s*/.exec(rest);
    if (prefix) rest = rest.slice(prefix.length);
    else if (list && rest.length > list[0].length) rest = rest.slice(list[0].length);
    else break;
  }
  return rest;
}

function prefixOf(subject: string): { word: string; length: number } | undefined {
  const prefix = /^([\p{L}\p{M}]{1,7})\s?(?:\[\d{1,3}\]|\(\d{1,3}\))?\s?[:：]\s*/u.exec(subject);
  const word = prefix?.[1]?.toLowerCase() ?? '';
  const isPrefix = [FORWARD_PREFIXES, REPLY_PREFIXES, OTHER_PREFIXES].some(set => set.has(word));
  return prefix && isPrefix ? { word, length: prefix[0].length } : undefined;
}

/** Whether the subject of a message says that it is an answer. */
export function isReply(subject: string): boolean {
  return REPLY_PREFIXES.has(prefixOf(subject.trim().replace(/^\[[^\]]{1,40}\]\s*/, ''))?.word ?? '');
}

function isForward(subject: string): boolean {
  return FORWARD_PREFIXES.has(prefixOf(subject.trim().replace(/^\[[^\]]{1,40}\]\s*/, ''))?.word ?? '');
}

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
interface Message {
  lines: number[];
  forwarded: Forwarded | undefined;
  isForward: boolean;
}

/** Tells the copy in a message from the words around it. */
export function readMail(lines: readonly MailLine[], { subject, sender }: Envelope): MailCopy {
  const messages = messagesOf(lines);
  const [own] = messages;
  const sample = lines.map(({ text }) => text).join('\n');
  const language = detectLanguage(sample.slice(0, MAX_SAMPLE_CHARS))?.language ?? '';
  const letters = messages.map(message =>
    readLetter(lines, message.lines, {
      sender: message.forwarded ? (message.forwarded.from ?? '') : sender,
      language,
    }),
  );
  const sizes = letters.map(({ from, to }, at) => sizeOf(lines, messages[at]?.lines.slice(from, to) ?? []));
  const hasStory = letters.map(({ isCredited }, at) => isCredited || (sizes[at] ?? 0) >= MIN_STORY_SIZE);
  const inner = hasStory.indexOf(true, 1);
  const [isOwn = true, ownSize = 0] = [hasStory[0], sizes[0]];
  const forwards = (messages[1]?.isForward ?? false) || isForward(subject);
  const answers = isReply(subject) && !messages[1]?.isForward;
  const chosen = inner < 0 || (isOwn && !(forwards && ownSize < (sizes[inner] ?? 0))) ? 0 : inner;
  let doubt: string | undefined;
  if (inner > 0 && isOwn && !answers && (!forwards || ownSize >= MAX_NOTE_SIZE || letters[0]?.isCredited))
    doubt = 'The mail and the message inside it both look like copy';
  else if (inner > 0 && !isOwn && answers) doubt = 'Only the message that this mail answers looks like copy';
  const letter = letters[chosen];
  const message = messages[chosen] ?? own;
  const ends = message?.lines.slice(letter?.from ?? 0, letter?.to) ?? [];
  const kept = lines.map(() => false);
  for (const at of ends) kept[at] = true;
  const warnings: string[] = [];
  const leftOut: string[] = [];
  const note = (what: string, indexes: readonly number[] | undefined) => {
    const text = (indexes ?? []).map(at => lines[at]?.text.trim() ?? '').filter(hasWords);
    for (const line of text) leftOut.push(line);
    if (text.length > 0) warnings.push(`${what} was left out: “${text.join(' ').slice(0, 80)}”.`);
  };
  if (chosen > 0) note('The note above the forwarded copy', own?.lines);
  note('The note above the copy', message?.lines.slice(0, letter?.from));
  note('The signature', message?.lines.slice(letter?.to ?? 0));
  if (chosen === 0 && messages.length > 1)
    warnings.push(
      `The message that this one ${forwards ? 'forwards' : 'answers'} was left out, below the copy.`,
    );
  return {
    kept,
    title: letter?.title,
    isCredited: letter?.isCredited ?? false,
    leftOut,
    forwarded: message?.forwarded,
    warnings,
    doubt: doubt ?? letter?.doubt,
  };
}

function messagesOf(lines: readonly MailLine[]): Message[] {
  const messages: Message[] = [{ lines: [], forwarded: undefined, isForward: false }];
  const open: { message: Message; depth: number }[] = [{ message: messages[0] as Message, depth: 0 }];
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

/** The part of a message that is copy, as a range of its lines. */
interface Letter {
  from: number;
  to: number;
  title: number | undefined;
  isCredited: boolean;
  doubt: string | undefined;
  /** The language of the mail. */
  language: string;
}

/** A paragraph of a message: a range of its lines. */
interface Group {
  from: number;
  to: number;
  text: string;
  size: number;
}

/** Finds the copy in one message: what is left without greeting, notes and signature. */
function readLetter(
  lines: readonly MailLine[],
  indexes: readonly number[],
  { sender, language }: { sender: string; language: string },
): Letter {
  const texts = indexes.map(at => lines[at]?.text.trim() ?? '');
  const isBold = indexes.map(at => lines[at]?.isBold ?? false);
  const letter: Letter = {
    from: 0,
    to: texts.length,
    title: undefined,
    isCredited: false,
    doubt: undefined,
    language,
  };
  const greets = cutFoot(texts, letter, sender);
  cutHead(texts, letter, isBold, greets);
  if (letter.title !== undefined) letter.title = indexes[letter.title];
  return letter;
}

/** Cuts what stands below the copy. Returns whether a line ends the letter. */
function cutFoot(texts: readonly string[], letter: Letter, sender: string): boolean {
  const dashes = texts.findLastIndex(text => text === '--' || text === '—');
  if (
    dashes > 0 &&
    filled(texts, dashes, texts.length) <= MAX_SIGNATURE_LINES &&
    filled(texts, 0, dashes) > 0
  )
    letter.to = dashes;
  for (let groups = groupsOf(texts, letter), at = groups.length - 1; at > 0; at--) {
    const { text, from, to } = groups[at] as Group;
    if (!isDisclaimer(text) && !(to - from === 1 && isDeviceLine(text))) break;
    letter.to = from;
  }
  const last = lastFilled(texts, letter.to);
  if (last > 0 && isDeviceLine(texts[last] ?? '')) letter.to = last;
  const signOff = signOffOf(texts, letter);
  if (signOff !== undefined) {
    const below = groupsOf(texts, { from: signOff, to: letter.to });
    const isFoot = below.every(({ text, size }) => size <= 2 * MAX_NOTE_PARAGRAPH || isDisclaimer(text));
    const sizeBelow = below.filter(({ text }) => endsWithStop(text)).reduce((sum, { size }) => sum + size, 0);
    const sizeAbove = groupsOf(texts, { from: 0, to: signOff }).reduce((sum, { size }) => sum + size, 0);
    if (sizeBelow >= MIN_STORY_SIZE && sizeAbove <= MAX_NOTE_SIZE) cutLetter(texts, letter, signOff);
    else if (isFoot && sizeBelow < MIN_STORY_SIZE) letter.to = signOff;
    cutClosing(texts, letter);
    return true;
  }
  cutName(texts, letter, sender);
  return false;
}

/** Cuts a letter that stands above the copy, with its signature. */
function cutLetter(texts: readonly string[], letter: Letter, signOff: number): void {
  const separator = texts.findIndex(
    (text, at) => at > signOff && at < signOff + MAX_SIGNATURE_LINES && /^[-_*=#]{3,}$/.test(text),
  );
  if (separator > 0) {
    letter.from = separator + 1;
    return;
  }
  // The signature is the paragraph of the line that ends the letter, or the next one.
  const groups = groupsOf(texts, { from: signOff, to: letter.to });
  const [first, second] = groups;
  const isAlone = first && filled(texts, first.from, first.to) === 1;
  const end =
    isAlone && second && second.size <= MAX_NOTE_PARAGRAPH && !endsWithStop(second.text) ? second : first;
  letter.from = end?.to ?? signOff + 1;
  const next = groups[groups.indexOf(end as Group) + 1];
  if (!next || next.from === letter.from)
    letter.doubt = 'The signature of the letter above the copy has no clear end';
}

/** The line that ends a letter: “Best regards,”. It stands near the end of the mail, or near its beginning. */
function signOffOf(texts: readonly string[], { from, to }: Letter): number | undefined {
  for (let at = to - 1; at > from; at--) {
    if (at === to - MAX_LETTER_LINES) at = Math.min(at, from + MAX_LETTER_LINES);
    const text = texts[at] ?? '';
    if (!text || !isSignOff(text)) continue;
    const next = texts.slice(at + 1, Math.min(to, at + MAX_HEADER_LINES)).find(Boolean);
    const isName = next === undefined || (sizeOfText(next) <= MAX_GREETING_SIZE && !endsWithStop(next));
    if (!isName && !/[,!，、]$/.test(text)) continue;
    // A letter may end with two such lines: “Thanks” and “Best regards”.
    const above = lastFilled(texts, at);
    return above > from && isSignOff(texts[above] ?? '') ? above : at;
  }
  return undefined;
}

function isSignOff(text: string): boolean {
  if (sizeOfText(text) > MAX_GREETING_SIZE || text.split(/\s+/).length > 6) return false;
  const bare = text.toLowerCase().replace(/[\s,.!;:。，、–—-]+$/u, '');
  return SIGN_OFFS.some(
    phrase =>
      bare === phrase ||
      (bare.startsWith(phrase) &&
        /^[\s,!]/.test(bare.slice(phrase.length)) &&
        !endsWithStop(text.replace(/!$/, ''))),
  );
}

/** Cuts a last paragraph in which the writer speaks to the desk. */
function cutClosing(texts: readonly string[], letter: Letter): void {
  for (let count = 0; count < 2; count++) {
    const groups = groupsOf(texts, letter);
    const last = groups.at(-1);
    if (
      !last ||
      groups.length < 3 ||
      last.size > MAX_NOTE_PARAGRAPH ||
      noteWords(last.text, letter.language) === 0
    )
      return;
    letter.to = last.from;
  }
}

/** Cuts the name of the sender and the lines below it at the end of the copy. */
function cutName(texts: readonly string[], letter: Letter, sender: string): void {
  const names = nameWords(sender.replace(/[<[(].*$/, ''));
  let at = letter.to;
  let contacts = 0;
  let name: number | undefined;
  let isSure = false;
  for (let seen = 0; at > 1 && seen < MAX_SIGNATURE_LINES; at--) {
    const text = texts[at - 1] ?? '';
    if (!text) continue;
    if (sizeOfText(text) > MAX_SIGNATURE_LINE || (endsWithStop(text) && !isContact(text))) break;
    seen++;
    if (isContact(text)) contacts++;
    const own = nameWords(text.replace(/[|–—].*$/, ''));
    if (own.length > 0 && own.every(word => names.includes(word))) {
      name = at - 1;
      isSure = true;
      break;
    }
    if (contacts > 0 && parseByline(`By ${text}`) && text.split(' ').length <= 4) name = at - 1;
  }
  if (name === undefined || groupsOf(texts, { from: 0, to: name }).length === 0) return;
  if (isSure || name < letter.to) {
    letter.to = name;
    if (!isSure)
      letter.doubt = `“${(texts[name] ?? '').slice(0, 60)}” and the lines below it look like a signature`;
  }
}

function nameWords(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}'’]+/gu) ?? [];
}

/** Whether a line holds a telephone number or an address. */
function isContact(text: string): boolean {
  return /\S@\S+\.\S|^https?:|^www\.|(?:^|[^\p{L}\p{N}])\+\d[\d\s()./-]{6,}\d|^\p{L}{0,8}[.:\s]{0,3}\(?\d[\d\s()./-]{6,}\d$/u.test(
    text,
  );
}

/** Cuts what stands above the copy. */
function cutHead(
  texts: readonly string[],
  letter: Letter,
  isBold: readonly boolean[],
  isLetter: boolean,
): void {
  const title = titleOf(texts, letter);
  const groups = groupsOf(texts, letter);
  const [first] = groups;
  if (!first) return;
  let from = letter.from;
  const greeting = greetingEnd(texts, first, letter.language);
  if (greeting !== undefined) from = greeting;
  if (title !== undefined && title >= from) {
    const above = groupsOf(texts, { from, to: title });
    const size = above.reduce((sum, group) => sum + group.size, 0);
    if (size <= MAX_NOTE_SIZE) {
      letter.from = title;
      letter.title = title;
      letter.isCredited = true;
      return;
    }
    letter.doubt ??= 'A long text stands above the headline';
  }
  letter.from = from;
  const isGreeted = greeting !== undefined;
  for (let count = 0; count < 4; count++) {
    const [group, next] = groupsOf(texts, letter);
    if (!group || !next) break;
    const found = noteWords(group.text, letter.language);
    const isShort = group.size <= MAX_NOTE_PARAGRAPH;
    if (isShort && found >= (isGreeted || isLetter || count > 0 ? 1 : 2)) letter.from = group.to;
    else if (isGreeted && found > 0 && group.size <= 2 * MAX_NOTE_SIZE) {
      letter.doubt ??= `“${group.text.slice(0, 60)}” may be a note to the desk`;
      break;
    } else if (isGreeted && count === 0 && group.size < MIN_LEDE_SIZE && endsWithStop(group.text)) {
      letter.doubt ??= `“${group.text.slice(0, 60)}” may be a note to the desk`;
      break;
    } else break;
  }
  const start = texts.findIndex((text, at) => at >= letter.from && text !== '');
  const text = texts[start] ?? '';
  if (start >= 0 && isBold[start] && isTitle(text) && text.split(/\s/).length >= 3) letter.title = start;
}

/** The line with the headline: the first of one or two titles above a byline. */
function titleOf(texts: readonly string[], { from, to, language }: Letter): number | undefined {
  const near = [...texts.slice(0, from + MAX_HEAD_SPAN).entries()]
    .slice(from, to)
    .filter(([, text]) => text !== '')
    .slice(0, MAX_LINES_ABOVE_BYLINE);
  const byline = near.findIndex(
    ([, text]) => text.length <= 80 && withoutBylinePrefix(text) !== undefined && parseByline(text),
  );
  if (byline < 1) return undefined;
  const above = near[byline - 1];
  if (!above || !isTitle(above[1])) return undefined;
  const higher = near[byline - 2];
  const isDek =
    higher && isTitle(higher[1]) && noteWords(higher[1], language) === 0 && !isGreeting(higher[1]);
  return isDek ? higher[0] : above[0];
}

function isTitle(text: string): boolean {
  return (
    sizeOfText(text) <= 220 && !endsWithStop(text.replace(/[?!]["'”’]?$/, '')) && !/[,;:，：]$/.test(text)
  );
}

/** The index after a greeting and the rest of its sentence. Undefined if the group does not begin with one. */
function greetingEnd(texts: readonly string[], group: Group, language: string): number | undefined {
  const line = texts[group.from] ?? '';
  if (isGreeting(line)) return group.from + 1;
  // “Hi Bo, here is the piece as discussed.”
  const opening = /^[^,:!，：]{2,40}[,:!，：]/u.exec(group.text)?.[0];
  const isNote = opening && isGreeting(opening) && group.size <= MAX_NOTE_PARAGRAPH;
  return isNote && startsWithGreeting(opening) && noteWords(group.text, language) > 0 ? group.to : undefined;
}

function isGreeting(text: string): boolean {
  if (sizeOfText(text) > MAX_GREETING_SIZE) return false;
  const count = text.split(/\s+/).length;
  if (/[,،，、]$/.test(text)) return count <= 6;
  if (JOINED_GREETINGS.some(word => text.includes(word))) return !/\p{L}{4,}.*[。.].*\p{L}/u.test(text);
  return startsWithGreeting(text) && (/[!:.：！–—-]$/.test(text) ? count <= 6 : count <= 3);
}

function startsWithGreeting(text: string): boolean {
  const lower = text.toLowerCase();
  return GREETINGS.some(
    word => lower.startsWith(word) && !/^[\p{L}\p{N}'’-]/u.test(lower.slice(word.length)),
  );
}

/** Counts the words with which a writer speaks to a reader. Quoted speech does not count. */
function noteWords(text: string, language: string): number {
  const own = text.toLowerCase().replace(/[“"«„「『][^”"»“」』]{0,2000}[”"»“」』]/gu, ' ');
  const all = own.match(/[\p{L}\p{M}\p{N}'’-]+/gu) ?? [];
  const known = NOTE_WORDS.get(language);
  const isNoteWord = (word: string, at: number) =>
    known?.has(word) || SHARED_NOTE_WORDS.has(word) || (at === 0 && NOTE_STARTS.has(word));
  const found = all.filter(isNoteWord).length;
  return found + JOINED_NOTE_WORDS.filter(word => own.includes(word)).length;
}

/** Whether a line is one that a telephone or a mail program adds: “Sent from my iPhone”. */
function isDeviceLine(text: string): boolean {
  if (/aka\.ms\/|go\.onelink\.me/.test(text) && text.length <= 200) return true;
  if (text.length > 100) return false;
  const lower = text.toLowerCase();
  const sent = SENT_WORDS.find(word => lower.includes(word));
  return sent !== undefined && DEVICES.test(text) && (!endsWithStop(text) || lower.startsWith(sent));
}

function isDisclaimer(text: string): boolean {
  return CONFIDENTIAL.test(text) && MAIL_NOUNS.test(text);
}

function groupsOf(texts: readonly string[], { from, to }: { from: number; to: number }): Group[] {
  const groups: Group[] = [];
  for (let at = from; at < to; at++) {
    if (!texts[at]) continue;
    let end = at;
    while (end < to && texts[end]) end++;
    const text = texts.slice(at, end).join(' ');
    groups.push({ from: at, to: end, text, size: sizeOfText(text) });
    at = end;
  }
  return groups;
}

function filled(texts: readonly string[], from: number, to: number): number {
  return texts.slice(from, to).filter(Boolean).length;
}

function lastFilled(texts: readonly string[], to: number): number {
  return texts.slice(0, to).findLastIndex(Boolean);
}

function sizeOf(lines: readonly MailLine[], indexes: readonly number[]): number {
  return indexes.reduce((sum, at) => sum + sizeOfText(lines[at]?.text.trim() ?? ''), 0);
}

function sizeOfText(text: string): number {
  const wide =
    text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0;
  return text.length + wide * (LETTERS_PER_WIDE_CHARACTER - 1);
}
