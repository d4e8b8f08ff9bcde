import type { Term, TermContext } from '../../../functions/ingest/model/release-terms.ts';
import { readTermLine } from '../../../functions/ingest/release/line.ts';
import { splitTerms } from '../../../functions/ingest/release/split-terms.ts';

/** A Monday. */
export const CONTEXT: TermContext = {
  timeZone: 'UTC',
  language: 'en',
  filedAt: '2026-11-30T09:00:00.000Z',
};

/** Terms in words: `until 2099-03-05T06:00`, `hold unclear`, `withdraw`. */
function brief(terms: readonly Term[]): string {
  return terms
    .map(term => {
      const detail = 'at' in term ? term.at.slice(0, 16) : term.kind === 'hold' ? term.why : '';
      return `${term.kind} ${detail}`.trim();
    })
    .join(', ');
}

/** How surely a line is a term, and what it says; a sentence of the story is marked. */
export function readLine(line: string, context: Partial<TermContext> = {}): string {
  const term = readTermLine(line, { ...CONTEXT, ...context });
  if (term === undefined) return '';
  return `${term.sureness}: ${brief(term.terms)}${term.isSentence ? ' (sentence)' : ''}`;
}

/** The text that is left of a headline, and its terms. */
export function parted(line: string, isSubject = false): [string, string] | undefined {
  const split = splitTerms(line, CONTEXT, isSubject);
  return split && [split.text, brief(split.terms)];
}
