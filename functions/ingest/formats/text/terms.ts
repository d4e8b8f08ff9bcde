import type { ReleaseTerms, TermContext } from '../../model/release-terms.ts';
import { findTerms } from '../../release/copy.ts';
import { isShouted } from '../../release/term-words.ts';
import type { Copy } from './head.ts';
import { type CopyLine, endsSentence, measure, refuseLines, startsLower } from './lines.ts';

/** Minimum width, in columns, of a line of wrapped prose. */
const MIN_PROSE_COLUMNS = 60;

/** Minimum width, in columns, of a line whose sentence may continue on the next line. */
const MIN_BROKEN_COLUMNS = 40;

/** Copy after its release terms are read. */
interface TermLines {
  /** The lines. Terms that share a line with other words are removed from it. */
  lines: readonly CopyLine[];
  /** Lines that hold only terms, by index. `release` clears the story for publication. */
  termLines: ReadonlyMap<number, 'embargo' | 'release'>;
  /** The original lines from which a term was removed. */
  taken: Copy['taken'];
}

/** Reads the release terms at the head and the foot of copy. */
export function readTermLines(
  lines: readonly CopyLine[],
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
    isProse: line.width >= MIN_PROSE_COLUMNS,
  }));
  for (const { from, to, terms: found, rest, isKept } of findTerms(copy, context)) {
    terms.add(...found);
    if (isKept) continue;
    const first = own[from];
    if (rest !== undefined && first) {
      changed[first.at] = measure(rest);
      taken.push({ kind: 'embargo', text: first.line.text });
    } else {
      const kind = found.length > 0 ? 'embargo' : 'release';
      for (const { at } of own.slice(from, to + 1)) termLines.set(at, kind);
    }
  }
  return { lines: changed, termLines, taken };
}

/** Whether a line does not belong to a wrapped paragraph. */
function isOwnLine(lines: readonly CopyLine[], at: number): boolean {
  const [before, line, after] = [lines[at - 1], lines[at], lines[at + 1]];
  if (!line || isShouted(line.text)) return true;
  if (before && !before.blank && before.width > MIN_BROKEN_COLUMNS && !endsSentence(before.text))
    return false;
  return !after || after.blank || endsSentence(line.text) || !startsLower(after.text);
}

/** Moves the blocks that are release terms from the body to `taken`. */
export function takeTermBlocks(copy: Copy, termLines: TermLines['termLines']): void {
  const isTerm = ({ at }: { at: number }) => termLines.get(at) === 'embargo';
  for (const block of copy.blocks.filter(isTerm)) copy.taken.push({ kind: 'embargo', text: block.text });
  copy.blocks = copy.blocks.filter(block => !isTerm(block));
}

/**
 * Empties the lines of a Markdown text that are release terms. This happens before the text is parsed, because
 * the parser joins a term and the lines around it into one paragraph.
 * @throws Rejection `too-large` for too many lines
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
