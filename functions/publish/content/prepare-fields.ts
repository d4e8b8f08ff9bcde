import type { Author, Image, MediaFacts, MediaUse } from '../../../shared/model/article.ts';
import { mediaAddress, stemOf } from '../../../shared/model/media-address.ts';
import { webAddress } from '../../../shared/text/web-address.ts';
import type { Entry } from '../model/entry.ts';
import { filesByAddress } from './renditions.ts';
import { excerpt, oneLine, withFirmSpaces } from './text.ts';

export interface Enclosure {
  url: string;
  type: string;
  /** In bytes. */
  length: number;
  /** In seconds. */
  duration?: number | undefined;
  title?: string | undefined;
  /** The texts of a recording, WebVTT first. */
  transcripts: Transcript[];
}

/** The text of a recording with its times. */
interface Transcript {
  url: string;
  type: string;
}

/** Maximum length of a title that is made from the summary, in characters. It fills about two lines of a list. */
const EXCERPT_CHARS = 100;

/**
 * The title, dek and summary of an article in lists and feeds. The summary is the author's summary, else the dek, else
 * the beginning of the text, else the caption or alternative text of the picture. Title and summary are never empty.
 */
export function prepareTexts(
  article: Pick<Entry, 'headline' | 'dek' | 'summary' | 'summaryStated' | 'image'> & {
    language?: string | undefined;
  },
): { title: string; dek: string; summary: string } {
  const line = (text: string) => withFirmSpaces(oneLine(text), article.language);
  const [dek, said] = [line(article.dek ?? ''), line(article.summary)];
  const { caption = '', alt = '' } = article.image ?? {};
  const words = article.summaryStated ? said || dek : dek || said;
  const summary = words || line(caption) || line(alt);
  const title = line(article.headline) || excerpt(summary, EXCERPT_CHARS) || 'Untitled';
  return { title, dek, summary: summary || title };
}

/** Tags without blanks and duplicates, ignoring case. */
export function prepareTags(tags: readonly string[]): string[] {
  return uniqueBy(tags.map(oneLine).filter(Boolean), foldCase);
}

/** Authors without blanks and duplicates, ignoring case. Addresses that are no web addresses are removed. */
export function prepareAuthors(authors: readonly Author[]): Author[] {
  const named = authors.map(({ name, url }) => ({
    name: oneLine(name),
    url: url === undefined ? undefined : webAddress(url),
  }));
  return uniqueBy(
    named.filter(({ name }) => name),
    ({ name }) => foldCase(name),
  );
}

/** An image for a page. `file` is known if the picture is one of the site. */
export interface PageImage extends Image {
  file?: MediaFacts | undefined;
}

/** The image of an article as its pages show it. Undefined if it has no web address. */
export function preparePageImage(
  { image, media }: { image?: Image | undefined; media?: readonly MediaUse[] | undefined },
  base: string,
): PageImage | undefined {
  const prepared = prepareImage(image, base);
  const file = image && filesByAddress(media).get(image.url);
  return prepared && file ? { ...prepared, file } : prepared;
}

/** The image with each text on one line. Undefined if the image has no web address. */
export function prepareImage(image: Image | undefined, base: string): Image | undefined {
  const url = image && webAddress(image.url, base);
  if (!image || !url) return undefined;
  const [alt, caption, credit] = [image.alt, image.caption, image.credit].map(
    text => oneLine(text ?? '') || undefined,
  );
  const type = isMediaType(image.type ?? '') ? image.type : undefined;
  return { url, type, alt, caption, credit, width: image.width, height: image.height };
}

/** The attachments that have a web address and a media type. */
export function prepareEnclosures(
  { attachments, media = [] }: Pick<Entry, 'attachments' | 'media'>,
  base: string,
): Enclosure[] {
  const texts = media.flatMap(({ key, as, file }) =>
    as === 'transcript' && file ? [{ key, type: file.type }] : [],
  );
  return attachments.flatMap(({ url: address, type, length, duration, title }) => {
    const url = webAddress(address, base);
    if (!url || !isMediaType(type)) return [];
    const recording = media.find(({ key, as }) => as === 'recording' && mediaAddress(key) === address)?.key;
    const transcripts = texts.flatMap(({ key, type: textType }): Transcript[] => {
      const textUrl = webAddress(mediaAddress(key), base);
      const isOfFile = recording !== undefined && stemOf(recording) === stemOf(key);
      return isOfFile && textUrl ? [{ url: textUrl, type: textType }] : [];
    });
    return [{ url, type, length, duration, title: oneLine(title ?? '') || undefined, transcripts }];
  });
}

function isMediaType(type: string): boolean {
  return /^[\w.+-]+\/[\w.+-]+$/.test(type);
}

/** The first item with each key, in order. */
function uniqueBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const first = new Map<string, T>();
  for (const item of items) {
    const key = keyOf(item);
    if (!first.has(key)) first.set(key, item);
  }
  return [...first.values()];
}

function foldCase(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
