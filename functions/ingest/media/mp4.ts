import { type Box, boxesIn, boxesOf, free } from './boxes.ts';
import { Bytes } from './bytes.ts';
import type { Stripped } from './stripped.ts';

/** What plays; boxes of other kinds become free space. */
const KEPT = new Set(['ftyp', 'styp', 'moov', 'moof', 'mdat', 'sidx', 'mfra']);

/** Inside a movie and its tracks: names of places, of cameras and of people. */
const METADATA = new Set(['udta', 'meta', 'uuid', 'free', 'skip']);

/** Tracks that people hear and see, and their subtitles. Others hold what a camera measured, places among it. */
const TRACKS = new Set(['vide', 'soun', 'text', 'sbtl', 'subt']);

/** Most tracks of a recording. */
const MOST_TRACKS = 100;

/**
 * An MP4 recording, video or sound, in which user data, metadata and the tracks of them are blank. Nothing is moved:
 * the file names its data by their positions.
 * @throws Rejection where it is damaged or cut off
 */
export function stripMp4(file: Uint8Array): Stripped {
  const bytes = new Bytes(Buffer.from(file), 'MP4 file');
  const top = boxesIn(bytes, 0, bytes.length);
  for (const box of top) if (!KEPT.has(box.type)) free(bytes, box);
  const moov = top.find(({ type }) => type === 'moov');
  // Without its table of contents, which often comes last, nobody can play it.
  if (!moov || !top.some(({ type }) => type === 'mdat')) throw bytes.cutOff();
  const handlers = new Set<string>();
  const tracks: Box[] = [];
  for (const box of boxesOf(bytes, moov)) {
    if (METADATA.has(box.type)) free(bytes, box);
    else if (box.type === 'trak') tracks.push(box);
  }
  if (tracks.length > MOST_TRACKS) throw bytes.damaged();
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

function handlerOf(bytes: Bytes, track: readonly Box[]): string {
  const mdia = track.find(({ type }) => type === 'mdia');
  const hdlr = mdia && boxesOf(bytes, mdia).find(({ type }) => type === 'hdlr');
  return hdlr ? bytes.name(hdlr.content + 8) : '';
}
