const TAB = 9;
const LINE_FEED = 10;
const FORM_FEED = 12;
const SPACE = 32;
export const EXCLAMATION = 33;
export const QUOTE = 34;
export const APOSTROPHE = 39;
export const SLASH = 47;
export const LESS = 60;
export const EQUALS = 61;
export const GREATER = 62;
export const QUESTION = 63;

const SCRIPT_MARK = /<!--|-->|<\/?script(?=[\t\n\f />])/gi;

/**
 * Returns the index of the end tag of a script, or the length of the source. An end tag inside a comment that
 * opens another script does not count (WHATWG HTML § 13.2.5.20).
 */
export function endOfScript(source: string, start: number): number {
  let depth = 0;
  SCRIPT_MARK.lastIndex = start;
  for (let match = SCRIPT_MARK.exec(source); match; match = SCRIPT_MARK.exec(source)) {
    const [mark] = match;
    if (mark === '<!--') {
      if (depth > 0) continue;
      depth = 1;
      SCRIPT_MARK.lastIndex -= 2; // `<!-->` is a complete comment
    } else if (mark === '-->') {
      depth = 0;
    } else if (mark.length > 7) {
      if (depth < 2) return match.index;
      depth = 1;
    } else if (depth === 1) {
      depth = 2;
    }
  }
  return source.length;
}

/** True for the UTF-16 unit of HTML white space. */
export function isSpace(code: number): boolean {
  return code === SPACE || code === LINE_FEED || code === TAB || code === FORM_FEED;
}

/** True for the UTF-16 unit of an ASCII letter. */
export function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

/** True for a UTF-16 unit that ends the name of a tag. */
export function endsName(code: number): boolean {
  return code === GREATER || code === SLASH || isSpace(code);
}

/** True for a UTF-16 unit that ends the name of an attribute. */
export function endsAttribute(code: number): boolean {
  return code === EQUALS || endsName(code);
}
