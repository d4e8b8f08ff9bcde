import { ENGLISH, FEED_WORDS, type FeedWords } from './feed-words-table.ts';
import { FURNITURE, type Furniture } from './furniture.ts';

const FURNITURE_OF: ReadonlyMap<string, Furniture> = new Map(Object.entries(FURNITURE));

/** The words around feeds in a language (BCP 47), in English where there are none in it. */
export function feedWords(language: string): FeedWords {
  return FEED_WORDS.get(primary(language)) ?? ENGLISH;
}

/** The words around articles in a language, in English where there are none in it. */
export function articleWords(language: string): Furniture {
  return FURNITURE_OF.get(primary(language)) ?? FURNITURE.en;
}

/** The primary subtag; of Norwegian's two written forms, the one that stands for both. */
function primary(language: string): string {
  const subtag = language.toLowerCase().split('-', 1)[0] ?? '';
  return subtag === 'nb' || subtag === 'nn' ? 'no' : subtag;
}
