import { CLAUSE_STARTS, DANGLING_CJK, DANGLING_WORDS } from '../words/html/clauses.ts';
import { locale, wholeGraphemes } from './sentences.ts';

/**
 * Maximum length of a derived headline, in UTF-16 units. Feeds and search pages show this much of a title.
 */
const MAX_HEADLINE_CHARS = 110;

/** Maximum lengths for Chinese and Japanese, and for Korean. These scripts need fewer characters. */
const MAX_CJK_HEADLINE_CHARS = 50;
const MAX_HANGUL_HEADLINE_CHARS = 60;

/** Minimum length after a cut, in UTF-16 units. A shorter text is not a sentence. */
const MIN_HEADLINE_CHARS = 40;
const MIN_CJK_HEADLINE_CHARS = 12;
const MIN_HANGUL_HEADLINE_CHARS = 20;

/**
 * Maximum length of a Chinese or Japanese headline that ends after a quotation. A cut inside the quotation is worse.
 */
const MAX_QUOTED_CJK_CHARS = 70;

/**
 * Matches the marks between clauses in East Asian scripts, Arabic, Indic scripts, Burmese, Khmer, Ethiopic,
 * Armenian and scripts with Latin punctuation. A comma between digits is part of a number.
 */
const CLAUSE_ENDS = /[;:—–·]\s|\s[—–-]\s|[、､，；：。｡،؛۔।॥၊။។፣፤፥።՝։]|,\s(?!\d)/gu;

/**
 * Matches the marks between clauses in Chinese. `、` is not one, because it only separates items of a list.
 */
const CHINESE_CLAUSE_ENDS = /[，；：。,;]|\s[—–-]\s|——/gu;

/**
 * Matches marks that are removed from the end of a headline. `?`, `!`, `%`, closing quotes and brackets are
 * kept.
 */
const END_MARKS = /[\s.,;:…·•–—-]|[、､，；：。｡،؛۔।॥၊။។፣፤፥።՝։]/u;

interface HeadlineLimits {
  longest: number;
  shortest: number;
  cjk: boolean;
  marks: RegExp;
}

interface SmallWords {
  /** Words that begin a clause. */
  starts: ReadonlySet<string>;
  /** Words that announce more words and cannot end a headline. */
  dangling: ReadonlySet<string>;
}

const NO_WORDS: ReadonlySet<string> = new Set();

/** Returns the minimum length of a sentence in the script of this text, in UTF-16 units. */
export function shortestOf(text: string): number {
  return limitsOf(text).shortest;
}

/**
 * Cuts a text to the length of a headline. The best cut is between clauses, the second best is before a small
 * word, and the last is after a whole word.
 * @param language BCP 47
 */
export function shorten(claim: string, language: string): string {
  const { longest, shortest, cjk, marks } = limitsOf(claim);
  if (claim.length <= longest) return claim;
  const window = claim.slice(0, (cjk ? MAX_QUOTED_CJK_CHARS : longest) + 1);
  const small = smallWordsOf(language);
  const within = withinMarks(window);
  const strong = cutsAt(window, marks, shortest, longest);
  const weak = [...window.matchAll(/\s/g)]
    .filter(({ index }) => index >= shortest && small.starts.has(wordAt(claim, index + 1)))
    .map(({ index }) => index);
  const outside = (cuts: readonly number[]) => cuts.findLast(index => !within.has(index));
  const clause =
    outside(strong) ?? (cjk ? outside(cutsAt(window, marks, longest, window.length)) : undefined);
  if (clause !== undefined) return bareEnd(claim.slice(0, clause));
  const spaces = cutsAt(window, /\s/gu, shortest, longest);
  const cut =
    outside(weak) ??
    strong.at(-1) ??
    weak.at(-1) ??
    spaces.at(-1) ??
    lastWordEnd(claim, { longest, shortest, language, small: cjk ? CJK_SMALL : small });
  return withoutTail(claim.slice(0, cut), small);
}

const CJK_SMALL: SmallWords = { starts: NO_WORDS, dangling: DANGLING_CJK };

function limitsOf(text: string): HeadlineLimits {
  const kana = text.match(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const hangul = text.match(/\p{Script=Hangul}/gu)?.length ?? 0;
  if (kana + han > text.length / 3) {
    const marks = kana === 0 ? CHINESE_CLAUSE_ENDS : CLAUSE_ENDS;
    return { longest: MAX_CJK_HEADLINE_CHARS, shortest: MIN_CJK_HEADLINE_CHARS, cjk: true, marks };
  }
  if (hangul > text.length / 3)
    return {
      longest: MAX_HANGUL_HEADLINE_CHARS,
      shortest: MIN_HANGUL_HEADLINE_CHARS,
      cjk: false,
      marks: CLAUSE_ENDS,
    };
  return { longest: MAX_HEADLINE_CHARS, shortest: MIN_HEADLINE_CHARS, cjk: false, marks: CLAUSE_ENDS };
}

function smallWordsOf(language: string): SmallWords {
  const primary = language.toLowerCase().split('-')[0] ?? '';
  const own = primary === 'nb' || primary === 'nn' || primary === 'no' ? 'da' : primary;
  const starts = CLAUSE_STARTS.get(own) ?? NO_WORDS;
  return { starts, dangling: DANGLING_WORDS.get(own) ?? NO_WORDS };
}

function cutsAt(text: string, marks: RegExp, shortest: number, longest: number): number[] {
  return [...text.matchAll(marks)]
    .map(({ index }) => index)
    .filter(index => index >= shortest && index <= longest);
}

function wordAt(text: string, start: number): string {
  return /^[\p{L}\p{M}'’]+/u.exec(text.slice(start, start + 30))?.[0]?.toLowerCase() ?? '';
}

/**
 * Returns the end of the last whole word within the limit, also in scripts without spaces. Small words are
 * skipped.
 */
function lastWordEnd(
  text: string,
  {
    longest,
    shortest,
    language,
    small,
  }: { longest: number; shortest: number; language: string; small: SmallWords },
): number {
  const segmenter = new Intl.Segmenter(locale(language), { granularity: 'word' });
  let end = 0;
  let clause: number | undefined;
  for (const { index, segment } of segmenter.segment(text.slice(0, longest + 20))) {
    if (index >= shortest && index <= longest && small.starts.has(segment)) clause = index;
    if (index + segment.length > longest) break;
    if (!small.dangling.has(segment) && !small.starts.has(segment)) end = index + segment.length;
  }
  return clause ?? (end || wholeGraphemes(text, longest).length);
}

/** Removes small words from the end, because they announce the text that was cut off. */
function withoutTail(text: string, { starts, dangling }: SmallWords): string {
  const words = bareEnd(text).split(' ');
  while (words.length > 4) {
    const last = words.at(-1)?.toLowerCase() ?? '';
    if (!starts.has(last) && !dangling.has(last)) break;
    words.pop();
  }
  return bareEnd(words.join(' '));
}

/** Removes the marks between clauses and sentences from the end of a text. */
export function bareEnd(text: string): string {
  let end = text.length;
  while (end > 0 && END_MARKS.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

const MARK_PAIRS: readonly (readonly [string, string])[] = [
  ['“', '”'],
  ['„', '“'],
  ['«', '»'],
  ['「', '」'],
  ['『', '』'],
  ['(', ')'],
  ['[', ']'],
  ['《', '》'],
  ['（', '）'],
  ['【', '】'],
  ['‹', '›'],
];

/** Returns the pairs of marks for a text. `“` ends a German quotation and begins an English one. */
function pairsOf(text: string): (readonly [string, string])[] {
  const german = text.includes('„');
  return MARK_PAIRS.filter(([open]) => open !== (german ? '“' : '„'));
}

/** Returns the indices inside quotation marks or brackets. A cut at such an index leaves half a quotation. */
function withinMarks(text: string): Set<number> {
  const pairs = pairsOf(text);
  const ends = new Map(pairs);
  const within = new Set<number>();
  const open: string[] = [];
  let plain = false;
  for (let index = 0; index < text.length; index += 1) {
    const mark = text.charAt(index);
    if (open.length > 0 || plain) within.add(index);
    const end = ends.get(mark);
    if (mark === '"') plain = !plain;
    else if (mark === open.at(-1)) open.pop();
    else if (end) open.push(end);
  }
  return within;
}

/** Removes quotation marks and brackets that have no partner. */
export function balance(text: string): string {
  let balanced = text;
  if (balanced.split('"').length % 2 === 0) balanced = balanced.replaceAll('"', '');
  for (const [open, close] of pairsOf(text)) {
    const opens = balanced.split(open).length;
    const closes = balanced.split(close).length;
    if (opens !== closes) balanced = balanced.replaceAll(open, '').replaceAll(close, '');
  }
  return balanced.replace(/ {2,}/g, ' ').trim();
}
