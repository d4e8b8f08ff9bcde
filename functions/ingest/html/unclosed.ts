/**
 * Where comments, quoted values and texts end that their authors did not close. The standard reads them to the next end of
 * their kind or to the end of the file, and the story between is lost. Each function finds an end that loses no words, or
 * nothing where the standard's reading may be what the author meant. All are linear in the text that they are given.
 */

/** A tag, or what may begin one. */
const TAG = /<[/!?]?[a-z]/i;

/** A tag of a page or a block, where markup begins: behind a line break, a tag, a statement or a rule. Strings hold others. */
const BLOCK_TAG =
  /<(?<=(?:^|[\n>;}])[^\S\n]*<)\/?(?:head|body|main|article|section|header|footer|nav|aside|div|p|h[1-6]|ul|ol|table|figure|blockquote)(?=[\s>])/i;

/**
 * The length of a comment that nothing closes: up to the next “>”, or before the next tag.
 * @param rest of the source, behind `<!--`
 */
export function lengthOfComment(rest: string): number | undefined {
  const close = rest.indexOf('>');
  const tag = (close < 0 ? rest : rest.slice(0, close)).search(TAG);
  if (tag >= 0) return tag;
  return close < 0 ? undefined : close + 1;
}

/**
 * The length of a comment that was closed with “>” or “->”, so that it took in all up to the end of the next one.
 * @param comment as the standard reads it, behind `<!--`
 */
export function lengthOfMistyped(comment: string): number | undefined {
  const next = comment.indexOf('<');
  const close = comment.indexOf('>');
  // Comments that hold words for one browser begin with a condition.
  if (close < 0 || next < close || !comment.includes('<!--', next) || comment.startsWith('[if'))
    return undefined;
  return close + 1;
}

/**
 * The length of a quoted value up to the “>” of its tag, where the mark that ends it belongs to another tag or is missing.
 * @param value as the standard reads it
 * @param next the character behind the mark; undefined where there is no mark
 */
export function lengthOfValue(value: string, next: string | undefined): number | undefined {
  const close = value.indexOf('>');
  if (close < 0) return undefined;
  if (next === undefined) return close;
  if (!TAG.test(value.slice(close))) return undefined;
  // A value that ends at its own mark is followed by a space or the end of the tag, and does not end in “href=”.
  const isWhole = END_OF_VALUE.test(next) && !NEXT_ATTRIBUTE.test(value.slice(-LONGEST_ATTRIBUTE));
  return isWhole ? undefined : close;
}

const END_OF_VALUE = /^[\s/>]?$/;
const NEXT_ATTRIBUTE = /[\s"'][a-z][\w:-]*\s{0,9}=\s{0,9}$/i;

/** So far before a mark the name of its attribute is looked for, in UTF-16 units. */
const LONGEST_ATTRIBUTE = 60;

/**
 * The length of the text of an element such as `title` or `script` up to the tag that shows that it was not closed.
 * @param text as the standard reads it: up to the next end tag of the element, or to the end of the source
 */
export function lengthOfText(text: string, name: string, hasEndTag: boolean): number | undefined {
  if (hasEndTag && !TITLE_OR_STYLE.has(name)) return undefined;
  const tag = text.search(hasEndTag || CODE.has(name) ? BLOCK_TAG : TAG);
  return tag < 0 ? undefined : tag;
}

/** The paragraphs of a script, style sheet or comment that took in a part of a page; nothing of one that did not. */
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

/** They hold no block, where a script may and a text field may. */
const TITLE_OR_STYLE = new Set(['title', 'style']);
const CODE = new Set(['script', 'style']);
