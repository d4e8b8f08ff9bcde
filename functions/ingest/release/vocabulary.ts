import { DATE_FILLERS, ZONES } from '../words/date-words.ts';
import { RELATIVE_DAYS, RELEASE_WORDS, type ReleaseWord } from '../words/release-words.ts';
import { isWeekday } from './instants.ts';

/**
 * Scripts without spaces between words, or with particles attached to words. A phrase can stand anywhere in a run of
 * such letters.
 */
export const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}ー]/u;
const TOKEN =
  /\p{L}{1,3}\p{N}{1,4}(?![\p{L}\p{N}])|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}ー]+|[\p{L}\p{M}\u200c]+(?:['’.][\p{L}\p{M}]+)*|\p{N}+/gu;

/**
 * The phrases of several tables. They are found by their first word, or by the first character in scripts
 * without spaces.
 */
export class Vocabulary<Meaning extends string> {
  readonly #phrases = new Map<string, { tokens: readonly string[]; meanings: Set<Meaning> }[]>();
  #tokens: ReadonlySet<string> | undefined;

  constructor(...tables: readonly ReadonlyMap<Meaning, readonly string[]>[]) {
    for (const table of tables)
      for (const [meaning, phrases] of table) for (const phrase of phrases) this.#add(phrase, meaning);
    for (const list of this.#phrases.values()) list.sort((a, b) => lengthOf(b.tokens) - lengthOf(a.tokens));
  }

  #add(phrase: string, meaning: Meaning): void {
    const tokens = tokensOf(phrase);
    const first = tokens[0];
    if (first === undefined) return;
    const list = this.#phrases.get(first) ?? [];
    const same = list.find(each => each.tokens.join(' ') === tokens.join(' '));
    if (same) same.meanings.add(meaning);
    else list.push({ tokens, meanings: new Set([meaning]) });
    this.#phrases.set(first, list);
  }

  /** Whether a word belongs to a phrase. */
  hasToken(word: string): boolean {
    this.#tokens ??= new Set([...this.#phrases.values()].flat().flatMap(({ tokens }) => tokens));
    return this.#tokens.has(word);
  }

  /** The phrase that is this word alone. */
  single(word: string): MeantWord<Meaning> | undefined {
    const phrase = this.#phrases.get(word)?.find(({ tokens }) => tokens.length === 1);
    return phrase && { word, meanings: phrase.meanings };
  }

  /** Whether a text has a phrase. It is faster than {@link read}. */
  isIn(text: string): boolean {
    const tokens = tokensOf(text);
    return tokens.some((first, at) =>
      this.#phrases
        .get(first)
        ?.some(phrase => phrase.tokens.every((token, index) => tokens[at + index] === token)),
    );
  }

  /** The meanings of the words of a text, in order. The longest phrase wins. */
  read(text: string): MeantWord<Meaning>[] {
    const tokens = tokensOf(text);
    const found: MeantWord<Meaning>[] = [];
    for (let at = 0; at < tokens.length; ) {
      const phrase = this.#phrases
        .get(tokens[at] ?? '')
        ?.find(({ tokens: wanted }) => wanted.every((token, index) => tokens[at + index] === token));
      found.push({ word: phrase ? phrase.tokens.join(' ') : (tokens[at] ?? ''), meanings: phrase?.meanings });
      at += phrase?.tokens.length ?? 1;
    }
    return found;
  }
}

/** A word or a phrase of a text. Its meanings are undefined if no table has it. */
export interface MeantWord<Meaning> {
  word: string;
  meanings: ReadonlySet<Meaning> | undefined;
}

function lengthOf(tokens: readonly string[]): number {
  return tokens.reduce((sum, token) => sum + token.length, 0);
}

/** Marks that are optional in writing: a dot above from Turkish capitals, vowel signs of Arabic and Hebrew. */
const POINTING = /[\u0307\u064b-\u0652\u0591-\u05bd\u05bf-\u05c7]/g;

/** The apostrophe after an article: “l'embargo”, “dell'articolo”. */
const ELIDED = /(?<=(?<!\p{L})(?:l|d|un|dell|all|dall|nell|sull))'(?=\p{L}{3})/gu;

/** The same pattern for ASCII text. Most texts are ASCII, and this takes a fifth of the time. */
const ASCII_TOKEN = /[a-z]{1,3}[0-9]{1,4}(?![a-z0-9])|[a-z]+(?:['.][a-z]+)*|[0-9]+/g;
const NON_ASCII = /[^\0-\x7f]/;

/** Splits a text into words in lower case. In scripts without spaces, each character is a word. */
export function tokensOf(text: string): readonly string[] {
  if (!NON_ASCII.test(text)) {
    const plain = text.toLowerCase();
    return (plain.includes("'") ? plain.replace(ELIDED, ' ') : plain).match(ASCII_TOKEN) ?? [];
  }
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(INVISIBLE, '')
    .replace(POINTING, '')
    .replaceAll('’', "'")
    .replaceAll('ı', 'i')
    .replace(ELIDED, ' ');
  return [...plain.matchAll(TOKEN)].flatMap(([token]) => (UNSPACED.test(token) ? [...token] : [token]));
}

/**
 * Invisible characters: soft hyphens, direction marks, spaces without width, variation selectors of emoji.
 */
export const INVISIBLE = /(?:[\u00ad\u200b\u200e\u200f\u2060-\u2069\u202a-\u202e\ufeff]|\ufe0f)/g;

let release: Vocabulary<ReleaseWord> | undefined;

/** The vocabulary of release terms. It is made when a file first needs it. */
export function releaseVocabulary(): Vocabulary<ReleaseWord> {
  release ??= new Vocabulary(RELEASE_WORDS);
  return release;
}

/** Whether a word can be a part of a date. */
export function isDateWord(word: string): boolean {
  return isTimeWord(word) || /^v\d/.test(word) || ZONES.has(word) || DATE_FILLERS.has(word);
}

/** Whether a word names a time or a day, which alone is not a full instant. */
export function isTimeWord(word: string): boolean {
  return /^\p{N}+$/u.test(word) || isWeekday(word) || RELATIVE_DAYS.has(word);
}
