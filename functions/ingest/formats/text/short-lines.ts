import type { Block } from './blocks.ts';
import { endsWithStop } from './lines.ts';

/** Maximum width, in columns, of a line of verse or of a list without marks. */
const MAX_SHORT_COLUMNS = 60;

/** Minimum number of short lines that belong together. Two may be a heading and a sentence. */
const MIN_SHORT_LINES = 3;

/** Minimum share of short lines in verse. A couplet is a stanza only in verse. */
const MIN_VERSE_SHARE = 0.8;

/**
 * Joins groups of short lines between blank lines: stanzas, ingredients, line-ups, addresses. Their lines stay apart.
 * Whole sentences stay paragraphs, because they may be speech.
 */
export function joinShortLines(blocks: readonly Block[]): Block[] {
  const groups: Block[][] = [];
  for (const block of blocks) {
    if (block.blankBefore || groups.length === 0) groups.push([block]);
    else groups.at(-1)?.push(block);
  }
  // Without blank lines, nothing shows which lines belong together.
  if (groups.length < 2) return [...blocks];
  const prose = blocks.filter(({ kind }) => kind === 'paragraph');
  const isVerse =
    groups.filter(isShort(MIN_SHORT_LINES)).length > 0 &&
    prose.filter(isShortLine).length >= MIN_VERSE_SHARE * prose.length;
  const joins = isShort(isVerse ? 2 : MIN_SHORT_LINES);
  return groups.flatMap(group => (joins(group) ? [joined(group)] : group));
}

/** Whether the group at an index is a stanza or a list without marks. */
export function startsShortLines(blocks: readonly Block[], from: number): boolean {
  let to = from + 1;
  while (blocks[to] && !blocks[to]?.blankBefore) to += 1;
  return isShort(MIN_SHORT_LINES)(blocks.slice(from, to));
}

function isShort(least: number): (group: readonly Block[]) => boolean {
  return group =>
    group.length >= least &&
    group.every(isShortLine) &&
    group.filter(({ text }) => !endsWithStop(text)).length >= group.length / 3;
}

function isShortLine({ kind, lines, width }: Block): boolean {
  return kind === 'paragraph' && lines === 1 && width <= MAX_SHORT_COLUMNS;
}

function joined(group: readonly Block[]): Block {
  const [first] = group as [Block];
  return {
    ...first,
    kind: 'lines',
    text: group.map(({ text }) => text).join('\n'),
    lines: group.length,
    width: group.reduce((sum, { width }) => sum + width, 0),
    blankAfter: group.at(-1)?.blankAfter ?? true,
  };
}
