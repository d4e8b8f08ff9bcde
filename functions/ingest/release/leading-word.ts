import type { TermContext } from '../model/release-terms.ts';
import { ABBREVIATIONS, type ReleaseWord } from '../words/release-words.ts';
import { readTermLine } from './line.ts';
import type { SplitText } from './split-terms.ts';
import { isShouted } from './term-words.ts';
import { isTimeWord, releaseVocabulary } from './vocabulary.ts';

/** Maximum number of words of a term at the start of a subject: “Not for publication”. */
const MAX_WORDS = 4;

/** Number of characters of the story that are searched for the words of its headline. */
const STORY_CHARS = 20_000;

/** Minimum length of a word that shows whether a headline is in title case, in characters. */
const MIN_TITLE_CHARS = 4;

/**
 * Splits a term without a mark from the start of a subject: “Draft Harbour board votes”, “NYP Harbour board votes”. The
 * next word must have a capital, as in a headline. “Draft Law Passes Parliament” looks the same, so the story decides:
 * a story about a draft law says “draft”. A story that does not have the word was sent under the term.
 * @param story the copy of the mail
 */
export function splitLeadingWord(
  subject: string,
  story: string,
  context: TermContext,
): SplitText | undefined {
  if (isShouted(subject)) return undefined;
  const words = subject.split(' ');
  for (let count = Math.min(MAX_WORDS, words.length - 2); count > 0; count--) {
    const term = words.slice(0, count).join(' ');
    const headline = words.slice(count).join(' ');
    if (!/^\p{Lu}/u.test(headline) || !isTerm(term, headline)) continue;
    const found = readTermLine(term, context);
    const holds = found?.terms.some(({ kind }) => kind === 'hold');
    if (!found || !holds) continue;
    const copy = story.slice(0, STORY_CHARS).replaceAll(subject, ' ');
    const isOfStory = found.sureness !== 'sure' && isHeadline(term, headline, copy);
    return isOfStory ? undefined : { terms: found.terms, text: headline };
  }
  return undefined;
}

/** Whether the first words can be a whole term. “Hold until Friday” and “Draft 2 of the law” go on. */
function isTerm(term: string, headline: string): boolean {
  const read = releaseVocabulary().read(term);
  const has = (meaning: ReleaseWord) => read.some(({ meanings }) => meanings?.has(meaning));
  const [next] = releaseVocabulary().read(headline);
  // “Not for publication? A judge decides”
  if (/\d|[^\p{L}\p{M}.]$/u.test(term) || has('until') || has('over')) return false;
  const isPart = [...(next?.meanings ?? [])].some(meaning => meaning !== 'filler' && meaning !== 'copy');
  return next !== undefined && !isPart && !isTimeWord(next.word);
}

/** Whether the first words belong to the headline, as far as the story shows it. */
function isHeadline(term: string, headline: string, story: string): boolean {
  const words = wordsOf(story);
  const plain = ` ${words.join(' ').toLowerCase()} `;
  const [next = '', ...others] = wordsOf(headline);
  const first = wordsOf(term.toLowerCase()).join(' ');
  // “Draft law” is also “the draft laws” and “draft-law debate”.
  if (plain.includes(` ${first} ${next.toLowerCase()}`)) return true;
  if (!plain.includes(` ${first}`)) return false;
  if (ABBREVIATIONS.has(term.toLowerCase())) return true;
  // The story has the word by chance, as in “hold a meeting”, or the headline is about it. A word with a capital that
  // the story writes without one is the first word of a headline: “Hold Harbour board votes”.
  const isTitleCase = !others.some(word => word.length >= MIN_TITLE_CHARS && /^\p{Ll}/u.test(word));
  return isTitleCase || !words.includes(next.toLowerCase());
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{M}]+/gu) ?? [];
}
