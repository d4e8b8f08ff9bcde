import type { MediaFacts, MediaUse } from '../../../shared/model/article.ts';
import {
  mediaAddress,
  publishedAddress,
  renditionAddress,
  renditionName,
} from '../../../shared/model/media-address.ts';

/** The margins of a narrow page together, in CSS pixels. */
const MARGINS = 36;

export type Place = 'article' | 'wide' | 'lead' | 'second' | 'column' | 'river';

/**
 * Places of pictures on pages, and the width of a picture there. In a window of at most `upTo` pixels, the picture has the
 * width `below`, or else the width of the page. All numbers are in CSS pixels, and those of the style sheet.
 */
const PLACES: Readonly<Record<Place, { width: number; upTo?: number; below?: number }>> = {
  article: { width: 656, upTo: 692 },
  wide: { width: 896, upTo: 932 },
  lead: { width: 750, upTo: 1_023 },
  second: { width: 192 },
  column: { width: 350, upTo: 1_023, below: 192 },
  river: { width: 152 },
};

interface Renditions {
  /** For a source of the type `image/webp`. */
  srcset: string;
  sizes: string;
  /** The main colour of the picture. */
  colour?: string | undefined;
}

/** The files of pictures by their published addresses. */
export function filesByAddress(media: readonly MediaUse[] = []): ReadonlyMap<string, MediaFacts> {
  return new Map(
    media.flatMap(({ key, file }) => (file ? [[publishedAddress(mediaAddress(key), file.type), file]] : [])),
  );
}

/**
 * The renditions among which a browser chooses, and the colour that it shows while a picture loads. Undefined for a
 * picture without renditions.
 * @param src address of the picture
 */
export function renditionsOf(
  src: string,
  { widths = [], colour }: Pick<MediaFacts, 'widths' | 'colour'>,
  place: Place,
): Renditions | undefined {
  const full = widths.at(-1);
  if (full === undefined) return undefined;
  const srcset = widths.map((width, index) => `${renditionAddress(src, renditionName(index))} ${width}w`);
  const { width, upTo, below } = PLACES[place];
  // A browser takes the stated size for that of the picture, so a size above its own would enlarge it.
  const wide = `${Math.min(full, width)}px`;
  const narrow = below === undefined ? `calc(100vw - ${MARGINS}px)` : `${Math.min(full, below)}px`;
  const most = below === undefined ? Math.min(full + MARGINS, upTo ?? 0) : upTo;
  const sizes = upTo === undefined ? wide : `(max-width: ${most}px) ${narrow}, ${wide}`;
  return { srcset: srcset.join(', '), sizes, colour };
}
