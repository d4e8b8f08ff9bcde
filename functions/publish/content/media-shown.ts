import type { Article, Attachment, Image, MediaFacts, MediaUse } from '../../../shared/model/article.ts';
import { mediaAddress } from '../../../shared/model/media-address.ts';

/**
 * What readers see of an article's media: a record names all that its author meant, and says which of it is there.
 */

type Shown = Pick<Article, 'image' | 'attachments' | 'media'>;

/** The article with the image and the attachments that are there; of its body see {@link shownBody}. */
export function withShownMedia<T extends Shown>(article: T): T {
  if (article.media === undefined) return article;
  const { image: stated, ...rest } = article;
  const files = filesOf(article.media);
  const image = shownImage(stated, article.media, files);
  const recordings = article.media.flatMap(({ key, as, title, file }): Attachment[] =>
    as === 'recording' && file
      ? [{ url: mediaAddress(key), type: file.type, length: file.length, ...(title ? { title } : {}) }]
      : [],
  );
  const attachments = [...recordings, ...article.attachments];
  return { ...rest, attachments, ...(image && { image }) } as T;
}

/** What is there, by its address. */
function filesOf(media: readonly MediaUse[]): ReadonlyMap<string, MediaFacts | undefined> {
  return new Map(media.map(({ key, file }) => [mediaAddress(key), file]));
}

/** The image that is stated, else the picture beside the story, else the first in its body. */
function shownImage(
  stated: Image | undefined,
  media: readonly MediaUse[],
  files: ReadonlyMap<string, MediaFacts | undefined>,
): Image | undefined {
  if (stated && !files.has(stated.url)) return stated;
  const other = ['beside', 'picture'].map(as => media.find(use => use.as === as && use.file)).find(Boolean);
  const image = stated && files.get(stated.url) ? stated : other && { url: mediaAddress(other.key) };
  const file = image && files.get(image.url);
  if (!image || !file) return undefined;
  const { type, width, height } = file;
  return { ...image, type, ...(width && { width }), ...(height && { height }) };
}

/** A picture or a link of a clean body that names media of the bucket, by what it is and its address. */
const NAMED = /<(img src|a href)="(\.\.\/media\/[^"]{1,120})"([^>]*)>/g;

/**
 * A clean body as readers see it: pictures of the bucket with their size, and without those that are not there. Of a
 * figure that has lost its pictures nothing is left, of a link its words. One pass, in linear time.
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
    else parts.push(exhibits(figure));
    done = end;
  }
  parts.push(shownPart(html.slice(done), files));
  // A clean body has none of these: what is empty now has held a figure.
  return EMPTIED.reduce((shown, name) => shown.replaceAll(`<${name}></${name}>`, ''), parts.join(''));
}

/** What may hold nothing but a figure, from the inside out. */
const EMPTIED = ['li', 'dd', 'ul', 'ol', 'dl', 'blockquote'];

/** Figures never lie within one another in a clean body. */
function* figuresOf(html: string): Generator<{ start: number; end: number }> {
  for (let start = html.indexOf('<figure>'); start >= 0; ) {
    const close = html.indexOf('</figure>', start);
    const end = close < 0 ? html.length : close + '</figure>'.length;
    yield { start, end };
    start = html.indexOf('<figure>', end);
  }
}

/** A figure that never had a picture, such as one around a table, stays; one that has lost its own goes. */
function exhibits(figure: string): string {
  return /^<figure>(?:<figcaption>|<\/figure>)/.test(figure) ? '' : figure;
}

function shownPart(html: string, files: ReadonlyMap<string, MediaFacts | undefined>): string {
  let out = '';
  let done = 0;
  for (const match of html.matchAll(NAMED)) {
    const [whole, what, address = '', rest = ''] = match;
    const file = files.get(address);
    if (match.index < done || (file && what === 'a href')) continue;
    out += html.slice(done, match.index);
    done = match.index + whole.length;
    if (file) {
      out += `<img src="${address}"${withSize(rest, file)}>`;
    } else if (what === 'a href') {
      // Clean links hold no links, so that the next end is theirs.
      const end = html.indexOf('</a>', done);
      const inside = html.slice(done, end < 0 ? html.length : end);
      out += shownPart(inside, files);
      done = end < 0 ? html.length : end + '</a>'.length;
    }
  }
  return out + html.slice(done);
}

/** The attributes with the size of the file itself, whatever its author took it for. */
function withSize(attributes: string, { width, height }: MediaFacts): string {
  if (!width || !height) return attributes;
  return `${attributes.replace(/ (?:width|height)="[^"]*"/g, '')} width="${width}" height="${height}"`;
}
