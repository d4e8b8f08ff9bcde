import type { ReleaseTerms, TermContext } from '../../model/release-terms.ts';
import { findTerms } from '../../release/copy.ts';
import { isShouted } from '../../release/line.ts';
import type { Copy } from './head.ts';
import { endsSentence, type Line, measure, refuseLines, startsLower } from './lines.ts';

/** Columns of a line of wrapped prose, and of one that a sentence may have been broken off at. */
const PROSE_WIDTH = 60;
const BROKEN_WIDTH = 40;

/** Copy whose release terms are read. */
interface TermLines {
  /** As before, but without terms that stand on a line with other words. */
  lines: readonly Line[];
  /** Lines that are terms and nothing else, by index. `release` clears the story for publication. */
  termLines: ReadonlyMap<number, 'embargo' | 'release'>;
  taken: Copy['taken'];
}

/** Reads the release terms at the head and the foot of copy. */
export function readTermLines(
  lines: readonly Line[],
  context: TermContext,
  terms: ReleaseTerms | undefined,
): TermLines {
  const termLines = new Map<number, 'embargo' | 'release'>();
  const taken: Copy['taken'] = [];
  if (!terms) return { lines, termLines, taken };
  const changed = [...lines];
  const own = lines.flatMap((line, at) => (line.blank ? [] : [{ line, at }]));
  const copy = own.map(({ line, at }) => ({
    text: isOwnLine(lines, at) ? line.text : '',
    isProse: line.width >= PROSE_WIDTH,
  }));
  for (const { from, to, terms: found, rest, isKept } of findTerms(copy, context)) {
    terms.add(...found);
    if (isKept) continue;
    const first = own[from];
    if (rest !== undefined && first) {
      changed[first.at] = measure(rest);
      taken.push({ as: 'embargo', text: first.line.text });
    } else {
      const is = found.length > 0 ? 'embargo' : 'release';
      for (const { at } of own.slice(from, to + 1)) termLines.set(at, is);
    }
  }
  return { lines: changed, termLines, taken };
}

/** Whether a line is no part of a paragraph that is broken into lines. */
function isOwnLine(lines: readonly Line[], at: number): boolean {
  const [before, line, after] = [lines[at - 1], lines[at], lines[at + 1]];
  if (!line || isShouted(line.text)) return true;
  if (before && !before.blank && before.width > BROKEN_WIDTH && !endsSentence(before.text)) return false;
  return !after || after.blank || endsSentence(line.text) || !startsLower(after.text);
}

/** Takes the lines that are release terms out of the copy. */
export function takeTermBlocks(copy: Copy, termLines: TermLines['termLines']): void {
  const isTerm = ({ at }: { at: number }) => termLines.get(at) === 'embargo';
  for (const block of copy.blocks.filter(isTerm)) copy.taken.push({ as: 'embargo', text: block.text });
  copy.blocks = copy.blocks.filter(block => !isTerm(block));
}

/**
 * A Markdown text without the lines that are release terms. In Markdown a line does not end with its line break: once it is
 * parsed, a term between two other lines is a part of their paragraph.
 */
export function withoutTermLines(text: string, context: TermContext, terms: ReleaseTerms): string {
  refuseLines(text);
  const raw = text.split('\n');
  let isCode = false;
  const lines = raw.map(line => {
    const isFence = /^\s{0,3}(?:```|~~~)/.test(line);
    if (isFence) isCode = !isCode;
    return measure(isCode || isFence || /^(?:\t| {4})/.test(line) ? '' : line);
  });
  const { termLines } = readTermLines(lines, context, terms);
  return termLines.size === 0 ? text : raw.map((line, at) => (termLines.has(at) ? '' : line)).join('\n');
}
