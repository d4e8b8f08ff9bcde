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

/** Smaller pictures are counters, spacers and bullets. */
const MIN_SIDE = 3;

/**
 * The image of an `img` element: its address made absolute, or that of a picture of the bucket, looked for in the
 * attributes of lazy loaders too. Undefined for counters, placeholders and what no reader could fetch.
 */
export function imageOf(element: Element, baseUrl?: string, local?: LocalMedia): CleanImage | undefined {
  const { attribs } = element;
  const width = side(attribs.width);
  const height = side(attribs.height);
  if ((width ?? MIN_SIDE) < MIN_SIDE || (height ?? MIN_SIDE) < MIN_SIDE) return undefined;
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
  const own = local ? local.picture(attribs.src) : mediaAddressIn(attribs.src);
  const plain = own ?? webUrl(attribs.src, baseUrl);
  if (plain) return plain;
  for (const name of LAZY_SOURCE_SETS) {
    const url = webUrl(largest(attribs[name]), baseUrl);
    if (url) return url;
  }
  for (const name of LAZY_SOURCES) {
    const address = local?.picture(attribs[name]);
    if (address) return address;
  }
  return undefined;
}

/** The candidate with the largest width or density. https://html.spec.whatwg.org/#srcset-attributes */
function largest(set: string | undefined): string | undefined {
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

function side(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,5}(px)?$/.test(value.trim()) ? Number.parseInt(value, 10) : undefined;
}
