import { Rejection } from '../../../shared/errors/rejection.ts';
import { isPicture, type MediaKind, mediaKind } from './media-kind.ts';

/** A picture whose longer side is shorter is a spacer, a bullet or a tracking pixel, in pixels. */
const MIN_LONGER_SIDE_PIXELS = 16;

/** A picture whose longer side is shorter can be the logo in a signature, in pixels. */
const MIN_PHOTO_SIDE_PIXELS = 320;

/** A picture that is as many times wider than high can be the banner in a signature. */
const MIN_BANNER_RATIO = 3;

/** Size, in bytes, up to which a picture can be an icon. A larger file is not read for its size in pixels. */
const MAX_ICON_BYTES = 50_000;

const ENDINGS: Record<MediaKind, string> = {
  jpeg: 'jpg',
  png: 'png',
  gif: 'gif',
  webp: 'webp',
  avif: 'avif',
  wave: 'wav',
  mp3: 'mp3',
  mp4: 'mp4',
  webm: 'webm',
  ogg: 'ogg',
};

/**
 * The name under which a picture or recording inside another file becomes a file of its own. The content decides on the
 * ending. Undefined if browsers cannot show the file.
 * @param stem name without ending, or with an ending of its own
 */
export function embeddedName(stem: string, bytes: Uint8Array): string | undefined {
  const kind = mediaKind(bytes);
  if (kind === undefined) return undefined;
  const last = stem.slice(Math.max(stem.lastIndexOf('/'), stem.lastIndexOf('\\')) + 1);
  return `${last.replace(/\.[a-z0-9]{1,5}$/i, '') || 'file'}.${ENDINGS[kind]}`;
}

/** Whether a picture is a spacer, a bullet or a tracking pixel. Pages and mails hold many of them. */
export async function isIcon(bytes: Uint8Array): Promise<boolean> {
  const size = await sizeOfSmall(bytes);
  return size !== undefined && Math.max(size.width, size.height) < MIN_LONGER_SIDE_PIXELS;
}

/** Whether a picture below the signature of a mail can be the logo of a house, by its size. */
export async function isLogo(bytes: Uint8Array): Promise<boolean> {
  const size = await sizeOfSmall(bytes);
  if (size === undefined) return false;
  const { width, height } = size;
  return Math.max(width, height) < MIN_PHOTO_SIDE_PIXELS || width >= height * MIN_BANNER_RATIO;
}

/** Size of a small picture in pixels. Undefined if its file is large or damaged. */
async function sizeOfSmall(bytes: Uint8Array): Promise<{ width: number; height: number } | undefined> {
  if (bytes.length > MAX_ICON_BYTES) return undefined;
  const kind = mediaKind(bytes);
  if (kind === undefined || !isPicture(kind)) return undefined;
  const { pictureSize } = await import('./picture.ts');
  try {
    return await pictureSize(bytes, kind);
  } catch (error) {
    // A damaged picture becomes a file of its own, so that the editor learns why it is not shown.
    if (error instanceof Rejection) return undefined;
    throw error;
  }
}
