import { Deadline } from '../../model/deadline.ts';
import type { ReleaseTerms, TermContext } from '../../model/release-terms.ts';
import { gatherBlocks } from './blocks.ts';
import { type Copy, parseDateline, readHead } from './head.ts';
import { findHeadings } from './headings.ts';
import { closeUp, judgeLayout } from './layout.ts';
import { splitLines } from './lines.ts';
import { findMarks } from './marks.ts';
import { findRoles, fixedLines } from './roles.ts';
import { takeCaptions, takeEnd, takeRelated } from './tail.ts';
import { readTermLines, takeTermBlocks } from './terms.ts';

/**
 * Reads plain text as copy. Every word of it is afterwards in a block, or in `taken` with what it was taken
 * for: nothing is lost, nothing invented.
 * @param terms where release terms go; without it they are read as other lines are
 * @throws Rejection `too-large` for too many lines, `too-slow`
 */
export function readCopy(
  text: string,
  context: TermContext,
  deadline = new Deadline(20),
  terms?: ReleaseTerms,
): Copy {
  // No step takes longer than a second over all the lines that there can be.
  const next = <Result>(result: Result): Result => {
    deadline.check();
    return result;
  };
  const found = next(readTermLines(closeUp(splitLines(text)), context, terms));
  const { lines } = found;
  const marks = next(findMarks(lines));
  const layout = next(judgeLayout(lines, marks));
  const roles = next(findRoles(lines, context, found.termLines));
  const copy: Copy = {
    blocks: gatherBlocks(lines, marks, layout, fixedLines(roles)),
    stated: {},
    taken: found.taken,
    warnings: [],
  };
  next(takeTermBlocks(copy, found.termLines));
  next(readHead(copy, roles, context));
  next(takeRelated(copy, roles));
  next(takeEnd(copy, roles));
  next(takeCaptions(copy, roles));
  next(findHeadings(copy.blocks));
  readDateline(copy, context);
  return copy;
}

function readDateline({ blocks, stated }: Copy, context: TermContext): void {
  const lede = blocks.find(block => block.kind === 'paragraph');
  const dateline = lede && parseDateline(lede.text, context);
  if (dateline) stated.dateline = dateline;
}
