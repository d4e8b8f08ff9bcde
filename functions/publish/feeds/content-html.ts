import type { Image } from '../../../shared/model/article.ts';
import { escapeAttribute, escapeText } from '../../../shared/text/escape.ts';
import { absoluteHtml } from '../content/absolute-html.ts';
import { commonHtml } from '../content/common-html.ts';
import { captionHtml, placePicture } from '../content/lead-picture.ts';
import { oneLine, printable } from '../content/text.ts';
import type { Entry } from '../model/entry.ts';
import { articleLabels } from '../words/labels.ts';

/**
 * What a reader shows of an entry: its picture where the body does not show it, the body, and what was corrected.
 * Empty where it has none of them. A text from right to left says so, because most readers show it in a page that
 * does not.
 * @param address of the article's page, which relative addresses in the body are relative to
 * @param image the entry's own, prepared
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
