import { parseByline, withoutBylinePrefix } from '../../text/byline.ts';
import {
  CONFIDENTIAL,
  DEVICES,
  GREETINGS,
  JOINED_GREETINGS,
  JOINED_NOTE_WORDS,
  MAIL_NOUNS,
  NOTE_STARTS,
  NOTE_WORDS,
  SENT_WORDS,
  SHARED_NOTE_WORDS,
  SIGN_OFFS,
} from '../../words/mail-words.ts';
import { endsWithStop } from '../text/lines.ts';
import type { MailLine } from './mail-messages.ts';

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

/** Number of lines in which the headline may stand. */
const MAX_HEAD_SPAN = 60;

/** Maximum number of filled lines above the byline. */
const MAX_LINES_ABOVE_BYLINE = 14;

/** The part of a message that is copy, as a range of its lines. */
export interface Letter {
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
export function readLetter(
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

/** The size of lines, in letters of an alphabet. */
export function sizeOf(lines: readonly MailLine[], indexes: readonly number[]): number {
  return indexes.reduce((sum, at) => sum + sizeOfText(lines[at]?.text.trim() ?? ''), 0);
}

function sizeOfText(text: string): number {
  const wide =
    text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0;
  return text.length + wide * (LETTERS_PER_WIDE_CHARACTER - 1);
}
