import { type DomNode, elementsOf, textOf } from '../model/dom.ts';
import type { ReleaseTerms, TermContext } from '../model/release-terms.ts';
import type { Stated } from '../model/stated.ts';
import { hasWords, oneLine } from '../text/characters.ts';
import { isShouted, readTermLine, splitTerms } from './line.ts';

/**
 * A headline or another text that a source states, without the release terms in it; undefined where it is a term and nothing
 * else.
 */
export function withoutTerms(text: string, context: TermContext, terms: ReleaseTerms): string | undefined {
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
}

/** Takes release terms out of headline, dek and summary. */
export function takeStatedTerms(stated: Stated, context: TermContext, terms: ReleaseTerms): void {
  for (const field of ['dek', 'summary'] as const) {
    const text = stated[field] === undefined ? undefined : withoutTerms(stated[field], context, terms);
    if (text === undefined) delete stated[field];
    else stated[field] = text;
  }
  if (!stated.headline) return;
  const text = withoutTerms(stated.headline.text, context, terms);
  if (text === undefined) delete stated.headline;
  else stated.headline = { ...stated.headline, text };
}

/**
 * The first heading of a document whose headline was a release term. In `copy` it must begin the story; on a page it may stand
 * below other matter.
 */
export function headingBelow(root: DomNode, layout: 'page' | 'copy'): string | undefined {
  for (const { name, text } of headingsOf(root)) {
    const begins = layout === 'page' || textOf(root).startsWith(text);
    return begins && /^h[12]$/.test(name) && text.length <= MAX_HEADLINE_CHARS ? text : undefined;
  }
  return undefined;
}

/** Longest heading that is a headline, in characters. */
const MAX_HEADLINE_CHARS = 220;

function* headingsOf(root: DomNode): Generator<{ name: string; text: string }> {
  for (const element of elementsOf(root)) {
    const text = /^h[1-6]$/.test(element.name) ? textOf(element) : '';
    if (hasWords(text)) yield { name: element.name, text };
  }
}

/** Comments of HTML, also those without an end, and of Markdown notes, in which authors leave word for the desk. */
const COMMENT = /<!--([^<>]{1,2000}?)(?:-?->|(?=[<>])|$)|%%([^%]{1,2000}?)%%/g;

/** How far from the beginning and the end of a file comments are read, in characters. */
const NEAR = 20_000;

/** Reads release terms in comments. Only what can be nothing else counts: templates are full of comments. */
export function readComments(text: string, context: TermContext, terms: ReleaseTerms): void {
  const near = text.length > 2 * NEAR ? `${text.slice(0, NEAR)}\n${text.slice(-NEAR)}` : text;
  if (!near.includes('<!--') && !near.includes('%%')) return;
  for (const [, html = '', note = ''] of near.matchAll(COMMENT))
    for (const line of `${html}\n${note}`.split(/\r\n?|\n/)) {
      const term = line.trim() === '' ? undefined : readTermLine(line, context);
      if (term?.sureness === 'sure' || (term?.sureness === 'unclear' && isShouted(line)))
        terms.add(...term.terms);
    }
}
