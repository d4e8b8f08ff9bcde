import { Bytes } from './bytes.ts';
import type { Stripped } from './stripped.ts';

/** Streams that browsers play, by how their first packet begins; `prefix` of their second, which holds the comments. */
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

/** A stream: how many of its packets have ended, and where the bytes of its second one are. */
interface Stream {
  codec: Codec | undefined;
  packets: number;
  comments: Page[];
}

/**
 * An Ogg recording (RFC 3533) whose comments are blank; what follows the last page is left out.
 * @throws Rejection where it is damaged, cut off, or of a codec that browsers do not play
 */
export function stripOgg(file: Uint8Array): Stripped {
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

/** Notes the parts of a stream's second packet on a page, if any. A packet ends with a segment that is not full. */
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

/** Leaves the name of the encoder, and no comment. What was one becomes padding, of the same length. */
function blankComments({ buffer }: Bytes, { codec, comments }: Stream): void {
  const whole = Buffer.concat(comments.map(({ start, end }) => buffer.subarray(start, end)));
  const packet = new Bytes(whole, 'Ogg file');
  const prefix = codec?.prefix ?? 0;
  const count = prefix + 4 + packet.u32le(prefix);
  packet.need(count, codec?.frames ? 5 : 4);
  whole.fill(0, count);
  // Vorbis ends its comments with a bit that is set (Vorbis I specification, section 5.2.1).
  if (codec?.frames) whole[count + 4] = 1;
  let at = 0;
  for (const { start, end } of comments) {
    whole.copy(buffer, start, at, at + end - start);
    at += end - start;
  }
}

/** Polynomial of the checksum of a page: not reflected, from 0, over the page with the checksum's own field as 0. */
const POLYNOMIAL = 0x04c11db7;

const TABLE = Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) sum = (sum << 1) ^ (sum < 0 ? POLYNOMIAL : 0);
  return sum;
});

function sign({ buffer }: Bytes, { start, end }: Page): void {
  buffer.fill(0, start + 22, start + 26);
  let sum = 0;
  for (let at = start; at < end; at += 1)
    sum = (sum << 8) ^ (TABLE[((sum >>> 24) ^ (buffer[at] ?? 0)) & 0xff] ?? 0);
  buffer.writeInt32LE(sum, start + 22);
}
