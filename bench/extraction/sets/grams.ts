/** Length of the word sequences that are compared. */
const GRAM = 4;

/** Letters, digits and underscores, as Python's `\w` has them. */
const PYTHON_WORD = /[\p{L}\p{N}_]+/gu;

const SPACELESS = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}';

/** A run of letters and digits. In scripts without spaces each character is a word. */
const WORD = new RegExp(`[${SPACELESS}]|(?:(?![${SPACELESS}])[\\p{L}\\p{M}\\p{N}])+`, 'gu');

const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;

export function pythonWords(text: string): string[] {
  return text.match(PYTHON_WORD) ?? [];
}

export function wordsOf(text: string): string[] {
  return text.normalize('NFC').toLowerCase().replace(INVISIBLE, '').match(WORD) ?? [];
}

/** Counts the sequences of four words. */
export function gramsOf(words: readonly string[]): Map<string, number> {
  const grams = new Map<string, number>();
  for (let at = 0; at + GRAM <= words.length; at += 1) {
    const gram = gramAt(words, at);
    grams.set(gram, (grams.get(gram) ?? 0) + 1);
  }
  return grams;
}

function gramAt(words: readonly string[], at: number): string {
  return words.slice(at, at + GRAM).join(' ');
}

/**
 * Marks the words that lie in a sequence of `pool`, and takes the sequence from the pool. A paragraph that stands twice
 * in a text is covered once.
 */
export function markCovered(
  words: readonly string[],
  pool: Map<string, number>,
  marks = new Uint8Array(words.length),
): Uint8Array {
  for (let at = 0; at + GRAM <= words.length; at += 1) {
    const gram = gramAt(words, at);
    const left = pool.get(gram) ?? 0;
    if (left > 0) {
      pool.set(gram, left - 1);
      marks.fill(1, at, at + GRAM);
    }
  }
  return marks;
}

/** What a text and its gold have in common, by sequences of four words. */
export interface Coverage {
  paragraphs: number;
  lost: number;
  /** Words of the gold, and those that the text has. */
  wanted: number;
  found: number;
  /** Words of the text that count, those in the gold, and all others. */
  words: number;
  right: number;
  added: number;
}

/**
 * @param optional parts of the gold that a text may have or not, such as the headline
 * @param blocks the blocks of the text
 */
export function coverageOf(
  gold: readonly string[],
  optional: readonly string[],
  blocks: readonly string[],
): Coverage {
  const paragraphs = distinct(gold.map(wordsOf).filter(words => words.length > 0));
  const wanted = paragraphs.flat();
  const given = blocks.map(wordsOf).filter(words => words.length > 0);
  const got = given.flat();
  const found = markCovered(wanted, gramsOf(got));
  const right = markCovered(got, gramsOf(wanted));
  const free = optional.map(wordsOf).filter(words => words.length > 0);
  const spare = new Uint8Array(got.length);
  const pool = new Map<string, number>();
  for (const words of free)
    for (const [gram, count] of gramsOf(words)) pool.set(gram, (pool.get(gram) ?? 0) + count);
  markCovered(got, pool, spare);

  let lost = 0;
  let at = 0;
  const text = spaced(got);
  for (const words of paragraphs) {
    const end = at + words.length;
    if (words.length < GRAM && text.includes(spaced(words))) found.fill(1, at, end);
    if (sum(found.subarray(at, end)) < words.length / 2) lost += 1;
    at = end;
  }
  at = 0;
  const all = spaced(wanted);
  for (const words of given) {
    const end = at + words.length;
    if (words.length < GRAM) {
      const needle = spaced(words);
      if (all.includes(needle)) right.fill(1, at, end);
      else if (free.some(each => spaced(each).includes(needle))) spare.fill(1, at, end);
    }
    at = end;
  }
  const rightWords = sum(right);
  const spareWords = spare.reduce((total, mark, index) => total + (mark && !right[index] ? 1 : 0), 0);
  return {
    paragraphs: paragraphs.length,
    lost,
    wanted: wanted.length,
    found: sum(found),
    words: got.length - spareWords,
    right: rightWords,
    added: got.length - spareWords - rightWords,
  };
}

/** Leaves out longer paragraphs that were there before: nested elements make some gold name them twice. */
function distinct(paragraphs: readonly string[][]): string[][] {
  const seen = new Set<string>();
  return paragraphs.filter(words => {
    const all = words.join(' ');
    if (seen.has(all)) return false;
    if (words.length >= 8) seen.add(all);
    return true;
  });
}

function spaced(words: readonly string[]): string {
  return ` ${words.join(' ')} `;
}

function sum(marks: Uint8Array): number {
  return marks.reduce((total, mark) => total + mark, 0);
}
