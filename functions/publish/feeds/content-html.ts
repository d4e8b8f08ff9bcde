import type { Image } from '../../../shared/model/article.ts';
import { escapeAttribute, escapeText } from '../../../shared/text/escape.ts';
import { absoluteHtml } from '../content/absolute-html.ts';
import { commonHtml } from '../content/common-html.ts';
import { captionHtml, placePicture } from '../content/lead-picture.ts';
import type { Enclosure } from '../content/prepare-fields.ts';
import { oneLine, printable } from '../content/text.ts';
import type { Entry } from '../model/entry.ts';
import { articleLabels } from '../words/labels.ts';

interface PreparedFields {
  /** Address of the article's page. */
  url: string;
  summary: string;
  image: Image | undefined;
  /** The files of the entry. Most readers offer only the first one. */
  enclosures: readonly Enclosure[];
}

/**
 * The content of an entry in a feed: its picture unless the body shows it, its body, its correction, and links to its
 * files after the first. An entry without the first three has its summary. Right-to-left content has a wrapper with
 * `dir`, because the pages of readers do not state it.
 */
export function contentHtml(entry: Entry, { url, summary, image, enclosures }: PreparedFields): string {
  const { body, lead } = placePicture(image, printable(entry.bodyHtml ?? '').trim(), url, small);
  const text = absoluteHtml(commonHtml(body), url);
  const parts = [lead && figure(lead), text, correctionNote(entry)].filter(Boolean);
  const words = parts.length > 0 ? parts : [`<p>${escapeText(summary)}</p>`];
  const html = [...words, fileLinks(enclosures.slice(1), text)].filter(Boolean).join('\n');
  return entry.direction === 'rtl' ? `<div dir="rtl">${html}</div>` : html;
}

const small = (credit: string) => `<small>${credit}</small>`;

function figure(image: Image): string {
  const { url, alt = '', width, height } = image;
  const size = width && height ? ` width="${width}" height="${height}"` : '';
  const words = captionHtml(image, small);
  return `<figure><img src="${escapeAttribute(url)}" alt="${escapeAttribute(alt)}"${size}>${
    words && `<figcaption>${words}</figcaption>`
  }</figure>`;
}

/** A list of links to the files that the text does not link or play. */
function fileLinks(files: readonly Enclosure[], text: string): string {
  const links = files
    .map(({ url, title }) => ({ href: escapeAttribute(url), name: escapeText(title ?? fileNameOf(url)) }))
    .filter(({ href }) => !text.includes(`"${href}"`))
    .map(({ href, name }) => `<li><a href="${href}">${name}</a></li>`);
  return links.length > 0 ? `<ul>${links.join('')}</ul>` : '';
}

function fileNameOf(url: string): string {
  return new URL(url).pathname.split('/').at(-1) || url;
}

function correctionNote({ correction, language }: Entry): string {
  const text = oneLine(correction ?? '');
  return (
    text && `<p><strong>${escapeText(articleLabels(language).correction)}:</strong> ${escapeText(text)}</p>`
  );
}
