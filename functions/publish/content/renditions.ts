import type { MediaFacts, MediaUse } from '../../../shared/model/article.ts';
import {
  mediaAddress,
  publishedAddress,
  renditionAddress,
  renditionName,
} from '../../../shared/model/media-address.ts';

/** Widest window in which a picture has the whole width of the page, in CSS pixels. `site-css.ts` has the same number. */
const NARROW = 640;

/** The margins of a narrow page together, in CSS pixels. */
const MARGINS = 36;

/** Places of pictures on pages, and their width in a wide window, in CSS pixels. */
const PLACES = { article: 656, lead: 700, second: 400, river: 152 } as const;
export type Place = keyof typeof PLACES;

export interface RenditionAttributes {
  srcset: string;
  sizes: string;
  'data-colour'?: string | undefined;
}

/** The files of pictures by their published addresses. */
export function filesByAddress(media: readonly MediaUse[] = []): ReadonlyMap<string, MediaFacts> {
  return new Map(
    media.flatMap(({ key, file }) => (file ? [[publishedAddress(mediaAddress(key), file.type), file]] : [])),
  );
}

/**
 * Attributes with which a browser chooses a rendition of a picture and shows its colour while it loads. Undefined for a
 * picture without renditions.
 * @param src address of the picture
 */
export function renditionAttributes(
  src: string,
  { widths = [], colour }: Pick<MediaFacts, 'widths' | 'colour'>,
  place: Place,
): RenditionAttributes | undefined {
  const full = widths.at(-1);
  if (full === undefined) return undefined;
  const srcset = widths.map((width, index) => `${renditionAddress(src, renditionName(index))} ${width}w`);
  // A browser takes the stated size for that of the picture, so a size above its own would enlarge it.
  const narrow = Math.min(full, Math.max(NARROW, place === 'article' ? PLACES.article : 0));
  const sizes = `(max-width: ${narrow}px) calc(100vw - ${MARGINS}px), ${Math.min(full, PLACES[place])}px`;
  return { srcset: srcset.join(', '), sizes, ...(colour && { 'data-colour': colour }) };
}
