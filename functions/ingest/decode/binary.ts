import { Rejection } from '../../../shared/errors/rejection.ts';
import { MAGIC_NUMBERS, ZIP_KINDS } from '../words/magic-numbers.ts';

/** Enough of a file to recognise it by. */
const HEAD_BYTES = 8_192;

/** More control characters than this share are no text's. */
const MAX_CONTROLS = 0.02;

const HOW = 'Save it as plain text, Markdown, HTML or DOCX and upload that.';

/**
 * Refuses files that begin as a known binary format does, whatever their name.
 * @throws Rejection `not-text` with a sentence that says what the file is
 */
export function refuseBinary(bytes: Uint8Array): void {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1');
  const magic = MAGIC_NUMBERS.find(({ bytes, offset = 0 }) =>
    bytes.some(each => head.startsWith(each, offset)),
  );
  if (!magic || isAscii(magic.bytes, head)) return;
  const zip = magic.name === 'a ZIP archive' && ZIP_KINDS.find(([entry]) => head.includes(entry));
  throw new Rejection('not-text', `The file is ${zip ? zip[1] : magic.name}, not text. ${magic.how ?? HOW}`);
}

/** “BZh” or “ID3” may begin a sentence too: what is ASCII is taken for a format only if the rest is not text. */
function isAscii(signatures: readonly string[], head: string): boolean {
  const short = signatures.some(
    each => each.length <= 4 && /^[\x20-\x7e]+$/.test(each) && head.includes(each),
  );
  return short && !hasControls(head);
}

/**
 * Refuses text that holds what only binary files hold: NULs, or many control characters.
 * @throws Rejection `not-text`
 */
export function refuseControls(text: string): void {
  if (text.includes('\0') || hasControls(text))
    throw new Rejection('not-text', `The file is not text: it holds control characters. ${HOW}`);
}

/** Of a long text, windows of so many UTF-16 units, evenly spread, stand for the whole. */
const WINDOW = 1_024;
const WINDOWS = 64;

function hasControls(text: string): boolean {
  const step = Math.max(WINDOW, Math.floor(text.length / WINDOWS));
  let seen = 0;
  let controls = 0;
  for (let start = 0; start < text.length; start += step) {
    const end = Math.min(start + WINDOW, text.length);
    seen += end - start;
    for (let at = start; at < end; at += 1) if (isControl(text.charCodeAt(at))) controls += 1;
  }
  return controls > MAX_CONTROLS * seen;
}

/** All but tab, line feed, form feed, carriage return and escape, which old editors leave. */
function isControl(code: number): boolean {
  if (code >= 0x20) return code === 0x7f;
  return code !== 9 && code !== 10 && code !== 12 && code !== 13 && code !== 27;
}
