import type { Term } from '../model/release-terms.ts';
import type { ReleaseWord } from '../words/release-words.ts';
import { keyOf, spacedKey } from './keys.ts';
import { has } from './term-words.ts';
import { releaseVocabulary } from './vocabulary.ts';

/** Meanings that make a tag a release term. */
const MEANINGS: readonly ReleaseWord[] = ['embargo', 'embargoed', 'forbidden', 'draft'];

/**
 * The holds of tags such as `embargo` or `#notForPublication`. A tag can also name a topic, so the story decides: a
 * story about an embargo has the word.
 */
export function termsOfTags(tags: readonly string[], story: string): Term[] {
  const found = tags.filter(isTerm);
  if (found.length === 0 || has(releaseVocabulary().read(story), ...MEANINGS)) return [];
  return found.map(quote => ({ kind: 'hold', quote, why: 'unclear' }));
}

function isTerm(tag: string): boolean {
  const words = releaseVocabulary().read(spacedKey(tag.replace(/^\s*#/, '')));
  if (words.every(({ meanings }) => meanings)) return has(words, ...MEANINGS);
  // `#notforpublication` is one word.
  return words.length === 1 && keyOf(words[0]?.word ?? '') === 'forbidden';
}

/** A line of hashtags. */
const HASHTAGS = /^(?:#[\p{L}\p{M}\p{N}_]+[\s,]*)+$/u;

/** The tags of a line that has only hashtags. Undefined for other lines. */
export function hashtagsOf(line: string): string[] | undefined {
  return HASHTAGS.test(line) ? line.split(/[\s,]+/) : undefined;
}
