import { COMPOUND_STARTS, PAGE_JOINERS, PAGE_WORDS } from '../../words/copy-labels.ts';
import type { Stripped } from './chat.ts';
import { type CopyLine, endsSentence, isSuspended, startsLower } from './lines.ts';

/** Number of lines above and below a page number in which a running head stands. */
const MAX_LINES_TO_HEAD = 2;

/** Maximum width, in columns, of a running head. */
const MAX_HEAD_COLUMNS = 120;

/** Maximum length of a word, in characters. */
const MAX_WORD_CHARS = 60;

/** Minimum number of divided words, and their minimum share of the lines, that show a text set by a program. */
const MIN_DIVIDED = 2;
const MIN_DIVIDED_SHARE = 0.05;

const NUMBER = new RegExp(
  String.raw`^(?:.{0,100}(?:\s{2,}|[|·–—-]\s))?[-–—\s|]*(${PAGE_WORDS.join('|')})?\.?\s?(\d{1,4})(?:\s?(?:${PAGE_JOINERS.join('|')}|/)\s?(\d{1,4}))?\s?(页|頁|ページ|쪽)?[-–—\s|]*$`,
  'iu',
);

/**
 * Removes page numbers and running heads from the text of a PDF, and marks the hyphens that only divide a word at the
 * end of a line. Other copy is returned unchanged.
 */
export function takePages(lines: readonly CopyLine[]): Stripped {
  const gone = pageLines(lines);
  const taken: Stripped['taken'] = [];
  const kept: CopyLine[] = [];
  let cut = false;
  for (const [at, line] of lines.entries()) {
    if (gone.has(at)) {
      taken.push({ kind: 'page', text: line.text });
      cut = true;
      continue;
    }
    const isGap = line.blank && (kept.at(-1)?.blank ?? true);
    if (cut && isGap) continue;
    if (cut && !line.blank) {
      const before = kept.findLast(({ blank }) => !blank);
      // The page ends within a sentence.
      if (before && !endsSentence(before.text) && startsLower(line.text))
        while (kept.at(-1)?.blank) kept.pop();
      cut = false;
    }
    kept.push(line);
  }
  return { lines: undivided(kept, gone.size > 0), taken };
}

/** Indexes of page numbers and of the running heads beside them. */
function pageLines(lines: readonly CopyLine[]): Set<number> {
  const found: { at: number; number: number; total?: number }[] = [];
  for (const [at, { text, width, blank }] of lines.entries()) {
    const match = blank || width > MAX_HEAD_COLUMNS ? null : NUMBER.exec(text);
    if (!match) continue;
    const [, word, number, total, unit] = match;
    const isMarked =
      word !== undefined || unit !== undefined || total !== undefined || /^[-–—]\s?\d+\s?[-–—]$/.test(text);
    if (!isMarked || Number(number) > Number(total ?? number)) continue;
    found.push({ at, number: Number(number), ...(total === undefined ? {} : { total: Number(total) }) });
  }
  const numbers = found.filter(({ number }, index) => {
    const next = found[index + 1];
    const before = found[index - 1];
    return next?.number === number + 1 || before?.number === number - 1;
  });
  const single = found.filter(({ at, total }) => total !== undefined && /\p{L}/u.test(lines[at]?.text ?? ''));
  const pages = numbers.length > 1 ? numbers : single;
  const gone = new Set(pages.map(({ at }) => at));
  const counts = new Map<string, number>();
  for (const { text, blank } of lines)
    if (!blank) counts.set(folded(text), (counts.get(folded(text)) ?? 0) + 1);
  for (const { at } of pages)
    for (const step of [-1, 1]) {
      let left = MAX_LINES_TO_HEAD;
      for (let near = at + step; left > 0 && near > 0 && near < lines.length; near += step) {
        const line = lines[near];
        if (!line || line.blank) continue;
        if (line.width > MAX_HEAD_COLUMNS || (counts.get(folded(line.text)) ?? 0) < 2) break;
        gone.add(near);
        left -= 1;
      }
    }
  return gone;
}

/** A running head differs from page to page only in its numbers. */
function folded(text: string): string {
  return text.replace(/\d+/g, '0').replace(/\s+/g, ' ').toLowerCase();
}

/** Replaces hyphens that only divide a word by soft hyphens, which vanish when the lines are joined. */
function undivided(lines: readonly CopyLine[], hasPages: boolean): readonly CopyLine[] {
  const divided = lines.flatMap(({ text }, at) => {
    const [, before] = /([\p{L}\p{M}]+)[-‐]$/u.exec(text.slice(-MAX_WORD_CHARS)) ?? [];
    const next = lines[at + 1]?.text ?? '';
    const [after] = /^\p{Ll}[\p{L}\p{M}-]*/u.exec(next) ?? [];
    return before && after && !isSuspended(next) ? [{ at, before: before.toLowerCase(), after }] : [];
  });
  if (divided.length === 0) return lines;
  const words = wordsIn(lines.map(({ text }) => text));
  const filled = lines.filter(({ blank }) => !blank).length;
  const isSet =
    hasPages ||
    divided.some(({ before, after }) => words.has(before + after)) ||
    (divided.length >= MIN_DIVIDED && divided.length >= MIN_DIVIDED_SHARE * filled);
  if (!isSet) return lines;
  const changed = [...lines];
  for (const { at, before, after } of divided) {
    const line = lines[at];
    if (line && !isCompound(before, after, words))
      changed[at] = { ...line, text: `${line.text.slice(0, -1)}\u00ad` };
  }
  return changed;
}

/** The words of lines, in lower case. A compound with a hyphen is one word. */
export function wordsIn(lines: readonly string[]): Set<string> {
  const words = new Set<string>();
  for (const line of lines)
    for (const word of line.toLowerCase().match(/[\p{L}\p{M}][\p{L}\p{M}-]*/gu) ?? []) words.add(word);
  return words;
}

/**
 * Whether a word that is divided at its hyphen is spelt with the hyphen.
 * @param before the first half in lower case
 * @param words the words of the text, from {@link wordsIn}
 */
export function isCompound(before: string, after: string, words: ReadonlySet<string>): boolean {
  if (words.has(before + after)) return false;
  return words.has(`${before}-${after}`) || COMPOUND_STARTS.has(before) || after.includes('-');
}
