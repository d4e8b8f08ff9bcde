import { AFTER_DAY, END_VERBS, EVENT_ENDS, type ReleaseWord } from '../words/release-words.ts';
import { looksLikeTerm } from './keyed.ts';
import { has, isAddress, isFiller, isShouted, leads, TERM_WORDS, WEAK_VERBS } from './term-words.ts';
import { isTimeWord, type MeantWord, releaseVocabulary, UNSPACED } from './vocabulary.ts';

/** Maximum number of words outside the tables in a line that begins like a term. */
const MAX_UNKNOWN_WORDS = 9;

/**
 * Minimum number of words after the colon of a line that is a headline: “Under embargo: how a port lived
 * through ten years”.
 */
const MIN_HEADLINE_WORDS = 5;

/**
 * Whether a line is a headline of two parts whose second part has no words of terms. A few words in lower case make a
 * headline with the phrase before them: “Onder embargo: tien magere jaren”. Words with a capital can be the headline of
 * the story after a term: “Under embargo: Ferry sold”.
 */
function isHeadlineOfStory(line: string): boolean {
  const [, before = '', behind = ''] = /^([^:–—]{2,40}?)\s?(?::|\s[–—])\s(.*)$/u.exec(line) ?? [];
  const words = releaseVocabulary().read(behind);
  const isPhrase =
    releaseVocabulary()
      .read(before)
      .some(({ word, meanings }) => meanings?.has('embargoed') && word.includes(' ')) &&
    /^\p{Ll}/u.test(behind) &&
    !looksLikeTerm(behind);
  return (
    words.length >= (isPhrase ? 2 : MIN_HEADLINE_WORDS) &&
    !has(words, ...TERM_WORDS, 'strict', 'not') &&
    !words.some(({ word }) => word.length > 3 && isTimeWord(word)) &&
    !/\d/.test(behind)
  );
}

/** Maximum number of words outside the tables in a term that ends with an event. */
const MAX_EVENT_WORDS = 5;

/**
 * Whether a line puts the end of an embargo behind an event: “Embargo expires at the close of the conference”, “Not
 * before the AGM ends”. With a comma or a colon it is a headline: “Not before the war ends, general says”.
 */
export function endsWithEvent(line: string, words: readonly MeantWord<ReleaseWord>[]): boolean {
  const plain = line.replaceAll('’', "'");
  const isUnspaced = UNSPACED.test(line);
  if ((isUnspaced ? /[,;“”«»„、]/ : /[,:;“”«»„]/).test(line) || !EVENT_ENDS.some(end => end.test(plain)))
    return false;
  const at = words.findIndex(({ meanings }) => !isAddress(meanings));
  const [first, second] = words.slice(Math.max(at, 0)).filter(word => !isFiller(word));
  if (first?.meanings?.has('release')) return true;
  // “Embargo ends” is one phrase, “Sperrfrist endet” is two.
  const [, verb = ''] = /^embargo (\S+)$/.exec(first?.word ?? '') ?? [];
  const isEmbargo = first?.meanings?.has('embargo') || first?.meanings?.has('embargoed');
  // In Arabic the verb stands first, in Turkish last. In scripts without spaces no word is apart.
  if (first?.meanings?.has('expires') && second?.meanings?.has('embargo')) return true;
  if (isUnspaced) return has(words, 'embargo', 'embargoed', 'forbidden');
  if (isEmbargo && END_VERBS.has(words.at(-1)?.word ?? '')) return true;
  return isEmbargo === true && (END_VERBS.has(verb) || END_VERBS.has(second?.word.split(' ')[0] ?? ''));
}

/** Maximum number of words for an event behind “Hold until”. */
const MAX_AWAITED_WORDS = 3;

/** Maximum length of such a line, in words. */
const MAX_WAITING_LINE_WORDS = 6;

/** Whether a line names an event that the story waits for: “Hold until polls close”, “Embargo after the keynote”. */
export function waitsForEvent(
  line: string,
  words: readonly MeantWord<ReleaseWord>[],
  unknown: number,
): boolean {
  const [, second] = words;
  if (words.length > MAX_WAITING_LINE_WORDS || second === undefined || /[,:;?“”«»„]/.test(line)) return false;
  // “Embargo after the war hits farmers” is a headline.
  const isAfter = AFTER_DAY.some(after => after.test(second.word)) && EVENT_ENDS.some(end => end.test(line));
  if (leads(words, 'embargo') && isAfter) return unknown === 1;
  return (
    unknown <= MAX_AWAITED_WORDS &&
    leads(words, 'hold') &&
    (second.meanings?.has('until') === true || /^(?:pending|await|waiting)/.test(second.word))
  );
}

/** An address to editors before a statement. A headline has none. */
const EDITORS =
  /^\P{L}*(?:achtung|attn|attention|eds|editors?|notes? to editors|desks?|hinweis|redaktion(?:en)?)(?!\p{L})[^:.]{0,30}[:!]\s/iu;

/** Whether a line begins like a term and then has a few words that are not in the tables. */
export function isUnclear(line: string, words: readonly MeantWord<ReleaseWord>[], unknown: number): boolean {
  if (unknown > MAX_UNKNOWN_WORDS) return false;
  const shouted = isShouted(line.split(/[:–—-]\s/)[0] ?? '');
  const [first, second] = words.filter(
    ({ meanings }) => !(meanings?.has('strict') || (meanings?.size === 1 && meanings.has('filler'))),
  );
  const is = (word: MeantWord<ReleaseWord> | undefined, ...wanted: ReleaseWord[]) =>
    wanted.some(meaning => word?.meanings?.has(meaning));
  if (!shouted && (isHeadlineOfStory(line) || line.includes('?'))) return false;
  const isUnspaced = UNSPACED.test(line);
  if (unknown <= (isUnspaced ? MAX_UNKNOWN_WORDS : MAX_EVENT_WORDS) && endsWithEvent(line, words))
    return true;
  if (EDITORS.test(line) && unknown <= MAX_EVENT_WORDS && has(words, 'embargo', 'embargoed', 'forbidden'))
    return true;
  const isDenied = has(words, 'not') && has(words, 'publish') && has(words, 'until');
  if (isDenied && unknown <= MAX_EVENT_WORDS && has(words, 'embargo', 'embargoed')) return true;
  // “Press embargo stands till 12.00” is about no other embargo.
  if (is(first, 'embargo') && first?.word.includes(' ') && unknown <= 3 && /\d/.test(line)) return true;
  const connected = is(second, 'until') || /^\S+(?:\s\S+)?\s?[:–—-]\s/u.test(line);
  if (is(first, 'embargoed')) return connected || (shouted && unknown <= 4);
  // One unknown word after the label is not prose: “Embargo: Redebeginn”.
  if (is(first, 'embargo') && unknown === 1 && /:\s\S+$/.test(line)) return true;
  if (is(first, 'embargo'))
    return (is(second, 'until') && (shouted || unknown <= 3)) || (shouted && connected);
  // “Ne pas diffuser” has two words for “not”. “Do not share or publish” has two verbs.
  const verb = words
    .slice(first === undefined ? 0 : words.indexOf(first) + 1)
    .find(word => !is(word, 'not', 'strict') && !isFiller(word) && !WEAK_VERBS.has(word.word));
  const isForbidden =
    is(first, 'not') && is(verb, 'publish', 'release') && (second === verb || is(second, 'not', 'publish'));
  if (is(first, 'forbidden') || isForbidden)
    return shouted || is(first, 'forbidden') || has(words, 'until') ? unknown <= 6 || shouted : unknown <= 2;
  // “HOLD until the vote”, “Please hold until I call” and “Hold until shortly after 10:00” are terms. “Hold until help
  // comes” can be prose.
  if (is(first, 'hold') && is(second, 'until') && unknown <= 3)
    return (
      isShouted(line.split(' ')[0] ?? '') ||
      has(words, 'strict') ||
      words.some(({ word }) => isTimeWord(word))
    );
  // “HOLD FOR VERDICT” is a note of an agency.
  if (is(first, 'hold') && isShouted(line) && /^hold for /i.test(line)) return unknown <= 2;
  if (is(first, 'hold', 'draft', 'withdraw')) return shouted && connected;
  if (is(first, 'release')) return shouted && has(words, 'until');
  return false;
}
