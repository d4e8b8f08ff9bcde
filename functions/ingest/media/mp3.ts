import { Bytes } from './bytes.ts';
import type { StrippedMedia } from './stripped.ts';

/** Frames of ID3v2.3 and 2.4 that stay: texts and chapters. Others hold files, links and private data. */
const KEPT = /^(?:T(?!XXX)[A-Z0-9]{3}|CHAP|CTOC)$/;

/** Beginnings of tags that follow the sound: ID3v1, APE and Lyrics3. */
const TAGS_BEHIND = ['TAG', 'APETAGEX', 'LYRICSBEGIN'];

/** Maximum length of a frame of sound, in bytes. */
const MAX_FRAME_BYTES = 2_900;

/** Number of consecutive frames that identify MP3. No other kind of file has so many. */
const MIN_FRAMES = 3;

/**
 * Bitrates of MPEG 1 and MPEG 2, Layer III, in kilobits a second, and sample rates in hertz.
 * Sources: ISO/IEC 11172-3, section 2.4.2.3; ISO/IEC 13818-3.
 */
const BITRATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const BITRATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const RATES = [44_100, 48_000, 32_000];

/**
 * Removes all metadata from an MP3 recording except the texts and chapters of its ID3v2 tag.
 * @throws Rejection if the file is damaged
 */
export function stripMp3(file: Uint8Array): StrippedMedia {
  const bytes = new Bytes(file, 'MP3 recording');
  const start = tagLength(bytes);
  const sound = firstFrame(bytes.buffer, start);
  if (sound === undefined) throw bytes.damaged();
  const end = endOfSound(bytes.buffer, sound);
  const tag = start > 0 ? tagOf(bytes, start) : Buffer.alloc(0);
  return { bytes: Buffer.concat([tag, bytes.slice(sound, end)]), type: 'audio/mpeg' };
}

/** Length of the ID3v2 tag at the start of an MP3 recording, in bytes. 0 if there is none. */
export function tagLength(bytes: Bytes): number {
  if (bytes.name(0, 3) !== 'ID3') return 0;
  return 10 + syncSafe(bytes, 6) + (bytes.u8(5) & 0x10 ? 10 : 0);
}

/**
 * The end of the last whole frame. A file that is damaged in the middle is kept to its end, because players
 * skip the damage.
 */
function endOfSound(buffer: Buffer, start: number): number {
  let at = start;
  for (let length = frameLength(buffer, at); length !== undefined; length = frameLength(buffer, at)) {
    if (at + length > buffer.length) break;
    at += length;
  }
  const rest = buffer.toString('latin1', at, at + 16);
  const isEnd = buffer.length - at < MAX_FRAME_BYTES || TAGS_BEHIND.some(tag => rest.startsWith(tag));
  return isEnd ? at : buffer.length;
}

/** Whether a file begins with sound, without a tag before it. */
export function beginsWithSound(file: Uint8Array): boolean {
  const buffer = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  return framesFrom(buffer, 0) >= MIN_FRAMES;
}

/** The position of the first frame. Padding can stand between a tag and the sound. */
function firstFrame(buffer: Buffer, start: number): number | undefined {
  let at = start;
  while (at < buffer.length && buffer[at] === 0) at += 1;
  return framesFrom(buffer, at) > 0 ? at : undefined;
}

function framesFrom(buffer: Buffer, start: number): number {
  let at = start;
  let count = 0;
  for (; count < MIN_FRAMES; count += 1) {
    const length = frameLength(buffer, at);
    if (length === undefined || at + length > buffer.length) break;
    at += length;
  }
  // A recording of one or two frames counts too, if the last frame ends where the file ends.
  return count > 0 && at === buffer.length ? MIN_FRAMES : count;
}

function frameLength(buffer: Buffer, at: number): number | undefined {
  const head = at + 4 <= buffer.length ? buffer.readUInt32BE(at) : 0;
  const version = (head >>> 19) & 3;
  const layer = (head >>> 17) & 3;
  if (head >>> 21 !== 0x7ff || version === 1 || layer !== 1) return undefined;
  const bitrate = (version === 3 ? BITRATES_1 : BITRATES_2)[(head >>> 12) & 15];
  const rate = RATES[(head >>> 10) & 3];
  if (!bitrate || !rate) return undefined;
  const samples = version === 3 ? 1_152 : 576;
  const hertz = version === 3 ? rate : version === 2 ? rate / 2 : rate / 4;
  return Math.floor(((samples / 8) * bitrate * 1_000) / hertz) + ((head >>> 9) & 1);
}

/**
 * Writes the tag again with the frames that stay. A tag of version 2.2, or with unknown flags, is left out.
 */
function tagOf(bytes: Bytes, end: number): Buffer {
  const version = bytes.u8(3);
  if ((version !== 3 && version !== 4) || (bytes.u8(5) & 0xef) !== 0) return Buffer.alloc(0);
  const kept: Buffer[] = [];
  const stop = Math.min(end, bytes.length);
  let at = 10;
  while (at + 10 <= stop) {
    const name = bytes.name(at);
    const length = version === 4 ? syncSafe(bytes, at + 4) : bytes.u32(at + 4);
    if (!/^[A-Z0-9]{4}$/.test(name) || at + 10 + length > stop) break;
    if (KEPT.test(name)) kept.push(bytes.slice(at, at + 10 + length));
    at += 10 + length;
  }
  if (kept.length === 0) return Buffer.alloc(0);
  const body = Buffer.concat(kept);
  const head = Buffer.from([0x49, 0x44, 0x33, version, 0, 0, 0, 0, 0, 0]);
  for (let index = 0; index < 4; index += 1) head[9 - index] = (body.length >>> (7 * index)) & 0x7f;
  return Buffer.concat([head, body]);
}

/** Reads a number from four bytes of seven bits. Source: https://id3.org/id3v2.4.0-structure, section 6.2 */
function syncSafe(bytes: Bytes, at: number): number {
  return (
    ((bytes.u8(at) & 0x7f) << 21) |
    ((bytes.u8(at + 1) & 0x7f) << 14) |
    ((bytes.u8(at + 2) & 0x7f) << 7) |
    (bytes.u8(at + 3) & 0x7f)
  );
}
