import type { Author, Image } from '../../../shared/model/article.ts';
import { webAddress } from '../../../shared/text/web-address.ts';
import type { Entry } from '../model/entry.ts';
import { excerpt, oneLine } from './text.ts';

/** A file that comes with an entry; `length` in bytes. */
export interface Enclosure {
  url: string;
  type: string;
  length: number;
  title?: string | undefined;
}

/** Long enough for a headline, short enough for a list: about two lines. */
const EXCERPT_LENGTH = 100;

/**
 * The texts that stand for an article elsewhere. What lists and feeds say of it is the summary that its author wrote,
 * else the dek, else the beginning of its text; of a picture alone, what is said about that. There always are a title
 * and a summary.
 */
export function prepareWords(
  article: Pick<Entry, 'headline' | 'dek' | 'summary' | 'summaryStated' | 'image'>,
): { title: string; dek: string; summary: string } {
  const [dek, said] = [oneLine(article.dek ?? ''), oneLine(article.summary)];
  const { caption = '', alt = '' } = article.image ?? {};
  const words = article.summaryStated ? said || dek : dek || said;
  const summary = words || oneLine(caption) || oneLine(alt);
  const title = oneLine(article.headline) || excerpt(summary, EXCERPT_LENGTH) || 'Untitled';
  return { title, dek, summary: summary || title };
}

/** Tags once each without regard to case, blank ones left out. */
export function prepareTags(tags: readonly string[]): string[] {
  return uniqueBy(tags.map(oneLine).filter(Boolean), foldCase);
}

/** Names once each, blank ones left out; addresses only where they are of the web. */
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

/** The image with its texts on a line each; undefined where its address is not of the web. */
export function prepareImage(image: Image | undefined, base: string): Image | undefined {
  const url = image && webAddress(image.url, base);
  if (!image || !url) return undefined;
  const [alt, caption, credit] = [image.alt, image.caption, image.credit].map(
    text => oneLine(text ?? '') || undefined,
  );
  const type = isMediaType(image.type ?? '') ? image.type : undefined;
  return { url, type, alt, caption, credit, width: image.width, height: image.height };
}

/** The attachments that have an address of the web and a media type. */
export function prepareEnclosures({ attachments }: Pick<Entry, 'attachments'>, base: string): Enclosure[] {
  return attachments.flatMap(({ url: address, type, length, title }) => {
    const url = webAddress(address, base);
    if (!url || !isMediaType(type)) return [];
    return [{ url, type, length, title: oneLine(title ?? '') || undefined }];
  });
}

function isMediaType(type: string): boolean {
  return /^[\w.+-]+\/[\w.+-]+$/.test(type);
}

/** Those of the first occurrence of each key, in their order. */
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
