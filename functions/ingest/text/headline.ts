import {
  ATTRIBUTION_STARTS,
  SAYING_ENDS_CJK,
  SAYING_VERBS,
  TRAILING_SOURCES,
} from '../words/html/clauses.ts';
import { hasWords, head } from './characters.ts';
import { withoutDateline } from './dateline.ts';
import { balance, bareEnd, shorten, shortestOf } from './headline-cut.ts';
import { sentencesOf } from './sentences.ts';

/**
 * Derives a headline of at most 110 UTF-16 units from the first paragraph of a story. The headline has no
 * dateline, no attribution such as “police said”, no mark at its end and no open quotation. It ends with a
 * whole word. Returns undefined if the paragraph has no words.
 * @param language BCP 47
 */
export function deriveHeadline(lede: string, language: string): string | undefined {
  const story = withoutDateline(head(lede, 2_000).replace(/\s+/g, ' ').trim());
  const sentence = sentencesOf(story, language)[0] ?? '';
  const claim = withoutAttribution(bareEnd(sentence));
  const headline = bareEnd(balance(shorten(claim, language)));
  return hasWords(headline) ? headline : undefined;
}

function withoutAttribution(sentence: string): string {
  // The Turkish capital İ becomes two characters in lower case.
  const lower = sentence.replaceAll('İ', 'i').toLowerCase();
  if (lower.length !== sentence.length) return sentence;
  const shortest = shortestOf(sentence);
  for (const { index, 0: comma } of lower.matchAll(/[,،]\s/g)) {
    if (index < shortest) continue;
    const rest = lower.slice(index + comma.length);
    if (
      ATTRIBUTION_STARTS.some(phrase => rest === phrase || rest.startsWith(`${phrase} `)) &&
      !continuesAfter(rest)
    )
      return sentence.slice(0, index);
  }
  const last = Math.max(lower.lastIndexOf(', '), lower.lastIndexOf('، '));
  const tail = last >= shortest ? lower.slice(last + 2).split(' ') : [];
  if (tail.length > 0 && tail.length <= 8 && tail.some(word => SAYING_VERBS.has(word)))
    return sentence.slice(0, last);
  const chinese = lower.lastIndexOf('，');
  if (chinese >= shortest && lower.length - chinese <= MAX_CHINESE_ATTRIBUTION_CHARS) {
    const said = lower.slice(chinese + 1);
    if (SAYING_ENDS_CJK.some(verb => said.endsWith(verb))) return sentence.slice(0, chinese);
  }
  for (const source of TRAILING_SOURCES) {
    const at = lower.lastIndexOf(source);
    if (at >= shortest / 2 && lower.length - at <= MAX_ATTRIBUTION_CHARS) return sentence.slice(0, at);
  }
  return sentence;
}

/** Maximum length of an attribution at the end of a sentence. The Chinese limit includes the comma. */
const MAX_ATTRIBUTION_CHARS = 80;
const MAX_CHINESE_ATTRIBUTION_CHARS = 16;

/** True if the sentence continues after the attribution. */
function continuesAfter(attribution: string): boolean {
  return attribution.length > 3 * MAX_ATTRIBUTION_CHARS;
}

/** Returns the file name as words. It is the headline of a story without any other words. */
export function headlineFromKey(key: string): string {
  const name = key.split('/').filter(Boolean).at(-1) ?? key;
  const words = name
    .replace(/\.[\p{L}\d]{1,8}$/u, '')
    .replace(/[-_+.\s]+/g, ' ')
    .trim();
  return words ? words.charAt(0).toUpperCase() + words.slice(1) : 'Untitled';
}
