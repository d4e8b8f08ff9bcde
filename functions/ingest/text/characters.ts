const FORBIDDEN = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;
const FORBIDDEN_ALL = /(?![\t\n])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu;
/**
 * Matches white space other than a single space. Most texts have none, and the test is faster than a
 * replacement.
 */
const ODD_SPACE = /[^\S ]|[\u200b\u2060\ufeff]| {2}/u;
const SPACES = /[\s\u200b\u2060\ufeff]+/gu;

/**
 * Removes characters that XML 1.0 forbids or that break feed readers: C0 and C1 controls except tab and line
 * feed, lone surrogates, and noncharacters.
 */
export function stripForbidden(text: string): string {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // The loop skips the characters that are never forbidden. It is many times faster than the pattern.
    if ((code >= 32 && code < 127) || (code >= 160 && code < 0xd800) || code === 10) continue;
    return FORBIDDEN.test(text) ? text.replace(FORBIDDEN_ALL, '') : text;
  }
  return text;
}

/** Returns one line of plain text without forbidden characters. White space is collapsed and trimmed. */
export function oneLine(text: string): string {
  return stripForbidden(ODD_SPACE.test(text) ? text.replace(SPACES, ' ') : text).trim();
}

/**
 * Copies a text that is kept after its file is read. V8 makes a substring of more than 12 characters a view of the whole
 * file, which then stays in memory. A lone surrogate becomes U+FFFD.
 */
export function ownCopy(text: string): string {
  return Buffer.from(text).toString();
}

/** Collapses white space to single spaces and trims the text. */
export function collapse(text: string): string {
  return (COLLAPSIBLE_SPACE.test(text) ? text.replace(/\s+/g, ' ') : text).trim();
}

const COLLAPSIBLE_SPACE = /[^\S ]| {2}/;

/** Keeps only letters and digits, in lower case. Texts that differ in punctuation or spacing become equal. */
export function fold(text: string): string {
  const plain = ASCII.test(text) ? text : text.normalize('NFKC');
  return plain.toLowerCase().replace(NON_WORD_CHARS, '');
}

const ASCII = /^\p{ASCII}*$/u;
const NON_WORD_CHARS = /[^\p{L}\p{N}]+/gu;

/** True if the text has a letter or digit. */
export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** Returns the first `length` UTF-16 units, or one unit less if the cut would divide a surrogate pair. */
export function head(text: string, length: number): string {
  if (text.length <= length) return text;
  const code = text.charCodeAt(length - 1);
  return text.slice(0, code >= 0xd800 && code <= 0xdbff ? length - 1 : length);
}

const WORD = /[\p{L}\p{N}]/u;
const WORDS = /[\p{L}\p{N}]/gu;

/**
 * Cache by UTF-16 unit: 1 for a letter or digit, 2 for other characters, 0 for unknown. Surrogates are not
 * cached.
 */
const LETTER_KINDS = new Uint8Array(0x10000);

/** Counts the letters and digits of a text. Cleaning must not lose any of them. */
export function countLetters(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0xd800 && code <= 0xdfff) return text.match(WORDS)?.length ?? 0;
    const kind = LETTER_KINDS[code] || learnKind(code);
    if (kind === 1) count += 1;
  }
  return count;
}

/** Letters of scripts without spaces. One of them says as much as two or three letters of an alphabet. */
const DENSE_LETTERS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const MAY_BE_DENSE = /[\u1100-\u11ff\u2e80-\ud8ff]/;

/** Weight of a letter of such a script, in characters of an alphabet. */
const DENSE_WEIGHT = 2.3;

/**
 * Measures how much a text says, in characters of an alphabet. All limits on the length of prose use this
 * measure, or they would be wrong for Chinese, Japanese and Korean.
 */
export function information(text: string): number {
  if (!MAY_BE_DENSE.test(text)) return text.length;
  return Math.round(text.length + (text.match(DENSE_LETTERS)?.length ?? 0) * (DENSE_WEIGHT - 1));
}

function learnKind(code: number): number {
  const kind = WORD.test(String.fromCharCode(code)) ? 1 : 2;
  LETTER_KINDS[code] = kind;
  return kind;
}
