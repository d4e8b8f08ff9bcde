import type { ParsedArticle } from '../../../shared/model/article.ts';

/**
 * Number of words in a run. A word counts as kept if the record has the same run. Shorter runs would match by
 * chance.
 */
const RUN_WORDS = 3;

/** Minimum number of lost words for a warning. Fewer words are a byline, a date or a label. */
const MIN_LOST_WORDS = 20;

/**
 * Average length of a Chinese or Japanese word, in characters. These scripts have no spaces between words.
 */
const CHARS_PER_UNSPACED_WORD = 1.7;

/** Slots of the hash table per run of the record. About one of 32 lost runs is wrongly counted as kept. */
const SLOTS_PER_RUN = 32;

/** A warning for editors if most of the words of a file are not in its article. Undefined otherwise. */
export function lostWordsWarning(article: ParsedArticle, shown: string): string | undefined {
  const found = mostWordsLost(shown, article.bodyText, () => otherTextsOf(article));
  if (!found) return undefined;
  const { lost, all } = found;
  return `Most of the words of the file are not in the article: about ${lost} of ${all} are missing. Compare it with the file; \`npx copydesk parse --explain FILE\` lists what was left out.`;
}

/** The texts of an article besides the plain text of its body. */
function otherTextsOf(article: ParsedArticle): string[] {
  const { image, dateline } = article;
  return [
    article.headline,
    article.dek,
    dateline?.place,
    // The HTML is added, because the plain text has no captions.
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

/** Word counts of a file. */
export interface LostWords {
  /** Words that are not in the record. */
  lost: number;
  /** All words of the file. */
  all: number;
}

/**
 * Counts the words of a file that are not in its record, if they are more than half. A word counts as kept if
 * the record has it in the same run of three words as the file. The order of the runs, punctuation, markup
 * and repetition do not matter. The time is linear.
 * @param shown the text of the file that its readers see, without markup
 * @param body text of the record's body
 * @param others returns the other texts of the record
 */
export function mostWordsLost(
  shown: string,
  body: string,
  others: () => readonly string[],
): LostWords | undefined {
  // A text that is shorter than the body cannot lack more words than the body has.
  if (shown.length < body.length) return undefined;
  const { hashes, weights } = wordsOf(shown);
  const kept = wordsOf(body);
  const has = runsOf([kept.hashes, ...others().map(text => wordsOf(text).hashes)]);
  const found = new Uint8Array(hashes.length);
  for (let at = 0; at + RUN_WORDS <= hashes.length; at += 1)
    if (has(hashes, at)) found.fill(1, at, at + RUN_WORDS);
  const all = sum(weights);
  const lost = sum(weights.filter((_, at) => found[at] === 0));
  const isMost = lost >= MIN_LOST_WORDS && lost * 2 > all && lost > sum(kept.weights);
  return isMost ? { lost: Math.round(lost), all: Math.round(all) } : undefined;
}

/**
 * Makes a function that tells whether texts hold a run of words. It stores one bit for each run, so it
 * wrongly finds a few runs that the texts do not hold.
 */
function runsOf(texts: readonly Int32Array[]): (hashes: Int32Array, at: number) => boolean {
  const words = texts.reduce((sum, hashes) => sum + hashes.length, 0);
  const table = new Uint8Array(2 ** Math.ceil(Math.log2(1 + words * SLOTS_PER_RUN)));
  const slotOf = (hashes: Int32Array, at: number) => {
    let slot = 0;
    for (let next = at; next < at + RUN_WORDS; next += 1) {
      slot = Math.imul(slot ^ (hashes[next] ?? 0), FNV_PRIME);
      slot ^= slot >>> 15;
    }
    return (slot >>> 0) % table.length;
  };
  for (const hashes of texts)
    for (let at = 0; at + RUN_WORDS <= hashes.length; at += 1) table[slotOf(hashes, at)] = 1;
  return (hashes, at) => table[slotOf(hashes, at)] === 1;
}

interface Words {
  /** A hash of each word. It does not depend on the word's case. */
  hashes: Int32Array;
  /** The part of a word that each hash counts as. It is below 1 in scripts without spaces. */
  weights: Float32Array;
}

function wordsOf(text: string): Words {
  const hashes = new Int32Array(text.length);
  const weights = new Float32Array(text.length);
  let count = 0;
  let hash = FNV_SEED;
  const end = (weight: number) => {
    if (hash === FNV_SEED) return;
    hashes[count] = hash;
    weights[count] = weight;
    count += 1;
    hash = FNV_SEED;
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = letterOf(text.charCodeAt(at));
    if (letter === 0 || letter >= UNSPACED_FLAG) end(1);
    if (letter > 0) hash = Math.imul(hash ^ letter, FNV_PRIME);
    if (letter >= UNSPACED_FLAG) end(1 / CHARS_PER_UNSPACED_WORD);
  }
  end(1);
  return { hashes: hashes.subarray(0, count), weights: weights.subarray(0, count) };
}

function sum(numbers: Float32Array): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Constants of the hash function FNV-1a, 32 bits. */
const FNV_SEED = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** Code units of scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana, ideographs. */
const UNSPACED = [
  [0x0e00, 0x0eff],
  [0x1000, 0x109f],
  [0x1780, 0x17ff],
  [0x3041, 0x30ff],
  [0x3400, 0x9fff],
  [0xf900, 0xfaff],
] as const;

const WORD = /[\p{L}\p{N}]/u;

/** Flag of a letter that is a word or a large part of one. */
const UNSPACED_FLAG = 0x10000;

/** Cache of `letterOf` by code unit: its result plus one, or 0 if it is not known yet. */
const LETTERS = new Uint32Array(0x10000);

/**
 * The code unit in lower case, or 0 if it is not a letter. Surrogate halves count as letters, because letters of
 * rare scripts consist of them.
 */
function letterOf(code: number): number {
  const known = LETTERS[code] ?? 0;
  if (known > 0) return known - 1;
  const character = String.fromCharCode(code);
  const isWord = WORD.test(character) || (code >= 0xd800 && code <= 0xdfff);
  const isAlone = UNSPACED.some(([first, last]) => code >= first && code <= last);
  const letter = isWord ? character.toLowerCase().charCodeAt(0) + (isAlone ? UNSPACED_FLAG : 0) : 0;
  LETTERS[code] = letter + 1;
  return letter;
}
