import { crc32 } from 'node:zlib';
import { Bytes } from './bytes.ts';
import { isTurned, orientationOf, tiffOf } from './orientation.ts';
import { type StrippedMedia, sizeOf } from './stripped.ts';

/** Length of the signature, in bytes. Source: PNG (third edition), section 5.2. */
const SIGNATURE_BYTES = 8;

/** Chunks that a decoder needs: colours, pixels, frames of an animation. Others describe the picture. */
const KEPT = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT'.split(' '),
);

/**
 * Removes texts, times, Exif and trailing bytes from a PNG image. The orientation stays.
 * @throws Rejection if the file is damaged, cut off or too large
 */
export function stripPng(file: Uint8Array): StrippedMedia {
  const bytes = new Bytes(file, 'PNG image');
  const kept: Buffer[] = [];
  let orientation = 1;
  let pixels = false;
  let at = SIGNATURE_BYTES;
  for (let name = ''; name !== 'IEND'; ) {
    const length = bytes.u32(at);
    name = bytes.name(at + 4);
    const chunk = bytes.slice(at, at + 12 + length);
    if ((at === SIGNATURE_BYTES) !== (name === 'IHDR')) throw bytes.damaged();
    at += chunk.length;
    if (name === 'eXIf') orientation = orientationOf(chunk.subarray(8, -4));
    if (!KEPT.has(name)) continue;
    if (crc32(chunk.subarray(4, -4)) !== chunk.readUInt32BE(chunk.length - 4)) throw bytes.damaged();
    if (name === 'IDAT') {
      if (!pixels && orientation > 1) kept.push(exifChunk(orientation));
      pixels = true;
    }
    kept.push(chunk);
  }
  const header = kept[0];
  if (!pixels || header?.length !== 25) throw bytes.damaged();
  return {
    bytes: Buffer.concat([bytes.slice(0, SIGNATURE_BYTES), ...kept]),
    type: 'image/png',
    ...sizeOf(header.readUInt32BE(8), header.readUInt32BE(12), isTurned(orientation)),
  };
}

function exifChunk(orientation: number): Buffer {
  const content = Buffer.concat([Buffer.from('eXIf', 'latin1'), tiffOf(orientation)]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length - 4);
  frame.writeUInt32BE(crc32(content), 4);
  return Buffer.concat([frame.subarray(0, 4), content, frame.subarray(4)]);
}
