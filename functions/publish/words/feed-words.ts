import { ENGLISH, FEED_WORDS, type FeedWords } from './feed-words-table.ts';
import { primaryLanguage } from './furniture.ts';

/** The words around feeds in a language (BCP 47), in English where there are none in it. */
export function feedWords(language: string): FeedWords {
  return FEED_WORDS.get(primaryLanguage(language)) ?? ENGLISH;
}
