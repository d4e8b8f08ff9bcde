import { isAscii, isUtf8 } from 'node:buffer';
import chardet from 'chardet';
import iconv from 'iconv-lite';
import { detectLanguage } from '../text/language.ts';
import { CHARSET_LABELS, ICONV_NAMES, TWO_BYTE_CHARSETS } from '../words/charset-labels.ts';
import { COMMON_MARKS, WESTERN_LETTERS } from '../words/western-letters.ts';
import { declarations } from './declared-charset.ts';
import type { DecodedText } from './decode-plain.ts';

/** Number of bytes that are analysed. More bytes do not improve the statistics. */
const SAMPLE_BYTES = 65_536;

/** Number of bytes of a page in which its text is searched. */
const MARKUP_BYTES = 8 * SAMPLE_BYTES;

/** From this number on, valid UTF-8 sequences are not chance, even in an encoding with two bytes per character. */
const MIN_CERTAIN_SEQUENCES = 9;

/**
 * Matches signs of a wrong encoding: a quotation mark inside a word, or an accented capital after a small
 * letter or before a capital and a small letter.
 */
const MISREAD_LETTERS =
  /\p{L}[\u201c\u201d\u201e\u2022\u2020\u2021\u2030]\p{L}|\p{Ll}[\u00c0-\u00de]|[\u00c0-\u00de]\p{Lu}\p{Ll}/u;

/** Encodings that are tried in this order if no suggestion of the statistics fits the bytes. */
const FALLBACK_CHARSETS = ['windows-1252', 'windows-1251'];

/**
 * Decodes a file. The encoding comes from the first of these sources that applies:
 * 1. byte order mark
 * 2. UTF-16 by its pattern of NULs
 * 3. content type, then the declaration in the document
 * 4. UTF-8, if the bytes are valid
 * 5. statistics, then windows-1252
 *
 * A declaration that contradicts the bytes is ignored with a warning. The function never throws. Bytes that
 * are invalid in the encoding become U+FFFD.
 */
export function decode(bytes: Uint8Array, declared: { contentType?: string | undefined } = {}): DecodedText {
  const warnings: string[] = [];
  const marked = byteOrderMark(bytes);
  const charset = marked?.charset ?? chooseCharset(bytes, declared.contentType, warnings);
  const text = decodeAs(marked ? bytes.subarray(marked.length) : bytes, charset);
  const lost = charset === 'utf-8' && isUtf8(bytes) ? 0 : countReplacements(text);
  if (lost > 0) {
    const characters = lost === 1 ? 'One character' : `${lost} characters`;
    warnings.push(
      `${characters} could not be read as ${charset} and stand as “\uFFFD”. Check the text there.`,
    );
  }
  return { text: withoutStrayNuls(text.startsWith('\uFEFF') ? text.slice(1) : text), charset, warnings };
}

/** Maximum share of NULs, 0 to 1, that a damaged text has. A binary file has more. */
const MAX_NUL_SHARE = 0.01;

/** Removes the NULs that some programs leave in a text, as browsers do. Many NULs stay: the file is no text. */
function withoutStrayNuls(text: string): string {
  if (!text.includes('\0')) return text;
  const rest = text.replaceAll('\0', '');
  return text.length - rest.length <= MAX_NUL_SHARE * text.length ? rest : text;
}

function chooseCharset(bytes: Uint8Array, contentType: string | undefined, warnings: string[]): string {
  const utf16 = utf16Pattern(bytes);
  if (utf16) return utf16;
  const utf8 = isUtf8(bytes);
  const multiByte = utf8 && !isAscii(bytes) ? countMultiByte(bytes, MIN_CERTAIN_SEQUENCES) : 0;
  for (const [label, where] of declarations(bytes, contentType)) {
    const charset = CHARSET_LABELS.get(label);
    if (!charset) {
      warnings.push(
        `The encoding “${label}” that ${where} declares is not known; the bytes decided instead.`,
      );
      continue;
    }
    if (utf8 && multiByte === 0) return charset.startsWith('utf-16') ? 'utf-8' : charset;
    if (!contradicts(bytes, charset, multiByte)) return charset;
    const truth = utf8 ? 'utf-8' : guess(bytes);
    if (truth !== charset) {
      warnings.push(
        `The file is declared as ${label} by ${where}, but its bytes are ${truth}; it was read as that.`,
      );
    }
    return truth;
  }
  if (utf8) return 'utf-8';
  const charset = guess(bytes);
  if (charset !== 'windows-1252' || !isPlainlyWestern(decodeAs(sample(bytes), charset))) {
    warnings.push(
      `The file does not say how its characters are encoded; ${charset} fits best. Check the accented letters.`,
    );
  }
  return charset;
}

function byteOrderMark(bytes: Uint8Array): { charset: string; length: number } | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { charset: 'utf-8', length: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { charset: 'utf-16le', length: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { charset: 'utf-16be', length: 2 };
  return undefined;
}

/** True if the bytes prove that the declared encoding is wrong. */
function contradicts(bytes: Uint8Array, charset: string, multiByte: number): boolean {
  if (charset === 'utf-8') return !isUtf8(bytes) && !mostlyUtf8(bytes);
  if (charset.startsWith('utf-16')) return true; // utf16Pattern would have found it
  if (TWO_BYTE_CHARSETS.has(charset))
    return oddShare(sample(bytes), charset) > 0.02 || multiByte >= MIN_CERTAIN_SEQUENCES;
  return multiByte > 0 || oddShare(sample(bytes), charset) > 0.05 || isMisread(bytes, charset);
}

/** Minimum number of words with non-ASCII letters that can prove a wrong encoding. */
const MIN_PROVING_WORDS = 6;

/** Factor by which the statistics must prefer another encoding to a declared Western one. */
const MIN_LEAD = 1.5;

/** Matches a word in which Latin letters stand beside letters of another alphabet. */
const MIXED_WORD = /\p{Script=Latin}[^\p{Script=Latin}\P{L}]|[^\p{Script=Latin}\P{L}]\p{Script=Latin}/u;

/**
 * True if most words are impossible in the declared encoding: they mix alphabets, or Latin words have no ASCII
 * letter. Templates often declare a Western encoding for text that is in another one.
 */
function isMisread(bytes: Uint8Array, charset: string): boolean {
  const part = proseOf(bytes);
  const text = decodeAs(part, charset);
  const words =
    text.match(/[\p{L}\p{M}]+/gu)?.filter(word => word.length > 2 && /[^\0-\x7f]/.test(word)) ?? [];
  const impossible = words.filter(
    word => MIXED_WORD.test(word) || (/\p{Script=Latin}/u.test(word) && !/[a-z]/i.test(word)),
  );
  if (words.length >= MIN_PROVING_WORDS && impossible.length * 2 > words.length) return true;
  const signs = text.match(/[^\0-\x7f]/g)?.length ?? 0;
  if (charset !== 'windows-1252' || signs < MIN_PROVING_WORDS || isPlainlyWestern(text)) return false;
  const confidences = chardet
    .analyse(part)
    .map(({ name, confidence }) => ({ charset: CHARSET_LABELS.get(name.toLowerCase()), confidence }));
  const declared = confidences.find(each => each.charset === charset);
  return (confidences[0]?.confidence ?? 0) > MIN_LEAD * (declared?.confidence ?? 0);
}

/** True for UTF-8 with a few invalid bytes, such as a text that was cut inside a character. */
function mostlyUtf8(bytes: Uint8Array): boolean {
  const whole = withoutCutCharacter(bytes);
  if (whole.length < bytes.length && isUtf8(whole) && countMultiByte(whole, 1) > 0) return true;
  const text = decodeAs(bytes, 'utf-8');
  return countMultiByte(Buffer.from(text.replaceAll('\uFFFD', ''))) > 4 * countReplacements(text);
}

/** Removes an incomplete last character. An interrupted upload leaves one. */
function withoutCutCharacter(bytes: Uint8Array): Uint8Array {
  const end = bytes.length;
  for (let at = end - 1; at >= Math.max(0, end - 3); at--) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x80 && byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
    return length > end - at ? bytes.subarray(0, at) : bytes;
  }
  return bytes;
}

/** Detects UTF-16 without a byte order mark by NULs: in Latin letters, or in the spaces of other scripts. */
function utf16Pattern(bytes: Uint8Array): string | undefined {
  const head = bytes.subarray(0, Math.min(bytes.length, 8_192) & ~1);
  if (!head.includes(0)) return undefined;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < head.length; at += 2) {
    if (head[at] === 0) even++;
    if (head[at + 1] === 0) odd++;
  }
  const min = Math.max(1, head.length / 120);
  if (odd >= min && even === 0) return plausibleUtf16(head, 'utf-16le');
  if (even >= min && odd === 0) return plausibleUtf16(head, 'utf-16be');
  return undefined;
}

function plausibleUtf16(head: Uint8Array, charset: string): string | undefined {
  const text = decodeAs(head, charset);
  let odd = 0;
  let latin = 0;
  let letters = 0;
  for (const char of text) {
    if (!/[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}\t\r\n]/u.test(char)) odd++;
    if (char < '\u0100') latin++;
    if (/[a-z]/i.test(char)) letters++;
  }
  // A stray NUL in a text of another encoding gives a Latin letter among characters that look Chinese.
  const foreign = latin < text.length / 2;
  return odd <= text.length / 50 && !(foreign && letters > latin / 2) ? charset : undefined;
}

/** Returns the most likely encoding of bytes that are not valid UTF-8. */
function guess(bytes: Uint8Array): string {
  if (mostlyUtf8(bytes)) return 'utf-8';
  const part = sample(bytes);
  const suggested = chardet.analyse(proseOf(bytes)).flatMap(({ name, confidence }) => {
    const charset = CHARSET_LABELS.get(name.toLowerCase());
    return charset && confidence >= 10 && !charset.startsWith('utf') ? [refine(charset, part)] : [];
  });
  const best =
    [...suggested, ...FALLBACK_CHARSETS].find(charset => oddShare(part, charset) <= 0.01) ?? 'windows-1252';
  // The statistics prefer rare encodings for short texts. windows-1252 is used if it gives the same text.
  return decodeAs(bytes, best) === decodeAs(bytes, 'windows-1252') ? 'windows-1252' : best;
}

/**
 * True if windows-1252 is almost certainly right for a text. The marks of such a text are those that all European
 * Windows encodings share. Its accented letters belong to the language of its ASCII words.
 */
function isPlainlyWestern(text: string): boolean {
  if (MISREAD_LETTERS.test(text)) return false;
  const letters = new Set(text.match(/[^\0-\x7f]/g)?.filter(char => !COMMON_MARKS.has(char)));
  if (letters.size === 0) return true;
  // The language comes from the ASCII words only, because the accented letters are in doubt.
  const plain = text.match(/\p{L}+/gu)?.filter(word => !/[^\0-\x7f]/.test(word)) ?? [];
  const language = detectLanguage(plain.join(' '))?.language;
  const alphabet = WESTERN_LETTERS.get(language ?? '');
  return alphabet !== undefined && [...letters].every(char => alphabet.has(char.toLowerCase()));
}

/** Returns the encoding that fits the bytes best within a family. The statistics find only the family. */
function refine(charset: string, bytes: Uint8Array): string {
  const used = new Set(bytes);
  const hasC1 = [...used].some(byte => byte >= 0x80 && byte <= 0x9f);
  if (charset === 'windows-1252' && !hasC1 && used.has(0xa4)) return 'iso-8859-15'; // 0xA4 is “€” here and “¤” in windows-1252
  // 0xB9 is “ą” in windows-1250 and “š” in iso-8859-2. Polish, which has “ł” at 0xB3, has no “š”.
  if (charset === 'iso-8859-2' && (hasC1 || (used.has(0xb3) && used.has(0xb9)))) return 'windows-1250';
  if (charset === 'iso-8859-7' && (hasC1 || used.has(0xa2))) return 'windows-1253'; // 0xA2 is “Ά”
  if (charset === 'iso-8859-8') return 'windows-1255';
  if (charset === 'iso-8859-6' && hasC1) return 'windows-1256';
  // KOI8-U has the letters і ї є ґ at the bytes of some box drawings of KOI8-R.
  if (charset === 'koi8-r' && [0xa4, 0xa6, 0xa7, 0xad].some(byte => used.has(byte))) return 'koi8-u';
  return charset;
}

/**
 * Returns the share, 0 to 1, of non-ASCII characters that no article has, such as controls and box drawings.
 */
function oddShare(bytes: Uint8Array, charset: string): number {
  const text = decodeAs(bytes, charset);
  let odd = 0;
  let high = 0;
  for (const char of text) {
    if (char >= '\u0080') high++;
    if (/[\uFFFD\u0080-\u0084\u0086-\u009F\uE000-\uF8FF\u2500-\u259F]/.test(char)) odd++;
  }
  return high === 0 ? 0 : odd / high;
}

/** Matches markup, styles and scripts. Their ASCII letters hide the letters of the text from the statistics. */
const MARKUP = /<(script|style)\b[\s\S]{0,200000}?<\/\1|<[a-z/!][^<>]{0,1000}>/gi;

/** Returns the bytes of a page's text without its markup. */
function proseOf(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.subarray(0, MARKUP_BYTES)).toString('latin1');
  return sample(text.includes('<') ? Buffer.from(text.replace(MARKUP, ' '), 'latin1') : bytes);
}

function sample(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, SAMPLE_BYTES);
}

function decodeAs(bytes: Uint8Array, charset: string): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (charset === 'utf-8') return buffer.toString(isAscii(bytes) ? 'latin1' : 'utf8');
  return iconv.decode(buffer, ICONV_NAMES.get(charset) ?? charset, { stripBOM: false });
}

function countReplacements(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\uFFFD'); at >= 0; at = text.indexOf('\uFFFD', at + 1)) count++;
  return count;
}

/** Counts the lead bytes of UTF-8 sequences and stops at `enough`. */
function countMultiByte(bytes: Uint8Array, enough = Number.POSITIVE_INFINITY): number {
  let count = 0;
  for (let at = 0; at < bytes.length && count < enough; at++) if ((bytes[at] ?? 0) >= 0xc2) count++;
  return count;
}
