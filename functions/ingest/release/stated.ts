import { type DomNode, elementsOf, textOf } from '../model/dom.ts';
import type { ReleaseTerms, TermContext } from '../model/release-terms.ts';
import type { Stated } from '../model/stated.ts';
import { hasWords, oneLine } from '../text/characters.ts';
import { readTermLine } from './line.ts';
import { splitTerms } from './split-terms.ts';
import { isShouted } from './term-words.ts';

/**
 * Removes the release terms from a headline or another text that a source states. Returns undefined if the
 * text is only a term.
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

/** Moves release terms out of headline, dek and summary into `terms`. */
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
 * The first heading of a document whose headline was a release term. In `copy` the heading must be the first element of
 * the story. On a page other content can stand above the heading.
 */
export function headingBelow(root: DomNode, layout: 'page' | 'copy'): string | undefined {
  for (const { name, text } of headingsOf(root)) {
    const begins = layout === 'page' || textOf(root).startsWith(text);
    return begins && /^h[12]$/.test(name) && text.length <= MAX_HEADLINE_CHARS ? text : undefined;
  }
  return undefined;
}

/** Maximum length of a heading that is a headline, in characters. */
const MAX_HEADLINE_CHARS = 220;

function* headingsOf(root: DomNode): Generator<{ name: string; text: string }> {
  for (const element of elementsOf(root)) {
    const text = /^h[1-6]$/.test(element.name) ? textOf(element) : '';
    if (hasWords(text)) yield { name: element.name, text };
  }
}

/** Comments in HTML (even if they do not end) and in Markdown notes. Authors leave messages for editors there. */
const COMMENT = /<!--([^<>]{1,2000}?)(?:-?->|(?=[<>])|$)|%%([^%]{1,2000}?)%%/g;

/** Number of characters at the beginning and at the end of a file in which comments are read. */
const COMMENT_RANGE_CHARS = 20_000;

/** Reads release terms in comments. Only sure terms count, because templates hold many comments. */
export function readComments(text: string, context: TermContext, terms: ReleaseTerms): void {
  const near =
    text.length > 2 * COMMENT_RANGE_CHARS
      ? `${text.slice(0, COMMENT_RANGE_CHARS)}\n${text.slice(-COMMENT_RANGE_CHARS)}`
      : text;
  if (!near.includes('<!--') && !near.includes('%%')) return;
  for (const [, html = '', note = ''] of near.matchAll(COMMENT))
    for (const line of `${html}\n${note}`.split(/\r\n?|\n/)) {
      const term = line.trim() === '' ? undefined : readTermLine(line, context);
      if (term?.sureness === 'sure' || (term?.sureness === 'unclear' && isShouted(line)))
        terms.add(...term.terms);
    }
}
