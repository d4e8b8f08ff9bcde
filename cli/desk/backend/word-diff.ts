import { languageTag } from '../../../shared/text/language-tag.ts';

/** A part of a text, and in which of two versions it is. */
export interface DiffPart {
  text: string;
  kind: 'same' | 'added' | 'removed';
}

/** Maximum number of words that may differ. Beyond it, the whole text between the same ends counts as replaced. */
const MAX_CHANGED_WORDS = 600;

/**
 * Compares two texts word by word: the shortest edit script of Myers ("An O(ND) Difference Algorithm and Its
 * Variations", 1986).
 * @param language BCP 47. Words of scripts without spaces are found by the rules of the language
 */
export function wordDiff(before: string, after: string, language: string): DiffPart[] {
  const [a, b] = [wordsOf(before, language), wordsOf(after, language)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const cut = (words: readonly string[]) => words.slice(start, words.length - end);
  return joined([
    { text: a.slice(0, start).join(''), kind: 'same' },
    ...changesOf(cut(a), cut(b)),
    { text: a.slice(a.length - end).join(''), kind: 'same' },
  ]);
}

function wordsOf(text: string, language: string): string[] {
  const segmenter = new Intl.Segmenter(languageTag(language)?.toString() ?? 'en', { granularity: 'word' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** The changes from one list of words to another, in order. */
function changesOf(a: readonly string[], b: readonly string[]): DiffPart[] {
  const trace = furthestReaching(a, b);
  if (trace === undefined)
    return [
      { text: a.join(''), kind: 'removed' },
      { text: b.join(''), kind: 'added' },
    ];
  const parts: DiffPart[] = [];
  let [x, y] = [a.length, b.length];
  for (let depth = trace.length - 1; depth >= 0; depth--) {
    const reached = trace[depth] ?? new Map<number, number>();
    const diagonal = x - y;
    const isDown = goesDown(reached, diagonal, depth);
    const from = isDown ? diagonal + 1 : diagonal - 1;
    const startX = depth === 0 ? 0 : (reached.get(from) ?? 0);
    const startY = depth === 0 ? 0 : startX - from;
    while (x > startX && y > startY && a[x - 1] === b[y - 1]) {
      parts.push({ text: a[--x] ?? '', kind: 'same' });
      y--;
    }
    if (depth === 0) break;
    if (isDown) parts.push({ text: b[--y] ?? '', kind: 'added' });
    else parts.push({ text: a[--x] ?? '', kind: 'removed' });
  }
  return parts.reverse();
}

/**
 * The furthest point on each diagonal before each number of changes. Undefined if too many words differ.
 */
function furthestReaching(a: readonly string[], b: readonly string[]): Map<number, number>[] | undefined {
  const reached = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let depth = 0; depth <= Math.min(a.length + b.length, MAX_CHANGED_WORDS); depth++) {
    trace.push(new Map(reached));
    for (let diagonal = -depth; diagonal <= depth; diagonal += 2) {
      let x = goesDown(reached, diagonal, depth)
        ? (reached.get(diagonal + 1) ?? 0)
        : (reached.get(diagonal - 1) ?? 0) + 1;
      let y = x - diagonal;
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x++;
        y++;
      }
      reached.set(diagonal, x);
      if (x >= a.length && y >= b.length) return trace;
    }
  }
  return undefined;
}

/** Whether the best way to a diagonal adds a word. Otherwise it removes one. */
function goesDown(reached: ReadonlyMap<number, number>, diagonal: number, depth: number): boolean {
  if (diagonal === -depth) return true;
  return diagonal !== depth && (reached.get(diagonal - 1) ?? -1) < (reached.get(diagonal + 1) ?? -1);
}

/** Joins neighbours of one kind. In a run of changes, what was removed stands before what was added. */
function joined(parts: readonly DiffPart[]): DiffPart[] {
  const found: DiffPart[] = [];
  let [removed, added, space] = ['', '', ''];
  const flush = () => {
    if (removed !== '') found.push({ text: removed, kind: 'removed' });
    if (added !== '') found.push({ text: added, kind: 'added' });
    [removed, added] = ['', ''];
  };
  for (const { text, kind } of parts) {
    if (text === '') continue;
    if (kind !== 'same') {
      // A space between two changed words belongs to the change.
      if (kind === 'removed') removed += space + text;
      else added += space + text;
      if (space !== '' && kind === 'removed') added += space;
      else if (space !== '') removed += space;
      space = '';
    } else if (removed + added !== '' && /^\s+$/.test(text)) space += text;
    else {
      flush();
      const last = found.at(-1);
      if (last?.kind === 'same') last.text += space + text;
      else found.push({ text: space + text, kind });
      space = '';
    }
  }
  flush();
  if (space !== '') found.push({ text: space, kind: 'same' });
  return found;
}
