import { RELATED_LABELS as COPY_RELATED_LABELS } from '../words/copy-labels.ts';
import { NOISE_LINES, NOISE_STARTS, POINTER_STARTS, RELATED_LABELS } from '../words/html-phrases.ts';

/** Longest line that a beginning of one word, or of more, is taken at its word in. */
const ONE_WORD = 70;
const MORE_WORDS = 240;

type Index = ReadonlyMap<string, readonly string[]>;

const POINTERS = indexOf(POINTER_STARTS);
const NOISE = indexOf(NOISE_STARTS);

/** True of a line that is a label of a list of other stories, such as `Related:`. */
export function isRelatedLabel(lower: string): boolean {
  const label = bare(lower);
  return RELATED_LABELS.has(label) || COPY_RELATED_LABELS.has(label);
}

/** The beginning by which a short line points to another story (`Read more: …`), if it does. */
export function pointerStart(lower: string): string | undefined {
  return lower.length <= MORE_WORDS ? startIn(POINTERS, unmarked(lower)) : undefined;
}

/** True of a line that sells, invites, or speaks of the page itself. */
export function isNoise(lower: string): boolean {
  if (NOISE_LINES.has(bare(lower))) return true;
  if (lower.length > MORE_WORDS) return false;
  const start = startIn(NOISE, unmarked(lower));
  return start !== undefined && (lower.length <= ONE_WORD || start.includes(' '));
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
