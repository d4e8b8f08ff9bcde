import {
  CREDIT_ENDS,
  CREDIT_MARKS,
  NOISE_LINES,
  NOISE_STARTS,
  NOISE_TOGETHER,
  POINTER_STARTS,
  RELATED_FRAMES,
  RELATED_PARTS,
  SOCIAL_PLACES,
} from '../words/html-phrases.ts';
import { PAGE_LIST_LABELS, RELATED_LABELS } from '../words/related-labels.ts';

/** Longest line that a beginning of one word, or of more, is taken at its word in. */
const ONE_WORD = 70;
const MORE_WORDS = 240;

/** Longest label that is known by a part of it. */
const LABEL = 70;

/** Longest line that is known by words in it. */
const PARAGRAPH = 600;

type Index = ReadonlyMap<string, readonly string[]>;

const POINTERS = indexOf(POINTER_STARTS);
const NOISE = indexOf(NOISE_STARTS);

/** True of a line that is a label of a list of other stories, such as `Related:`. */
export function isRelatedLabel(lower: string): boolean {
  const label = bare(lower);
  if (RELATED_LABELS.has(label) || PAGE_LIST_LABELS.has(label)) return true;
  if (label.length > LABEL) return false;
  return (
    RELATED_PARTS.some(part => label.includes(part)) ||
    RELATED_FRAMES.some(
      ([first = '', last = '']) => label.startsWith(`${first} `) && label.endsWith(` ${last}`),
    )
  );
}

/** The beginning by which a short line points to another story (`Read more: …`), if it does. */
export function pointerStart(lower: string): string | undefined {
  return lower.length <= MORE_WORDS ? startIn(POINTERS, unmarked(lower)) : undefined;
}

/** True of a line that sells, invites, or speaks of the page itself. */
export function isNoise(lower: string): boolean {
  if (NOISE_LINES.has(bare(lower))) return true;
  if (lower.length > PARAGRAPH) return false;
  if (saysTogether(lower)) return true;
  if (lower.length > MORE_WORDS) return false;
  const start = startIn(NOISE, unmarked(lower));
  return start !== undefined && (lower.length <= ONE_WORD || start.includes(' '));
}

/** What somebody says in quotation marks is part of the story, whatever it is. */
const QUOTATION = /^["“„«»‘'‚「『]/;

/** Any of the words that a line must say: one search instead of hundreds. */
const ONE_OF_THEM = new RegExp(
  [
    ...new Set(
      NOISE_TOGETHER.map(([word = '']) => word.replace('^', '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&')),
    ),
  ]
    .sort()
    .join('|'),
);

function saysTogether(lower: string): boolean {
  if (!ONE_OF_THEM.test(lower) || QUOTATION.test(lower)) return false;
  return NOISE_TOGETHER.some(words => words.every(word => says(lower, word)));
}

function says(lower: string, word: string): boolean {
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

/** True of a line that names several places to follow, as the last lines of pages do. */
export function isInvitation(lower: string): boolean {
  if (lower.length > PARAGRAPH || QUOTATION.test(lower)) return false;
  return SOCIAL_PLACES.filter(place => lower.includes(place)).length >= 2;
}

/** Without marks before the words: arrows, bullets, brackets. */
function unmarked(text: string): string {
  return text.replace(/^[^\p{L}\p{N}©]{1,8}/u, '');
}

function bare(text: string): string {
  return unmarked(text).replace(/[\s:：»>›.!…]{1,8}$/u, '');
}

function indexOf(phrases: readonly string[]): Index {
  const index = new Map<string, string[]>();
  for (const phrase of phrases) {
    const key = phrase.slice(0, 2);
    const list = index.get(key);
    if (list) list.push(phrase);
    else index.set(key, [phrase]);
  }
  return index;
}

function startIn(index: Index, text: string): string | undefined {
  return index.get(text.slice(0, 2))?.find(phrase => {
    if (!text.startsWith(phrase)) return false;
    const [last = '', next = ''] = [phrase.at(-1), text.charAt(phrase.length)];
    return !/[\p{L}\p{N}]/u.test(last) || !/\p{L}/u.test(next) || /[\p{Lo}]/u.test(last);
  });
}

/** How far from its end the credit of a caption begins. */
const CREDIT_TAIL = 80;

/** True of a line that ends in the credit of a picture, and in no full stop. */
export function endsInCredit(lower: string): boolean {
  const tail = lower.slice(-CREDIT_TAIL);
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
