import {
  CREDIT_ENDS,
  CREDIT_MARKS,
  NOISE_LINES,
  NOISE_STARTS,
  NOISE_TOGETHER,
  POINTER_STARTS,
  RELATED_PARTS,
  RELATED_STARTS_AND_ENDS,
  SOCIAL_NETWORKS,
} from '../../words/html/phrases.ts';
import { PAGE_LIST_LABELS, RELATED_LABELS } from '../../words/related-labels.ts';

/** Maximum length of a line that an opening phrase of one word marks as boilerplate. */
const MAX_ONE_WORD_LINE_CHARS = 70;

/** Maximum length of a line that a longer opening phrase marks as boilerplate or as a pointer. */
const MAX_PHRASE_LINE_CHARS = 240;

/** Maximum length of a label that is recognised by one of its parts. */
const MAX_PARTIAL_LABEL_CHARS = 70;

/** Maximum length of a line that is recognised by words inside it. */
const MAX_NOISE_CHARS = 600;

/** Phrases by their first two UTF-16 units. */
type PhraseIndex = ReadonlyMap<string, readonly string[]>;

const POINTER_INDEX = indexOf(POINTER_STARTS);
const NOISE_INDEX = indexOf(NOISE_STARTS);

/** True for a label of a list of other stories, such as `Related:`. */
export function isRelatedLabel(lower: string): boolean {
  const label = bare(lower);
  if (RELATED_LABELS.has(label) || PAGE_LIST_LABELS.has(label)) return true;
  if (label.length > MAX_PARTIAL_LABEL_CHARS) return false;
  return (
    RELATED_PARTS.some(part => label.includes(part)) ||
    RELATED_STARTS_AND_ENDS.some(
      ([first = '', last = '']) => label.startsWith(`${first} `) && label.endsWith(` ${last}`),
    )
  );
}

/** Returns the opening phrase of a line that points to another story, such as `Read more:`. */
export function pointerStart(lower: string): string | undefined {
  return lower.length <= MAX_PHRASE_LINE_CHARS ? startOf(POINTER_INDEX, unmarked(lower)) : undefined;
}

/** What a line is apart from its words: no sentence, a sentence, or one before or after the prose of the story. */
export type LineKind = 'label' | 'sentence' | 'edge';

/**
 * True for a line of advertising, an invitation or a remark about the page.
 * @param kind a sentence is noise only if it begins as a request, or if it stands at an edge of the story and has
 *   all words of a group
 */
export function isNoise(lower: string, kind: LineKind = 'label'): boolean {
  if (NOISE_LINES.has(bare(lower))) return true;
  if (lower.length > MAX_NOISE_CHARS) return false;
  if (hasAllWords(lower, kind)) return true;
  if (kind !== 'label' || lower.length > MAX_PHRASE_LINE_CHARS) return false;
  const start = startOf(NOISE_INDEX, unmarked(lower));
  return start !== undefined && (lower.length <= MAX_ONE_WORD_LINE_CHARS || start.includes(' '));
}

/** Matches an opening quotation mark. Quoted speech is always part of the story. */
const QUOTATION = /^["“„«»‘'‚「『]/;

/** Matches the first word of any `NOISE_TOGETHER` entry. One search replaces hundreds. */
const ANY_FIRST_WORD = new RegExp(
  [
    ...new Set(
      NOISE_TOGETHER.map(([word = '']) => word.replace('^', '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&')),
    ),
  ]
    .sort()
    .join('|'),
);

function hasAllWords(lower: string, kind: LineKind): boolean {
  if (!ANY_FIRST_WORD.test(lower) || QUOTATION.test(lower)) return false;
  return NOISE_TOGETHER.some(
    words =>
      (words[0]?.startsWith('^') || kind === 'label' || (kind === 'edge' && words.length > 1)) &&
      words.every(word => hasWord(lower, word)),
  );
}

/** True if the line has the word. A word that is marked with `^` counts only at the start of a sentence. */
function hasWord(lower: string, word: string): boolean {
  const opening = word.startsWith('^');
  const plain = opening ? word.slice(1) : word;
  for (let at = lower.indexOf(plain); at >= 0; at = lower.indexOf(plain, at + 1)) {
    const before = lower.slice(Math.max(0, at - 2), at);
    const after = lower.charAt(at + plain.length);
    if (/\p{L}$/u.test(before) || (opening && /\p{L}/u.test(after))) continue;
    if (!opening || before === '' || /[.!?:…–—-]\s?$/u.test(before) || !/[\p{L}\p{N},]/u.test(before))
      return true;
  }
  return false;
}

/** True for a line that names two or more social networks, as the last lines of pages do. */
export function isInvitation(lower: string): boolean {
  if (lower.length > MAX_NOISE_CHARS || QUOTATION.test(lower)) return false;
  return SOCIAL_NETWORKS.filter(place => lower.includes(place)).length >= 2;
}

/** Removes arrows, bullets, brackets and other marks before the first word. */
function unmarked(text: string): string {
  return text.replace(/^[^\p{L}\p{N}©]{1,8}/u, '');
}

function bare(text: string): string {
  return unmarked(text).replace(/[\s:：»>›.!…]{1,8}$/u, '');
}

function indexOf(phrases: readonly string[]): PhraseIndex {
  const index = new Map<string, string[]>();
  for (const phrase of phrases) {
    const key = phrase.slice(0, 2);
    const list = index.get(key);
    if (list) list.push(phrase);
    else index.set(key, [phrase]);
  }
  return index;
}

function startOf(index: PhraseIndex, text: string): string | undefined {
  return index.get(text.slice(0, 2))?.find(phrase => {
    if (!text.startsWith(phrase)) return false;
    const [last = '', next = ''] = [phrase.at(-1), text.charAt(phrase.length)];
    return !/[\p{L}\p{N}]/u.test(last) || !/\p{L}/u.test(next) || /[\p{Lo}]/u.test(last);
  });
}

/** Number of characters at the end of a caption that are searched for a credit. */
const CREDIT_TAIL_CHARS = 80;

/** True for a line that ends in a picture credit and not in a full stop. */
export function endsInCredit(lower: string): boolean {
  const tail = lower.slice(-CREDIT_TAIL_CHARS);
  const mark = CREDIT_MARKS.some(phrase => tail.includes(phrase));
  if (mark && (tail.includes('©') || /[)\]]$/.test(tail) || !/[.!?]["”»]?$/.test(tail))) return true;
  return CREDIT_ENDS.some(phrase => {
    if (!tail.endsWith(phrase) || tail.length === phrase.length) return false;
    return (
      !/[\p{L}\p{N}]/u.test(tail.charAt(tail.length - phrase.length - 1)) &&
      /[.!?/|–—-]\s?[^.!?]{0,40}$/.test(tail)
    );
  });
}
