import { isAscii, isUtf8 } from 'node:buffer';
import chardet from 'chardet';
import iconv from 'iconv-lite';
import { detectLanguage } from '../text/language.ts';
import { CHARSET_LABELS, ICONV_NAMES, TWO_BYTE_CHARSETS } from '../words/charset-labels.ts';
import { COMMON_MARKS, WESTERN_LETTERS } from '../words/western-letters.ts';
import { declarations } from './declared-charset.ts';
import type { Decoded } from './decode-plain.ts';

/** Statistics settle within this many bytes; more would only cost time. */
const SAMPLE_BYTES = 65_536;

/** So many sequences of UTF-8 are no chance, even in an encoding of two bytes a character. */
const SOME = 9;

/** A quotation mark within a word, or a capital behind a small letter or before two capitals and a small one: misread. */
const MISPLACED =
  /\p{L}[\u201c\u201d\u201e\u2022\u2020\u2021\u2030]\p{L}|\p{Ll}[\u00c0-\u00de]|[\u00c0-\u00de]\p{Lu}\p{Ll}/u;

/** Guesses tried in this order where the statistics suggest nothing that fits the bytes. */
const LAST_RESORTS = ['windows-1252', 'windows-1251'];

/**
 * Decodes a file: byte order mark, then what the content type says, then what the document says, then valid
 * UTF-8, UTF-16 by its pattern of NULs, statistics, and windows-1252 at last. A declaration that the bytes
 * contradict loses, with a warning. Never throws; bytes that fit nowhere become U+FFFD.
 */
export function decode(bytes: Uint8Array, declared: { contentType?: string | undefined } = {}): Decoded {
  const warnings: string[] = [];
  const marked = byteOrderMark(bytes);
  const charset = marked?.charset ?? chooseCharset(bytes, declared.contentType, warnings);
  const text = decodeAs(marked ? bytes.subarray(marked.length) : bytes, charset);
  const lost = charset === 'utf-8' && isUtf8(bytes) ? 0 : countReplacements(text);
  if (lost > 0) {
    const places = lost === 1 ? 'One character' : `${lost} characters`;
    warnings.push(`${places} could not be read as ${charset} and stand as “\uFFFD”. Check the text there.`);
  }
  return { text: text.startsWith('\uFEFF') ? text.slice(1) : text, charset, warnings };
}

function chooseCharset(bytes: Uint8Array, contentType: string | undefined, warnings: string[]): string {
  const utf16 = utf16Pattern(bytes);
  if (utf16) return utf16;
  const utf8 = isUtf8(bytes);
  const multiByte = utf8 && !isAscii(bytes) ? countMultiByte(bytes, SOME) : 0;
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

/** Whether the bytes show that the declared encoding is wrong. */
function contradicts(bytes: Uint8Array, charset: string, multiByte: number): boolean {
  if (charset === 'utf-8') return !isUtf8(bytes) && !mostlyUtf8(bytes);
  if (charset.startsWith('utf-16')) return true; // the pattern of NULs would have shown it
  if (TWO_BYTE_CHARSETS.has(charset)) return oddity(sample(bytes), charset) > 0.02 || multiByte >= SOME;
  return multiByte > 0 || oddity(sample(bytes), charset) > 0.05;
}

/** UTF-8 with a few broken places, such as a text cut in mid-character, rather than another encoding. */
function mostlyUtf8(bytes: Uint8Array): boolean {
  const whole = withoutCutCharacter(bytes);
  if (whole.length < bytes.length && isUtf8(whole) && countMultiByte(whole, 1) > 0) return true;
  const text = decodeAs(bytes, 'utf-8');
  return countMultiByte(Buffer.from(text.replaceAll('\uFFFD', ''))) > 4 * countReplacements(text);
}

/** Without a last character that lacks its end, as uploads that broke off have it. */
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

/** UTF-16 without a mark: NULs in every other byte of Latin text, of the spaces in any other text. */
function utf16Pattern(bytes: Uint8Array): string | undefined {
  const head = bytes.subarray(0, Math.min(bytes.length, 8_192) & ~1);
  if (!head.includes(0)) return undefined;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < head.length; at += 2) {
    if (head[at] === 0) even++;
    if (head[at + 1] === 0) odd++;
  }
  const least = Math.max(1, head.length / 120);
  if (odd >= least && even === 0) return plausibleUtf16(head, 'utf-16le');
  if (even >= least && odd === 0) return plausibleUtf16(head, 'utf-16be');
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
  // A stray NUL in other text makes a Latin letter among characters that merely look like Chinese.
  const foreign = latin < text.length / 2;
  return odd <= text.length / 50 && !(foreign && letters > latin / 2) ? charset : undefined;
}

/** The likeliest encoding of bytes that are not UTF-8. */
function guess(bytes: Uint8Array): string {
  if (mostlyUtf8(bytes)) return 'utf-8';
  const part = sample(bytes);
  const suggested = chardet.analyse(part).flatMap(({ name, confidence }) => {
    const charset = CHARSET_LABELS.get(name.toLowerCase());
    return charset && confidence >= 10 && !charset.startsWith('utf') ? [refine(charset, part)] : [];
  });
  const best =
    [...suggested, ...LAST_RESORTS].find(charset => oddity(part, charset) <= 0.01) ?? 'windows-1252';
  // Where both say the same, the commoner name; a little text makes the statistics prefer odd ones.
  return decodeAs(bytes, best) === decodeAs(bytes, 'windows-1252') ? 'windows-1252' : best;
}

/**
 * Whether text read as windows-1252 can hardly be anything else: no sign but the marks that all Windows encodings of
 * Europe share, and no accented letter but those of the language that its plain words are in, within words.
 */
function isPlainlyWestern(text: string): boolean {
  if (MISPLACED.test(text)) return false;
  const letters = new Set(text.match(/[^\0-\x7f]/g)?.filter(char => !COMMON_MARKS.has(char)));
  if (letters.size === 0) return true;
  // By its plain words: the letters are what is to be proved.
  const plain = text.match(/\p{L}+/gu)?.filter(word => !/[^\0-\x7f]/.test(word)) ?? [];
  const language = detectLanguage(plain.join(' '))?.language;
  const alphabet = WESTERN_LETTERS.get(language ?? '');
  return alphabet !== undefined && [...letters].every(char => alphabet.has(char.toLowerCase()));
}

/** The member of a family of encodings that fits these bytes; the statistics only know the family. */
function refine(charset: string, bytes: Uint8Array): string {
  const used = new Set(bytes);
  const hasC1 = [...used].some(byte => byte >= 0x80 && byte <= 0x9f);
  if (charset === 'windows-1252' && !hasC1 && used.has(0xa4)) return 'iso-8859-15'; // “¤” is the euro sign
  if (charset === 'iso-8859-2' && hasC1) return 'windows-1250';
  if (charset === 'iso-8859-7' && (hasC1 || used.has(0xa2))) return 'windows-1253'; // 0xA2 is “Ά”
  if (charset === 'iso-8859-8') return 'windows-1255';
  if (charset === 'iso-8859-6' && hasC1) return 'windows-1256';
  // KOI8-U differs only where KOI8-R has box drawings: its letters і ї є ґ.
  if (charset === 'koi8-r' && [0xa4, 0xa6, 0xa7, 0xad].some(byte => used.has(byte))) return 'koi8-u';
  return charset;
}

/** Share of characters that no article holds: replacements, controls, private use, box drawings. */
function oddity(bytes: Uint8Array, charset: string): number {
  const text = decodeAs(bytes, charset);
  let odd = 0;
  let high = 0;
  for (const char of text) {
    if (char >= '\u0080') high++;
    if (/[\uFFFD\u0080-\u0084\u0086-\u009F\uE000-\uF8FF\u2500-\u259F]/.test(char)) odd++;
  }
  return high === 0 ? 0 : odd / high;
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

/** Lead bytes of UTF-8 sequences, counted up to `enough`. */
function countMultiByte(bytes: Uint8Array, enough = Number.POSITIVE_INFINITY): number {
  let count = 0;
  for (let at = 0; at < bytes.length && count < enough; at++) if ((bytes[at] ?? 0) >= 0xc2) count++;
  return count;
}
