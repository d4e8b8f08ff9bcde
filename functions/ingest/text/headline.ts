import { ATTRIBUTIONS, SAYING_ENDS_CJK, SAYING_VERBS, TRAILING_SOURCES } from '../words/html-clauses.ts';
import { hasWords, head } from './characters.ts';
import { withoutDateline } from './dateline.ts';
import { balance, bareEnd, shorten, shortestOf } from './headline-cut.ts';
import { sentencesOf } from './sentences.ts';

/**
 * A headline made of a story's first paragraph: no dateline, nobody who said so, cut at a clause, in whole words, with
 * no mark at its end and no quotation left open; 110 UTF-16 units at most. Undefined where the paragraph has no words.
 */
export function deriveHeadline(lede: string, language: string): string | undefined {
  const story = withoutDateline(head(lede, 2_000).replace(/\s+/g, ' ').trim());
  const sentence = sentencesOf(story, language)[0] ?? '';
  const claim = withoutAttribution(bareEnd(sentence));
  const headline = bareEnd(balance(shorten(claim, language)));
  return hasWords(headline) ? headline : undefined;
}

function withoutAttribution(sentence: string): string {
  // The Turkish capital is two letters in lower case.
  const lower = sentence.replaceAll('İ', 'i').toLowerCase();
  if (lower.length !== sentence.length) return sentence;
  const shortest = shortestOf(sentence);
  for (const { index, 0: comma } of lower.matchAll(/[,،]\s/g)) {
    if (index < shortest) continue;
    const rest = lower.slice(index + comma.length);
    if (ATTRIBUTIONS.some(phrase => rest === phrase || rest.startsWith(`${phrase} `)) && !hasMore(rest))
      return sentence.slice(0, index);
  }
  const last = Math.max(lower.lastIndexOf(', '), lower.lastIndexOf('، '));
  const tail = last >= shortest ? lower.slice(last + 2).split(' ') : [];
  if (tail.length > 0 && tail.length <= 8 && tail.some(word => SAYING_VERBS.has(word)))
    return sentence.slice(0, last);
  const chinese = lower.lastIndexOf('，');
  if (chinese >= shortest && lower.length - chinese <= CHINESE_TAIL) {
    const said = lower.slice(chinese + 1);
    if (SAYING_ENDS_CJK.some(verb => said.endsWith(verb))) return sentence.slice(0, chinese);
  }
  for (const source of TRAILING_SOURCES) {
    const at = lower.lastIndexOf(source);
    if (at >= shortest / 2 && lower.length - at <= TAIL) return sentence.slice(0, at);
  }
  return sentence;
}

/** Longest words at the end of a sentence that say who said so; in Chinese the comma counts too. */
const TAIL = 80;
const CHINESE_TAIL = 16;

/** True where the sentence goes on behind who said so. */
function hasMore(attribution: string): boolean {
  return attribution.length > 3 * TAIL;
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
