import { Bytes } from './bytes.ts';
import { type StrippedMedia, sizeOf } from './stripped.ts';

/** Codes of blocks. Source: GIF89a, appendix A. */
const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;
const APPLICATION = 0xff;

/**
 * Application extensions with the number of repetitions of an animation. Others hold XMP and unused colours.
 */
const REPEATS = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0']);

/**
 * Removes comments, metadata and trailing bytes from a GIF image.
 * @throws Rejection if the file is damaged, cut off or too large
 */
export function stripGif(file: Uint8Array): StrippedMedia {
  const bytes = new Bytes(file, 'GIF image');
  let at = 13 + colours(bytes.u8(10));
  const kept = [bytes.slice(0, at)];
  let images = 0;
  for (let mark = bytes.u8(at); mark !== TRAILER; mark = bytes.u8(at)) {
    const start = at;
    if (mark === EXTENSION) {
      const label = bytes.u8(at + 1);
      at = endOfBlocks(bytes, at + 2);
      const repeats = label === APPLICATION && REPEATS.has(bytes.name(start + 3, 11));
      if (label === GRAPHIC_CONTROL || repeats) kept.push(bytes.slice(start, at));
    } else if (mark === IMAGE) {
      at = endOfBlocks(bytes, at + 10 + colours(bytes.u8(at + 9)) + 1);
      kept.push(bytes.slice(start, at));
      images += 1;
    } else {
      throw bytes.damaged();
    }
  }
  if (images === 0) throw bytes.damaged();
  return {
    bytes: Buffer.concat([...kept, Buffer.from([TRAILER])]),
    type: 'image/gif',
    ...sizeOf(bytes.u16le(6), bytes.u16le(8)),
  };
}

/** Length, in bytes, of the colour table that follows the given flags. */
function colours(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/**
 * Position after a sequence of blocks. Each block begins with its length (1 to 255). Length 0 ends the
 * sequence.
 */
function endOfBlocks(bytes: Bytes, from: number): number {
  let at = from;
  for (let length = bytes.u8(at); length > 0; length = bytes.u8(at)) at += 1 + length;
  return at + 1;
}
