import { Rejection } from '../../../shared/errors/rejection.ts';
import { isPicture, type MediaKind, mediaKind, type PictureKind } from './media-kind.ts';
import { stripMp3 } from './mp3.ts';
import { stripMp4 } from './mp4.ts';
import { stripOgg } from './ogg.ts';
import { stripWave } from './riff.ts';
import type { StrippedMedia } from './stripped.ts';
import { stripWebm } from './webm.ts';

const STRIPPERS: Record<Exclude<MediaKind, PictureKind>, (file: Uint8Array) => StrippedMedia> = {
  wave: stripWave,
  mp4: stripMp4,
  webm: stripWebm,
  ogg: stripOgg,
  mp3: stripMp3,
};

/**
 * Removes the metadata of a recording, and everything else that is not meant for readers.
 * @throws Rejection if the file is not a recording, or is damaged or cut off
 */
export function stripMedia(file: Uint8Array): StrippedMedia {
  const kind = mediaKind(file);
  if (!kind || isPicture(kind))
    throw new Rejection('not-text', 'The file is not a recording of a known kind.');
  return STRIPPERS[kind](file);
}
