import type { Image } from '../../../shared/model/article.ts';
import { escapeText, unescapeAttribute } from '../../../shared/text/escape.ts';
import { webAddress } from '../../../shared/text/web-address.ts';
import { oneLine } from './text.ts';

interface BodyPicture {
  start: number;
  end: number;
  url: string;
}

/** Returns the markup of an escaped credit. */
type WriteCredit = (escaped: string, isAfterCaption: boolean) => string;

/**
 * Places an article's picture once, with its caption and credit: before the body, or where the body shows it. A figure
 * in the body gets the caption or credit that it lacks. A picture within a line, or in a figure with other pictures,
 * cannot have a caption. So it moves before the body.
 *
 * A web page often names a picture of its body in another size at another address. So two pictures with the same file
 * name count as the same. The first picture of a body also counts as the article's picture, if no caption or credit is
 * lost.
 * @param image the article's prepared image
 * @param body clean HTML, as ingest stores it
 * @param base address of the article's page
 * @returns the body, and the picture (`lead`) to show before the body, if any
 */
export function placePicture<T extends Image>(
  image: T | undefined,
  body: string,
  base: string,
  writeCredit: WriteCredit,
): { body: string; lead: T | undefined } {
  if (!image) return { body, lead: undefined };
  // A picture of this site has only one address. Pictures at other addresses are different, even with the same name.
  const isOwn = image.url.startsWith(webAddress('../media/', base) ?? base);
  const shown = picturesOf(body, base).find(
    ({ url }) => url === image.url || (!isOwn && isSamePicture(url, image.url)),
  );
  if (!shown) return { body, lead: isOwn || !mayOpenWith(image, body) ? image : undefined };
  if (!image.caption && !image.credit) return { body, lead: undefined };
  const captioned = withCaption(body, shown, image, writeCredit);
  return captioned === undefined
    ? { body: withoutPicture(body, shown), lead: image }
    : { body: captioned, lead: undefined };
}

/** The caption and the credit of a picture, escaped. Empty if the picture has neither. */
export function captionHtml({ caption = '', credit = '' }: Image, writeCredit: WriteCredit): string {
  return [escapeText(caption), credit && writeCredit(escapeText(credit), caption !== '')]
    .filter(Boolean)
    .join(' ');
}

const PICTURE = /^\s*(?:<(?:figure|p|div|a href="[^"]*")>\s*)*<img\s[^>]*>(<figcaption>)?/;

/** Whether a body begins with a picture that may be this picture. One paragraph may come before it. */
function mayOpenWith({ caption, credit }: Image, body: string): boolean {
  const second = body.startsWith('<p>') ? body.indexOf('</p>') + '</p>'.length : 0;
  const found = PICTURE.exec(body) ?? PICTURE.exec(body.slice(second));
  return found !== null && (found[1] !== undefined || !(caption || credit));
}

/** The pictures of a body that have a web address, in order. */
function picturesOf(body: string, base: string): BodyPicture[] {
  const found: BodyPicture[] = [];
  for (let start = body.indexOf('<img '); start >= 0; ) {
    const end = body.indexOf('>', start) + 1;
    if (end === 0) break;
    const [, src = ''] = /\ssrc="([^"]*)"/.exec(body.slice(start, end)) ?? [];
    const url = src && webAddress(unescapeAttribute(src), base);
    if (url) found.push({ start, end, url });
    start = body.indexOf('<img ', end);
  }
  return found;
}

const IMAGE_FILE = /([^/]*)\.(?:jpe?g|png|gif|webp|avif)$/i;

/** Suffixes that resizing programs add to file names: `-1024x683`, `@2x`, `-scaled`. */
const SIZE_IN_NAME = /(?:[-_]\d{2,5}x\d{2,5}|[-_@]\d{1,2}x|-scaled)$/;

/** Minimum length of a file name that identifies a picture. Two pictures may share a shorter name, such as `3000.jpg`. */
const MIN_FILE_NAME_CHARS = 8;

function isSamePicture(one: string, other: string): boolean {
  const [a, b] = [new URL(one), new URL(other)];
  const [name, otherName] = [a, b].map(({ pathname }) =>
    IMAGE_FILE.exec(pathname)?.[1]?.toLowerCase().replace(SIZE_IN_NAME, ''),
  );
  if (name === undefined || name !== otherName) return false;
  return (
    (a.host === b.host && a.pathname === b.pathname) ||
    (name.length >= MIN_FILE_NAME_CHARS && /[^\d_.-]/.test(name))
  );
}

/** The body with the caption and credit below the picture. Undefined if the picture is not alone in a figure. */
function withCaption(
  body: string,
  { start, end }: BodyPicture,
  image: Image,
  writeCredit: WriteCredit,
): string | undefined {
  const figure = body.lastIndexOf('<figure>', start);
  const close = body.indexOf('</figure>', end);
  if (figure < 0 || close < 0 || body.lastIndexOf('</figure>', start) > figure) return undefined;
  const words = body.indexOf('<figcaption>', figure);
  if (words < 0 || words > close) {
    const isAlone = body.indexOf('<img ', figure) === start && !body.slice(end, close).includes('<img ');
    const caption = `<figcaption>${captionHtml(image, writeCredit)}</figcaption>`;
    return isAlone ? body.slice(0, close) + caption + body.slice(close) : undefined;
  }
  const last = body.indexOf('</figcaption>', words);
  if (last < 0 || last > close) return undefined;
  const own = oneLine(unescapeAttribute(body.slice(words, last).replace(/<[^<>]*>/g, '')));
  if (!image.credit || own.toLowerCase().includes(image.credit.toLowerCase())) return body;
  return `${body.slice(0, last)} ${writeCredit(escapeText(image.credit), own !== '')}${body.slice(last)}`;
}

function withoutPicture(body: string, { start, end }: BodyPicture): string {
  const link = body.lastIndexOf('<a ', start);
  const isLinked = link >= 0 && body.indexOf('>', link) === start - 1 && body.startsWith('</a>', end);
  return isLinked
    ? body.slice(0, link) + body.slice(end + '</a>'.length)
    : body.slice(0, start) + body.slice(end);
}
