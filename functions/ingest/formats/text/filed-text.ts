import type { Deadline } from '../../model/deadline.ts';
import type { ReleaseTerms, TermContext } from '../../model/release-terms.ts';
import type { Stated } from '../../model/stated.ts';
import { fold, stripForbidden } from '../../text/characters.ts';
import { blocksToHtml } from './blocks-to-html.ts';
import { readCopy } from './read-copy.ts';

/** Plain text from inside another format, read as copy. */
export interface FiledText {
  html: string;
  stated: Stated;
  warnings: string[];
}

/**
 * Reads plain text from inside another format as copy. If the format states a headline, a first line that looks like
 * one is taken as the headline only if a label, a byline or a date confirms it. Otherwise it stays in the text, unless
 * it repeats the stated headline.
 * @param headline the headline that the surrounding format states
 * @throws Rejection `too-large`, `too-slow`
 */
export function readFiledText(
  text: string,
  context: TermContext,
  headline: string | undefined,
  deadline: Deadline,
  terms: ReleaseTerms,
): FiledText {
  const { blocks, stated, warnings, taken } = readCopy(
    stripForbidden(text.replace(/\r\n?|[\f\v\u0085]/g, '\n')),
    context,
    deadline,
    terms,
  );
  const own = stated.headline;
  let html = blocksToHtml(blocks);
  if (headline && own) {
    const labelled = taken.some(
      ({ kind, text: line }) => kind === 'embargo' || (kind === 'field' && line.endsWith(own.text)),
    );
    const confirmed = labelled || stated.authors || stated.published || stated.modified;
    const same = fold(own.text) === fold(headline);
    if (!confirmed && !same) html = `${blocksToHtml([heading(own.text)])}\n${html}`;
    if (!confirmed || same) delete stated.headline;
  }
  return { html, stated, warnings };
}

function heading(text: string) {
  return {
    kind: 'paragraph' as const,
    text,
    at: 0,
    lines: 1,
    blankBefore: true,
    blankAfter: true,
    indent: 0,
    width: text.length,
  };
}
