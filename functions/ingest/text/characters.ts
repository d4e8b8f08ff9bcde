const FORBIDDEN = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;
const FORBIDDEN_ALL = /(?![\t\n])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu;
/** White space that is not a single space. Most texts have none: to look is faster than to replace each by itself. */
const ODD_SPACE = /[^\S ]|[\u200b\u2060\ufeff]| {2}/u;
const SPACES = /[\s\u200b\u2060\ufeff]+/gu;

/**
 * Removes what XML 1.0 cannot carry or readers choke on: C0 and C1 controls except tab and line feed,
 * lone surrogates, noncharacters.
 */
export function stripForbidden(text: string): string {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // What cannot be forbidden is most of any text, and the loop is many times faster than the expression.
    if ((code >= 32 && code < 127) || (code >= 160 && code < 0xd800) || code === 10) continue;
    return FORBIDDEN.test(text) ? text.replace(FORBIDDEN_ALL, '') : text;
  }
  return text;
}

/** One line of plain text: no forbidden characters, white space collapsed and trimmed. */
export function oneLine(text: string): string {
  return stripForbidden(ODD_SPACE.test(text) ? text.replace(SPACES, ' ') : text).trim();
}

/** White space collapsed to single spaces and trimmed. */
export function collapse(text: string): string {
  return (UNEVEN.test(text) ? text.replace(/\s+/g, ' ') : text).trim();
}

const UNEVEN = /[^\S ]| {2}/;

/** Letters and digits only, in lower case: equal for texts that differ in punctuation or spacing. */
export function fold(text: string): string {
  const plain = ASCII.test(text) ? text : text.normalize('NFKC');
  return plain.toLowerCase().replace(NO_WORDS, '');
}

const ASCII = /^\p{ASCII}*$/u;
const NO_WORDS = /[^\p{L}\p{N}]+/gu;

/** True if there is a letter or digit in the text. */
export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** The first `length` UTF-16 units at most, never half of a surrogate pair. */
export function head(text: string, length: number): string {
  if (text.length <= length) return text;
  const code = text.charCodeAt(length - 1);
  return text.slice(0, code >= 0xd800 && code <= 0xdbff ? length - 1 : length);
}

const WORD = /[\p{L}\p{N}]/u;
const WORDS = /[\p{L}\p{N}]/gu;

/** By code unit: 1 for a letter or digit, 2 for none, 0 for not yet asked. Surrogates are never asked. */
const KINDS = new Uint8Array(0x10000);

/** Letters and digits of a text: what cleaning must never lose. */
export function countLetters(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0xd800 && code <= 0xdfff) return text.match(WORDS)?.length ?? 0;
    const kind = KINDS[code] || learn(code);
    if (kind === 1) count += 1;
  }
  return count;
}

function learn(code: number): number {
  const kind = WORD.test(String.fromCharCode(code)) ? 1 : 2;
  KINDS[code] = kind;
  return kind;
}
