import type { Image } from '../../../shared/model/article.ts';
import { escapeAttribute, escapeText } from '../../../shared/text/escape.ts';
import { absoluteHtml } from '../content/absolute-html.ts';
import { commonHtml } from '../content/common-html.ts';
import { captionHtml, placePicture } from '../content/lead-picture.ts';
import { oneLine, printable } from '../content/text.ts';
import type { Entry } from '../model/entry.ts';
import { articleLabels } from '../words/labels.ts';

/**
 * The content of an entry in a feed: its picture unless the body shows it, its body, and its correction. Empty if the
 * entry has none of these. Right-to-left content has a wrapper with `dir`, because the pages of readers do not state it.
 * @param address address of the article's page, which is the base of relative addresses in the body
 * @param image the prepared image of the entry
 */
export function contentHtml(entry: Entry, address: string, image: Image | undefined): string {
  const { body, lead } = placePicture(image, printable(entry.bodyHtml ?? '').trim(), address, small);
  const html = [lead && figure(lead), absoluteHtml(commonHtml(body), address), correctionNote(entry)]
    .filter(Boolean)
    .join('\n');
  return html && entry.direction === 'rtl' ? `<div dir="rtl">${html}</div>` : html;
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

function correctionNote({ correction, language }: Entry): string {
  const text = oneLine(correction ?? '');
  return (
    text && `<p><strong>${escapeText(articleLabels(language).correction)}:</strong> ${escapeText(text)}</p>`
  );
}
