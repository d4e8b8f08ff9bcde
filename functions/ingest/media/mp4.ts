import { boxesIn, boxesOf, free, type MediaBox } from './boxes.ts';
import { Bytes } from './bytes.ts';
import type { StrippedMedia } from './stripped.ts';

/** Types of boxes that stay because players need them. Other boxes become free space. */
const KEPT = new Set(['ftyp', 'styp', 'moov', 'moof', 'mdat', 'sidx', 'mfra']);

/** Types of boxes that hold names of places, cameras and people, in a movie and its tracks. */
const METADATA = new Set(['udta', 'meta', 'uuid', 'free', 'skip']);

/**
 * Types of tracks that stay: picture, sound and subtitles. Others hold a camera's measurements, such as
 * places.
 */
const TRACKS = new Set(['vide', 'soun', 'text', 'sbtl', 'subt']);

/** Maximum number of tracks of a recording. */
const MAX_TRACKS = 100;

/**
 * Blanks user data, metadata and metadata tracks of an MP4 recording (video or sound). No byte moves, because
 * the file refers to its data by position.
 * @throws Rejection if the file is damaged or cut off
 */
export function stripMp4(file: Uint8Array): StrippedMedia {
  const bytes = new Bytes(Buffer.from(file), 'MP4 file');
  const top = boxesIn(bytes, 0, bytes.length);
  for (const box of top) if (!KEPT.has(box.type)) free(bytes, box);
  const moov = top.find(({ type }) => type === 'moov');
  // Players need the table of contents. It often comes last, so a file that is cut off lacks it.
  if (!moov || !top.some(({ type }) => type === 'mdat')) throw bytes.cutOff();
  const handlers = new Set<string>();
  const tracks: MediaBox[] = [];
  for (const box of boxesOf(bytes, moov)) {
    if (METADATA.has(box.type)) free(bytes, box);
    else if (box.type === 'trak') tracks.push(box);
  }
  if (tracks.length > MAX_TRACKS) throw bytes.damaged();
  for (const track of tracks) {
    const inside = boxesOf(bytes, track);
    const handler = handlerOf(bytes, inside);
    if (TRACKS.has(handler)) {
      handlers.add(handler);
      for (const box of inside) if (METADATA.has(box.type)) free(bytes, box);
    } else {
      free(bytes, track);
    }
  }
  if (handlers.has('vide')) return { bytes: bytes.buffer, type: 'video/mp4' };
  if (handlers.has('soun')) return { bytes: bytes.buffer, type: 'audio/mp4' };
  throw bytes.damaged();
}

function handlerOf(bytes: Bytes, track: readonly MediaBox[]): string {
  const mdia = track.find(({ type }) => type === 'mdia');
  const hdlr = mdia && boxesOf(bytes, mdia).find(({ type }) => type === 'hdlr');
  return hdlr ? bytes.name(hdlr.content + 8) : '';
}
