import { Bytes } from './bytes.ts';
import { orientationOf, tiffOf } from './orientation.ts';
import { type StrippedMedia, sizeOf } from './stripped.ts';

interface Chunk {
  name: string;
  content: Buffer;
}

/** Maximum number of chunks of a file. An animation has two or three chunks per frame. */
const MAX_CHUNKS = 50_000;

/** Flags of a `VP8X` chunk. Source: https://developers.google.com/speed/webp/docs/riff_container */
const HAS_EXIF = 0x08;
const HAS_XMP = 0x04;

const WEBP_KEPT = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
const WAVE_KEPT = new Set(['fmt ', 'fact', 'data']);

/**
 * Removes Exif, XMP and unknown chunks from a WebP image. The orientation stays.
 * @throws Rejection if the file is damaged, cut off or too large
 */
export function stripWebp(file: Uint8Array): StrippedMedia {
  const bytes = new Bytes(file, 'WebP image');
  const chunks = chunksOf(bytes);
  const exif = chunks.find(({ name }) => name === 'EXIF')?.content;
  const orientation = exif
    ? orientationOf(exif.toString('latin1', 0, 6) === 'Exif\0\0' ? exif.subarray(6) : exif)
    : 1;
  const kept = chunks
    .filter(({ name }) => WEBP_KEPT.has(name))
    .map(({ name, content }) => ({
      name,
      content: name === 'VP8X' ? withFlags(content, orientation > 1) : content,
    }));
  const first = kept[0];
  const hasPixels = kept.some(({ name }) => name === 'VP8 ' || name === 'VP8L' || name === 'ANMF');
  if (!first || !hasPixels) throw bytes.damaged();
  const size = sizeInPixels(first, bytes);
  // An Exif chunk is valid only in a file with a `VP8X` chunk. It comes last.
  if (orientation > 1 && first.name === 'VP8X') kept.push({ name: 'EXIF', content: tiffOf(orientation) });
  return { bytes: riff('WEBP', kept), type: 'image/webp', ...size };
}

/**
 * Removes everything from a WAVE recording except its format and its sound.
 * @throws Rejection if the file is damaged or cut off
 */
export function stripWave(file: Uint8Array): StrippedMedia {
  const bytes = new Bytes(file, 'WAVE recording');
  const kept = chunksOf(bytes).filter(({ name }) => WAVE_KEPT.has(name));
  if (!kept.some(({ name }) => name === 'fmt ') || !kept.some(({ name }) => name === 'data'))
    throw bytes.damaged();
  return { bytes: riff('WAVE', kept), type: 'audio/wav' };
}

function chunksOf(bytes: Bytes): Chunk[] {
  const end = 8 + bytes.u32le(4);
  bytes.need(0, end);
  const chunks: Chunk[] = [];
  let at = 12;
  while (at + 8 <= end) {
    const name = bytes.name(at);
    const length = bytes.u32le(at + 4);
    at += 8;
    if (at + length > end) throw bytes.cutOff();
    chunks.push({ name, content: bytes.slice(at, at + length) });
    // Chunks are padded to an even length. The last chunk often lacks its padding.
    at += length + (length % 2);
    if (chunks.length > MAX_CHUNKS) throw bytes.damaged();
  }
  return chunks;
}

function withFlags(content: Buffer, exif: boolean): Buffer {
  const copy = Buffer.from(content);
  const flags = (copy[0] ?? 0) & ~(HAS_EXIF | HAS_XMP);
  if (copy.length > 0) copy[0] = exif ? flags | HAS_EXIF : flags;
  return copy;
}

function sizeInPixels({ name, content }: Chunk, whole: Bytes): { width: number; height: number } {
  const bytes = new Bytes(content, 'WebP image');
  if (name === 'VP8X') return sizeOf(bytes.u24le(4) + 1, bytes.u24le(7) + 1);
  if (name === 'VP8L') {
    if (bytes.u8(0) !== 0x2f) throw whole.damaged();
    const packed = bytes.u32le(1);
    return sizeOf((packed & 0x3fff) + 1, ((packed >>> 14) & 0x3fff) + 1);
  }
  // Source: RFC 6386, section 9.1. Three bytes of frame tag and a start code precede 14 bits of width and 14
  // of height.
  if (name !== 'VP8 ' || bytes.name(3, 3) !== '\x9d\x01\x2a') throw whole.damaged();
  return sizeOf(bytes.u16le(6) & 0x3fff, bytes.u16le(8) & 0x3fff);
}

function riff(form: string, chunks: readonly Chunk[]): Buffer {
  const parts = chunks.flatMap(({ name, content }) => {
    const head = Buffer.alloc(8);
    head.write(name, 'latin1');
    head.writeUInt32LE(content.length, 4);
    return [head, content, ...(content.length % 2 ? [Buffer.alloc(1)] : [])];
  });
  const body = Buffer.concat([Buffer.from(form, 'latin1'), ...parts]);
  const head = Buffer.alloc(8);
  head.write('RIFF', 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}
