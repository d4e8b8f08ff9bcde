const FORBIDDEN = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;
const FORBIDDEN_ALL = /(?![\t\n])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu;
const SPACES = /[\s\u200b\u2060\ufeff]+/gu;

/**
 * Removes what XML 1.0 cannot carry or readers choke on: C0 and C1 controls except tab and line feed,
 * lone surrogates, noncharacters.
 */
export function stripForbidden(text: string): string {
  return FORBIDDEN.test(text) ? text.replace(FORBIDDEN_ALL, '') : text;
}

/** One line of plain text: no forbidden characters, white space collapsed and trimmed. */
export function oneLine(text: string): string {
  return stripForbidden(text.replace(SPACES, ' ')).trim();
}

/** Letters and digits only, in lower case: equal for texts that differ in punctuation or spacing. */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

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
