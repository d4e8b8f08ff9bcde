import type { CheerioAPI } from 'cheerio';
import { Rejection } from '../../../../shared/errors/rejection.ts';
import { listZip, type ZipEntry } from '../../decode/zip.ts';
import { embeddedName } from '../../media/embeddable.ts';
import { type Element, elementsOf, isElement, rootOf, textOf } from '../../model/dom.ts';
import type { SourceText } from '../../model/format-reader.ts';
import type { LocalMedia } from '../../model/local-media.ts';
import { fold, hasWords, oneLine } from '../../text/characters.ts';
import { CAPTION_LABELS, CREDIT_LABELS } from '../../words/office-styles.ts';

/** Maximum size of all pictures of one document, in unpacked bytes. */
const MAX_TOTAL_BYTES = 100_000_000;

/** Maximum number of pictures of one document. An article shows 50. */
const MAX_PICTURES = 200;

/** Maximum length of a line that is read as the caption of the picture above it, in characters. */
const MAX_CAPTION_CHARS = 300;

/** Maximum length of a paragraph in the style of captions, in characters. */
const MAX_STYLED_CAPTION_CHARS = 1_000;

/** Maximum number of entries in a document. */
const MAX_ENTRIES = 5_000;

/** Makes media of the pictures in a document that is a zip, such as DOCX and ODT. */
export class EmbeddedPictures {
  readonly #local: LocalMedia;
  readonly #file: Uint8Array;
  readonly #maxBytes: number;
  readonly #addresses = new Map<string, string>();
  readonly #leftOut = new Set<string>();
  #entries: Map<string, ZipEntry> | undefined;
  #total = 0;

  constructor({ input, local, settings }: Pick<SourceText, 'input' | 'local' | 'settings'>) {
    this.#local = local;
    this.#file = input.bytes;
    this.#maxBytes = settings.limits.mediaBytes;
  }

  /**
   * Unpacks a picture, once.
   * @param name its name in the document
   * @returns the address for the markup. Empty if the picture cannot be shown: {@link warnings} says so
   */
  async embed(name: string): Promise<string> {
    const known = this.#addresses.get(name);
    if (known !== undefined) return known;
    const address = await this.#read(name);
    this.#addresses.set(name, address);
    return address;
  }

  async #read(name: string): Promise<string> {
    const short = name.slice(name.lastIndexOf('/') + 1).slice(0, 80);
    const leaveOut = (why: string): string => {
      this.#leftOut.add(`“${short}” ${why}`);
      return '';
    };
    this.#entries ??= new Map((await listZip(this.#file, MAX_ENTRIES)).map(each => [each.name, each]));
    const entry = this.#entries.get(name);
    if (entry === undefined) return leaveOut('is not in the file');
    if (this.#addresses.size >= MAX_PICTURES) return leaveOut(`is beyond the first ${MAX_PICTURES} pictures`);
    this.#total += entry.size;
    if (entry.size > this.#maxBytes || this.#total > MAX_TOTAL_BYTES)
      return leaveOut(`has ${entry.size} bytes, and the limit is ${this.#maxBytes}`);
    try {
      const bytes = await entry.read();
      const embedded = embeddedName(short, bytes);
      if (embedded === undefined) return leaveOut('is of a kind that browsers do not show');
      return this.#local.embed(embedded, bytes);
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      return leaveOut('is damaged');
    }
  }

  /**
   * What was left out, in words for editors.
   * @param what the document: “Word document”
   */
  warnings(what: string): string[] {
    const names = [...this.#leftOut];
    if (names.length === 0) return [];
    const shown = names.slice(0, 10).join(', ');
    return [`Pictures of the ${what} were left out: ${shown}${names.length > 10 ? ' …' : ''}.`];
  }
}

/**
 * Puts pictures and their captions into figures. A caption has the style of captions (class `caption`), or is a short
 * line below the picture that is in italics, begins like “Photo:”, or ends with a credit. Names of files and machine
 * descriptions in alternative texts are removed.
 */
export function captionPictures($: CheerioAPI): void {
  const root = rootOf($);
  for (const image of [...elementsOf(root)].filter(({ name }) => name === 'img')) {
    const alt = usefulAlt(image.attribs.alt ?? '');
    if (alt === '') delete image.attribs.alt;
    else image.attribs.alt = alt;
  }
  // Each of them needs a walk over its neighbours, of which a document made as an attack has many.
  const pictures = [...elementsOf(root)]
    .filter(element => element.name === 'p' && isPicture(element))
    .slice(0, MAX_PICTURES);
  for (const picture of pictures) {
    if (picture.parent === null) continue;
    const { before, next } = neighboursOf(picture);
    const caption = [next, before].find(
      (each, at) => each !== undefined && (isStyledCaption(each) || (at === 0 && isCaptionLine(each))),
    );
    if (caption === undefined) continue;
    const figure = $('<figure></figure>');
    const words = $('<figcaption></figcaption>').append(
      ...($(caption as never)
        .contents()
        .get() as never[]),
    );
    figure.append(
      ...($(picture as never)
        .contents()
        .get() as never[]),
      words,
    );
    $(picture as never).replaceWith(figure);
    $(caption as never).remove();
  }
}

/** Whether a paragraph holds pictures and no words. */
function isPicture(paragraph: Element): boolean {
  if (hasWords(textOf(paragraph))) return false;
  for (const { name, attribs } of elementsOf(paragraph)) if (name === 'img' && attribs.src) return true;
  return false;
}

function isStyledCaption(element: Element): boolean {
  const text = textOf(element);
  return element.attribs.class === 'caption' && hasWords(text) && text.length <= MAX_STYLED_CAPTION_CHARS;
}

function isCaptionLine(element: Element): boolean {
  const text = oneLine(textOf(element));
  if (element.name !== 'p' || !hasWords(text) || text.length > MAX_CAPTION_CHARS) return false;
  const label = /^([^:：]{1,24})[:：]/u.exec(text)?.[1];
  if (label !== undefined && CAPTION_LABELS.has(label.trim().toLowerCase())) return true;
  return isCredited(text) || isItalic(element, text);
}

/** Whether a line ends with the name of a photographer: “(Photo: Ada Quill)”, “© Ada Quill”, “Foto: dpa”. */
function isCredited(line: string): boolean {
  const credit = /(?:^|[\s(|/[–—-])([\p{L}. ]{2,20}?)\s?[:：]\s?[\p{L}\p{M}\d .,'’/&-]{2,60}[)\]]?\.?$/u.exec(
    line,
  )?.[1];
  if (credit !== undefined) {
    const words = credit.trim().toLowerCase().split(/\s+/);
    for (let at = 0; at < words.length; at++)
      if (CREDIT_LABELS.has(words.slice(at).join(' ').replace(/\.$/, ''))) return true;
  }
  return /(?:©|\(c\))\s?[^.]{2,60}\.?$/i.test(line);
}

/** Whether all words of a paragraph are in italics. */
function isItalic(paragraph: Element, text: string): boolean {
  let italic = '';
  for (const element of elementsOf(paragraph, each => each.name !== 'em' && each.name !== 'i'))
    if (element.name === 'em' || element.name === 'i') italic += textOf(element);
  return fold(italic) === fold(text);
}

/** The elements before and behind an element, unless words stand between them. */
function neighboursOf(element: Element): { before: Element | undefined; next: Element | undefined } {
  const siblings = element.parent?.children ?? [];
  const filled = siblings.filter(each => isElement(each) || hasWords(textOf(each)));
  const at = filled.indexOf(element);
  const [before, next] = [filled[at - 1], filled[at + 1]];
  return { before: isElement(before) ? before : undefined, next: isElement(next) ? next : undefined };
}

/** An alternative text that a person wrote. Empty for the name of a file and for what programs write. */
function usefulAlt(alt: string): string {
  const text = oneLine(alt)
    .replace(
      /\s{0,3}(?:description automatically generated|ai-generated content may be incorrect)\b.{0,80}$/i,
      '',
    )
    .trim();
  if (
    /^(?:file:|[a-z]:\\|\\\\)/i.test(text) ||
    /^\S{1,80}\.(?:jpe?g|png|gif|tiff?|webp|heic|bmp|emf|wmf)$/i.test(text)
  )
    return '';
  // Word and LibreOffice name pictures by their number: “Picture 3”, “Grafik 1”, “Рисунок 2”.
  return /^\p{L}{4,12} ?\d{1,4}$/u.test(text) ? '' : text;
}
