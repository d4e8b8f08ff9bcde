import { Rejection } from '../../../shared/errors/rejection.ts';
import { stripAvif } from './avif.ts';
import { stripGif } from './gif.ts';
import { stripJpeg } from './jpeg.ts';
import { type MediaKind, mediaKind } from './media-kind.ts';
import { stripMp3 } from './mp3.ts';
import { stripMp4 } from './mp4.ts';
import { stripOgg } from './ogg.ts';
import { stripPng } from './png.ts';
import { stripWave, stripWebp } from './riff.ts';
import type { StrippedMedia } from './stripped.ts';
import { stripWebm } from './webm.ts';

const STRIPPERS: Record<MediaKind, (file: Uint8Array) => StrippedMedia> = {
  jpeg: stripJpeg,
  png: stripPng,
  gif: stripGif,
  webp: stripWebp,
  wave: stripWave,
  avif: stripAvif,
  mp4: stripMp4,
  webm: stripWebm,
  ogg: stripOgg,
  mp3: stripMp3,
};

/**
 * Removes the metadata of a picture or recording, and everything else that is not meant for readers.
 * @throws Rejection if the file is not a picture or recording, or is damaged, cut off or too large
 */
export function stripMedia(file: Uint8Array): StrippedMedia {
  const kind = mediaKind(file);
  if (!kind) throw new Rejection('not-text', 'The file is not a picture or recording of a known kind.');
  return STRIPPERS[kind](file);
}
