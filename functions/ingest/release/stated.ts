import { oneLine } from '../extract/characters.ts';
import type { Stated } from '../formats/reader.ts';
import type { TermContext } from './instants.ts';
import { readTermLine, splitTerms } from './line.ts';
import type { ReleaseTerms } from './terms.ts';

/**
 * Takes release terms out of the texts that a source states outright: headline, dek and summary. A headline that is a term and
 * nothing else is none.
 * @param document what the document itself states, if it is another object: its headline is looked for in the body
 */
export function takeStatedTerms(
  stated: Stated,
  document: Stated,
  context: TermContext,
  terms: ReleaseTerms,
): void {
  const without = (text: string): string | undefined => {
    const line = oneLine(text);
    const term = readTermLine(line, context);
    const split = term?.sureness === 'sure' ? undefined : splitTerms(line, context);
    if (split) {
      terms.add(...split.terms);
      return split.text;
    }
    if (!term || term.sureness === 'bare') return text;
    terms.add(...term.terms);
    return undefined;
  };
  for (const each of new Set([stated, document])) {
    if (each.headline) {
      const text = without(each.headline.text);
      if (text === undefined) delete each.headline;
      else each.headline = { ...each.headline, text };
    }
    for (const field of ['dek', 'summary'] as const) {
      const given = each[field];
      if (given === undefined) continue;
      const text = without(given);
      if (text === undefined) delete each[field];
      else each[field] = text;
    }
  }
}

/** Comments of HTML and of Markdown notes, in which authors leave word for the desk. */
const COMMENT = /<!--([^<>]{1,2000}?)-->|%%([^%]{1,2000}?)%%/g;

/** How far from the beginning and the end of a file comments are read, in characters. */
const NEAR = 20_000;

/** Reads release terms in comments. Only what can be nothing else counts: templates are full of comments. */
export function readComments(text: string, context: TermContext, terms: ReleaseTerms): void {
  const near = text.length > 2 * NEAR ? `${text.slice(0, NEAR)}\n${text.slice(-NEAR)}` : text;
  if (!near.includes('<!--') && !near.includes('%%')) return;
  for (const [, html = '', note = ''] of near.matchAll(COMMENT))
    for (const line of `${html}\n${note}`.split(/\r\n?|\n/)) {
      const term = line.trim() === '' ? undefined : readTermLine(line, context);
      if (term?.sureness === 'sure') terms.add(...term.terms);
    }
}
