import type { Article, Attachment, Image, MediaFacts, MediaUse } from '../../../shared/model/article.ts';
import { mediaAddress, publishedAddress } from '../../../shared/model/media-address.ts';

type MediaFields = Pick<Article, 'image' | 'attachments' | 'media'>;

/**
 * The article with only the image and attachments whose files exist. A record also names media of its source that have
 * not arrived. {@link shownBody} does the same for the body.
 */
export function withShownMedia<T extends MediaFields>(article: T): T {
  if (article.media === undefined) return article;
  const { image: stated, ...rest } = article;
  const files = filesOf(article.media);
  const image = shownImage(stated, article.media, files);
  const recordings = article.media.flatMap(({ key, as, title, file }): Attachment[] => {
    if (as !== 'recording' || !file) return [];
    const { type, length, duration } = file;
    const known = { ...(duration && { duration }), ...(title && { title }) };
    return [{ url: mediaAddress(key), type, length, ...known }];
  });
  const attachments = [...recordings, ...article.attachments];
  return { ...rest, attachments, ...(image && { image }) } as T;
}

/** The file of each medium by its address. Undefined for a file that does not exist. */
function filesOf(media: readonly MediaUse[]): ReadonlyMap<string, MediaFacts | undefined> {
  return new Map(media.map(({ key, file }) => [mediaAddress(key), file]));
}

/** Minimum width of a picture of the body that stands for its story in lists, in pixels. Icons and portraits of authors are smaller. */
const MIN_LEAD_WIDTH = 400;

/**
 * The image that the source states, else the picture file next to the story, else the first picture in its body that is
 * large enough, else the first one.
 */
function shownImage(
  stated: Image | undefined,
  media: readonly MediaUse[],
  files: ReadonlyMap<string, MediaFacts | undefined>,
): Image | undefined {
  if (stated && !files.has(stated.url)) return stated;
  const beside = media.find(use => use.as === 'beside' && use.file);
  const inBody = media.filter(use => use.as === 'picture' && use.file);
  const other = beside ?? inBody.find(isLarge) ?? inBody[0];
  const image = stated && files.get(stated.url) ? stated : other && { url: mediaAddress(other.key) };
  const file = image && files.get(image.url);
  if (!image || !file) return undefined;
  const { type, width, height } = file;
  const url = publishedAddress(image.url, type);
  return { ...image, url, type, ...(width && { width }), ...(height && { height }) };
}

function isLarge({ file }: MediaUse): boolean {
  return (file?.width ?? 0) >= MIN_LEAD_WIDTH;
}

/** A picture or link of a clean body whose address names a medium of the site. */
const MEDIA_TAG = /<(img src|a href)="(\.\.\/media\/[^"]{1,120})"([^>]*)>/g;

/**
 * Adds the sizes of the site's pictures to a clean body, and removes pictures whose file does not exist. Removes a figure
 * that loses all its pictures. Replaces a link to a missing file by its words. It takes linear time.
 */
export function shownBody(html: string, media: readonly MediaUse[] | undefined): string {
  if (!html.includes('"../media/')) return html;
  const files = filesOf(media ?? []);
  const parts: string[] = [];
  let done = 0;
  for (const { start, end } of figuresOf(html)) {
    parts.push(shownPart(html.slice(done, start), files));
    const figure = shownPart(html.slice(start, end), files);
    if (figure.includes('<img ')) parts.push(figure);
    else parts.push(unlessEmptied(figure));
    done = end;
  }
  parts.push(shownPart(html.slice(done), files));
  // A clean body has no empty containers. So an empty container has lost its figure.
  return CONTAINERS.reduce((shown, name) => shown.replaceAll(`<${name}></${name}>`, ''), parts.join(''));
}

/** Elements whose only content may be a figure. Inner elements come first. */
const CONTAINERS = ['li', 'dd', 'ul', 'ol', 'dl', 'blockquote'];

/** The offsets of the figures of a clean body. Figures are never nested. */
function* figuresOf(html: string): Generator<{ start: number; end: number }> {
  for (let start = html.indexOf('<figure>'); start >= 0; ) {
    const close = html.indexOf('</figure>', start);
    const end = close < 0 ? html.length : close + '</figure>'.length;
    yield { start, end };
    start = html.indexOf('<figure>', end);
  }
}

/** The figure, or an empty string if it has lost all its content. A figure around a table stays. */
function unlessEmptied(figure: string): string {
  return /^<figure>(?:<figcaption>|<\/figure>)/.test(figure) ? '' : figure;
}

function shownPart(html: string, files: ReadonlyMap<string, MediaFacts | undefined>): string {
  let out = '';
  let done = 0;
  for (const match of html.matchAll(MEDIA_TAG)) {
    const [whole, what, address = '', rest = ''] = match;
    const file = files.get(address);
    if (match.index < done || (file && what === 'a href' && address === publishedAddress(address, file.type)))
      continue;
    out += html.slice(done, match.index);
    done = match.index + whole.length;
    if (file && what === 'img src') {
      out += `<img src="${publishedAddress(address, file.type)}"${withSize(rest, file)}>`;
    } else if (file) {
      out += `<a href="${publishedAddress(address, file.type)}"${rest}>`;
    } else if (what === 'a href') {
      // Links in a clean body are never nested. So the next end tag closes this link.
      const end = html.indexOf('</a>', done);
      const inside = html.slice(done, end < 0 ? html.length : end);
      out += shownPart(inside, files);
      done = end < 0 ? html.length : end + '</a>'.length;
    }
  }
  return out + html.slice(done);
}

/** The attributes with the size of the file. It replaces a size that the source states. */
function withSize(attributes: string, { width, height }: MediaFacts): string {
  if (!width || !height) return attributes;
  return `${attributes.replace(/ (?:width|height)="[^"]*"/g, '')} width="${width}" height="${height}"`;
}
