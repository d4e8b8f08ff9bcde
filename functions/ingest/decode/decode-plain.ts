import { isAscii, isUtf8 } from 'node:buffer';
import { CHARSET_LABELS } from '../words/charset-labels.ts';
import { declarations } from './declared-charset.ts';

/** Text made of bytes. `charset` is the WHATWG name of the encoding, in lower case. */
export interface Decoded {
  text: string;
  charset: string;
  warnings: string[];
}

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Decodes what nearly every file is: UTF-8, said to be nothing else. `undefined` for the rest, which `decode.ts`
 * reads with tables of half a megabyte; both say the same of what this one takes.
 */
export function decodePlain(bytes: Uint8Array, contentType: string | undefined): Decoded | undefined {
  // A NUL may mean UTF-16, whose Latin text is valid UTF-8 too.
  if (!isUtf8(bytes) || bytes.includes(0)) return undefined;
  for (const [label] of declarations(bytes, contentType))
    if (CHARSET_LABELS.get(label) !== 'utf-8') return undefined;
  let text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
    isAscii(bytes) ? 'latin1' : 'utf8',
  );
  // One stands for the encoding; another one that programs put before it is no text either.
  for (let marks = 0; marks < 2 && text.startsWith(BYTE_ORDER_MARK); marks++) text = text.slice(1);
  return { text, charset: 'utf-8', warnings: [] };
}
