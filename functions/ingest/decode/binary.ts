import { Rejection } from '../../../shared/errors/rejection.ts';
import { head } from '../text/characters.ts';
import { MAGIC_NUMBERS, ZIP_KINDS } from '../words/magic-numbers.ts';

/** Number of bytes at the beginning of a file that are read to recognise its format. */
const HEAD_BYTES = 8_192;

/** Maximum share of control characters in a text, 0 to 1. */
const MAX_CONTROL_SHARE = 0.02;

const DEFAULT_ADVICE = 'Save it as plain text, Markdown, HTML or DOCX and upload that.';

/**
 * Refuses a file that begins like a known binary format. The file name does not matter.
 * @throws Rejection `not-text` with the name of the format and advice
 */
export function refuseBinary(bytes: Uint8Array): void {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1');
  const magic = MAGIC_NUMBERS.find(({ bytes, offset = 0 }) =>
    bytes.some(each => head.startsWith(each, offset)),
  );
  if (!magic || looksLikeSentence(magic.bytes, head)) return;
  const zip = magic.name === 'a ZIP archive' && ZIP_KINDS.find(([entry]) => head.includes(entry));
  throw new Rejection(
    'not-text',
    `The file is ${zip ? zip[1] : magic.name}, not text. ${magic.how ?? DEFAULT_ADVICE}`,
  );
}

/** True for a text that begins with an ASCII signature such as “BZh” or “ID3”. A sentence can begin so too. */
function looksLikeSentence(signatures: readonly string[], head: string): boolean {
  const short = signatures.some(
    each => each.length <= 4 && /^[\x20-\x7e]+$/.test(each) && head.includes(each),
  );
  return short && !hasControls(head);
}

/**
 * Refuses a text with NUL characters or many control characters, which only binary files hold, and a text without
 * words.
 * @param isPage a page may have some NUL characters, because browsers ignore them
 * @throws Rejection `not-text`
 */
export function refuseControls(text: string, { isPage = false } = {}): void {
  if ((!isPage && text.includes('\0')) || hasControls(text))
    throw new Rejection('not-text', `The file is not text: it holds control characters. ${DEFAULT_ADVICE}`);
  if (isNoise(head(text, NOISE_CHARS)))
    throw new Rejection('not-text', `The file is not text: its characters form no words. ${DEFAULT_ADVICE}`);
}

/** Number of characters that are checked for noise, and minimum number of non-ASCII ones among them. */
const NOISE_CHARS = 20_000;
const MIN_NOISE_CHARS = 40;

/** Minimum share of non-ASCII characters in noise, and of impossible pairs among them, 0 to 1. */
const MIN_NON_ASCII_SHARE = 0.3;
const MIN_IMPOSSIBLE_SHARE = 0.1;

/** Matches two letters that no word has beside each other, or a letter beside a sign of an old encoding. */
const IMPOSSIBLE_PAIRS =
  /(?![\0-\x7f])(?:\p{Ll}(?=(?![\0-\x7f])\p{Lu})|[\p{L}\uFFFD](?=[\u0080-\u00a9\u00ac-\u00b6\u00b8\u00b9\u00bc-\u00be×÷†‡‰ˆ˜\uFFFD]))/gu;

/** True for random bytes. In every encoding they give letters and signs in an order that no text has. */
function isNoise(text: string): boolean {
  const count = text.match(/[^\0-\x7f]/g)?.length ?? 0;
  if (count < MIN_NOISE_CHARS || count < MIN_NON_ASCII_SHARE * text.length) return false;
  return (text.match(IMPOSSIBLE_PAIRS)?.length ?? 0) > MIN_IMPOSSIBLE_SHARE * count;
}

/** A long text is sampled in evenly spread windows. Their length is in UTF-16 units. */
const WINDOW_CHARS = 1_024;
const MAX_WINDOWS = 64;

function hasControls(text: string): boolean {
  const step = Math.max(WINDOW_CHARS, Math.floor(text.length / MAX_WINDOWS));
  let seen = 0;
  let controls = 0;
  for (let start = 0; start < text.length; start += step) {
    const end = Math.min(start + WINDOW_CHARS, text.length);
    seen += end - start;
    for (let at = start; at < end; at += 1) if (isControl(text.charCodeAt(at))) controls += 1;
  }
  return controls > MAX_CONTROL_SHARE * seen;
}

/**
 * True for control characters, except those that old editors leave: tab, line feed, form feed, carriage return, escape.
 */
function isControl(code: number): boolean {
  if (code >= 0x20) return code === 0x7f;
  return code !== 9 && code !== 10 && code !== 12 && code !== 13 && code !== 27;
}
