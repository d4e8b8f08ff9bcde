import { Rejection } from '../../../../shared/errors/rejection.ts';
import { readForeign } from '../../decode/foreign-reader.ts';
import { withoutStrayRejections } from '../../decode/stray-rejections.ts';
import type { Deadline } from '../../model/deadline.ts';
import { getDocument } from '../../packages/unpdf.ts';
import { checkPdf, type PdfFile } from './pdf-file.ts';

/** A piece of a line, as a program has set it. Lengths are in points; `y` grows downwards. */
export interface Fragment {
  text: string;
  left: number;
  right: number;
  /** The base line. */
  y: number;
  /** Height of the font. */
  size: number;
  font: string;
  isRightToLeft: boolean;
  /** Whether the program marks the fragment as no content: a running head, a watermark. */
  isArtifact: boolean;
  href?: string | undefined;
}

/** The text of a page. */
export interface PdfPage {
  /** From 1. */
  number: number;
  height: number;
  fragments: Fragment[];
  /** Text across the direction of reading, such as a watermark. */
  turned: string[];
}

/** A PDF as the library reads it. */
export interface PdfText {
  pages: PdfPage[];
  /** The document information, by its keys: `Title`, `Author`, `CreationDate`... */
  info: Readonly<Record<string, unknown>>;
  pictures: number;
  /** Values of the fields of a form. */
  fields: string[];
}

/** Maximum number of pages. A report has fewer, and a longer file is no story. */
const MAX_PAGES = 200;

/** Maximum number of characters of all pages. A novel has half as many. */
const MAX_CHARS = 1_000_000;

/** Maximum number of links and fields of a page that are read. */
const MAX_ANNOTATIONS = 500;

/** Maximum number of fields of a form that are kept. */
const MAX_FIELDS = 50;

const DAMAGED = 'The PDF is damaged';

type Matrix = readonly [number, number, number, number, number, number];
type Document = Awaited<ReturnType<typeof getDocument>['promise']>;
type Page = Awaited<ReturnType<Document['getPage']>>;

/**
 * Reads the text of a PDF with pdf.js. The deadline is checked at each piece of text.
 * @throws Rejection `unreadable`, `too-large`, `too-slow`
 */
export async function readPdf(bytes: Uint8Array, deadline: Deadline): Promise<PdfText> {
  const file = await checkPdf(bytes, deadline);
  // The library fetches pages ahead. If an earlier page is broken, nothing waits for the later ones.
  return withoutStrayRejections(isLibraryError, () => readPages(file, deadline));
}

/** Names of errors of the library. It does not export their classes. */
const LIBRARY_ERRORS = new Set([
  'AbortException',
  'FormatError',
  'InvalidPDFException',
  'MissingDataException',
  'ParserEOFException',
  'UnknownErrorException',
  'XRefEntryException',
  'XRefParseException',
]);

/** Whether an error is one of the library, or of its recursion. */
function isLibraryError(error: unknown): boolean {
  const { name } = (error ?? {}) as Partial<Error>;
  return (name !== undefined && LIBRARY_ERRORS.has(name)) || error instanceof RangeError;
}

async function readPages(file: PdfFile, deadline: Deadline): Promise<PdfText> {
  const task = getDocument({
    data: new Uint8Array(file.bytes),
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
    maxImageSize: 1,
    stopAtErrors: false,
    verbosity: 0,
  });
  try {
    const document = await readForeign(DAMAGED, () => openDocument(task.promise));
    deadline.check();
    if (document.numPages > MAX_PAGES)
      throw new Rejection('too-large', `The PDF has ${document.numPages} pages; the limit is ${MAX_PAGES}.`);
    const { info } = await readForeign(DAMAGED, () => document.getMetadata());
    const read: PdfText = {
      pages: [],
      info: info as Record<string, unknown>,
      pictures: file.pictures,
      fields: [],
    };
    let chars = 0;
    for (let number = 1; number <= document.numPages; number += 1) {
      deadline.check();
      const page = await readForeign(DAMAGED, () => document.getPage(number));
      const items = await itemsOf(page, MAX_CHARS - chars, deadline);
      chars += items.reduce((sum, { str = '' }) => sum + str.length, 0);
      const { links, fields } = await annotationsOf(page);
      read.fields.push(...fields.slice(0, MAX_FIELDS - read.fields.length));
      read.pages.push(pageOf(page, number, items, links));
      page.cleanup();
    }
    return read;
  } finally {
    await task.destroy().catch(() => undefined);
  }
}

async function openDocument(promise: Promise<Document>): Promise<Document> {
  try {
    return await promise;
  } catch (cause) {
    if ((cause as Error | undefined)?.name !== 'PasswordException') throw cause;
    throw new Rejection('unreadable', 'The PDF needs a password. Save it again without a password.', {
      cause,
    });
  }
}

/** An item of the text of a page: a piece of text, or a mark of the structure. */
interface Item {
  str?: string;
  dir?: string;
  transform?: number[];
  width?: number;
  fontName?: string;
  type?: string;
  tag?: string;
}

async function itemsOf(page: Page, maxChars: number, deadline: Deadline): Promise<Item[]> {
  const reader = page.streamTextContent({ includeMarkedContent: true }).getReader();
  const items: Item[] = [];
  let left = maxChars;
  try {
    for (;;) {
      const { value, done } = await readForeign(DAMAGED, () => reader.read());
      if (done) return items;
      for (const item of (value as { items: Item[] }).items) {
        items.push(item);
        left -= item.str?.length ?? 1;
      }
      if (left < 0) throw new Rejection('too-large', `The PDF holds more than ${MAX_CHARS} characters.`);
      deadline.check();
    }
  } catch (error) {
    // Without this, the library continues with the page.
    reader.cancel(new Error('The page is not read any more.')).catch(() => undefined);
    throw error;
  }
}

interface PdfLink {
  href: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Links, and the values of the fields of a form. Links are optional: a page with broken ones is read without. */
async function annotationsOf(page: Page): Promise<{ links: PdfLink[]; fields: string[] }> {
  const found = await page.getAnnotations().catch(() => []);
  const links: PdfLink[] = [];
  const fields: string[] = [];
  for (const annotation of (found as Record<string, unknown>[]).slice(0, MAX_ANNOTATIONS)) {
    const { subtype, url, rect, fieldValue } = annotation;
    if (subtype === 'Widget' && typeof fieldValue === 'string' && /[\p{L}\p{N}]/u.test(fieldValue))
      fields.push(fieldValue);
    if (typeof url !== 'string' || !/^(?:https?|mailto):/i.test(url) || !Array.isArray(rect)) continue;
    const corners = [
      transformed(page, Number(rect[0]), Number(rect[1])),
      transformed(page, Number(rect[2]), Number(rect[3])),
    ] as const;
    links.push({
      href: url,
      left: Math.min(corners[0].x, corners[1].x),
      right: Math.max(corners[0].x, corners[1].x),
      top: Math.min(corners[0].y, corners[1].y),
      bottom: Math.max(corners[0].y, corners[1].y),
    });
  }
  return { links, fields };
}

function transformed(page: Page, x: number, y: number): { x: number; y: number } {
  const [a, b, c, d, e, f] = page.getViewport({ scale: 1 }).transform as unknown as Matrix;
  return { x: a * x + c * y + e, y: b * x + d * y + f };
}

/** A piece of text with its direction, as an angle in quarter turns. */
interface Placed extends Fragment {
  turn: number;
}

function pageOf(page: Page, number: number, items: readonly Item[], links: readonly PdfLink[]): PdfPage {
  const viewport = page.getViewport({ scale: 1 });
  const placed: Placed[] = [];
  let depth = 0;
  let artifact = 0;
  for (const item of items) {
    if (item.type?.startsWith('begin')) {
      depth += 1;
      if (item.tag === 'Artifact' && artifact === 0) artifact = depth;
    } else if (item.type === 'endMarkedContent') {
      if (depth === artifact) artifact = 0;
      depth = Math.max(0, depth - 1);
    } else {
      const one = placedOf(item, viewport.transform as unknown as Matrix, artifact > 0);
      if (one) placed.push(one);
    }
  }
  const upright = upTurn(placed);
  const kept = placed.filter(({ turn }) => turn === upright);
  const height = upright % 2 === 0 ? viewport.height : viewport.width;
  const turned = placed.filter(({ turn }) => turn !== upright).map(({ text }) => text.trim());
  const fragments = upright === 0 ? kept.flatMap(each => withLinks(each, links)) : kept;
  return { number, height, fragments: withoutDoubles(fragments), turned: turned.filter(Boolean) };
}

function placedOf(item: Item, page: Matrix, isArtifact: boolean): Placed | undefined {
  const { str = '', transform = [], width = 0, fontName = '', dir } = item;
  if (str === '' || transform.length < 6 || !transform.every(Number.isFinite)) return undefined;
  const [a, b, c, d, e, f] = transform as unknown as Matrix;
  const [pa, pb, pc, pd, pe, pf] = page;
  const along = { x: pa * a + pc * b, y: pb * a + pd * b };
  const up = { x: pa * c + pc * d, y: pb * c + pd * d };
  const x = pa * e + pc * f + pe;
  const y = pb * e + pd * f + pf;
  const size = Math.hypot(up.x, up.y) || Math.hypot(along.x, along.y);
  if (!(size > 0) || !Number.isFinite(x + y + width)) return undefined;
  const turns = Math.atan2(along.y, along.x) / (Math.PI / 2);
  const turn = Math.abs(turns - Math.round(turns)) < 0.05 ? (Math.round(turns) + 4) % 4 : 0.5;
  // The text is turned back, so that it runs along x.
  const [atX, atY] = turn === 1 ? [y, -x] : turn === 2 ? [-x, -y] : turn === 3 ? [-y, x] : [x, y];
  return {
    text: str,
    left: atX,
    right: atX + width,
    y: atY,
    size,
    font: fontName,
    isRightToLeft: dir === 'rtl',
    isArtifact,
    turn,
  };
}

/** The direction of most of the text. */
function upTurn(placed: readonly Placed[]): number {
  const chars = new Map<number, number>();
  for (const { turn, text } of placed) chars.set(turn, (chars.get(turn) ?? 0) + text.trim().length);
  const [most] = [...chars].filter(([turn]) => turn !== 0.5).sort((a, b) => b[1] - a[1]);
  return most?.[0] ?? 0;
}

/** Cuts a fragment where links begin and end. A link covers whole words. */
function withLinks(fragment: Fragment, links: readonly PdfLink[]): Fragment[] {
  const { text, left, right, y, size } = fragment;
  const middle = y - size / 3;
  const found = links.find(
    link => link.top < middle && link.bottom > middle && link.left < right - 1 && link.right > left + 1,
  );
  if (!found || right <= left || fragment.isRightToLeft) return [{ ...fragment, href: found?.href }];
  const edges = edgesOf(text, left, right);
  const charAt = (x: number) =>
    edges.reduce((best, edge, at) => (Math.abs(edge - x) < Math.abs((edges[best] ?? 0) - x) ? at : best), 0);
  let from = wordBorder(text, charAt(found.left));
  let to = wordBorder(text, charAt(found.right));
  while (from < to && text.charAt(from) === ' ') from += 1;
  while (to > from && text.charAt(to - 1) === ' ') to -= 1;
  const xAt = (char: number) => edges[char] ?? right;
  if (to <= from) return [fragment];
  const parts: Fragment[] = [];
  if (from > 0) parts.push({ ...fragment, text: text.slice(0, from), right: xAt(from) });
  parts.push({
    ...fragment,
    text: text.slice(from, to),
    left: xAt(from),
    right: xAt(to),
    href: found.href,
  });
  if (to < text.length) parts.push({ ...fragment, text: text.slice(to), left: xAt(to) });
  return parts;
}

/** Where each character begins, and where the last one ends, by the usual widths of characters. */
function edgesOf(text: string, left: number, right: number): number[] {
  const widths = [...Array(text.length).keys()].map(at => widthOf(text.charAt(at)));
  const unit = (right - left) / widths.reduce((sum, width) => sum + width, 0);
  let edge = left;
  return [left, ...widths.map(width => (edge += width * unit))];
}

function widthOf(letter: string): number {
  if (/[\s.,:;'’!|ijltfrI()[\]/-]/.test(letter)) return 0.55;
  return /[mwMW—@%]/.test(letter) ? 1.6 : /\p{Lu}/u.test(letter) ? 1.3 : 1;
}

/** The nearest position between a word and a space, or at an end of the text. */
function wordBorder(text: string, at: number): number {
  for (let step = 0; step <= text.length; step += 1)
    for (const near of [at - step, at + step])
      if (
        near === 0 ||
        near === text.length ||
        /\s/.test(text.charAt(near)) !== /\s/.test(text.charAt(near - 1))
      )
        if (near >= 0 && near <= text.length) return near;
  return at;
}

/** Leaves out text that is set twice at the same place, which makes it look bold. */
function withoutDoubles(fragments: readonly Fragment[]): Fragment[] {
  const seen = new Map<string, Fragment[]>();
  return fragments.filter(fragment => {
    if (fragment.text.trim() === '') return true;
    const same = seen.get(fragment.text) ?? [];
    const isDouble = same.some(
      ({ left, y, size }) => Math.abs(left - fragment.left) < size / 8 && Math.abs(y - fragment.y) < size / 8,
    );
    if (!isDouble && same.length < 100) seen.set(fragment.text, [...same, fragment]);
    return !isDouble;
  });
}
