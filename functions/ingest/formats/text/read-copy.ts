import { Deadline } from '../../model/deadline.ts';
import type { ReleaseTerms, TermContext } from '../../model/release-terms.ts';
import { gatherBlocks } from './blocks.ts';
import { takeChat } from './chat.ts';
import { type Copy, parseDateline, readHead } from './head.ts';
import { findHeadings } from './headings.ts';
import { closeUp, judgeLayout } from './layout.ts';
import { splitLines } from './lines.ts';
import { findMarks } from './marks.ts';
import { takePages } from './pages.ts';
import { findRoles, fixedLines } from './roles.ts';
import { joinShortLines } from './short-lines.ts';
import { takeCaptions, takeEnd, takeFootByline, takeRelated } from './tail.ts';
import { readTermLines, takeTermBlocks } from './terms.ts';

/**
 * Reads plain text as copy. Afterwards every word of the text is in a block, or in `taken` with its role.
 * @param terms receives the release terms; without it, lines with terms are read as other lines are
 * @throws Rejection `too-large` for too many lines, `too-slow`
 */
export function readCopy(
  text: string,
  context: TermContext,
  deadline = new Deadline(20),
  terms?: ReleaseTerms,
): Copy {
  // The deadline is checked between the steps. Each step takes less than a second for the maximum number of
  // lines.
  const next = <Result>(result: Result): Result => {
    deadline.check();
    return result;
  };
  const chat = next(takeChat(splitLines(text)));
  const pages = next(takePages(chat.lines));
  const found = next(readTermLines(closeUp(pages.lines), context, terms));
  const { lines } = found;
  const marks = next(findMarks(lines));
  const layout = next(judgeLayout(lines, marks));
  const roles = next(findRoles(lines, context, found.termLines));
  const copy: Copy = {
    blocks: gatherBlocks(lines, marks, layout, fixedLines(roles)),
    stated: {},
    taken: [...chat.taken, ...pages.taken, ...found.taken],
    ...(chat.taken.length > 0 ? { shown: chat.lines.map(line => line.text).join('\n') } : {}),
    warnings: chat.taken.length > 0 ? ['The times and names of a pasted chat were left out.'] : [],
  };
  next(takeTermBlocks(copy, found.termLines));
  next(readHead(copy, roles, context));
  next(takeRelated(copy, roles));
  next(takeEnd(copy, roles));
  takeFootByline(copy);
  next(takeCaptions(copy, roles));
  copy.blocks = next(joinShortLines(copy.blocks));
  next(findHeadings(copy.blocks));
  readDateline(copy, context);
  return copy;
}

function readDateline({ blocks, stated }: Copy, context: TermContext): void {
  const lede = blocks.find(block => block.kind === 'paragraph');
  const dateline = lede && parseDateline(lede.text, context);
  if (dateline) stated.dateline = dateline;
}
