import type { ReleaseTerms, TermContext } from '../../model/release-terms.ts';
import { findTerms } from '../../release/copy.ts';
import { keyOf } from '../../release/keys.ts';
import { MAX_LINE_CHARS } from '../../release/line.ts';
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
  const isOwn = own.map(({ at }) => isOwnLine(lines, at));
  const copy = own.map(({ line }, index) => ({
    text: isOwn[index] ? line.text : '',
    isProse: line.width >= MIN_PROSE_COLUMNS,
  }));
  const ends = joinParagraphs(own, isOwn, copy);
  for (const { from, to: last, terms: found, rest, isKept } of findTerms(copy, context)) {
    terms.add(...found);
    if (isKept) continue;
    const to = ends.get(last) ?? last;
    const first = own[from];
    if (rest !== undefined && first) {
      changed[first.at] = measure(rest);
      for (const { at } of own.slice(from + 1, to + 1)) changed[at] = measure('');
      taken.push({ kind: 'embargo', text: first.line.text });
    } else {
      const kind = found.length > 0 ? 'embargo' : 'release';
      for (const { at } of own.slice(from, to + 1)) termLines.set(at, kind);
    }
  }
  return { lines: changed, termLines, taken };
}

/**
 * Joins the lines of each short wrapped paragraph in its first line, because a term can be wrapped.
 * @returns the index of the last line, by that of the first
 */
function joinParagraphs(
  own: readonly { line: CopyLine; at: number }[],
  isOwn: readonly boolean[],
  copy: { text: string }[],
): Map<number, number> {
  const ends = new Map<number, number>();
  for (let from = 0; from < own.length; from++) {
    let to = from;
    while (own[to + 1]?.at === (own[to]?.at ?? 0) + 1) to++;
    const words = own.slice(from, to + 1).map(({ line }) => line.text);
    const text = words.join(' ');
    // A paragraph whose last line is short, or ends its sentence, has all its other lines wrapped.
    const isWrapped = to > from && isOwn.slice(from, to).every(isWhole => !isWhole);
    const first = copy[from];
    if (isWrapped && first && text.length <= MAX_LINE_CHARS) {
      for (const line of copy.slice(from, to + 1)) line.text = '';
      first.text = text;
      ends.set(from, to);
    }
    from = to;
  }
  return ends;
}

/** A label at the start of a line, which can be bold in Markdown. */
const LABEL = /^[*_]{0,3}([\p{L}\p{M}][\p{L}\p{M}'’ _-]{1,40}?)\s?[:：]/u;

/** Whether a line does not belong to a wrapped paragraph. */
function isOwnLine(lines: readonly CopyLine[], at: number): boolean {
  const [before, line, after] = [lines[at - 1], lines[at], lines[at + 1]];
  if (!line || isShouted(line.text) || keyOf(LABEL.exec(line.text)?.[1] ?? '') !== undefined) return true;
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
  if (termLines.size === 0) return text;
  // The line below a term can mark it as a heading.
  const isGone = (at: number) =>
    termLines.has(at) || (termLines.has(at - 1) && /^ {0,3}(?:=+|-{2,})[ \t]*$/.test(raw[at] ?? ''));
  return raw.map((line, at) => (isGone(at) ? '' : line)).join('\n');
}
