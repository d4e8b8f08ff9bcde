// Ends of unclosed comments, quoted values and raw text. The standard reads them up to the next end mark or
// the end of the file, so the story between is lost. Each function returns an end that loses no words, or
// undefined if the standard's reading can be correct. All functions take linear time.

/** Matches the beginning of a tag. */
const TAG = /<[/!?]?[a-z]/i;

/**
 * Matches the tag of a page or a block after a line break, a tag, a statement or a CSS rule. A tag in another
 * place can be part of a string in a script.
 */
const BLOCK_TAG =
  /<(?<=(?:^|[\n>;}])[^\S\n]*<)\/?(?:head|body|main|article|section|header|footer|nav|aside|div|p|h[1-6]|ul|ol|table|figure|blockquote)(?=[\s>])/i;

/**
 * Returns the length of an unclosed comment, which ends after the next “>” or before the next tag.
 * @param rest the source after `<!--`
 */
export function lengthOfUnclosedComment(rest: string): number | undefined {
  const close = rest.indexOf('>');
  const tag = (close < 0 ? rest : rest.slice(0, close)).search(TAG);
  if (tag >= 0) return tag;
  return close < 0 ? undefined : close + 1;
}

/**
 * Returns the length of a comment that its author closed with “>” or “->”. The standard ends it at the end of
 * the next comment.
 * @param comment the text after `<!--` that the standard reads
 */
export function lengthOfMistypedComment(comment: string): number | undefined {
  const next = comment.indexOf('<');
  const close = comment.indexOf('>');
  // A conditional comment for one browser begins with “[if”.
  if (close < 0 || next < close || !comment.includes('<!--', next) || comment.startsWith('[if'))
    return undefined;
  return close + 1;
}

/**
 * Returns the length of a quoted value up to the “>” of its tag, if its closing quotation mark is missing or
 * belongs to another tag.
 * @param value the value that the standard reads
 * @param next the character after the closing mark; undefined if there is no mark
 */
export function lengthOfUnclosedValue(value: string, next: string | undefined): number | undefined {
  const close = value.indexOf('>');
  if (close < 0) return undefined;
  if (next === undefined) return close;
  if (!TAG.test(value.slice(close))) return undefined;
  // After its own closing mark a space or the end of the tag follows. Such a value does not end in “href=”.
  const isWhole = END_OF_VALUE.test(next) && !NEXT_ATTRIBUTE.test(value.slice(-MAX_ATTRIBUTE_NAME_CHARS));
  return isWhole ? undefined : close;
}

const END_OF_VALUE = /^[\s/>]?$/;
const NEXT_ATTRIBUTE = /[\s"'][a-z][\w:-]*\s{0,9}=\s{0,9}$/i;

/** Number of UTF-16 units before a mark that are searched for the name of an attribute. */
const MAX_ATTRIBUTE_NAME_CHARS = 60;

/**
 * Returns the length of the text of an element such as `title` or `script` up to the tag that proves it
 * unclosed.
 * @param text the text that the standard reads, up to the next end tag of the element or the end of the
 *   source
 */
export function lengthOfUnclosedText(text: string, name: string, hasEndTag: boolean): number | undefined {
  if (hasEndTag && !TITLE_OR_STYLE.has(name)) return undefined;
  const tag = text.search(hasEndTag || CODE_ELEMENTS.has(name) ? BLOCK_TAG : TAG);
  return tag < 0 ? undefined : tag;
}

/** Returns the paragraphs of a page that a script, style sheet or comment swallowed, or an empty text. */
export function swallowedText(text: string): string {
  const tag = text.search(BLOCK_TAG);
  if (tag < 0) return '';
  const paragraphs = [...text.slice(tag).matchAll(PARAGRAPH)].map(([, words = '']) =>
    words.replace(TAGS, ''),
  );
  return paragraphs.filter(words => !CODE_MARKS.test(words)).join('\n');
}

const PARAGRAPH = /<p(?:\s[^<>]*)?>((?:[^<]|<(?!\/?p[\s>]))*)<\/p>/gi;
const TAGS = /<[^<>]*>/g;
const CODE_MARKS = /[{}\\=]|["'],|":/;

/** Elements whose text never holds block tags. Scripts and text fields can hold them. */
const TITLE_OR_STYLE = new Set(['title', 'style']);
const CODE_ELEMENTS = new Set(['script', 'style']);
