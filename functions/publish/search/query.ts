import { hasTerm, unpackTerms } from './packed-terms.ts';
import { type SearchRow, shownText } from './search-row.ts';
import { fold, termsOf } from './terms.ts';

/** A query that is ready to be compared. */
export interface Query {
  /** Every term must be in an article. */
  terms: string[];
}

/** Maximum number of terms of a query. */
const MAX_TERMS = 16;

/** Reads the words that a person typed. A query without terms finds nothing. */
export function queryOf(text: string): Query {
  return { terms: [...termsOf(text)].slice(0, MAX_TERMS) };
}

/** Where a row has the terms of a query: 0 all in headline, authors, section and tags; 1 all in the shown texts; 2 some only in the body. */
export type Rank = 0 | 1 | 2;

/** Compares a row with a query. Returns undefined if it lacks a term. @param bodyText the text of the body, instead of its packed terms */
export function rankOf(row: SearchRow, { terms }: Query, bodyText?: string): Rank | undefined {
  if (terms.length === 0) return undefined;
  const has = (text: string) => hasAll(termsOf(text), fold(text), terms);
  if (has(shownText({ ...row, dek: '', summary: '' }))) return 0;
  const shown = shownText(row);
  if (has(shown)) return 1;
  const [own, folded] = [termsOf(shown), fold(shown)];
  const missing = terms.filter(term => !hasAll(own, folded, [term]));
  if (bodyText !== undefined) return hasAll(termsOf(bodyText), fold(bodyText), missing) ? 2 : undefined;
  const hashes = unpackTerms(row.body);
  return missing.every(term => hasTerm(hashes, term)) ? 2 : undefined;
}

function hasAll(own: ReadonlySet<string>, folded: string, terms: readonly string[]): boolean {
  return terms.every(term => own.has(term) || (isShort(term) && folded.includes(term)));
}

/**
 * Whether a term is one character of a script without spaces. The index holds longer runs of such scripts, so only the
 * shown texts can have it.
 */
export function isShort(term: string): boolean {
  return [...term].length < 2 && /\p{L}/u.test(term);
}

/** A part of a text, and whether a query names it. */
export interface Part {
  text: string;
  isFound: boolean;
}

/** Divides a text at the words that a query names. */
export function marked(text: string, { terms }: Query): Part[] {
  const wanted = new Set(terms);
  const parts: Part[] = [];
  const add = (part: string, isFound: boolean) => {
    const last = parts.at(-1);
    if (last?.isFound === isFound) last.text += part;
    else if (part !== '') parts.push({ text: part, isFound });
  };
  let end = 0;
  for (const match of text.matchAll(/[\p{L}\p{M}\p{N}]+(?:['’ʼ"״׳][\p{L}\p{M}\p{N}]+)*/gu)) {
    const [word] = match;
    add(text.slice(end, match.index), false);
    end = match.index + word.length;
    if (wanted.size > 0 && isWritten(word))
      for (const [piece, isFound] of runsIn(word, wanted)) add(piece, isFound);
    else
      add(
        word,
        [...termsOf(word)].some(term => wanted.has(term)),
      );
  }
  add(text.slice(end), false);
  return parts;
}

const WITHOUT_SPACES =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

function isWritten(word: string): boolean {
  return WITHOUT_SPACES.test(word);
}

/** The characters of a word of a script without spaces, each with whether it is in a wanted run. */
function runsIn(word: string, wanted: ReadonlySet<string>): [string, boolean][] {
  const chars = [...word];
  const found = chars.map(() => false);
  for (let from = 0; from < chars.length; from++)
    for (let length = 1; length <= 3 && from + length <= chars.length; length++)
      if (wanted.has(fold(chars.slice(from, from + length).join('')))) found.fill(true, from, from + length);
  return chars.map((char, at) => [char, found[at] ?? false]);
}
