import { webUrl } from '../../../shared/text/web-address.ts';
import type { Element } from '../model/dom.ts';
import { type LocalMedia, mediaAddressIn } from '../model/local-media.ts';
import { stripForbidden } from '../text/characters.ts';
import { LAZY_SOURCE_SETS, LAZY_SOURCES } from './rules.ts';

export interface CleanImage {
  src: string;
  alt: string;
  width?: number;
  height?: number;
}

/** A picture with a shorter side is a tracking pixel, a spacer or a bullet. */
const MIN_IMAGE_SIDE_PIXELS = 3;

/**
 * Returns the image of an `img` element. Its address is absolute or names a picture of the storage bucket.
 * Attributes of lazy loaders are read too. Returns undefined for tracking pixels, placeholders and pictures
 * that no reader can fetch.
 */
export function imageOf(element: Element, baseUrl?: string, local?: LocalMedia): CleanImage | undefined {
  const { attribs } = element;
  const width = sideInPixels(attribs.width);
  const height = sideInPixels(attribs.height);
  if (
    (width ?? MIN_IMAGE_SIDE_PIXELS) < MIN_IMAGE_SIDE_PIXELS ||
    (height ?? MIN_IMAGE_SIDE_PIXELS) < MIN_IMAGE_SIDE_PIXELS
  )
    return undefined;
  const src = sourceOf(attribs, baseUrl, local);
  if (!src) return undefined;
  const alt = stripForbidden(attribs.alt ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  return { src, alt, ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) };
}

function sourceOf(attribs: Element['attribs'], baseUrl?: string, local?: LocalMedia): string | undefined {
  for (const name of LAZY_SOURCES) {
    const value = attribs[name];
    if (value && /[./]/.test(value)) {
      const url = webUrl(value, baseUrl);
      if (url) return url;
    }
  }
  const bucketAddress = local ? local.picture(attribs.src) : mediaAddressIn(attribs.src);
  const address = bucketAddress ?? webUrl(attribs.src, baseUrl);
  if (address) return address;
  for (const name of LAZY_SOURCE_SETS) {
    const url = webUrl(largestCandidate(attribs[name]), baseUrl);
    if (url) return url;
  }
  for (const name of LAZY_SOURCES) {
    const address = local?.picture(attribs[name]);
    if (address) return address;
  }
  return undefined;
}

/**
 * Returns the `srcset` candidate with the largest width or density.
 * https://html.spec.whatwg.org/#srcset-attributes
 */
function largestCandidate(set: string | undefined): string | undefined {
  let best: string | undefined;
  let bestSize = -1;
  for (const candidate of (set ?? '').slice(0, 20_000).split(/,\s/)) {
    const [url, size] = candidate.trim().split(/\s+/);
    const number = Number.parseFloat(size ?? '1');
    if (url && number > bestSize) {
      best = url;
      bestSize = number;
    }
  }
  return best;
}

function sideInPixels(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,5}(px)?$/.test(value.trim()) ? Number.parseInt(value, 10) : undefined;
}
