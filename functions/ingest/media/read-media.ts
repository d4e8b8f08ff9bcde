import { loadedOnce } from '../../../shared/model/loaded-once.ts';
import { isPicture, mediaKind } from './media-kind.ts';
import { stripMedia } from './strip-media.ts';
import type { StrippedMedia } from './stripped.ts';

/** The decoder of pictures has 9 MB. Recordings do not need it. */
const pictures = loadedOnce(() => import('./picture.ts'));

/**
 * Removes the metadata of a picture or recording. Makes the renditions of a picture.
 * @param seconds maximum time for a picture
 * @throws Rejection if the file is not a picture or recording, or is damaged, cut off or too large
 */
export async function readMedia(file: Uint8Array, seconds: number): Promise<StrippedMedia> {
  const kind = mediaKind(file);
  if (kind === undefined || !isPicture(kind)) return stripMedia(file);
  return (await pictures()).readPicture(file, kind, seconds);
}
