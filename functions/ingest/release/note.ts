import type { Term, TermContext } from '../model/release-terms.ts';
import { oneLine } from '../text/characters.ts';
import { monthNumber } from '../text/date-names.ts';
import { ABBREVIATIONS, type ReleaseWord } from '../words/release-words.ts';
import { isWeekday } from './instants.ts';
import { MAX_LINE_CHARS, readTermLine } from './line.ts';
import { isEnded } from './line-kind.ts';
import { canHoldTerm, has, isAddress, isFiller, isShouted, WEAK_VERBS } from './term-words.ts';
import { isTimeWord, type MeantWord, releaseVocabulary } from './vocabulary.ts';

/** Maximum length of a note that is read, in characters. Earlier messages can stand below it. */
const MAX_NOTE_CHARS = 20_000;

/** Maximum number of words of a sentence at which a term can begin. */
const MAX_STARTS = 60;

/**
 * Ends of sentences. A full stop behind a number or an abbreviation ends none: “1. Januar”, “6 p.m. on Friday”. A line
 * that begins with a small letter or a number continues the line above.
 */
const SENTENCE_END = /\n+(?!\s*[\p{Ll}\p{N}])|(?<=\p{L}{3}[.!?])\s+(?=\p{L})|(?<=[。！？])/u;

/**
 * The release terms in a private note about copy, such as the mail above an attached document. A note is addressed to
 * editors, so its sentences can state terms: “Find attached our release, which is under embargo until 1 March”.
 * A sentence that speaks of an embargo or forbids publication, and is not understood, holds the story.
 */
export function termsOfNote(note: string, context: TermContext): Term[] {
  return sentencesOf(note).flatMap(sentence => termsOfSentence(sentence, context));
}

/**
 * The release terms in words that stand beside the copy and can be about other things, such as a signature or the notes of
 * an agency. Only sentences about an embargo count.
 */
export function embargoesOfNote(note: string, context: TermContext): Term[] {
  return sentencesOf(note)
    .filter(sentence => has(releaseVocabulary().read(sentence), 'embargo', 'embargoed'))
    .flatMap(sentence => termsOfSentence(sentence, context));
}

/**
 * The release terms in a note of an agency to editors. Each sentence is read like a line of a text. The note is
 * addressed to editors, so an order that is not fully understood holds the story: “Hold pending checks.” Ordinary notes
 * report what changed, or name parts that editors must not use: “Do not publish the number.”
 */
export function termsOfEditorsNote(note: string, context: TermContext): Term[] {
  const whole = readTermLine(oneLine(note), context);
  if (whole?.sureness === 'sure') return whole.terms;
  return sentencesOf(note).flatMap(sentence => {
    const [address = ''] = /^[^:;]{2,30}[:;]\s/.exec(sentence) ?? [];
    const isAddressed = releaseVocabulary()
      .read(address)
      .every(({ meanings }) => isAddress(meanings));
    const plain = isAddressed ? sentence.slice(address.length) : sentence;
    const term = readTermLine(plain, context) ?? readTermLine(sentence, context);
    if (term) return term.terms;
    if (has(releaseVocabulary().read(plain), 'embargo', 'embargoed')) return termsOfSentence(plain, context);
    return plain.split(CLAUSE_END).some(clause => holds(clause) || clause.split(', ').some(forbids))
      ? [{ kind: 'hold', quote: sentence, why: 'unclear' }]
      : [];
  });
}

/** Ends of clauses at which an order can begin: “STAND BY – HOLD FOR CONFIRMATION”. */
const CLAUSE_END = /[:;]\s+|\s[–—-]+\s/u;

/** Whether a clause begins with an order to hold the story. “A hold on the sale” is a noun. */
function holds(clause: string): boolean {
  const words = releaseVocabulary().read(clause);
  const start = words.findIndex(({ meanings }) => !isAddress(meanings));
  const before = words.slice(0, Math.max(start, 0));
  return (
    has(words.slice(start, start + 1), 'hold') &&
    !isEnded(words) &&
    (!isFiller(before.at(-1)) || has(before, 'copy'))
  );
}

/** Whether a clause forbids to publish the story: at its beginning, or until something happens. */
function forbids(clause: string): boolean {
  const words = releaseVocabulary().read(clause);
  const start = words.findIndex(({ meanings }) => !isAddress(meanings));
  const [first] = words.slice(start);
  if (first?.meanings?.has('forbidden') && !ABBREVIATIONS.has(first.word)) return true;
  const [negation = ''] = first?.word.split(' ') ?? [];
  if (first?.meanings?.has('release') && releaseVocabulary().single(negation)?.meanings?.has('not'))
    return true;
  return words.some(({ meanings }, at) => {
    const verb = words.findIndex(
      (each, index) => index > at && index <= at + 3 && has([each], 'publish', 'release'),
    );
    if (!meanings?.has('not') || verb < 0) return false;
    const [object, named] = words.slice(verb + 1);
    if (object?.meanings?.has('until') && named) return true;
    if (at !== start) return false;
    if (!object || object.meanings?.has('until') || isShouted(clause)) return true;
    // “Do not publish the number” and “Do not use photo 3” are about parts of the story.
    if (isFiller(object)) return named?.meanings !== undefined && !isFiller(named);
    return object.meanings?.has('copy') || !WEAK_VERBS.has(words[verb]?.word ?? '');
  });
}

/** A short name of a day before another word: “until Mon. March 15”. The nearest Monday can be another day. */
const SHORT_DAY = /(\p{L}{2,5})\.\s+(\p{L}+)/gu;

function sentencesOf(note: string): string[] {
  return note
    .slice(0, MAX_NOTE_CHARS)
    .replace(SHORT_DAY, (all, day: string, month: string) =>
      isWeekday(day.toLowerCase()) && monthNumber(month.toLowerCase(), undefined) !== undefined
        ? `${day} ${month}`
        : all,
    )
    .split(SENTENCE_END)
    .filter(sentence => canHoldTerm(sentence))
    .map(sentence => sentence.trim());
}

/** Whether a sentence only says that an embargo is over. With a time or other words it can announce the end. */
function isOver(words: readonly MeantWord<ReleaseWord>[]): boolean {
  return isEnded(words) && words.every(({ word, meanings }) => meanings !== undefined && !isTimeWord(word));
}

function termsOfSentence(sentence: string, context: TermContext): Term[] {
  const starts = [...sentence.matchAll(/[\p{L}\p{N}]+/gu)].slice(0, MAX_STARTS);
  for (const { index } of starts) {
    const rest = sentence.slice(index, index + MAX_LINE_CHARS);
    const terms = readTermLine(rest, context)?.terms.filter(
      ({ kind }) => kind === 'until' || kind === 'clear',
    );
    if (terms !== undefined && terms.length > 0) return terms;
  }
  const words = releaseVocabulary().read(sentence);
  const isDenied = words.some(
    ({ meanings }, at) => meanings?.has('not') && has(words.slice(at + 1, at + 2), 'embargo', 'embargoed'),
  );
  if (isDenied || isOver(words)) return [];
  const isForbidden = words.some(
    ({ meanings }, at) => meanings?.has('not') && has(words.slice(at + 1, at + 4), 'publish'),
  );
  return isForbidden || has(words, 'embargo', 'embargoed', 'forbidden')
    ? [{ kind: 'hold', quote: sentence, why: 'unclear' }]
    : [];
}
