import { Bytes } from './bytes.ts';
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

const WEBP_KEPT = new Set(['VP8X', 'ANIM', 'ANMF', 'ICCP']);
const WAVE_KEPT = new Set(['fmt ', 'fact', 'data']);

/**
 * Removes Exif, XMP and unknown chunks from an animation in WebP.
 * @throws Rejection if the file is damaged, cut off or too large
 */
export function stripWebp(file: Uint8Array): StrippedMedia {
  const bytes = new Bytes(file, 'WebP image');
  const [first, ...rest] = chunksOf(bytes).filter(({ name }) => WEBP_KEPT.has(name));
  if (first?.name !== 'VP8X' || !rest.some(({ name }) => name === 'ANMF')) throw bytes.damaged();
  const { content } = first;
  const canvas = new Bytes(content, 'WebP image');
  const size = sizeOf(canvas.u24le(4) + 1, canvas.u24le(7) + 1);
  const plain = Buffer.from(content);
  plain[0] = canvas.u8(0) & ~(HAS_EXIF | HAS_XMP);
  return { bytes: riff('WEBP', [{ name: 'VP8X', content: plain }, ...rest]), type: 'image/webp', ...size };
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
