import type { HoldReason, Term, TermContext } from '../model/release-terms.ts';
import { monthNumber } from '../text/date-names.ts';
import { ABBREVIATIONS, REASONS, type ReleaseWord } from '../words/release-words.ts';
import { readReleaseInstant } from './instants.ts';
import { readKeyed } from './keyed.ts';
import { keyOf } from './keys.ts';
import { deniesEmbargo, isInstruction, KINDS, kindOf, NOT_BEFORE } from './line-kind.ts';
import { canHoldTerm, has, isFiller, isShouted, leads, respell, TERM_WORDS } from './term-words.ts';
import { isUnclear, waitsForEvent } from './unclear-lines.ts';
import { INVISIBLE, isDateWord, isTimeWord, type MeantWord, releaseVocabulary } from './vocabulary.ts';

/**
 * The release terms of a line, and how sure they are:
 * - `sure`: all words of the line belong to a term, and a story has no such line.
 * - `bare`: the line is a word such as “Draft”, which can be a heading of the story.
 * - `unclear`: the line begins like a term and continues with other words.
 */
export interface LineTerm {
  terms: Term[];
  sureness: 'sure' | 'bare' | 'unclear';
  /** Whether the line can be a sentence of the story. The story then keeps it. */
  isSentence?: boolean;
}

/** Maximum length of a line with a term, in characters. Agencies write two clauses and a date. */
export const MAX_LINE_CHARS = 240;

/** Maximum length of a status in a labelled line, in words. */
const MAX_STATUS_WORDS = 4;

/** Characters around a term: brackets, stars, rules, quotation marks. */
const AROUND = /^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$/gu;

/** The terms of lines that were read. A page repeats its headline in many places. */
const knownLines = new WeakMap<TermContext, Map<string, LineTerm | undefined>>();

/**
 * Reads a line of copy, a subject or a headline as a release term. Returns `undefined` if it is not a term.
 */
export function readTermLine(text: string, context: TermContext): LineTerm | undefined {
  const known = knownLines.get(context) ?? new Map<string, LineTerm | undefined>();
  if (known.has(text)) return known.get(text);
  knownLines.set(context, known);
  const term = readLine(respell(text), context);
  known.set(text, term);
  return term;
}

function readLine(text: string, context: TermContext): LineTerm | undefined {
  if (text.length > MAX_LINE_CHARS || !canHoldTerm(text) || !/\p{L}/u.test(text)) return undefined;
  if (isQuotedSpeech(text)) return undefined;
  // `**Embargo:** Friday` is a label in Markdown, and `[!WARNING]` marks a box. Soft hyphens and direction marks are invisible.
  const line = text
    .replace(INVISIBLE, '')
    .replace(/\*\*|__|~~/g, '')
    .replace(/^\s*\[!\w{2,20}\]/, '')
    .replace(/^\s*[[({【［]([\p{L}\p{M} ]{2,40})[\])}】］]\s?(?=.{0,10}\p{N})/u, '$1: ')
    .replace(AROUND, '')
    .replace(/\s+/g, ' ');
  const words = releaseVocabulary().read(line);
  if (!TERM_WORDS.some(term => has(words, term)) && !/[:=]/.test(line)) return undefined;
  const labelled = readLabelled(line, context);
  if (labelled) return labelled;
  const term = readWords(line, words, context);
  if (!term || !isSentence(text, words)) return term;
  // “It goes live on Friday.” is an announcement in the story.
  const isAnnouncement =
    has(words, 'release') && !has(words, 'embargo', 'embargoed', 'forbidden', 'not', 'hold');
  return isAnnouncement && isFiller(words[0]) ? undefined : { ...term, isSentence: true };
}

/** Minimum number of words outside the tables that makes a line with a full stop a sentence. */
const MIN_SENTENCE_WORDS = 3;

/** Whether a line is a sentence that can be about something else: “The embargo ends on 1 March.” */
function isSentence(text: string, words: readonly MeantWord<ReleaseWord>[]): boolean {
  if (isShouted(text) || !/[.!?。][”"’»]?\s*$/u.test(text) || has(words, 'copy', 'strict')) return false;
  const unknown = words.filter(({ word, meanings }) => !meanings && !isDateWord(word)).length;
  const isAnnounced = /^publication\s/i.test(text);
  return unknown >= MIN_SENTENCE_WORDS || isFiller(words[0]) || isAnnounced;
}

const QUOTATION = /^[\s*_>#-]*["“„”«»‹「『‘']([^"“”«»›」』\n]{2,200}?)["“”«»›」』’][,，.]?(.*)$/u;

/** Whether a line quotes a person and names the speaker. Quoted words are not an instruction. */
export function isQuotedSpeech(text: string): boolean {
  const [, quoted = '', outside] = QUOTATION.exec(text) ?? [];
  if (outside === undefined || isShouted(text) || !/\p{L}/u.test(outside)) return false;
  const words = releaseVocabulary().read(outside);
  // “EMBARGO” Harbour opens: a term between quotation marks, then a headline.
  if (isShouted(quoted) && /^\P{L}*\p{Lu}/u.test(outside)) return false;
  const isSpoken = words.some(({ word, meanings }) => !meanings && !isDateWord(word));
  return isSpoken && !words[0]?.meanings?.has('until');
}

/** Reads a line with a label: `Embargo: none`, `draft = true`, `"publishAt": "2027-01-01",`. */
function readLabelled(line: string, context: TermContext): LineTerm | undefined {
  const match = /^["']?([\p{L}\p{M}][\p{L}\p{M}'’ _-]{1,40}?)["']?\s?[:=：|¦｜]\s?(.{1,200})$/u.exec(line);
  const [, label = '', value = ''] = match ?? [];
  if (!match || keyOf(label) === undefined) return undefined;
  // “Arms embargo: what it means” is not a label, because keys do not have the word “arms”.
  if (
    /\s/.test(label) &&
    keyOf(label) !== 'publication' &&
    releaseVocabulary()
      .read(label)
      .some(each => !each.meanings && !/^(?:status|live|scheduled|visible|available)$/.test(each.word))
  )
    return undefined;
  // “Release: “Sea Songs”, Friday” names an album.
  if (/^[“"„«][^“”"„«»]{2,80}[”"“»],\s/u.test(value)) return undefined;
  const terms = readKeyed(label, value.replace(AROUND, ''), context, true);
  if (terms.length === 0) return undefined;
  const quoted = terms.map(term => ({ ...term, quote: line }));
  const isUnclear = terms.some(term => term.kind === 'hold' && term.why === 'unclear');
  // “Status: pending” can be a table row of the story, and “Release date: 5 October” can be about a film.
  const key = keyOf(label);
  const known = releaseVocabulary().read(value);
  if (key === 'status' && known.length > MAX_STATUS_WORDS && !terms.some(({ kind }) => kind === 'until'))
    return undefined;
  const isOfStory =
    (key === 'status' && !TERM_WORDS.some(term => has(known, term))) ||
    (!isShouted(label) &&
      (key === 'publication' || (key === 'start' && /^\p{L}+$|\s(?:date|time|datum)$/iu.test(label))));
  return { terms: quoted, sureness: isUnclear ? 'unclear' : isOfStory ? 'bare' : 'sure' };
}

function readWords(
  line: string,
  words: readonly MeantWord<ReleaseWord>[],
  context: TermContext,
): LineTerm | undefined {
  // Reading an instant takes long, so lines without such words are skipped first.
  if (!has(words, ...KINDS) && !(has(words, 'publish') && has(words, 'not', 'until'))) return undefined;
  if (deniesEmbargo(line, words)) return { terms: [], sureness: 'bare' };
  const instant = readReleaseInstant(line, context);
  const { at } = instant;
  const rest = releaseVocabulary().read(instant.left);
  const outside = rest.filter(({ word, meanings }) => !meanings && !isDateWord(word));
  // The month of an impossible date: “31 February”.
  const isMonth = (word: string) =>
    at === undefined && /\d/.test(instant.left) && monthNumber(word, context.language) !== undefined;
  const isHold = leads(words, 'hold');
  // “Awaiting legal” is a phrase of a draft.
  const isWaiting =
    isHold ||
    (leads(words, 'draft') &&
      words.some(({ word, meanings }) => meanings?.has('draft') && word.includes(' ')));
  const isReason = ({ word }: MeantWord<ReleaseWord>) => isWaiting && REASONS.has(word);
  const unknown = outside.filter(each => !isMonth(each.word) && !isReason(each));
  const what = kindOf(line, words, at, context);
  if (what === undefined) return undefined;
  const isShort = words.some(({ word }) => ABBREVIATIONS.has(word));
  if (isShort && unknown.length > 0 && !has(words, 'until')) return undefined;
  if (unknown.length > 0) {
    const isDated =
      at !== undefined &&
      unknown.length <= 2 &&
      (leads(words, 'embargoed') ||
        (isShouted(line) && leads(words, 'embargo', 'forbidden', 'not', 'hold', 'release')));
    if (isDated || isUnclear(line, words, unknown.length)) return hold(line, 'unclear');
    return waitsForEvent(line, words, unknown.length)
      ? { ...hold(line, 'unclear'), sureness: 'bare' }
      : undefined;
  }
  const open = instant.isTimed === true || rest.some(({ word }) => isTimeWord(word));
  const isSure =
    !words.some(word => isAbbreviation(word, line)) &&
    ((isHold && words.some(isReason)) || isInstruction(line, words, what, instant.at !== undefined || open));
  const sureness = isSure ? 'sure' : 'bare';
  // With an article or a preposition, the word is part of a phrase: “The draft”, “Hold on”.
  if (
    sureness === 'bare' &&
    at === undefined &&
    words.some(({ meanings }) => meanings?.size === 1 && meanings.has('filler'))
  )
    return undefined;
  if (what === 'withdraw')
    return sureness === 'sure'
      ? { terms: [{ kind: 'withdraw', quote: line }], sureness }
      : { ...hold(line, 'line'), sureness };
  if (what === 'immediate') return { terms: [], sureness: 'sure' };
  // A date in the past is the date of publication.
  if (what === 'release' && at !== undefined && at <= (context.filedAt ?? '')) return undefined;
  if (at !== undefined && what === 'expires')
    return { terms: [{ kind: 'expires', at, quote: line }], sureness };
  if (instant.isAfter) return { ...hold(line, 'unclear'), sureness };
  if (at !== undefined && what !== 'draft') return { terms: [{ kind: 'until', at, quote: line }], sureness };
  if (what === 'expires') return open ? { ...hold(line, 'unclear'), sureness } : undefined;
  // “For release” and “Release date” mean nothing without a date.
  const waits = has(words, 'until') || (has(words, 'publish') && NOT_BEFORE.test(line));
  if (what === 'release' && !open && !waits) return undefined;
  return { ...hold(line, open ? 'unclear' : 'line'), sureness };
}

/** Whether a term has other meanings. A phrase in capitals has none: “NOT YET PUBLIC”. */
function isAbbreviation({ word }: MeantWord<ReleaseWord>, line: string): boolean {
  return ABBREVIATIONS.has(word) && !(word.includes(' ') && isShouted(line));
}

function hold(quote: string, why: HoldReason): LineTerm {
  return { terms: [{ kind: 'hold', quote, why }], sureness: why === 'unclear' ? 'unclear' : 'sure' };
}
