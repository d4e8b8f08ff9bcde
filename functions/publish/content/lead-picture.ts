import type { Image } from '../../../shared/model/article.ts';
import { escapeText, unescapeAttribute } from '../../../shared/text/escape.ts';
import { webAddress } from '../../../shared/text/web-address.ts';
import { oneLine } from './text.ts';

/** A body, and the picture that is to be shown before it: none where the body shows it. */
interface Pictured {
  body: string;
  lead: Image | undefined;
}

/** A picture in a body: where its tag begins and ends, and its address. */
interface Shown {
  start: number;
  end: number;
  url: string;
}

/**
 * Shows an article's picture once, with its caption and credit: before the body, or where the body has it. A figure
 * of the body gets the caption if it has none of its own, and the credit if it does not name it. A picture that
 * shares its figure with others, or stands within a line, has no place for them: it moves before the body.
 *
 * The picture of a page of the web is often the body's own at another address, of another size: one with the same
 * file name is taken for the same. So is the one that a body opens with, as long as nothing that is said of the
 * picture would be lost.
 * @param image the article's own, prepared
 * @param body clean HTML, as ingest stores it
 * @param base address of the article's page
 * @param writeCredit a credit, already escaped, as markup
 */
export function placePicture(
  image: Image | undefined,
  body: string,
  base: string,
  writeCredit: (escaped: string) => string,
): Pictured {
  if (!image) return { body, lead: undefined };
  // Of the site's own pictures each has one address.
  const isOwn = image.url.startsWith(webAddress('../media/', base) ?? base);
  const shown = picturesOf(body, base).find(
    ({ url }) => url === image.url || (!isOwn && isSamePicture(url, image.url)),
  );
  if (!shown) return { body, lead: isOwn || !opensWith(image, body) ? image : undefined };
  if (!image.caption && !image.credit) return { body, lead: undefined };
  const captioned = withWords(body, shown, image, writeCredit);
  return captioned === undefined
    ? { body: without(body, shown), lead: image }
    : { body: captioned, lead: undefined };
}

/** What stands below a picture: its caption and its credit, escaped; empty where it has neither. */
export function captionHtml(
  { caption = '', credit = '' }: Image,
  writeCredit: (escaped: string) => string,
): string {
  return [escapeText(caption), credit && writeCredit(escapeText(credit))].filter(Boolean).join(' ');
}

const PICTURE = /^\s*(?:<(?:figure|p|div|a href="[^"]*")>\s*)*<img\s[^>]*>(<figcaption>)?/;

/** Whether a body begins with a picture, at most one paragraph before it, that may well be this one. */
function opensWith({ caption, credit }: Image, body: string): boolean {
  const second = body.startsWith('<p>') ? body.indexOf('</p>') + '</p>'.length : 0;
  const found = PICTURE.exec(body) ?? PICTURE.exec(body.slice(second));
  return found !== null && (found[1] !== undefined || !(caption || credit));
}

/** The pictures of a body in their order, those with an address of the web. One pass. */
function picturesOf(body: string, base: string): Shown[] {
  const found: Shown[] = [];
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

/** What programs that make pictures smaller add to their names: `-1024x683`, `@2x`, `-scaled`. */
const SIZE_IN_NAME = /(?:[-_]\d{2,5}x\d{2,5}|[-_@]\d{1,2}x|-scaled)$/;

/** Shorter names, and mere numbers, may be those of two pictures: `3000.jpg`. */
const MIN_NAME = 8;

function isSamePicture(one: string, other: string): boolean {
  const [a, b] = [new URL(one), new URL(other)];
  const [name, otherName] = [a, b].map(({ pathname }) =>
    IMAGE_FILE.exec(pathname)?.[1]?.toLowerCase().replace(SIZE_IN_NAME, ''),
  );
  if (name === undefined || name !== otherName) return false;
  return (
    (a.host === b.host && a.pathname === b.pathname) || (name.length >= MIN_NAME && /[^\d_.-]/.test(name))
  );
}

/** The body with the words of a picture below it; undefined where its figure, if any, is not its alone. */
function withWords(
  body: string,
  { start, end }: Shown,
  image: Image,
  writeCredit: (escaped: string) => string,
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
  return `${body.slice(0, last)} ${writeCredit(escapeText(image.credit))}${body.slice(last)}`;
}

/** The body without a picture, and without the link around it. */
function without(body: string, { start, end }: Shown): string {
  const link = body.lastIndexOf('<a ', start);
  const isLinked = link >= 0 && body.indexOf('>', link) === start - 1 && body.startsWith('</a>', end);
  return isLinked
    ? body.slice(0, link) + body.slice(end + '</a>'.length)
    : body.slice(0, start) + body.slice(end);
}
