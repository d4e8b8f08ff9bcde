import { Rejection } from '../../../shared/errors/rejection.ts';
import type { MediaType } from '../../../shared/model/article.ts';

/** A media file without its metadata. */
export interface Stripped {
  bytes: Buffer;
  type: MediaType;
  /** In pixels, as it is shown: turned where its orientation says so. */
  width?: number;
  height?: number;
}

/** Larger pictures take a reader's phone hundreds of megabytes to show, whatever they have in bytes. */
const MOST_PIXELS = 100_000_000;

/** The longest side that browsers show. */
const LONGEST_SIDE = 32_767;

/**
 * The size of a picture as it is shown.
 * @param turned it is to be shown on its side
 * @throws Rejection where it has no pixels, or more than a browser should have to hold
 */
export function sizeOf(width: number, height: number, turned = false): { width: number; height: number } {
  if (width < 1 || height < 1)
    throw new Rejection('unreadable', 'The picture has no pixels. Save it anew and upload that.');
  if (width > LONGEST_SIDE || height > LONGEST_SIDE || width * height > MOST_PIXELS)
    throw new Rejection(
      'too-large',
      `The picture has ${width} × ${height} pixels; the limit is ${MOST_PIXELS / 1_000_000} million. Make it smaller.`,
    );
  return turned ? { width: height, height: width } : { width, height };
}
