import { Rejection } from '../../../shared/errors/rejection.ts';
import type { MediaType } from '../../../shared/model/article.ts';

export interface StrippedMedia {
  bytes: Buffer;
  type: MediaType;
  /** Size in pixels as browsers show the picture, after its orientation is applied. */
  width?: number;
  height?: number;
  /** Facts and files of a picture: see `MediaFacts`. */
  widths?: number[];
  colour?: string;
  card?: true;
  renditions?: MadeRendition[];
}

export interface MadeRendition {
  name: string;
  type: MediaType;
  bytes: Buffer;
}

/** Maximum number of pixels. */
const MAX_PIXELS = 100_000_000;

/** Maximum width or height that browsers show, in pixels. */
const MAX_SIDE_PIXELS = 32_767;

/**
 * The size of a picture as browsers show it.
 * @param turned whether browsers turn the picture by 90 degrees
 * @throws Rejection if the picture has no pixels or too many
 */
export function sizeOf(width: number, height: number, turned = false): { width: number; height: number } {
  if (width < 1 || height < 1)
    throw new Rejection('unreadable', 'The picture has no pixels. Save it again and upload it.');
  if (width > MAX_SIDE_PIXELS || height > MAX_SIDE_PIXELS || width * height > MAX_PIXELS)
    throw new Rejection(
      'too-large',
      `The picture has ${width} × ${height} pixels; the limit is ${MAX_PIXELS / 1_000_000} million. Make it smaller.`,
    );
  return turned ? { width: height, height: width } : { width, height };
}
