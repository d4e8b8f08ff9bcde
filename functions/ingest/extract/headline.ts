import { ATTRIBUTIONS, CLAUSE_STARTS, SAYING_VERBS } from '../words/html-clauses.ts';
import { hasWords, head } from './characters.ts';
import { sentencesOf } from './sentences.ts';

/** Longest derived headline, in UTF-16 units: what feeds and search pages show of a title. */
const LONGEST = 110;

/** A Chinese or Japanese headline says as much in fewer characters. */
const LONGEST_CJK = 50;

/** A cut before this leaves too little to be a sentence. */
const SHORTEST = 40;

/** The dateline before a lede: `KYIV, Oct 1 (Reuters) — `. */
const DATELINE =
  /^[\p{Lu}][\p{L}\p{M}.,'’() \d/-]{1,60}?(?:\s[—–-]{1,2}\s|\s\((?:AP|Reuters|AFP|dpa|DPA|ANSA|EFE|UPI|TASS|PAP|APA)\)\s?[—–-]{0,2}\s?)/u;

/**
 * A headline made of a story's first paragraph: no dateline, nobody who said so, cut at a clause, in whole words, with
 * no mark at its end and no quotation left open. Undefined where the paragraph has no words.
 */
export function deriveHeadline(lede: string, language: string): string | undefined {
  const text = head(lede, 2_000).replace(/\s+/g, ' ').trim();
  const filed = DATELINE.exec(text);
  const story = filed && /\p{Lu}{2}|\(/u.test(filed[0]) ? text.slice(filed[0].length) : text;
  const sentence = sentencesOf(story, language)[0] ?? '';
  const claim = withoutAttribution(bareEnd(sentence));
  const short = shorten(claim);
  const headline = bareEnd(balance(short));
  return hasWords(headline) ? headline : undefined;
}

function withoutAttribution(sentence: string): string {
  const lower = sentence.toLowerCase();
  for (let comma = lower.indexOf(', ', SHORTEST); comma >= 0; comma = lower.indexOf(', ', comma + 1)) {
    const rest = lower.slice(comma + 2);
    if (ATTRIBUTIONS.some(phrase => rest === phrase || rest.startsWith(`${phrase} `)))
      return sentence.slice(0, comma);
  }
  const last = lower.lastIndexOf(', ');
  const tail = last >= SHORTEST ? lower.slice(last + 2).split(' ') : [];
  if (tail.length > 0 && tail.length <= 8 && tail.some(word => SAYING_VERBS.has(word)))
    return sentence.slice(0, last);
  const plain = lower.indexOf(' according to ', SHORTEST);
  return plain >= 0 ? sentence.slice(0, plain) : sentence;
}

function shorten(claim: string): string {
  const cjk =
    (claim.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0) > claim.length / 3;
  const longest = cjk ? LONGEST_CJK : LONGEST;
  if (claim.length <= longest) return claim;
  const shortest = cjk ? 12 : SHORTEST;
  const strong = lastCut(claim, longest, shortest, /[;:—–]\s|\s[—–-]\s|[、，；：。]|,\s(?!\d)/gu);
  if (strong !== undefined) return withoutTail(claim.slice(0, strong));
  let weak: number | undefined;
  let words: number | undefined;
  for (const match of claim.slice(0, longest + 1).matchAll(/\s/g)) {
    if (match.index > longest) break;
    words = match.index;
    const next = /^[\p{L}'’]+/u.exec(claim.slice(match.index + 1, match.index + 30))?.[0]?.toLowerCase();
    if (match.index >= shortest && next && CLAUSE_STARTS.has(next)) weak = match.index;
  }
  const cut =
    weak ?? (words !== undefined && words >= shortest ? words : undefined) ?? lastWordEnd(claim, longest);
  return withoutTail(claim.slice(0, cut));
}

/** Last clause that ends within reach and is no aside: the text up to it must not lack a closing comma. */
function lastCut(text: string, longest: number, shortest: number, marks: RegExp): number | undefined {
  let cut: number | undefined;
  for (const match of text.slice(0, longest + 1).matchAll(marks)) {
    if (match.index >= shortest && match.index <= longest) cut = match.index;
  }
  return cut;
}

/** Where the last whole word within reach ends, in scripts without spaces too. */
function lastWordEnd(text: string, longest: number): number {
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(
    head(text, longest + 20),
  )) {
    if (index + segment.length > longest) break;
    end = index + segment.length;
  }
  return end || head(text, longest).length;
}

/** Without small words at the end, which announce what was cut off. */
function withoutTail(text: string): string {
  const words = bareEnd(text).split(' ');
  while (words.length > 4) {
    const last = words.at(-1)?.toLowerCase() ?? '';
    if (!CLAUSE_STARTS.has(last) && !ARTICLES.has(last)) break;
    words.pop();
  }
  return words.join(' ');
}

const ARTICLES = new Set(
  `the a an of its their his her this these those has have had is are was were will would der die das den dem des ein eine einen einem
   le la les l' un une des du de el los las una il lo gli het een os as um uma`.split(/\s+/),
);

/** Without marks at the end, except those that belong to the words: `?`, `!`, a closing quotation mark or bracket, `%`. */
function bareEnd(text: string): string {
  let end = text.length;
  while (end > 0 && /[\s.,;:…·•–—-]|[、，；：。।]/u.test(text.charAt(end - 1))) end -= 1;
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
