import { squeeze } from '../sets/fields.ts';
import { gramsOf, markCovered, wordsOf } from '../sets/grams.ts';
import type { Page } from '../sets/page-set.ts';

/** A line's label: whether it belongs to the gold, and how much an error there costs the page. */
export interface Label {
  isStory: boolean;
  weight: number;
}

/** Minimum number of words that the lines of a page weigh. A very short gold must not weigh more than others. */
const MIN_PAGE_WORDS = 20;

/** Labels lines by the sequences of four words that they share with the gold. Undefined: the gold says nothing. */
export function labelLines(page: Page, lines: readonly string[]): (Label | undefined)[] {
  const segments = page.gold as { with?: string[]; without?: string[] };
  return segments.with && segments.without
    ? labelBySegments(segments.with, segments.without, lines)
    : labelByText(page.text, lines);
}

function labelBySegments(
  wanted: readonly string[],
  unwanted: readonly string[],
  lines: readonly string[],
): (Label | undefined)[] {
  const isIn = (segments: readonly string[], line: string) =>
    segments.some(each => line.includes(squeeze(each)) || (line.length > 20 && squeeze(each).includes(line)));
  const found = lines.map(line => {
    if (line.length < 3) return undefined;
    if (isIn(wanted, line)) return true;
    return isIn(unwanted, line) ? false : undefined;
  });
  const known = found.filter(each => each !== undefined).length;
  return found.map(isStory => (isStory === undefined ? undefined : { isStory, weight: 1 / known }));
}

function labelByText(gold: string, lines: readonly string[]): (Label | undefined)[] {
  const wanted = wordsOf(gold);
  const pool = gramsOf(wanted);
  const all = ` ${wanted.join(' ')} `;
  const shares = lines.map(line => {
    const words = wordsOf(line);
    if (words.length === 0) return undefined;
    const right = words.length < 4 ? 0 : markCovered(words, pool).reduce((sum, mark) => sum + mark, 0);
    const isPhrase = words.length < 4 && all.includes(` ${words.join(' ')} `);
    return { words: words.length, right: isPhrase ? words.length : right };
  });
  const total = Math.max(
    MIN_PAGE_WORDS,
    shares.reduce((sum, share) => sum + (share?.right ?? 0), 0),
  );
  return shares.map(
    share => share && { isStory: share.right * 2 >= share.words, weight: Math.min(1, share.words / total) },
  );
}
