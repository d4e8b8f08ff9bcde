import { constants, createInflate, inflateSync } from 'node:zlib';
import { Rejection } from '../../../../shared/errors/rejection.ts';
import type { Deadline } from '../../model/deadline.ts';

/** A PDF whose content is safe to parse. */
export interface PdfFile {
  /** A copy of the bytes without the data of pictures. */
  bytes: Uint8Array;
  /** Number of pictures. */
  pictures: number;
}

/** Maximum size of all streams but pictures, in unpacked bytes. A page of text has some 10 KB, its fonts 100 KB. */
const MAX_UNPACKED_BYTES = 48_000_000;

/** Maximum number of streams. A page has about ten. */
const MAX_STREAMS = 50_000;

/** Maximum number of times that a stream is packed within itself. */
const MAX_LAYERS = 3;

/**
 * Maximum size, in packed bytes, of a stream in a rare packing. Its unpacked size is not measured. LZW unpacks at most
 * some 1,300 to 1, and run lengths 64 to 1.
 */
const MAX_RARE_BYTES = 40_000;

/** Length of the dictionary before a stream that is read, in bytes. */
const MAX_DICTIONARY_BYTES = 4_000;

const UNPROTECTED =
  'Save it again without a password and without restrictions, or upload the text as DOCX or plain text.';

/**
 * Checks a PDF before the library opens it, because the library cannot be interrupted while it unpacks a stream.
 * Blanks pictures, so that nothing can unpack them.
 * @throws Rejection `unreadable` for an encrypted file, `too-large` for a file that unpacks to too much
 */
export async function checkPdf(bytes: Uint8Array, deadline: Deadline): Promise<PdfFile> {
  const file = Buffer.from(bytes);
  const source = file.toString('latin1');
  if (/\/Encrypt(?![A-Za-z])/.test(unescaped(source)))
    throw new Rejection('unreadable', `The PDF is encrypted. ${UNPROTECTED}`);
  let left = MAX_UNPACKED_BYTES;
  let pictures = 0;
  let streams = 0;
  let end = 0;
  for (const match of source.matchAll(/(?<!end)stream\r?\n?/g)) {
    deadline.check();
    if (++streams > MAX_STREAMS)
      throw new Rejection('too-large', `The PDF holds more than ${MAX_STREAMS} streams.`);
    const start = match.index + match[0].length;
    const before = source.slice(Math.max(0, match.index - MAX_DICTIONARY_BYTES), match.index);
    const dictionary = unescaped(before.slice(before.lastIndexOf(' obj') + 1));
    if (end < start) end = source.indexOf('endstream', start);
    if (end < 0) end = file.length;
    if (/\/Subtype\s{0,9}\/Image(?![A-Za-z])/.test(dictionary)) {
      pictures += 1;
      file.fill(0, start, end);
      continue;
    }
    if (isRare(dictionary) && end - start > MAX_RARE_BYTES) throw tooLarge();
    left -= await unpackedSize(file.subarray(start), left, deadline);
    if (left < 0) throw tooLarge();
  }
  return { bytes: file, pictures };
}

function tooLarge(): Rejection {
  return new Rejection('too-large', `The PDF unpacks to more than ${MAX_UNPACKED_BYTES} bytes.`);
}

/** Whether a stream has a packing whose unpacked size is not measured, or is packed twice. */
function isRare(dictionary: string): boolean {
  const packings = dictionary.match(/\/(?:Fl|FlateDecode|LZW|LZWDecode|RL|RunLengthDecode)(?![A-Za-z])/g);
  const encodings = /\/(?:A85|ASCII85Decode|AHx|ASCIIHexDecode)(?![A-Za-z])/.test(dictionary);
  const isPlain = packings?.length === 1 && /Fl/.test(packings[0] ?? '') && !encodings;
  return packings !== null && !isPlain;
}

/** Names of PDF may have escapes: `/Encr#79pt`. */
function unescaped(text: string): string {
  return text.includes('#')
    ? text.replace(/#([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
}

/** Whether bytes begin with the header of zlib (RFC 1950). */
function isPacked(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
}

/**
 * The unpacked size of a stream and of all its layers, in bytes. It is more than `max` if the stream is larger than
 * that. A stream that is damaged counts up to the damage.
 */
async function unpackedSize(bytes: Buffer, max: number, deadline: Deadline): Promise<number> {
  let size = 0;
  let packed = bytes;
  for (let layer = 0; isPacked(packed); layer += 1) {
    deadline.check();
    if (layer === MAX_LAYERS) return max + 1;
    const unpacked = await unpack(packed, max - size);
    if (unpacked === undefined) return max + 1;
    size += unpacked.length;
    packed = unpacked;
  }
  return size;
}

/** Unpacks a stream up to its damage. Undefined if it is larger than `max` bytes. */
async function unpack(packed: Buffer, max: number): Promise<Buffer | undefined> {
  try {
    return inflateSync(packed, { maxOutputLength: max + 1, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return undefined;
    return unpackUntilDamage(packed, max);
  }
}

function unpackUntilDamage(packed: Buffer, max: number): Promise<Buffer | undefined> {
  return new Promise(resolve => {
    const chunks: Buffer[] = [];
    let size = 0;
    const inflate = createInflate();
    inflate.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size <= max) return;
      inflate.destroy();
      resolve(undefined);
    });
    const end = () => resolve(Buffer.concat(chunks));
    inflate.on('error', end).on('end', end);
    inflate.end(packed);
  });
}
