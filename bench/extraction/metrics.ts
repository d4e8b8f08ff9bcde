/** Letters, digits and underscores, as Python's `\w` has them. */
const WORD = /[\p{L}\p{N}_]+/gu;

/** Length of the word sequences that are compared. */
const GRAM = 4;

export interface Score {
  f1: number;
  precision: number;
  recall: number;
}

/** Shares of word sequences that are right, too many and missing; they add up to one, or are all nought. */
export interface Overlap {
  right: number;
  extra: number;
  missing: number;
}

/** How much of an article's text was found, as article-extraction-benchmark's `evaluate.py` counts: each page weighs the same. */
export function overlap(expected: string, found: string): Overlap {
  const [wanted, given] = [gramsOf(expected), gramsOf(found)];
  let [right, extra, missing] = [0, 0, 0];
  for (const [gram, count] of wanted) {
    const there = given.get(gram) ?? 0;
    right += Math.min(count, there);
    missing += Math.max(0, count - there);
  }
  for (const [gram, count] of given) extra += Math.max(0, count - (wanted.get(gram) ?? 0));
  const all = right + extra + missing || 1;
  return { right: right / all, extra: extra / all, missing: missing / all };
}

function gramsOf(text: string): Map<string, number> {
  const words = text.match(WORD) ?? [];
  const grams = new Map<string, number>();
  if (words.length === 0) return grams;
  for (let at = 0; at < Math.max(1, words.length - GRAM + 1); at += 1) {
    const gram = words.slice(at, at + GRAM).join(' ');
    grams.set(gram, (grams.get(gram) ?? 0) + 1);
  }
  return grams;
}

/** Means of the pages' precision and recall, and the F1 of these means. */
export function scoreOverlaps(pages: readonly Overlap[]): Score {
  const precisions = pages
    .filter(page => page.right + page.extra > 0)
    .map(page => share(page.right, page.extra));
  const recalls = pages
    .filter(page => page.right + page.missing > 0)
    .map(page => share(page.right, page.missing));
  return withF1(mean(precisions), mean(recalls));
}

/** Segments that a page's text must and must not hold, and which it does. */
export interface Segments {
  wanted: number;
  found: number;
  unwanted: number;
}

/** As trafilatura's evaluation counts: segments found, segments that should not have been, over all pages together. */
export function countSegments(
  wanted: readonly string[],
  unwanted: readonly string[],
  found: string,
): Segments {
  const text = squeeze(found);
  const held = (segments: readonly string[]) => segments.filter(each => text.includes(squeeze(each))).length;
  return { wanted: wanted.length, found: held(wanted), unwanted: held(unwanted) };
}

export function scoreSegments(pages: readonly Segments[]): Score {
  const sum = (of: (page: Segments) => number) => pages.reduce((total, page) => total + of(page), 0);
  const found = sum(page => page.found);
  return withF1(
    share(
      found,
      sum(page => page.unwanted),
    ),
    share(
      found,
      sum(page => page.wanted - page.found),
    ),
  );
}

/** How often a field was exactly right of the pages that have it, and how often it was made up on the others. */
export interface FieldScore {
  exact: number;
  of: number;
  spurious: number;
  without: number;
}

export function scoreField(pages: readonly { expected: string; found: string }[]): FieldScore {
  const score: FieldScore = { exact: 0, of: 0, spurious: 0, without: 0 };
  for (const { expected, found } of pages) {
    const [right, given] = [squeeze(expected).toLowerCase(), squeeze(found).toLowerCase()];
    if (right) {
      score.of += 1;
      if (given === right) score.exact += 1;
    } else {
      score.without += 1;
      if (given) score.spurious += 1;
    }
  }
  return score;
}

/** The day of a date in any notation, `YYYY-MM-DD`; empty where it is none. */
export function dayOf(date: string | undefined): string {
  const text = date?.trim() ?? '';
  const iso = /^\d{4}-\d\d-\d\d/.exec(text)?.[0];
  if (iso || !text) return iso ?? '';
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString().slice(0, 10);
}

function withF1(precision: number, recall: number): Score {
  const sum = precision + recall;
  return { f1: sum > 0 ? (2 * precision * recall) / sum : 0, precision, recall };
}

function share(right: number, wrong: number): number {
  return right + wrong > 0 ? right / (right + wrong) : 0;
}

function mean(values: readonly number[]): number {
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
