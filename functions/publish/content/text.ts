/**
 * Characters that are removed from feeds and pages: C0 and C1 controls except tab and line feed, U+FFFD,
 * noncharacters and lone surrogates. Some are illegal in XML 1.0 (section 2.2), and one illegal character makes a whole
 * feed unreadable. The others break readers.
 */
const UNPRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the expression removes them
  /[\0-\x08\x0B-\x1F\x7F-\x9F\uFDD0-\uFDEF\uFFFD-\uFFFF\u{D800}-\u{DFFF}\u{1FFFE}\u{1FFFF}\u{2FFFE}\u{2FFFF}\u{3FFFE}\u{3FFFF}\u{4FFFE}\u{4FFFF}\u{5FFFE}\u{5FFFF}\u{6FFFE}\u{6FFFF}\u{7FFFE}\u{7FFFF}\u{8FFFE}\u{8FFFF}\u{9FFFE}\u{9FFFF}\u{AFFFE}\u{AFFFF}\u{BFFFE}\u{BFFFF}\u{CFFFE}\u{CFFFF}\u{DFFFE}\u{DFFFF}\u{EFFFE}\u{EFFFF}\u{FFFFE}\u{FFFFF}\u{10FFFE}\u{10FFFF}]/gu;

/** Characters of which some are {@link UNPRINTABLE}: without `u` and its pairs of surrogates, the search is much faster. */
const SUSPICIOUS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the expression finds them
  /[\0-\x08\x0B-\x1F\x7F-\x9F\uD800-\uDFFF\uFDD0-\uFDEF\uFFFD-\uFFFF]/;

export function printable(text: string): string {
  return SUSPICIOUS.test(text) ? text.replace(UNPRINTABLE, '') : text;
}

/** Printable text on one line: runs of tabs, line breaks and spaces become one space. */
export function oneLine(text: string): string {
  return printable(text)
    .replace(/[\t\n ]+/g, ' ')
    .trim();
}

/**
 * A text, or HTML, whose lines do not end before the signs that belong to a word. French has a space inside of quotation
 * marks, and most people type one that a line can end at.
 * @param language language of the text (BCP 47)
 */
export function withFirmSpaces(text: string, language: string | undefined): string {
  return language !== undefined && /^fr(?:-|$)/i.test(language) && /[«»]/.test(text)
    ? text.replace(/(?<=«) | (?=»)/g, '\u00a0')
    : text;
}

/** The beginning of a line: at most `length` code points, cut at a space if possible, and an ellipsis. */
export function excerpt(line: string, length: number): string {
  const points = Array.from(line);
  if (points.length <= length) return line;
  const cut = points.slice(0, length).join('');
  const space = cut.lastIndexOf(' ');
  return `${space > 0 ? cut.slice(0, space) : cut}…`;
}

/** Whether an HTML parser would find a tag, a comment or an entity in the text. */
export function looksLikeMarkup(text: string): boolean {
  return /<[a-z/!?]|&(?:#\d|#x[\da-f]|[a-z][a-z\d]*;)/i.test(text);
}
