import { ENGLISH, FEED_WORDS, type FeedWords } from './feed-labels-table.ts';
import { primaryLanguage } from './labels.ts';

/** The words around feeds in a language (BCP 47), in English where there are none in it. */
export function feedWords(language: string): FeedWords {
  return FEED_WORDS.get(primaryLanguage(language)) ?? ENGLISH;
}
