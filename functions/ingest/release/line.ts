import type { HoldReason, Term, TermContext } from '../model/release-terms.ts';
import { monthNumber } from '../text/date-names.ts';
import {
  ABBREVIATIONS,
  END_VERBS,
  EVENT_ENDS,
  RELEASE_WORDS,
  type ReleaseWord,
} from '../words/release-words.ts';
import { readReleaseInstant } from './instants.ts';
import { looksLikeTerm, readKeyed } from './keyed.ts';
import { canEndKey, keyOf } from './keys.ts';
import {
  INVISIBLE,
  isDateWord,
  isTimeWord,
  type MeantWord,
  releaseVocabulary,
  UNSPACED,
  Vocabulary,
} from './vocabulary.ts';

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

/** Maximum number of words outside the tables in a line that begins like a term. */
const MAX_UNKNOWN_WORDS = 9;

/** Maximum length of a status in a labelled line, in words. */
const MAX_STATUS_WORDS = 4;

/** Maximum length of a line that kills a story, in words: “This story has been withdrawn”. */
const MAX_KILL_WORDS = 6;

/** Characters around a term: brackets, stars, rules, quotation marks. */
const AROUND = /^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$/gu;

/**
 * Every line with a term has one of these words. Most lines of a story have none and are skipped quickly.
 */
const TERM_WORDS: readonly ReleaseWord[] = [
  'embargo',
  'embargoed',
  'forbidden',
  'publish',
  'release',
  'hold',
  'draft',
  'expires',
  'withdraw',
  'cancel',
  'until',
];

let termVocabulary: Vocabulary<ReleaseWord> | undefined;

const MARK = /[:=：|¦｜\])}】］]/g;

/** The word before a mark, and the part of the text that can hold it, in UTF-16 units. */
const LAST_WORD = /[\p{L}\p{M}'’_-]+(?=["']?\s?$)/u;
const MAX_LABEL_CHARS = 48;

/** The last answer of {@link canHoldTerm}. A line is asked about as a whole, and again before it is split. */
let last = { text: '', can: false };

/** Whether a text or a part of it can be a release term. Most texts cannot, and this tells it quickly. */
export function canHoldTerm(text: string): boolean {
  if (last.text !== text) last = { text, can: holdsTermWord(text) || holdsLabel(text) };
  return last.can;
}

function holdsTermWord(text: string): boolean {
  termVocabulary ??= new Vocabulary(
    new Map(TERM_WORDS.map(term => [term, RELEASE_WORDS.get(term) ?? []] as const)),
  );
  return termVocabulary.isIn(text);
}

function holdsLabel(text: string): boolean {
  if (text.search(MARK) < 0) return false;
  const visible = text.replace(INVISIBLE, '');
  for (const { index } of visible.matchAll(MARK)) {
    const [word] = LAST_WORD.exec(visible.slice(Math.max(0, index - MAX_LABEL_CHARS), index)) ?? [];
    if (word !== undefined && canEndKey(word)) return true;
  }
  return false;
}

/** The terms of lines that were read. A page repeats its headline in many places. */
const knownLines = new WeakMap<TermContext, Map<string, LineTerm | undefined>>();

/**
 * Reads a line of copy, a subject or a headline as a release term. Returns `undefined` if it is not a term.
 */
export function readTermLine(text: string, context: TermContext): LineTerm | undefined {
  const known = knownLines.get(context) ?? new Map<string, LineTerm | undefined>();
  if (known.has(text)) return known.get(text);
  knownLines.set(context, known);
  const term = readLine(text, context);
  known.set(text, term);
  return term;
}

function readLine(text: string, context: TermContext): LineTerm | undefined {
  if (text.length > MAX_LINE_CHARS || !canHoldTerm(text) || !/\p{L}/u.test(text)) return undefined;
  if (isQuotedSpeech(text)) return undefined;
  // `[!WARNING]` marks a box in Markdown notes. Soft hyphens and direction marks are invisible.
  const line = text
    .replace(INVISIBLE, '')
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

function isFiller(word: MeantWord<ReleaseWord> | undefined): boolean {
  return word?.meanings?.size === 1 && word.meanings.has('filler');
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
  const instant = readReleaseInstant(line, context);
  const { at } = instant;
  const rest = releaseVocabulary().read(instant.left);
  const outside = rest.filter(({ word, meanings }) => !meanings && !isDateWord(word));
  // The month of an impossible date: “31 February”.
  const unknown =
    at === undefined && /\d/.test(instant.left)
      ? outside.filter(({ word }) => monthNumber(word, context.language) === undefined)
      : outside;
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
    isInstruction(line, words, what, instant.at !== undefined || open);
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
  if (what === 'release' && !open && !has(words, 'until')) return undefined;
  return { ...hold(line, open ? 'unclear' : 'line'), sureness };
}

/** Whether a term has other meanings. A phrase in capitals has none: “NOT YET PUBLIC”. */
function isAbbreviation({ word }: MeantWord<ReleaseWord>, line: string): boolean {
  return ABBREVIATIONS.has(word) && !(word.includes(' ') && isShouted(line));
}

function hold(quote: string, why: HoldReason): LineTerm {
  return { terms: [{ kind: 'hold', quote, why }], sureness: why === 'unclear' ? 'unclear' : 'sure' };
}

/** Words without which {@link kindOf} finds a kind only for a line about publication. */
const KINDS: readonly ReleaseWord[] = [
  'embargo',
  'embargoed',
  'forbidden',
  'hold',
  'draft',
  'expires',
  'release',
  'immediate',
  'withdraw',
  'cancel',
];

type LineKind = 'embargo' | 'forbidden' | 'release' | 'immediate' | 'hold' | 'draft' | 'expires' | 'withdraw';

/** The kind of term that the words of a line state. Other words can stand between them. */
function kindOf(
  line: string,
  words: readonly MeantWord<ReleaseWord>[],
  at: string | undefined,
  { filedAt = '' }: TermContext,
): LineKind | undefined {
  const dated = at !== undefined;
  // “Not for use in children” is about medicines, and “not for public use” is about paths.
  const isPlain = words.some(({ word, meanings }) => meanings?.has('publish') && !WEAK_VERBS.has(word));
  const isNegated = has(words, 'not') && has(words, 'publish') && (isPlain || dated || isShouted(line));
  // “総会終了” is the end of a meeting.
  if (isEnded(words) && !(UNSPACED.test(line) && endsWithEvent(line, words))) {
    // A line with a future date is a term if it states the year or is in capitals. “Embargo lifted on Friday” is news
    // about an embargo.
    const isAhead = dated && at > filedAt && (/\d{4}/.test(line) || isShouted(line));
    // “HOLD LIFTED” is a note to editors.
    if (!isAhead) return isShouted(line) || has(words, 'copy') ? 'immediate' : undefined;
  }
  if (has(words, 'embargo', 'embargoed')) return 'embargo';
  if (has(words, 'forbidden')) return 'forbidden';
  if (has(words, 'hold')) return 'hold';
  if (isNegated || (has(words, 'not') && has(words, 'release'))) return 'forbidden';
  if (has(words, 'immediate') && has(words, 'publish', 'release')) return 'immediate';
  const cancels = words.filter(({ meanings }) => meanings?.has('cancel')).length;
  // “CANCELLED” alone can be about a fair. Twice, or with a word such as “story”, it is an order.
  if (has(words, 'withdraw') || cancels > 1 || (cancels > 0 && has(words, 'copy'))) return 'withdraw';
  if (has(words, 'draft') && !has(words, 'publish')) return 'draft';
  if (has(words, 'expires')) return 'expires';
  if (has(words, 'release')) return 'release';
  // “2027年3月5日以降に公開”: in these scripts the date stands before the verb.
  const isUnspaced = words.some(({ word }) => UNSPACED.test(word));
  return isUnspaced && dated && has(words, 'publish') && has(words, 'until') ? 'release' : undefined;
}

/** Words for what is still ahead: “Sperrfrist wird am Freitag aufgehoben”. */
const FUTURE =
  /^(?:will|will be|wird|werden|sera|seront|será|serán|sarà|zal|wordt|kommer att|bliver|blir|zostanie|będzie|bude|буде|будет)$/u;

/** Whether the words end an embargo or a hold, or say that there is none: “Hold lifted”, “No embargo”. */
function isEnded(words: readonly MeantWord<ReleaseWord>[]): boolean {
  if (!has(words, 'embargo', 'embargoed', 'hold') || has(words, 'until')) return false;
  if (words.some(({ word }) => FUTURE.test(word))) return false;
  if (has(words, 'over')) return true;
  if (has(words, 'publish', 'release', 'forbidden', 'draft')) return false;
  return has(words, 'cancel') || has(words.slice(0, 1), 'not');
}

function has(words: readonly MeantWord<ReleaseWord>[], ...wanted: readonly ReleaseWord[]): boolean {
  return words.some(({ meanings }) => wanted.some(meaning => meanings?.has(meaning)));
}

/** Whether a line that has only words of terms is an instruction. Otherwise it can be a heading. */
function isInstruction(
  line: string,
  words: readonly MeantWord<ReleaseWord>[],
  what: LineKind,
  dated: boolean,
): boolean {
  if (isShouted(line)) return true;
  // “Release date: 5 October” can be about a film, and “valid until 5 October” about a ticket.
  if (what === 'release') return has(words, 'until') || FOR_RELEASE.test(line) || NOT_BEFORE.test(line);
  if (what === 'expires') return false;
  // “Embargo from 5 December” is news about an embargo.
  if (
    what === 'embargo' &&
    !has(words, 'embargoed') &&
    words.some(({ word }) => /^(?:from|since)$/.test(word))
  )
    return false;
  if (dated && what !== 'draft' && what !== 'withdraw') return true;
  if (what === 'embargo')
    return has(words, 'embargoed', 'strict', 'until') || (has(words, 'not') && has(words, 'publish'));
  if (what === 'forbidden') return true;
  if (what === 'hold') return has(words, 'publish', 'release', 'until', 'strict');
  return what === 'withdraw' && has(words, 'copy') && words.length > 1 && words.length <= MAX_KILL_WORDS;
}

/** Verbs that prohibitions about other things also use, such as “not for public use”. */
const WEAK_VERBS: ReadonlySet<string> = new Set([
  'use',
  'print',
  'public',
  'live',
  'air',
  'go live',
  'for use',
]);

const FOR_RELEASE =
  /^(?:for|to be|not|zur|frei|pour|à|para|per|da|te|till|til|for|do|k|для|до|к|برای|ل)(?!\p{L})|予定|보도|可/iu;

/** Phrases that show by themselves that the story waits. */
const NOT_BEFORE =
  /not before|nicht vor|pas avant|scheduled for|go live|goes live|frei (?:ab|zur)|julkaisuvapaa/iu;

/** Whether the first word with a meaning has one of the given meanings. Words that address editors are skipped. */
function leads(words: readonly MeantWord<ReleaseWord>[], ...wanted: readonly ReleaseWord[]): boolean {
  const first = words.find(({ meanings }) => !isAddress(meanings));
  return wanted.some(meaning => first?.meanings?.has(meaning));
}

function isAddress(meanings: ReadonlySet<ReleaseWord> | undefined): boolean {
  return (
    meanings !== undefined &&
    (meanings.has('strict') || meanings.has('copy') || (meanings.size === 1 && meanings.has('filler')))
  );
}

/**
 * Whether a line is written in capitals only. Newsrooms write notes that do not belong to the story in
 * capitals. Lines in scripts without capitals never match.
 */
export function isShouted(line: string): boolean {
  const upper = line.match(/\p{Lu}/gu)?.length ?? 0;
  return upper >= 4 && !/\p{Ll}/u.test(line);
}

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
function endsWithEvent(line: string, words: readonly MeantWord<ReleaseWord>[]): boolean {
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

/** Whether a line names an event that the story waits for: “Hold until polls close”. */
function waitsForEvent(line: string, words: readonly MeantWord<ReleaseWord>[], unknown: number): boolean {
  return (
    unknown <= MAX_AWAITED_WORDS &&
    words.length <= MAX_KILL_WORDS &&
    leads(words, 'hold') &&
    words[1]?.meanings?.has('until') === true &&
    !/[,:;?“”«»„]/.test(line)
  );
}

/** Whether a line begins like a term and then has a few words that are not in the tables. */
function isUnclear(line: string, words: readonly MeantWord<ReleaseWord>[], unknown: number): boolean {
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
  const connected = is(second, 'until') || /^\S+(?:\s\S+)?\s?[:–—-]\s/u.test(line);
  if (is(first, 'embargoed')) return connected || (shouted && unknown <= 4);
  // One unknown word after the label is not prose: “Embargo: Redebeginn”.
  if (is(first, 'embargo') && unknown === 1 && /:\s\S+$/.test(line)) return true;
  if (is(first, 'embargo'))
    return (is(second, 'until') && (shouted || unknown <= 3)) || (shouted && connected);
  const isForbidden =
    is(first, 'not') && is(second, 'publish', 'release') && !WEAK_VERBS.has(second?.word ?? '');
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
