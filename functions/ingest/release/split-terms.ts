import type { Term, TermContext } from '../model/release-terms.ts';
import { AFTER_DAY, EVENT_ENDS, type ReleaseWord } from '../words/release-words.ts';
import { namesTime, startsWithDate } from './instants.ts';
import { isQuotedSpeech, type LineTerm, MAX_LINE_CHARS, readTermLine } from './line.ts';
import { canHoldTerm, has, isShouted, TERM_WORDS } from './term-words.ts';
import { INVISIBLE, isDateWord, isTimeWord, releaseVocabulary } from './vocabulary.ts';

/**
 * Separators between a term and a headline or sentence beside it: all marks except those inside words and
 * between the words of a sentence.
 */
const SEPARATOR =
  /[:;.,]\s|:(?=\p{Lu})|\s?[-–—]{1,2}\s|\s?[^\p{L}\p{M}\p{N}\s'’"“”„«»().,;:&%$€£?#@+–—-]+\s?|[\])}】］]\s?|：/gu;
const BRACKETED = /[[({【［<«]([^[\](){}【】［］<>«»]{3,120})[\])}】］>»]/gu;

/** A term in capitals between quotation marks or stars, or after a star or a number sign. */
const MARKED =
  /["“„*_]{1,3}(\p{Lu}[^"“”„*_#\p{Ll}]{2,60})["“”*_]{1,3}|(?:[*_]{1,3}|(?<![\p{L}\p{N}])#)(\p{Lu}[^"“”„*_#\p{Ll}]{2,60}?)(?=["“”*_]|\s|$)/gu;

/** Maximum number of separators that are tried. */
const MAX_CUTS = 8;

/** A text after its release terms are removed, and the terms. */
export interface SplitText {
  terms: Term[];
  text: string;
}

/**
 * Splits a release term from a headline, a subject or a first sentence on the same line: `EMBARGOED UNTIL
 * FRIDAY: Ferry sold`.
 * @param isSubject whether the text is the subject of a mail. In a subject, “Embargo: …” is a term and not a
 *   headline about an embargo
 */
export function splitTerms(text: string, context: TermContext, isSubject = false): SplitText | undefined {
  if (!canHoldTerm(text) || isQuotedSpeech(text)) return undefined;
  const terms: Term[] = [];
  let rest = text.replace(INVISIBLE, '');
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
    // A mark can stand within a date: “Sperrfrist: Freitag, 4. Dezember, 18.00 Uhr”.
    const isHeadline = /[:：]/.test(cut[0]) && isWhole(rest.slice(0, cut.index), found) && !goesOn(behind);
    if (
      !found ||
      !(isText(behind) || isHeadline) ||
      startsWithDate(behind, context.language) ||
      (!isSubject && isQuestion(behind, rest.slice(0, cut.index)))
    )
      continue;
    terms.push(...found.terms);
    rest = behind;
    break;
  }
  const led = terms.length === 0 ? startOfLine(rest, context, isSubject) : undefined;
  if (led) {
    terms.push(...led.terms);
    rest = led.text;
  }
  // A term in capitals can stand before a headline: “EMBARGO Harbour opens new pier”. Its date can have other letters.
  const [capitals = ''] = CAPITALS.exec(rest) ?? [];
  const isCut = startsWithDate(rest.slice(capitals.length), context.language);
  const shouted = isShouted(capitals) && !isCut ? beside(capitals, context, false) : undefined;
  if (shouted && terms.length === 0) {
    terms.push(...shouted.terms);
    rest = rest.slice(capitals.length);
  }
  const [, before = '', tail = ''] = LAST_CAPITALS.exec(rest) ?? [];
  const last = isShouted(tail) && !isPhrase(before) ? beside(tail, context, false) : undefined;
  if (last) {
    terms.push(...last.terms);
    rest = before;
  }
  const ended = isSubject && terms.length === 0 ? endOfSubject(rest, context) : undefined;
  if (ended) {
    terms.push(...ended.terms);
    rest = ended.text;
  }
  const from = Math.max(0, rest.length - MAX_LINE_CHARS);
  for (const cut of [...rest.slice(from).matchAll(SEPARATOR)].slice(-MAX_CUTS)) {
    const at = from + cut.index;
    // “アユ釣り、6月1日解禁” is news. A notice behind a headline stands in brackets.
    if (/[、，]/.test(cut[0])) continue;
    const behind = rest.slice(at + cut[0].length);
    // A reason can follow a notice: “– Ne pas publier en l'état – chiffres à vérifier”.
    const [, notice = ''] =
      (isSubject && /^\s[–—-]/.test(cut[0]) && /^(.+?)\s[–—-]\s\p{Ll}/u.exec(behind)) || [];
    const found =
      beside(behind, context, false) ?? (notice === '' ? undefined : beside(notice, context, false));
    if (!found || !/\p{L}/u.test(rest.slice(0, at))) continue;
    terms.push(...found.terms);
    rest = rest.slice(0, at + (/^[\])}】.]/u.test(cut[0]) ? 1 : 0));
    break;
  }
  const trimmed = rest
    .replace(/[([{【]\s*[)\]}】]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(EDGES, '');
  return rest === text.replace(INVISIBLE, '') || trimmed === '' ? undefined : { terms, text: trimmed };
}

/** Marks and emoji that remain at the ends of a headline. */
const EDGES = /^[^\p{L}\p{M}\p{N}"“”„«‹‘'¿¡([#@$€£+]+|[^\p{L}\p{M}\p{N}"“”»›’'.?!…)\]%]+$/gu;

const QUESTION =
  /^(?:how|why|what|who|when|where|which|wie|warum|was|wer|wo|comment|pourquoi|qui|quand|cómo|por qué|qué|quién|como|por que|quem|come|perché|chi|hoe|waarom|wat|wie|hur|varför|vad|hvordan|hvorfor|hvad|hva|miten|miksi|jak|dlaczego|proč|як|чому|как|почему|nasıl|neden)\s/iu;

/** Whether a headline asks a question about its first words: “Unter Embargo: Wie ein Hafen überlebte”. */
function isQuestion(behind: string, before: string): boolean {
  return QUESTION.test(behind) && !isShouted(before) && !/\d/.test(before);
}

/** Words in capitals before a headline in lower-case letters. */
const CAPITALS = /^(?:[\p{Lu}\p{N}][\p{Lu}\p{N}:.'’-]*\s+){1,8}(?=\p{Lu}\p{L}*\p{Ll})/u;

/** Whether a term names its instant with a time of day. Words after a colon then seldom belong to it. */
function isWhole(part: string, found: LineTerm | undefined): boolean {
  return found?.terms.some(({ kind }) => kind === 'until') === true && namesTime(part);
}

/** Number of words at the start of a text that can continue a term: “and not before the vote”. */
const CONTINUING_WORDS = 4;

/** The zone of a place, which the tables do not have: “Springfield time”. */
const ZONE_OF_PLACE =
  /(?<!\p{L})(?:time|zeit|tid|aikaa|saat\p{L}*|heure|hor(?:a|ário)|ora|час(?:ом|у)?|времени|čas\p{L}*|czas\p{L}*)(?!\p{L})/u;

/** Whether the words after a term with its time can still belong to it: “after the keynote”, “local time”. */
function goesOn(behind: string): boolean {
  const read = releaseVocabulary().read(behind.slice(0, MAX_LINE_CHARS));
  const words = read.slice(0, CONTINUING_WORDS);
  const start = words.map(({ word }) => word).join(' ');
  return (
    read.every(({ word, meanings }) => meanings || isDateWord(word)) ||
    has(words, ...TERM_WORDS, 'not', 'strict', 'copy') ||
    words.some(({ word }) => isTimeWord(word)) ||
    (read.length <= CONTINUING_WORDS && ZONE_OF_PLACE.test(start)) ||
    [...AFTER_DAY, ...EVENT_ENDS].some(event => event.test(start))
  );
}

/** Maximum number of words of a term at the start of a line that no mark follows: without its instant, and with it. */
const MAX_START_WORDS = 3;
const MAX_DATED_START_WORDS = 14;

/**
 * Splits a term from the start of a line if a capital follows: “Embargo Harbour board votes”, “Embargoed until 5 March
 * Harbour board votes”. In “Embargo hits farmers” the word belongs to the headline. A line in capitals shows neither.
 * Other lines than subjects must name a time.
 */
function startOfLine(text: string, context: TermContext, isSubject: boolean): SplitText | undefined {
  if (isShouted(text)) return undefined;
  const words = text.split(' ');
  for (let count = Math.min(MAX_DATED_START_WORDS, words.length - 2); count > 0; count--) {
    const behind = words.slice(count).join(' ');
    if (!/^\p{Lu}/u.test(behind)) continue;
    const part = words.slice(0, count).join(' ');
    const found = beside(part, context, isSubject);
    if (!found) continue;
    if (isWhole(part, found) ? goesOn(behind) : !isSubject || !isName(behind)) continue;
    const isDated = found.terms.some(({ kind }) => kind === 'until');
    if (isDated || (count <= MAX_START_WORDS && isUndated(part))) return { terms: found.terms, text: behind };
  }
  return undefined;
}

/** Whether a text begins with a word that is no part of terms and dates. */
function isName(text: string): boolean {
  const [first] = releaseVocabulary().read(text);
  return first !== undefined && !first.meanings && !isDateWord(first.word);
}

/** Whether the words of an embargo name no instant, which would go on behind them: “Embargoed until 1 January”. */
function isUndated(part: string): boolean {
  const read = releaseVocabulary().read(part);
  const has = (meaning: ReleaseWord) => read.some(({ meanings }) => meanings?.has(meaning));
  return (has('embargo') || has('embargoed')) && !has('until') && !/\d/.test(part);
}

/** Splits a term with its instant from the end of a subject: “Ferry sold embargoed until Friday”. */
function endOfSubject(text: string, context: TermContext): SplitText | undefined {
  const words = text.slice(-MAX_LINE_CHARS).split(' ');
  for (let at = 1; at < words.length - 1; at++) {
    const [first] = releaseVocabulary().read(words.slice(at, at + 3).join(' '));
    if (!first?.meanings?.has('embargoed') && !first?.meanings?.has('forbidden')) continue;
    const found = beside(words.slice(at).join(' '), context, false);
    if (found?.terms.some(({ kind }) => kind === 'until'))
      return { terms: found.terms, text: words.slice(0, at).join(' ') };
  }
  return undefined;
}

/** Words in capitals after a headline in lower-case letters: “Harbour opens new pier EMBARGO”. */
const LAST_CAPITALS = /^(.{0,400}\s\S*\p{Ll}\S*)((?:\s+[\p{Lu}\p{N}][\p{Lu}\p{N}:.'’-]*){1,8})\s*[.!]*$/u;

/** Whether the next word belongs to a phrase: “Shops defy the EMBARGO”. */
function isPhrase(before: string): boolean {
  const last = releaseVocabulary().read(before).at(-1);
  return last?.meanings?.has('filler') === true || last?.meanings?.has('strict') === true;
}

/** Whether the text after a term is a text of its own. “until the keynote” is a part of the term. */
function isText(text: string): boolean {
  const words = releaseVocabulary().read(text.slice(0, MAX_LINE_CHARS));
  const [first] = words;
  // “5 ferries sold” is a headline. “5 hours later” is a part of the term.
  const counted = /^\P{L}*\d\s\p{Ll}{3}/u.test(text)
    ? words.find(({ word }) => /\p{L}/u.test(word))
    : undefined;
  const isCounted = counted !== undefined && !counted.meanings && !isDateWord(counted.word);
  // “Redebeginn” is the end of a term.
  if (/^\p{L}[\p{Ll}-]+$/u.test(text)) return false;
  return isCounted || (/^\P{L}{0,3}[^\p{Ll}\P{L}]/u.test(text) && !first?.meanings?.has('until'));
}

/**
 * Reads a term beside other words. Ignores words that also occur in headlines.
 * @param isMarked whether brackets or other marks surround the words
 */
function beside(part: string, context: TermContext, isMarked: boolean): LineTerm | undefined {
  const found = readTermLine(part, context);
  if (!found || found.terms.some(({ kind }) => kind === 'clear')) return undefined;
  if (found.sureness === 'unclear') return isShouted(part) ? found : undefined;
  return found.sureness === 'sure' || isMarked ? found : undefined;
}
