import type { DateContext } from '../../extract/dates.ts';
import { gatherBlocks } from './blocks.ts';
import { type Copy, parseDateline, readHead } from './head.ts';
import { findHeadings } from './headings.ts';
import { closeUp, judgeLayout } from './layout.ts';
import { splitLines } from './lines.ts';
import { findMarks } from './marks.ts';
import { findRoles, fixedLines } from './roles.ts';
import { takeCaptions, takeEnd, takeRelated } from './tail.ts';

/**
 * Reads plain text as copy. Every word of it is afterwards in a block, or in `taken` with what it was taken
 * for: nothing is lost, nothing invented.
 */
export function readCopy(text: string, context: DateContext): Copy {
  const lines = closeUp(splitLines(text));
  const marks = findMarks(lines);
  const layout = judgeLayout(lines, marks);
  const roles = findRoles(lines, context);
  const copy: Copy = {
    blocks: gatherBlocks(lines, marks, layout, fixedLines(roles)),
    stated: {},
    taken: [],
    warnings: [],
  };
  readHead(copy, roles, context);
  takeRelated(copy, roles);
  takeEnd(copy, roles);
  takeCaptions(copy, roles);
  findHeadings(copy.blocks);
  readDateline(copy, context);
  return copy;
}

function readDateline({ blocks, stated }: Copy, context: DateContext): void {
  const lede = blocks.find(block => block.kind === 'paragraph');
  const dateline = lede && parseDateline(lede.text, context);
  if (dateline) stated.dateline = dateline;
}
