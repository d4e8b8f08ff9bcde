import { CLAUSE_STARTS, DANGLING, DANGLING_CJK } from '../words/html-clauses.ts';
import { locale, wholeGraphemes } from './sentences.ts';

/** Longest derived headline, in UTF-16 units: what feeds and search pages show of a title. */
const LONGEST = 110;

/** A Chinese or Japanese headline says as much in fewer characters, a Korean one nearly so. */
const LONGEST_CJK = 50;
const LONGEST_HANGUL = 60;

/** A cut before this leaves too little to be a sentence. */
const SHORTEST = 40;
const SHORTEST_CJK = 12;
const SHORTEST_HANGUL = 20;

/** In Chinese and Japanese a whole quotation may be longer than the rest of them: better so than cut within it. */
const LONGEST_QUOTED_CJK = 70;

/**
 * Between clauses: in the East Asian scripts, in Arabic, Devanagari and their neighbours, Burmese, Khmer, Ethiopic,
 * Armenian, and in those that share the Latin marks. A comma between digits is part of a number.
 */
const CLAUSE_ENDS = /[;:—–·]\s|\s[—–-]\s|[、､，；：。｡،؛۔।॥၊။។፣፤፥።՝։]|,\s(?!\d)/gu;

/** The same in Chinese, where `、` only parts the items of a list. */
const CHINESE_CLAUSE_ENDS = /[，；：。,;]|\s[—–-]\s|——/gu;

/** Marks that do not end a headline: `?`, `!`, closing quotation marks and brackets, and `%` belong to its words. */
const END_MARKS = /[\s.,;:…·•–—-]|[、､，；：。｡،؛۔।॥၊။។፣፤፥።՝։]/u;

interface Measure {
  longest: number;
  shortest: number;
  cjk: boolean;
  marks: RegExp;
}

interface SmallWords {
  starts: ReadonlySet<string>;
  dangling: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

/** Fewest characters, in UTF-16 units, that stand for a sentence in the script of this text. */
export function shortestOf(text: string): number {
  return measureOf(text).shortest;
}

/** The text as far as a headline may go: cut at a clause, else before a small word, else behind a whole word. */
export function shorten(claim: string, language: string): string {
  const { longest, shortest, cjk, marks } = measureOf(claim);
  if (claim.length <= longest) return claim;
  const reach = claim.slice(0, (cjk ? LONGEST_QUOTED_CJK : longest) + 1);
  const small = smallWordsOf(language);
  const within = withinMarks(reach);
  const strong = cutsAt(reach, marks, shortest, longest);
  const weak = [...reach.matchAll(/\s/g)]
    .filter(({ index }) => index >= shortest && small.starts.has(wordAt(claim, index + 1)))
    .map(({ index }) => index);
  const outside = (cuts: readonly number[]) => cuts.findLast(index => !within.has(index));
  const clause = outside(strong) ?? (cjk ? outside(cutsAt(reach, marks, longest, reach.length)) : undefined);
  if (clause !== undefined) return bareEnd(claim.slice(0, clause));
  const spaces = cutsAt(reach, /\s/gu, shortest, longest);
  const cut =
    outside(weak) ??
    strong.at(-1) ??
    weak.at(-1) ??
    spaces.at(-1) ??
    lastWordEnd(claim, { longest, shortest, language, small: cjk ? CJK_SMALL : small });
  return withoutTail(claim.slice(0, cut), small);
}

const CJK_SMALL: SmallWords = { starts: NONE, dangling: DANGLING_CJK };

function measureOf(text: string): Measure {
  const kana = text.match(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const hangul = text.match(/\p{Script=Hangul}/gu)?.length ?? 0;
  if (kana + han > text.length / 3) {
    const marks = kana === 0 ? CHINESE_CLAUSE_ENDS : CLAUSE_ENDS;
    return { longest: LONGEST_CJK, shortest: SHORTEST_CJK, cjk: true, marks };
  }
  if (hangul > text.length / 3)
    return { longest: LONGEST_HANGUL, shortest: SHORTEST_HANGUL, cjk: false, marks: CLAUSE_ENDS };
  return { longest: LONGEST, shortest: SHORTEST, cjk: false, marks: CLAUSE_ENDS };
}

function smallWordsOf(language: string): SmallWords {
  const primary = language.toLowerCase().split('-')[0] ?? '';
  const own = primary === 'nb' || primary === 'nn' || primary === 'no' ? 'da' : primary;
  const starts = CLAUSE_STARTS.get(own) ?? NONE;
  return { starts, dangling: DANGLING.get(own) ?? NONE };
}

function cutsAt(text: string, marks: RegExp, shortest: number, longest: number): number[] {
  return [...text.matchAll(marks)]
    .map(({ index }) => index)
    .filter(index => index >= shortest && index <= longest);
}

function wordAt(text: string, start: number): string {
  return /^[\p{L}\p{M}'’]+/u.exec(text.slice(start, start + 30))?.[0]?.toLowerCase() ?? '';
}

/** Where the last whole word within reach ends, in scripts without spaces too: before a clause, behind no small word. */
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

/** Without small words at the end, which announce what was cut off. */
function withoutTail(text: string, { starts, dangling }: SmallWords): string {
  const words = bareEnd(text).split(' ');
  while (words.length > 4) {
    const last = words.at(-1)?.toLowerCase() ?? '';
    if (!starts.has(last) && !dangling.has(last)) break;
    words.pop();
  }
  return bareEnd(words.join(' '));
}

/** Without marks at the end that part clauses and sentences. */
export function bareEnd(text: string): string {
  let end = text.length;
  while (end > 0 && END_MARKS.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

const PAIRS: readonly (readonly [string, string])[] = [
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

/** The pairs of marks that a text uses: `“` ends a German quotation and begins an English one. */
function pairsOf(text: string): (readonly [string, string])[] {
  const german = text.includes('„');
  return PAIRS.filter(([open]) => open !== (german ? '“' : '„'));
}

/** Indexes within quotation marks or brackets: what is cut there is half a quotation. */
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

/** Takes out marks of quotation or brackets that are opened and not closed, or the other way round. */
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
