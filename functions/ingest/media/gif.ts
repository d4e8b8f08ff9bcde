import { Bytes } from './bytes.ts';
import { type Stripped, sizeOf } from './stripped.ts';

/** GIF89a, appendix A. */
const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;
const APPLICATION = 0xff;

/** Application extensions that say how often an animation repeats. The others hold XMP and colours that nobody reads. */
const REPEATS = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0']);

/**
 * A GIF image without comments and metadata, and without anything behind its end.
 * @throws Rejection where it is damaged, cut off, or too large
 */
export function stripGif(file: Uint8Array): Stripped {
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

/** Bytes of the table of colours that follows, by the flags before it. */
function colours(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** Blocks of up to 255 bytes, each behind its length; one of length 0 ends them. */
function endOfBlocks(bytes: Bytes, from: number): number {
  let at = from;
  for (let length = bytes.u8(at); length > 0; length = bytes.u8(at)) at += 1 + length;
  return at + 1;
}
