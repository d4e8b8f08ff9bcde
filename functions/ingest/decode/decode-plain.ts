import { isAscii, isUtf8 } from 'node:buffer';
import { CHARSET_LABELS } from '../words/charset-labels.ts';
import { declarations } from './declared-charset.ts';

export interface DecodedText {
  text: string;
  /** WHATWG name of the encoding, in lower case. */
  charset: string;
  warnings: string[];
}

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Decodes a UTF-8 file that declares no other encoding. Nearly all files are of this kind. Returns undefined for other
 * files: `decode.ts` reads them, with tables of half a megabyte. For a file of this kind, both functions give the same
 * result.
 */
export function decodePlain(bytes: Uint8Array, contentType: string | undefined): DecodedText | undefined {
  // A NUL can mean UTF-16. Latin text in UTF-16 is valid UTF-8 too.
  if (!isUtf8(bytes) || bytes.includes(0)) return undefined;
  for (const [label] of declarations(bytes, contentType))
    if (CHARSET_LABELS.get(label) !== 'utf-8') return undefined;
  let text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
    isAscii(bytes) ? 'latin1' : 'utf8',
  );
  // The first mark states the encoding. Some programs write a second one, which is not text either.
  for (let removed = 0; removed < 2 && text.startsWith(BYTE_ORDER_MARK); removed++) text = text.slice(1);
  return { text, charset: 'utf-8', warnings: [] };
}
