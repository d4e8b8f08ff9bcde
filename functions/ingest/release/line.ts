import type { HoldReason, Term, TermContext } from '../model/release-terms.ts';
import type { ReleaseWord } from '../words/release-words.ts';
import { readReleaseInstant } from './instants.ts';
import { keyOf, readKeyed } from './keyed.ts';
import { isDateWord, isTimeWord, type Meant, releaseVocabulary, UNSEEN, UNSPACED } from './vocabulary.ts';

/**
 * How surely a line is a release term. `sure`: all of its words are, and a story has no such line. `bare`: a word
 * such as “Draft”, which may be a heading of the story. `unclear`: it begins as terms do, and goes on with other words.
 */
export interface LineTerm {
  terms: Term[];
  sureness: 'sure' | 'bare' | 'unclear';
  /** Whether the line reads as a sentence of the story, which then keeps it. */
  isSentence?: boolean;
}

/** Longest line that is a term, in characters: agencies write two clauses and a date. */
const MAX_LINE_CHARS = 240;

/** Most words of a line that begins as a term and goes on with words that no table knows. */
const MAX_UNKNOWN_WORDS = 9;

/** Longest status in a labelled line, in words. */
const MAX_STATUS_WORDS = 4;

/** Longest line that kills a story, in words: “This story has been withdrawn”. */
const MAX_KILL_WORDS = 6;

/** What may stand around a term: brackets, stars, rules, quotation marks. */
const AROUND = /^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$/gu;

/** Words that every line with a term has one of; most lines of a story have none, and are passed over. */
const TERMS: readonly ReleaseWord[] = [
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

/** What a line of copy, a subject or a headline says as a release term; `undefined` where it is none. */
export function readTermLine(text: string, context: TermContext): LineTerm | undefined {
  if (text.length > MAX_LINE_CHARS || !/\p{L}/u.test(text)) return undefined;
  if (isQuotedSpeech(text)) return undefined;
  // Markdown notes mark a box by `[!WARNING]`; soft hyphens and marks of direction are not seen.
  const line = text
    .replace(UNSEEN, '')
    .replace(/^\s*\[!\w{2,20}\]/, '')
    .replace(AROUND, '')
    .replace(/\s+/g, ' ');
  const words = releaseVocabulary().read(line);
  if (!TERMS.some(term => has(words, term)) && !/[:=]/.test(line)) return undefined;
  const labelled = readLabelled(line, context);
  if (labelled) return labelled;
  const term = readWords(line, words, context);
  if (!term || !isSentence(text, words)) return term;
  // “It goes live on Friday.”
  const isAnnouncement =
    has(words, 'release') && !has(words, 'embargo', 'embargoed', 'forbidden', 'not', 'hold');
  return isAnnouncement && isFiller(words[0]) ? undefined : { ...term, isSentence: true };
}

/** Words that no table knows, from which on a line with a full stop is a sentence. */
const MIN_SENTENCE_WORDS = 3;

/** Whether a line is a sentence about something else than the story: “The embargo ends on 1 March.” */
function isSentence(text: string, words: readonly Meant<ReleaseWord>[]): boolean {
  if (isShouted(text) || !/[.!?。][”"’»]?\s*$/u.test(text) || has(words, 'copy', 'strict')) return false;
  const unknown = words.filter(({ word, meanings }) => !meanings && !isDateWord(word)).length;
  const isAnnounced = /^publication\s/i.test(text);
  return unknown >= MIN_SENTENCE_WORDS || isFiller(words[0]) || isAnnounced;
}

function isFiller(word: Meant<ReleaseWord> | undefined): boolean {
  return word?.meanings?.size === 1 && word.meanings.has('filler');
}

const QUOTATION = /^[\s*_>#-]*["“„”«»‹「『‘']([^"“”«»›」』\n]{2,200}?)["“”«»›」』’][,，.]?(.*)$/u;

/** Whether a line quotes somebody, and says who speaks: what is quoted is no instruction. */
function isQuotedSpeech(text: string): boolean {
  const [, quoted = '', outside] = QUOTATION.exec(text) ?? [];
  if (outside === undefined || isShouted(text) || !/\p{L}/u.test(outside)) return false;
  const words = releaseVocabulary().read(outside);
  // “EMBARGO” Harbour opens
  if (isShouted(quoted) && /^\P{L}*\p{Lu}/u.test(outside)) return false;
  const isSpoken = words.some(({ word, meanings }) => !meanings && !isDateWord(word));
  return isSpoken && !words[0]?.meanings?.has('until');
}

/** `Embargo: none`, `draft = true`, `"publishAt": "2027-01-01",` */
function readLabelled(line: string, context: TermContext): LineTerm | undefined {
  const match = /^["']?([\p{L}\p{M}][\p{L}\p{M}'’ _-]{1,40}?)["']?\s?[:=：|¦｜]\s?(.{1,200})$/u.exec(line);
  const [, label = '', value = ''] = match ?? [];
  if (!match || keyOf(label) === undefined) return undefined;
  // “Arms embargo: what it means” has a word that is none of a key.
  if (
    /\s/.test(label) &&
    releaseVocabulary()
      .read(label)
      .some(each => !each.meanings && !/^(?:status|live|scheduled|visible|available)$/.test(each.word))
  )
    return undefined;
  const terms = readKeyed(label, value.replace(AROUND, ''), context, true);
  if (terms.length === 0) return undefined;
  const quoted = terms.map(term => ({ ...term, quote: line }));
  const isUnclear = terms.some(term => term.kind === 'hold' && term.why === 'unclear');
  // “Status: pending” can be a row of a table in the story, “Release date: 5 October” one about a film.
  const key = keyOf(label);
  const known = releaseVocabulary().read(value);
  if (key === 'status' && known.length > MAX_STATUS_WORDS && !terms.some(({ kind }) => kind === 'until'))
    return undefined;
  const isOfStory =
    (key === 'status' && !TERMS.some(term => has(known, term))) ||
    (key === 'start' && !isShouted(label) && /^\p{L}+$|\s(?:date|time|datum)$/iu.test(label));
  return { terms: quoted, sureness: isUnclear ? 'unclear' : isOfStory ? 'bare' : 'sure' };
}

function readWords(
  line: string,
  words: readonly Meant<ReleaseWord>[],
  context: TermContext,
): LineTerm | undefined {
  const instant = readReleaseInstant(line, context);
  const { at } = instant;
  const rest = releaseVocabulary().read(instant.left);
  const unknown = rest.filter(({ word, meanings }) => !meanings && !isDateWord(word));
  const what = kindOf(line, words, at, context);
  if (what === undefined) return undefined;
  if (unknown.length > 0) {
    const isDated =
      at !== undefined &&
      unknown.length <= 2 &&
      (leads(words, 'embargoed') ||
        (isShouted(line) && leads(words, 'embargo', 'forbidden', 'not', 'hold', 'release')));
    return isDated || isUnclear(line, words, unknown.length) ? hold(line, 'unclear') : undefined;
  }
  const open = instant.isTimed === true || rest.some(({ word }) => isTimeWord(word));
  const sureness = isInstruction(line, words, what, instant.at !== undefined || open) ? 'sure' : 'bare';
  // “The draft”, “Hold on”: articles and prepositions make a phrase of it.
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
  // A date that is over is one of publication.
  if (what === 'release' && at !== undefined && at <= (context.filedAt ?? '')) return undefined;
  if (at !== undefined && what === 'expires')
    return { terms: [{ kind: 'expires', at, quote: line }], sureness };
  if (at !== undefined && what !== 'draft') return { terms: [{ kind: 'until', at, quote: line }], sureness };
  if (what === 'expires') return open ? { ...hold(line, 'unclear'), sureness } : undefined;
  // “For release”, “Release date” without any date say nothing.
  if (what === 'release' && !open && !has(words, 'until')) return undefined;
  return { ...hold(line, open ? 'unclear' : 'line'), sureness };
}

function hold(quote: string, why: HoldReason): LineTerm {
  return { terms: [{ kind: 'hold', quote, why }], sureness: why === 'unclear' ? 'unclear' : 'sure' };
}

type LineKind = 'embargo' | 'forbidden' | 'release' | 'immediate' | 'hold' | 'draft' | 'expires' | 'withdraw';

/** What the words of a line come to, be there other words between them or not. */
function kindOf(
  line: string,
  words: readonly Meant<ReleaseWord>[],
  at: string | undefined,
  { filedAt = '' }: TermContext,
): LineKind | undefined {
  const dated = at !== undefined;
  // Medicines are “not for use in children”, paths not for “public use”.
  const isPlain = words.some(({ word, meanings }) => meanings?.has('publish') && !WEAK_VERBS.has(word));
  const isNegated = has(words, 'not') && has(words, 'publish') && (isPlain || dated || isShouted(line));
  // “Embargo lifted on Friday” is news of one; a date with its year may lie ahead.
  if (
    has(words, 'over') &&
    has(words, 'embargo', 'embargoed') &&
    !(dated && at > filedAt && /\d{4}/.test(line))
  )
    return undefined;
  if (has(words, 'embargo', 'embargoed')) return 'embargo';
  if (has(words, 'forbidden')) return 'forbidden';
  if (has(words, 'hold')) return 'hold';
  if (isNegated || (has(words, 'not') && has(words, 'release'))) return 'forbidden';
  if (has(words, 'immediate') && has(words, 'publish', 'release')) return 'immediate';
  const cancels = words.filter(({ meanings }) => meanings?.has('cancel')).length;
  // “CANCELLED” can be a fair; said twice, or of a story, it is an agency's order.
  if (has(words, 'withdraw') || cancels > 1 || (cancels > 0 && has(words, 'copy'))) return 'withdraw';
  if (has(words, 'draft') && !has(words, 'publish')) return 'draft';
  if (has(words, 'expires')) return 'expires';
  if (has(words, 'release')) return 'release';
  // “2027年3月5日以降に公開”: these scripts write the day before what is to happen.
  const isUnspaced = words.some(({ word }) => UNSPACED.test(word));
  return isUnspaced && dated && has(words, 'publish') && has(words, 'until') ? 'release' : undefined;
}

function has(words: readonly Meant<ReleaseWord>[], ...wanted: readonly ReleaseWord[]): boolean {
  return words.some(({ meanings }) => wanted.some(meaning => meanings?.has(meaning)));
}

/** Whether a line of nothing but words of terms is an instruction, and not a heading that happens to have such words. */
function isInstruction(
  line: string,
  words: readonly Meant<ReleaseWord>[],
  what: LineKind,
  dated: boolean,
): boolean {
  if (isShouted(line)) return true;
  // “Release date: 5 October” can be about a film, “valid until 5 October” about a ticket.
  if (what === 'release') return has(words, 'until') || FOR_RELEASE.test(line) || NOT_BEFORE.test(line);
  if (what === 'expires') return false;
  // “Embargo from 5 December” is news of one.
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

/** Words of use that are forbidden in other ways too. */
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

/** What says itself that the story waits. */
const NOT_BEFORE =
  /not before|nicht vor|pas avant|scheduled for|go live|goes live|frei (?:ab|zur)|julkaisuvapaa/iu;

/** Whether the first word that means something is one of these; words that address editors may stand before it. */
function leads(words: readonly Meant<ReleaseWord>[], ...wanted: readonly ReleaseWord[]): boolean {
  const first = words.find(({ meanings }) => !isAddress(meanings));
  return wanted.some(meaning => first?.meanings?.has(meaning));
}

function isAddress(meanings: ReadonlySet<ReleaseWord> | undefined): boolean {
  return (
    meanings !== undefined &&
    (meanings.has('strict') || meanings.has('copy') || (meanings.size === 1 && meanings.has('filler')))
  );
}

/** Capitals only, as desks mark what is not the story. Scripts without capitals never shout. */
export function isShouted(line: string): boolean {
  const upper = line.match(/\p{Lu}/gu)?.length ?? 0;
  return upper >= 4 && !/\p{Ll}/u.test(line);
}

/** Words behind a colon from which on they are the sentence of a headline: “Under embargo: how a port lived through ten years”. */
const MIN_HEADLINE_WORDS = 5;

/** Whether a line is a headline of two parts, of which only the first has words of terms. */
function isHeadlineOfStory(line: string): boolean {
  const behind = /^[^:–—]{2,40}(?::|\s[–—])\s(.*)$/u.exec(line)?.[1];
  if (behind === undefined) return false;
  const words = releaseVocabulary().read(behind);
  return (
    words.length >= MIN_HEADLINE_WORDS &&
    !has(words, ...TERMS, 'strict', 'not') &&
    !words.some(({ word }) => word.length > 3 && isTimeWord(word)) &&
    !/\d/.test(behind)
  );
}

/** Whether a line begins as terms do, although not all of its words are known. */
function isUnclear(line: string, words: readonly Meant<ReleaseWord>[], unknown: number): boolean {
  if (unknown > MAX_UNKNOWN_WORDS) return false;
  const shouted = isShouted(line.split(/[:–—-]\s/)[0] ?? '');
  const [first, second] = words.filter(
    ({ meanings }) => !(meanings?.has('strict') || (meanings?.size === 1 && meanings.has('filler'))),
  );
  const is = (word: Meant<ReleaseWord> | undefined, ...wanted: ReleaseWord[]) =>
    wanted.some(meaning => word?.meanings?.has(meaning));
  if (!shouted && (isHeadlineOfStory(line) || line.includes('?'))) return false;
  const connected = is(second, 'until') || /^\S+(?:\s\S+)?\s?[:–—-]\s/u.test(line);
  if (is(first, 'embargoed')) return connected || (shouted && unknown <= 4);
  if (is(first, 'embargo'))
    return (is(second, 'until') && (shouted || unknown <= 3)) || (shouted && connected);
  const isForbidden =
    is(first, 'not') && is(second, 'publish', 'release') && !WEAK_VERBS.has(second?.word ?? '');
  if (is(first, 'forbidden') || isForbidden)
    return shouted || is(first, 'forbidden') || has(words, 'until') ? unknown <= 6 || shouted : unknown <= 2;
  if (is(first, 'hold', 'draft', 'withdraw')) return shouted && connected;
  if (is(first, 'release')) return shouted && has(words, 'until');
  return false;
}

/**
 * What separates a term from a headline or a sentence beside it: any mark but those that stand within words and between
 * the words of a sentence.
 */
const SEPARATOR =
  /[:;.,]\s|:(?=\p{Lu})|\s?[-–—]{1,2}\s|\s?[^\p{L}\p{M}\p{N}\s'’"“”„«»().,;:&%$€£?#@+–—-]+\s?|[\])}】］]\s?|：/gu;
const BRACKETED = /[[({【［<«]([^[\](){}【】［］<>«»]{3,120})[\])}】］>»]/gu;

/** A term in capitals between quotation marks or stars; or one word of it behind a star or a number sign. */
const MARKED =
  /["“„*_]{1,3}(\p{Lu}[^"“”„*_#\p{Ll}]{2,60})["“”*_]{1,3}|(?:[*_]{1,3}|(?<![\p{L}\p{N}])#)(\p{Lu}[^"“”„*_#\p{Ll}]{2,60}?)(?=["“”*_]|\s|$)/gu;

/** Most separators that are tried. */
const MAX_CUTS = 8;

/** A text without the release terms before, behind or within it, and the terms. */
export interface SplitText {
  terms: Term[];
  text: string;
}

/**
 * Parts a headline, a subject or a first sentence from a release term on the same line: `EMBARGOED UNTIL FRIDAY: Ferry sold`.
 * @param isSubject whether it is the subject of a mail, where “Embargo: …” is no headline about one
 */
export function splitTerms(text: string, context: TermContext, isSubject = false): SplitText | undefined {
  const terms: Term[] = [];
  if (isQuotedSpeech(text)) return undefined;
  let rest = text.replace(UNSEEN, '');
  for (const [whole, inside, word = ''] of [...rest.matchAll(BRACKETED), ...rest.matchAll(MARKED)]) {
    const found = beside(inside ?? word, context, true);
    if (!found) continue;
    terms.push(...found.terms);
    rest = rest.replace(whole, () => ' ');
  }
  const cuts = [...rest.slice(0, MAX_LINE_CHARS).matchAll(SEPARATOR)].slice(0, MAX_CUTS).reverse();
  for (const cut of cuts) {
    const found = beside(rest.slice(0, cut.index), context, isSubject || /[\])}】]/u.test(cut[0]));
    const behind = rest.slice(cut.index + cut[0].length);
    if (!found || !isText(behind) || (!isSubject && isQuestion(behind, rest.slice(0, cut.index)))) continue;
    terms.push(...found.terms);
    rest = behind;
    break;
  }
  // “EMBARGO Harbour opens new pier”
  const [capitals = ''] = CAPITALS.exec(rest) ?? [];
  const shouted = isShouted(capitals) ? beside(capitals, context, false) : undefined;
  if (shouted && terms.length === 0) {
    terms.push(...shouted.terms);
    rest = rest.slice(capitals.length);
  }
  const from = Math.max(0, rest.length - MAX_LINE_CHARS);
  for (const cut of [...rest.slice(from).matchAll(SEPARATOR)].slice(-MAX_CUTS)) {
    const at = from + cut.index;
    const found = beside(rest.slice(at + cut[0].length), context, false);
    if (!found || !/\p{L}/u.test(rest.slice(0, at))) continue;
    terms.push(...found.terms);
    rest = rest.slice(0, at + (/^[\])}】.]/u.test(cut[0]) ? 1 : 0));
    break;
  }
  const trimmed = rest
    .replace(/[([{【]\s*[)\]}】]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(EDGES, '');
  return rest === text.replace(UNSEEN, '') || trimmed === '' ? undefined : { terms, text: trimmed };
}

/** Marks and emoji that are left at the ends of a headline. */
const EDGES = /^[^\p{L}\p{M}\p{N}"“”„«‹‘'¿¡([#@$€£+]+|[^\p{L}\p{M}\p{N}"“”»›’'.?!…)\]%]+$/gu;

const QUESTION =
  /^(?:how|why|what|who|when|where|which|wie|warum|was|wer|wo|comment|pourquoi|qui|quand|cómo|por qué|qué|quién|como|por que|quem|come|perché|chi|hoe|waarom|wat|wie|hur|varför|vad|hvordan|hvorfor|hvad|hva|miten|miksi|jak|dlaczego|proč|як|чому|как|почему|nasıl|neden)\s/iu;

/** Whether a headline asks or explains what its first words mean: “Unter Embargo: Wie ein Hafen überlebte”. */
function isQuestion(behind: string, before: string): boolean {
  return QUESTION.test(behind) && !isShouted(before) && !/\d/.test(before);
}

/** Words in capitals above a headline in small letters. */
const CAPITALS = /^(?:[\p{Lu}\p{N}][\p{Lu}\p{N}:.'’-]*\s+){1,8}(?=\p{Lu}\p{L}*\p{Ll})/u;

/** Whether what stands behind a term is a text of its own: “until the keynote” is not. */
function isText(text: string): boolean {
  const words = releaseVocabulary().read(text.slice(0, MAX_LINE_CHARS));
  const [first] = words;
  // “5 ferries sold”, and not “5 hours later”.
  const counted = /^\P{L}*\d\s\p{Ll}{3}/u.test(text)
    ? words.find(({ word }) => /\p{L}/u.test(word))
    : undefined;
  const isCounted = counted !== undefined && !counted.meanings && !isDateWord(counted.word);
  return isCounted || (/^\P{L}{0,3}[^\p{Ll}\P{L}]/u.test(text) && !first?.meanings?.has('until'));
}

/** A term that stands beside other words: only what no headline would say. */
function beside(part: string, context: TermContext, isMarked: boolean): LineTerm | undefined {
  const found = readTermLine(part, context);
  if (!found || found.terms.some(({ kind }) => kind === 'clear')) return undefined;
  if (found.sureness === 'unclear') return isShouted(part) ? found : undefined;
  return found.sureness === 'sure' || isMarked ? found : undefined;
}
