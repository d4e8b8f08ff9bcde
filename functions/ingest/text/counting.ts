import { createHash } from 'node:crypto';
import { locale } from './sentences.ts';

/** Average adult silent reading speed (Brysbaert 2019: 238 for non-fiction, rounded down), in words a minute. */
const WORDS_A_MINUTE = 230;

/** The same for Chinese and Japanese, in characters. */
const CHARACTERS_A_MINUTE = 500;

/** Scripts that write words without spaces between them. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;

/** Texts are segmented in pieces, or the segmenter's work would grow faster than the text. */
const PIECE = 10_000;

/** Of a text without spaces so many UTF-16 units are segmented; the rest is taken to have words as long. That is a long article. */
const MOST_SEGMENTED = 20_000;

/** Words of a text, by spaces where the script has them and by dictionary where not. */
export function countWords(text: string, language: string): number {
  if (!UNSPACED.test(text)) return text.match(/[\p{L}\p{N}]\S*/gu)?.length ?? 0;
  const segmenter = new Intl.Segmenter(locale(language), { granularity: 'word' });
  let count = 0;
  let segmented = 0;
  for (const line of text.split('\n')) {
    for (let start = 0; start < line.length && segmented < MOST_SEGMENTED; start += PIECE) {
      const piece = line.slice(start, start + PIECE);
      segmented += piece.length;
      for (const { isWordLike } of segmenter.segment(piece)) if (isWordLike) count += 1;
    }
  }
  return segmented < MOST_SEGMENTED ? count : Math.round((count * text.length) / segmented);
}

/** Whole minutes that reading takes, one at least. */
export function readingMinutes(text: string, words: number): number {
  const characters = text.match(CJK)?.length ?? 0;
  // A Chinese or Japanese word has not quite two characters.
  const rest = Math.max(0, words - characters / 1.7);
  return Math.max(1, Math.round(characters / CHARACTERS_A_MINUTE + rest / WORDS_A_MINUTE));
}

/** SHA-256 of what makes an article the same article wherever it lies: its headline, if it has one of its own, and its body. */
export function contentHash(headline: string | undefined, bodyHtml: string): string {
  return createHash('sha256')
    .update(JSON.stringify([headline ?? '', bodyHtml]))
    .digest('hex');
}
