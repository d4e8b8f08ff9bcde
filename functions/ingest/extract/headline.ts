import {
  ATTRIBUTIONS,
  CLAUSE_STARTS,
  DANGLING,
  DANGLING_CJK,
  SAYING_VERBS,
  TRAILING_SOURCES,
} from '../words/html-clauses.ts';
import { hasWords, head } from './characters.ts';
import { withoutDateline } from './dateline.ts';
import { sentencesOf } from './sentences.ts';

/** Longest derived headline, in UTF-16 units: what feeds and search pages show of a title. */
const LONGEST = 110;

/** A Chinese or Japanese headline says as much in fewer characters. */
const LONGEST_CJK = 50;

/** A cut before this leaves too little to be a sentence. */
const SHORTEST = 40;

/**
 * A headline made of a story's first paragraph: no dateline, nobody who said so, cut at a clause, in whole words, with
 * no mark at its end and no quotation left open. Undefined where the paragraph has no words.
 */
export function deriveHeadline(lede: string, language: string): string | undefined {
  const story = withoutDateline(head(lede, 2_000).replace(/\s+/g, ' ').trim());
  const sentence = sentencesOf(story, language)[0] ?? '';
  const claim = withoutAttribution(bareEnd(sentence));
  const short = shorten(claim, smallWordsOf(language));
  const headline = bareEnd(balance(short));
  return hasWords(headline) ? headline : undefined;
}

function withoutAttribution(sentence: string): string {
  const lower = sentence.toLowerCase();
  for (const { index, 0: comma } of lower.matchAll(/[,،]\s/g)) {
    if (index < SHORTEST) continue;
    const rest = lower.slice(index + comma.length);
    if (ATTRIBUTIONS.some(phrase => rest === phrase || rest.startsWith(`${phrase} `)) && !hasMore(rest))
      return sentence.slice(0, index);
  }
  const last = lower.lastIndexOf(', ');
  const tail = last >= SHORTEST ? lower.slice(last + 2).split(' ') : [];
  if (tail.length > 0 && tail.length <= 8 && tail.some(word => SAYING_VERBS.has(word)))
    return sentence.slice(0, last);
  for (const source of TRAILING_SOURCES) {
    const at = lower.lastIndexOf(source);
    if (at >= SHORTEST / 2 && lower.length - at <= TAIL) return sentence.slice(0, at);
  }
  return sentence;
}

/** Longest words at the end of a sentence that say who said so. */
const TAIL = 80;

/** True where the sentence goes on behind who said so. */
function hasMore(attribution: string): boolean {
  return attribution.length > 3 * TAIL;
}

interface SmallWords {
  starts: ReadonlySet<string>;
  dangling: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

function smallWordsOf(language: string): SmallWords {
  const primary = language.toLowerCase().split('-')[0] ?? '';
  const own = primary === 'nb' || primary === 'nn' || primary === 'no' ? 'da' : primary;
  const starts = CLAUSE_STARTS.get(own) ?? NONE;
  return { starts, dangling: DANGLING.get(own) ?? NONE };
}

function shorten(claim: string, small: SmallWords): string {
  const cjk =
    (claim.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0) > claim.length / 3;
  const longest = cjk ? LONGEST_CJK : LONGEST;
  if (claim.length <= longest) return claim;
  const shortest = cjk ? 12 : SHORTEST;
  const strong = lastCut(claim, longest, shortest, /[;:—–]\s|\s[—–-]\s|[、，；：。،؛]|,\s(?!\d)/gu);
  if (strong !== undefined) return withoutTail(claim.slice(0, strong), small);
  let weak: number | undefined;
  let words: number | undefined;
  for (const match of claim.slice(0, longest + 1).matchAll(/\s/g)) {
    if (match.index > longest) break;
    words = match.index;
    const next = /^[\p{L}'’]+/u.exec(claim.slice(match.index + 1, match.index + 30))?.[0]?.toLowerCase();
    if (match.index >= shortest && next && small.starts.has(next)) weak = match.index;
  }
  const cut =
    weak ??
    (words !== undefined && words >= shortest ? words : undefined) ??
    lastWordEnd(claim, longest, cjk);
  return withoutTail(claim.slice(0, cut), small);
}

/** Last clause that ends within reach and is no aside: the text up to it must not lack a closing comma. */
function lastCut(text: string, longest: number, shortest: number, marks: RegExp): number | undefined {
  let cut: number | undefined;
  for (const match of text.slice(0, longest + 1).matchAll(marks)) {
    if (match.index >= shortest && match.index <= longest) cut = match.index;
  }
  return cut;
}

/** Where the last whole word within reach ends, in scripts without spaces too; small words do not count there. */
function lastWordEnd(text: string, longest: number, cjk: boolean): number {
  let end = 0;
  const pieces = new Intl.Segmenter(undefined, { granularity: 'word' }).segment(head(text, longest + 20));
  for (const { index, segment } of pieces) {
    if (index + segment.length > longest) break;
    if (!cjk || !DANGLING_CJK.has(segment)) end = index + segment.length;
  }
  return end || head(text, longest).length;
}

/** Without small words at the end, which announce what was cut off. */
function withoutTail(text: string, { starts, dangling }: SmallWords): string {
  const words = bareEnd(text).split(' ');
  while (words.length > 4) {
    const last = words.at(-1)?.toLowerCase() ?? '';
    if (!starts.has(last) && !dangling.has(last)) break;
    words.pop();
  }
  return words.join(' ');
}

/** Without marks at the end, except those that belong to the words: `?`, `!`, a closing quotation mark or bracket, `%`. */
function bareEnd(text: string): string {
  let end = text.length;
  while (end > 0 && /[\s.,;:…·•–—-]|[、，；：。।۔،؛]/u.test(text.charAt(end - 1))) end -= 1;
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

/** Takes out marks of quotation or brackets that are opened and not closed, or the other way round. */
function balance(text: string): string {
  let balanced = text;
  if (balanced.split('"').length % 2 === 0) balanced = balanced.replaceAll('"', '');
  const german = balanced.includes('„');
  for (const [open, close] of PAIRS) {
    if (open === '“' && german) continue;
    if (open === '„' && !german) continue;
    const opens = balanced.split(open).length;
    const closes = balanced.split(close).length;
    if (opens !== closes) balanced = balanced.replaceAll(open, '').replaceAll(close, '');
  }
  return balanced.replace(/ {2,}/g, ' ').trim();
}

/** The name of a file as words: the last resort of a story without any. */
export function headlineFromKey(key: string): string {
  const name = key.split('/').filter(Boolean).at(-1) ?? key;
  const words = name
    .replace(/\.[\p{L}\d]{1,8}$/u, '')
    .replace(/[-_+.\s]+/g, ' ')
    .trim();
  return words ? words.charAt(0).toUpperCase() + words.slice(1) : 'Untitled';
}
