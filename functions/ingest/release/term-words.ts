import { RELEASE_WORDS, type ReleaseWord } from '../words/release-words.ts';
import { canEndKey } from './keys.ts';
import { INVISIBLE, type MeantWord, Vocabulary } from './vocabulary.ts';

/**
 * Every line with a term has one of these words. Most lines of a story have none and are skipped quickly.
 */
export const TERM_WORDS: readonly ReleaseWord[] = [
  'embargo',
  'embargoed',
  'forbidden',
  'publish',
  'release',
  'hold',
  'draft',
  'expires',
  'withdraw',
  'cancel',
  'until',
];

let termVocabulary: Vocabulary<ReleaseWord> | undefined;

const MARK = /[:=：|¦｜\])}】］]/g;

/** The word before a mark, and the part of the text that can hold it, in UTF-16 units. */
const LAST_WORD = /[\p{L}\p{M}'’_-]+(?=["']?\s?$)/u;
const MAX_LABEL_CHARS = 48;

/** The last answer of {@link canHoldTerm}. A line is asked about as a whole, and again before it is split. */
let last = { text: '', can: false };

/** Whether a text or a part of it can be a release term. Most texts cannot, and this tells it quickly. */
export function canHoldTerm(text: string): boolean {
  if (last.text !== text) {
    const plain = respell(text);
    last = { text, can: holdsTermWord(plain) || holdsLabel(plain) };
  }
  return last.can;
}

/** A word of spaced or dashed capitals: “E M B A R G O E D”. Two spaces part its words. */
const SPELLED = /(?<!\p{L})\p{Lu}(?:[ .·-]\p{Lu}){3,40}(?!\p{L})/gu;

/** The first word of a line, if it is in capitals, a label, or stands before a date. */
const FIRST_WORD = /^\P{L}*(\p{Lu}{6,11}(?!\p{L})|\p{L}{6,11}(?=\s?[:：]|\s+(?:\d|until\s|till\s|bis\s)))/u;

/** Words that are no errors: other forms of “embargo”, in English, Slavic languages and Finnish, and a Spanish word. */
const OTHER_FORM = /^embar(?:co|go(?:e?s|n|t|m)|g[auy])$/i;

/** Joins spaced letters of a word, and corrects an error in the word for an embargo at the start of a line. */
export function respell(text: string): string {
  const joined = text.replace(SPELLED, run => run.replace(/\P{L}/gu, ''));
  const [, word = ''] = FIRST_WORD.exec(joined) ?? [];
  const meant = ['embargoed', 'embargo', 'sperrfrist'].find(each => isNearly(word.toLowerCase(), each));
  if (meant === undefined || OTHER_FORM.test(word)) return joined;
  return joined.replace(word, isShouted(word) ? meant.toUpperCase() : meant);
}

/** Whether a word is another word with one letter more, less or changed, or with two letters exchanged. */
function isNearly(word: string, meant: string): boolean {
  const at = [...meant].findIndex((letter, index) => letter !== word[index]);
  if (at < 0) return word.length === meant.length + 1;
  const [rest, wanted] = [word.slice(at), meant.slice(at)];
  return (
    rest.slice(1) === wanted.slice(1) ||
    rest.slice(1) === wanted ||
    rest === wanted.slice(1) ||
    rest === `${wanted[1]}${wanted[0]}${wanted.slice(2)}`
  );
}

function holdsTermWord(text: string): boolean {
  termVocabulary ??= new Vocabulary(
    new Map(TERM_WORDS.map(term => [term, RELEASE_WORDS.get(term) ?? []] as const)),
  );
  return termVocabulary.isIn(text);
}

function holdsLabel(text: string): boolean {
  if (text.search(MARK) < 0) return false;
  const visible = text.replace(INVISIBLE, '');
  for (const { index } of visible.matchAll(MARK)) {
    const [word] = LAST_WORD.exec(visible.slice(Math.max(0, index - MAX_LABEL_CHARS), index)) ?? [];
    if (word !== undefined && canEndKey(word)) return true;
  }
  return false;
}

export function has(words: readonly MeantWord<ReleaseWord>[], ...wanted: readonly ReleaseWord[]): boolean {
  return words.some(({ meanings }) => wanted.some(meaning => meanings?.has(meaning)));
}

/** Whether the first word with a meaning has one of the given meanings. Words that address editors are skipped. */
export function leads(words: readonly MeantWord<ReleaseWord>[], ...wanted: readonly ReleaseWord[]): boolean {
  const first = words.find(({ meanings }) => !isAddress(meanings));
  return wanted.some(meaning => first?.meanings?.has(meaning));
}

export function isAddress(meanings: ReadonlySet<ReleaseWord> | undefined): boolean {
  return (
    meanings !== undefined &&
    (meanings.has('strict') || meanings.has('copy') || (meanings.size === 1 && meanings.has('filler')))
  );
}

export function isFiller(word: MeantWord<ReleaseWord> | undefined): boolean {
  return word?.meanings?.size === 1 && word.meanings.has('filler');
}

/**
 * Whether a line is written in capitals only. Newsrooms write notes that do not belong to the story in
 * capitals. Lines in scripts without capitals never match.
 */
export function isShouted(line: string): boolean {
  const upper = line.match(/\p{Lu}/gu)?.length ?? 0;
  return upper >= 4 && !/\p{Ll}/u.test(line);
}

/** Verbs that prohibitions about other things also use, such as “not for public use”. */
export const WEAK_VERBS: ReadonlySet<string> = new Set([
  'use',
  'print',
  'public',
  'live',
  'air',
  'go live',
  'for use',
  'share',
  'shared',
  'sharing',
]);
