import type { Term, TermContext } from '../model/release-terms.ts';
import { MAX_LINE_CHARS, readTermLine } from './line.ts';
import { canHoldTerm, has } from './term-words.ts';
import { releaseVocabulary } from './vocabulary.ts';

/** Maximum length of a note that is read, in characters. Earlier messages can stand below it. */
const MAX_NOTE_CHARS = 20_000;

/** Maximum number of words of a sentence at which a term can begin. */
const MAX_STARTS = 60;

/** Ends of sentences. A full stop behind a number or an abbreviation ends none: “1. Januar”, “6 p.m. on Friday”. */
const SENTENCE_END = /\n+|(?<=\p{L}{3}[.!?])\s+(?=\p{L})|(?<=[。！？])/u;

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

function sentencesOf(note: string): string[] {
  return note
    .slice(0, MAX_NOTE_CHARS)
    .split(SENTENCE_END)
    .filter(sentence => canHoldTerm(sentence))
    .map(sentence => sentence.trim());
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
  if (isDenied) return [];
  const isForbidden = words.some(
    ({ meanings }, at) => meanings?.has('not') && has(words.slice(at + 1, at + 4), 'publish'),
  );
  return isForbidden || has(words, 'embargo', 'embargoed', 'forbidden')
    ? [{ kind: 'hold', quote: sentence, why: 'unclear' }]
    : [];
}
