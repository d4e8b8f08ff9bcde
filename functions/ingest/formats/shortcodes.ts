import type { CheerioAPI } from 'cheerio';
import { cheerioOf } from '../html/tree-cheerio.ts';
import { type DomNode, type Element, elementsOf, OPAQUE } from '../model/dom.ts';
import { SHORTCODE_NAMES } from '../words/shortcode-names.ts';

/** Maximum length of a text in which shortcodes are searched, in characters. */
const MAX_TEXT_CHARS = 100_000;

/** Maximum number of characters that a warning quotes. */
const MAX_QUOTE_CHARS = 60;

const ATTRIBUTE = String.raw`\s+[\w-]+\s*=\s*(?:["“”″][^"“”″\]]*["“”″]|['‘’′][^'‘’′\]]*['‘’′]|[^\s\]"'“”″‘’′]+)`;
const SHORTCODE = new RegExp(String.raw`\[(\/?)([a-z][\w-]{1,40})((?:${ATTRIBUTE}){0,40})\s*\/?\]`, 'gi');

/**
 * Removes shortcodes of WordPress, which a page or an export shows as text: `[gallery ids="1,2"]`. The words between
 * two shortcodes stay. A caption and its picture become a figure. Other words in brackets, such as `[sic]`, stay.
 * @returns warnings
 */
export function takeShortcodes(root: DomNode): string[] {
  const found = new Set<string>();
  const quotes: string[] = [];
  const captions: Element[] = [];
  const texts: { node: DomNode; parent: Element }[] = [];
  for (const parent of elementsOf(
    root,
    ({ name }) => !OPAQUE.has(name) && !/^(?:pre|code|samp|kbd)$/.test(name),
  ))
    for (const node of parent.children)
      if (node.type === 'text' && node.data?.includes('[') && node.data.length <= MAX_TEXT_CHARS)
        texts.push({ node, parent });
  for (const { node, parent } of texts)
    if (!/^(?:pre|code|samp|kbd)$/.test(parent.name) && !OPAQUE.has(parent.name))
      node.data = (node.data ?? '').replace(
        SHORTCODE,
        (whole, end: string, name: string, attributes: string) => {
          const key = name.toLowerCase();
          const isOwn = end ? found.has(key) : attributes !== '' || SHORTCODE_NAMES.has(key);
          if (!isOwn) return whole;
          found.add(key);
          if (!end && key.endsWith('caption')) captions.push(parent);
          else if (!end) quotes.push(whole);
          return '';
        },
      );
  if (captions.length > 0) captionPictures(cheerioOf(root), captions);
  return quotes.map(quote => `A shortcode was left out: “${quote.slice(0, MAX_QUOTE_CHARS)}”.`).slice(0, 10);
}

/** Makes figures of paragraphs that hold one picture and its caption. */
function captionPictures($: CheerioAPI, captions: readonly Element[]): void {
  for (const paragraph of new Set(captions)) {
    const inner = [...elementsOf(paragraph)];
    const [image, ...others] = inner.filter(({ name }) => name === 'img');
    if (!image || others.length > 0 || inner.some(({ name }) => /^(?:p|div|figure)$/.test(name))) continue;
    const box = $(paragraph as never);
    if (!box.is('p, div')) continue;
    const picture = $(image as never);
    const kept = picture.parent('a').length > 0 ? picture.parent('a') : picture;
    const caption = $('<figcaption></figcaption>').text(box.text().replace(/\s+/g, ' ').trim());
    box.replaceWith($('<figure></figure>').append(kept, caption.text() ? caption : ''));
  }
}
