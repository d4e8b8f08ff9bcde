import { pageText } from './page-text.ts';

/** The result of a parser for a page: text, or HTML that the text is taken from, or both. */
export interface Extracted {
  text?: string;
  html?: string;
  title?: string | undefined;
  /** All authors, separated by commas. */
  author?: string | undefined;
  published?: string | undefined;
}

export function textOf(extracted: Extracted | undefined): string {
  return extracted?.text ?? (extracted?.html ? pageText(extracted.html) : '');
}
