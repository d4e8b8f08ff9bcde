import type { ParsedArticle } from '../../../shared/model/article.ts';

/** So many words that stand together in the file must stand together in the record. One or two do by chance. */
const RUN = 3;

/** Fewer lost words are a byline, a date or a label. */
const MIN_LOST_WORDS = 20;

/** Characters to a word where a script parts no words: a Chinese or Japanese word has not quite two. */
const CHARACTERS_A_WORD = 1.7;

/** Places of the table for each run of the record: one run in so many that the record lacks is taken for one it has. */
const PLACES_A_RUN = 32;

/** What an editor is told where most of what a file says is nowhere in its article; nothing where it is there. */
export function lostWordsWarning(article: ParsedArticle, shown: string): string | undefined {
  const found = mostWordsLost(shown, article.bodyText, () => otherTextsOf(article));
  if (!found) return undefined;
  const { lost, all } = found;
  return `Most of the words of the file are not in the article: about ${lost} of ${all} are missing. Compare it with the file; \`npx copydesk parse --explain FILE\` lists what was left out.`;
}

/** What tells an editor what the file said, besides the plain text of the body. */
function otherTextsOf(article: ParsedArticle): string[] {
  const { image, dateline } = article;
  return [
    article.headline,
    article.dek,
    dateline?.place,
    // Captions stand in the HTML alone.
    article.bodyHtml.includes('<figcaption') ? article.bodyHtml.replace(/<[^<>]*>/g, ' ') : undefined,
    article.summary,
    article.correction,
    image?.alt,
    image?.caption,
    image?.credit,
    article.section,
    article.siteName,
    ...article.authors.map(({ name }) => name),
    ...article.keyPoints,
    ...article.tags,
    ...article.related.map(({ title }) => title),
    ...article.warnings,
  ].filter(text => text !== undefined);
}

export interface LostWords {
  lost: number;
  all: number;
}

/**
 * Counts the words of a file that are nowhere in its record, if they are more than those that are there. A word is kept if the record
 * has it in a run of three as in the file: order, punctuation, markup and repetition do not matter. Linear.
 * @param shown what the file says to readers, as plain text
 * @param body text of the record's body
 * @param others what else the record says
 */
export function mostWordsLost(
  shown: string,
  body: string,
  others: () => readonly string[],
): LostWords | undefined {
  // More words than the body has cannot be missing from a text that is shorter than the body.
  if (shown.length < body.length) return undefined;
  const { hashes, weights } = wordsOf(shown);
  const kept = wordsOf(body);
  const has = runsOf([kept.hashes, ...others().map(text => wordsOf(text).hashes)]);
  const found = new Uint8Array(hashes.length);
  for (let at = 0; at + RUN <= hashes.length; at += 1) if (has(hashes, at)) found.fill(1, at, at + RUN);
  const all = sum(weights);
  const lost = sum(weights.filter((_, at) => found[at] === 0));
  const isMost = lost >= MIN_LOST_WORDS && lost * 2 > all && lost > sum(kept.weights);
  return isMost ? { lost: Math.round(lost), all: Math.round(all) } : undefined;
}

/** The runs of words of some texts. Says of few others that it has them: it remembers bits, not words. */
function runsOf(texts: readonly Int32Array[]): (hashes: Int32Array, at: number) => boolean {
  const words = texts.reduce((sum, hashes) => sum + hashes.length, 0);
  const table = new Uint8Array(2 ** Math.ceil(Math.log2(1 + words * PLACES_A_RUN)));
  const placeOf = (hashes: Int32Array, at: number) => {
    let place = 0;
    for (let next = at; next < at + RUN; next += 1) {
      place = Math.imul(place ^ (hashes[next] ?? 0), PRIME);
      place ^= place >>> 15;
    }
    return (place >>> 0) % table.length;
  };
  for (const hashes of texts)
    for (let at = 0; at + RUN <= hashes.length; at += 1) table[placeOf(hashes, at)] = 1;
  return (hashes, at) => table[placeOf(hashes, at)] === 1;
}

interface Words {
  /** A number for each word, equal for equal words whatever their case. */
  hashes: Int32Array;
  /** How much of a word each is. */
  weights: Float32Array;
}

function wordsOf(text: string): Words {
  const hashes = new Int32Array(text.length);
  const weights = new Float32Array(text.length);
  let count = 0;
  let hash = SEED;
  const end = (weight: number) => {
    if (hash === SEED) return;
    hashes[count] = hash;
    weights[count] = weight;
    count += 1;
    hash = SEED;
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = letterOf(text.charCodeAt(at));
    if (letter === 0 || letter >= ALONE) end(1);
    if (letter > 0) hash = Math.imul(hash ^ letter, PRIME);
    if (letter >= ALONE) end(1 / CHARACTERS_A_WORD);
  }
  end(1);
  return { hashes: hashes.subarray(0, count), weights: weights.subarray(0, count) };
}

function sum(numbers: Float32Array): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** FNV-1a. */
const SEED = 0x811c9dc5;
const PRIME = 0x01000193;

/** Thai, Lao, Burmese, Khmer, kana and ideographs: their scripts write words without spaces between them. */
const UNSPACED = [
  [0x0e00, 0x0eff],
  [0x1000, 0x109f],
  [0x1780, 0x17ff],
  [0x3041, 0x30ff],
  [0x3400, 0x9fff],
  [0xf900, 0xfaff],
] as const;

const WORD = /[\p{L}\p{N}]/u;

/** Marks a letter that is a word by itself, or a good part of one. */
const ALONE = 0x10000;

/** By code unit: what `letterOf` gives, plus one; 0 where that is not known yet. */
const LETTERS = new Uint32Array(0x10000);

/** The code unit in lower case; 0 for what is in no word. Halves of surrogate pairs are letters of rare scripts. */
function letterOf(code: number): number {
  const known = LETTERS[code] ?? 0;
  if (known > 0) return known - 1;
  const character = String.fromCharCode(code);
  const isWord = WORD.test(character) || (code >= 0xd800 && code <= 0xdfff);
  const isAlone = UNSPACED.some(([first, last]) => code >= first && code <= last);
  const letter = isWord ? character.toLowerCase().charCodeAt(0) + (isAlone ? ALONE : 0) : 0;
  LETTERS[code] = letter + 1;
  return letter;
}
