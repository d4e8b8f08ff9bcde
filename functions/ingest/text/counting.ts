import { createHash } from 'node:crypto';
import { locale } from './sentences.ts';

/** Average silent reading speed of adults. Brysbaert (2019) found 238 words per minute for non-fiction. */
const WORDS_PER_MINUTE = 230;

/** Average silent reading speed of adults for Chinese and Japanese. */
const CHARACTERS_PER_MINUTE = 500;

/** Matches scripts that write words without spaces. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;

/** Length of the pieces for the segmenter. Its time grows faster than the length of its input. */
const SEGMENT_CHARS = 10_000;

/** Maximum number of UTF-16 units that are segmented per text. The word count of the rest is extrapolated. */
const MAX_SEGMENTED_CHARS = 20_000;

/**
 * Counts the words of a text. Scripts without spaces are segmented with a dictionary.
 * @param language BCP 47
 */
export function countWords(text: string, language: string): number {
  if (!UNSPACED.test(text)) return text.match(/[\p{L}\p{N}]\S*/gu)?.length ?? 0;
  const segmenter = new Intl.Segmenter(locale(language), { granularity: 'word' });
  let count = 0;
  let segmented = 0;
  for (const line of text.split('\n')) {
    for (let start = 0; start < line.length && segmented < MAX_SEGMENTED_CHARS; start += SEGMENT_CHARS) {
      const piece = line.slice(start, start + SEGMENT_CHARS);
      segmented += piece.length;
      for (const { isWordLike } of segmenter.segment(piece)) if (isWordLike) count += 1;
    }
  }
  return segmented < MAX_SEGMENTED_CHARS ? count : Math.round((count * text.length) / segmented);
}

/** Returns the reading time in whole minutes, at least 1. */
export function readingMinutes(text: string, words: number): number {
  const characters = text.match(CJK)?.length ?? 0;
  // A Chinese or Japanese word has 1.7 characters on average.
  const rest = Math.max(0, words - characters / 1.7);
  return Math.max(1, Math.round(characters / CHARACTERS_PER_MINUTE + rest / WORDS_PER_MINUTE));
}

/**
 * Returns the SHA-256 of the headline and the body, as hex. Files with the same content have the same hash.
 */
export function contentHash(headline: string | undefined, bodyHtml: string): string {
  return createHash('sha256')
    .update(JSON.stringify([headline ?? '', bodyHtml]))
    .digest('hex');
}
