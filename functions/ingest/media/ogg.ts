import { Bytes } from './bytes.ts';
import type { StrippedMedia } from './stripped.ts';

/**
 * Codecs that browsers play. A stream's first packet begins with `begins`. Its second packet holds the
 * comments after `prefix` bytes.
 */
const CODECS = [
  { begins: '\x01vorbis', prefix: 7, frames: true, video: false },
  { begins: 'OpusHead', prefix: 8, frames: false, video: false },
  { begins: '\x80theora', prefix: 7, frames: false, video: true },
] as const;

type Codec = (typeof CODECS)[number];

interface Page {
  start: number;
  end: number;
}

interface Stream {
  codec: Codec | undefined;
  /** Number of packets that have ended. */
  packets: number;
  /** Parts of the second packet, which holds the comments. */
  comments: Page[];
}

/**
 * Blanks the comments of an Ogg recording (RFC 3533) and removes bytes after the last page.
 * @throws Rejection if the file is damaged, cut off, or has a codec that browsers do not play
 */
export function stripOgg(file: Uint8Array): StrippedMedia {
  const bytes = new Bytes(Buffer.from(file), 'Ogg file');
  const streams = new Map<number, Stream>();
  const pages: Page[] = [];
  let at = 0;
  while (at < bytes.length && bytes.buffer.toString('latin1', at, at + 4) === 'OggS') {
    const start = at;
    const segments = bytes.slice(at + 27, at + 27 + bytes.u8(at + 26));
    at += 27 + segments.length;
    const content = at;
    for (const length of segments) at += length;
    bytes.need(content, at - content);
    const page = { start, end: at };
    const serial = bytes.u32le(start + 14);
    const stream = streams.get(serial) ?? { codec: codecOf(bytes, content, at), packets: 0, comments: [] };
    streams.set(serial, stream);
    if (stream.packets < 2 && noteComments(stream, segments, content)) pages.push(page);
  }
  const known = [...streams.values()];
  if (known.length === 0 || known.some(({ codec, packets }) => !codec || packets < 2)) throw bytes.damaged();
  for (const stream of known) blankComments(bytes, stream);
  for (const page of pages) sign(bytes, page);
  const video = known.some(({ codec }) => codec?.video);
  return { bytes: bytes.buffer.subarray(0, at), type: video ? 'video/ogg' : 'audio/ogg' };
}

function codecOf(bytes: Bytes, from: number, to: number): Codec | undefined {
  const head = bytes.buffer.toString('latin1', from, Math.min(to, from + 8));
  return CODECS.find(({ begins }) => head.startsWith(begins));
}

/**
 * Adds the parts of a stream's second packet on a page to `stream.comments`. Returns whether there are any. A
 * packet ends with a segment of less than 255 bytes.
 */
function noteComments(stream: Stream, segments: Buffer, content: number): boolean {
  const before = stream.comments.length;
  let start = content;
  for (const length of segments) {
    if (stream.packets === 1) stream.comments.push({ start, end: start + length });
    if (length < 255) stream.packets += 1;
    if (stream.packets > 1) break;
    start += length;
  }
  return stream.comments.length > before;
}

/** Turns comments into padding of the same length. The name of the encoder stays. */
function blankComments({ buffer }: Bytes, { codec, comments }: Stream): void {
  const whole = Buffer.concat(comments.map(({ start, end }) => buffer.subarray(start, end)));
  const packet = new Bytes(whole, 'Ogg file');
  const prefix = codec?.prefix ?? 0;
  const count = prefix + 4 + packet.u32le(prefix);
  packet.need(count, codec?.frames ? 5 : 4);
  whole.fill(0, count);
  // In Vorbis a set bit ends the comments. Source: Vorbis I specification, section 5.2.1.
  if (codec?.frames) whole[count + 4] = 1;
  let at = 0;
  for (const { start, end } of comments) {
    whole.copy(buffer, start, at, at + end - start);
    at += end - start;
  }
}

/** Polynomial of a page's checksum: not reflected, initial value 0. The checksum's own field counts as 0. */
const CRC_POLYNOMIAL = 0x04c11db7;

const CRC_TABLE = Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) sum = (sum << 1) ^ (sum < 0 ? CRC_POLYNOMIAL : 0);
  return sum;
});

function sign({ buffer }: Bytes, { start, end }: Page): void {
  buffer.fill(0, start + 22, start + 26);
  let sum = 0;
  for (let at = start; at < end; at += 1)
    sum = (sum << 8) ^ (CRC_TABLE[((sum >>> 24) ^ (buffer[at] ?? 0)) & 0xff] ?? 0);
  buffer.writeInt32LE(sum, start + 22);
}
