import { Rejection } from '../../../shared/errors/rejection.ts';
import { loadedOnce } from '../../../shared/model/loaded-once.ts';
import { refuseBinary, refuseControls } from '../decode/binary.ts';
import { type DecodedText, decodePlain } from '../decode/decode-plain.ts';
import { isJsonError, parseJson } from '../decode/json.ts';
import { zipKind } from '../decode/zip.ts';
import { isHtmlFragment } from '../html/fragment.ts';
import type { FormatReader, ParseInput } from '../model/format-reader.ts';
import { OTHER_JSON_AND_XML } from '../words/magic-numbers.ts';
import { findFrontMatter } from './front-matter-block.ts';
import { htmlReader } from './html.ts';
import { plainTextReader } from './plain-text.ts';
import {
  hasMarkup,
  isFlatOdt,
  isHtmlDocument,
  isJson,
  isMailFile,
  isMarkdown,
  isRtf,
  NEWS_ROOTS,
  xmlRoot,
} from './sniff.ts';
import { isWire } from './wire/envelope.ts';
import { parseNinjs } from './wire/ninjs-item.ts';

/** A row of the table of formats. */
interface Format {
  /** Loads the reader. Formats that few newsrooms need are loaded at their first file. */
  reader: () => FormatReader | Promise<FormatReader>;
  /** Media types and file name endings of the format. */
  types: readonly string[];
  endings: readonly string[];
  /** Whether the content is certainly of this format. The declared type and the name are then ignored. */
  is(text: string): boolean;
  /** Whether the content may be of this format. The declared type or the name must say so too. */
  mayBe(text: string): boolean;
  /**
   * Whether the content looks like this format. This is used if neither the type nor the name names a format.
   */
  looksLike(text: string): boolean;
}

/** Text formats in the order in which they are tried. A new format needs a file and a row here. */
const FORMATS: readonly Format[] = [
  {
    reader: loadedOnce(async () => (await import('./wire/wire.ts')).wireReader),
    types: [],
    endings: ['anpa', 'iptc'],
    is: isWire,
    mayBe: () => false,
    looksLike: () => false,
  },
  {
    reader: loadedOnce(async () => (await import('./wire/nitf.ts')).nitfReader),
    types: ['application/nitf+xml'],
    endings: ['nitf'],
    is: text => NEWS_ROOTS.get(xmlRoot(text) ?? '') === 'nitf',
    mayBe: () => false,
    looksLike: () => false,
  },
  {
    reader: loadedOnce(async () => (await import('./wire/newsml.ts')).newsmlReader),
    types: ['application/vnd.iptc.g2.newsitem+xml', 'application/vnd.iptc.g2.newsmessage+xml'],
    endings: ['newsml'],
    is: text => NEWS_ROOTS.get(xmlRoot(text) ?? '') === 'newsml',
    mayBe: () => false,
    looksLike: () => false,
  },
  {
    reader: loadedOnce(async () => (await import('./office/odt.ts')).odtReader),
    types: [],
    endings: ['fodt'],
    is: isFlatOdt,
    mayBe: () => false,
    looksLike: () => false,
  },
  {
    reader: loadedOnce(async () => (await import('./wire/ninjs.ts')).ninjsReader),
    types: ['application/ninjs+json'],
    endings: ['ninjs'],
    is: text => isJson(text) && parseNinjs(text).length > 0,
    mayBe: () => false,
    looksLike: () => false,
  },
  {
    reader: () => htmlReader,
    types: ['text/html', 'application/xhtml+xml'],
    endings: ['html', 'htm', 'xhtml', 'shtml'],
    is: isHtmlDocument,
    mayBe: hasMarkup,
    looksLike: text => isHtmlFragment(withoutDeclaration(text)),
  },
  {
    reader: loadedOnce(async () => (await import('./markdown.ts')).markdownReader),
    types: ['text/markdown', 'text/x-markdown'],
    endings: ['md', 'markdown', 'mdown', 'mkd', 'mdtext', 'mdx'],
    is: text => findFrontMatter(text) !== undefined,
    mayBe: () => true,
    looksLike: isMarkdown,
  },
  {
    reader: () => plainTextReader,
    types: [],
    endings: ['txt', 'text'],
    is: () => false,
    mayBe: text => !isHtmlFragment(text) && !isMarkdown(text),
    looksLike: () => true,
  },
];

/** The reader of a file, and the file's text. The text is empty if the reader decodes the bytes itself. */
export interface ChosenFormat {
  reader: FormatReader;
  text: string;
  charset: string;
  warnings: string[];
}

/**
 * Decodes a file and chooses its reader: by its content first, then by its declared type, then by its name.
 * @throws Rejection `empty` for a file of white space, `not-text` for binary files and for data, `unreadable`
 *   for broken data
 */
export async function chooseFormat(input: ParseInput): Promise<ChosenFormat> {
  if (input.bytes.length === 0) throw new Rejection('empty', 'The file is empty.');
  const whole = await wholeFileReader(input);
  if (whole) return whole;
  refuseBinary(input.bytes);
  const { text, charset, warnings } =
    decodePlain(input.bytes, input.contentType) ?? (await decodeOther(input));
  if (!/[^\s\u200b\u2060\ufeff]/.test(text))
    throw new Rejection('empty', 'The file holds nothing but white space.');
  const reader = await choose(text, input).reader();
  if (reader.name !== 'wire') refuseControls(text, { isPage: reader === htmlReader });
  return { reader, text, charset, warnings };
}

async function decodeOther({ bytes, contentType }: ParseInput): Promise<DecodedText> {
  const { decode } = await import('../decode/decode.ts');
  return decode(bytes, { contentType });
}

/** Formats that are not text, or that mix several encodings. Their readers decode the bytes themselves. */
async function wholeFileReader(input: ParseInput): Promise<ChosenFormat | undefined> {
  const { bytes } = input;
  const zip = zipKind(bytes);
  if (zip === 'docx') {
    const { docxReader: reader } = await import('./office/docx.ts');
    return { reader, text: '', charset: 'utf-8', warnings: [] };
  }
  if (zip === 'odt') {
    const { odtReader: reader } = await import('./office/odt.ts');
    return { reader, text: '', charset: 'utf-8', warnings: [] };
  }
  if (isRtf(bytes)) {
    const { rtfReader: reader } = await import('./office/rtf.ts');
    return { reader, text: '', charset: 'us-ascii', warnings: [] };
  }
  if (isPdf(bytes)) {
    const { pdfReader: reader } = await import('./pdf/pdf.ts');
    return { reader, text: '', charset: 'utf-8', warnings: [] };
  }
  if (!isMailFile(input)) return undefined;
  const { emlReader: reader } = await import('./mail/eml.ts');
  return { reader, text: '', charset: mailCharset(bytes), warnings: [] };
}

/** Number of bytes at the beginning of a file in which the signature of a PDF stands (ISO 32000-1, annex H.3.4.1). */
const PDF_HEAD_BYTES = 1_024;

/** Whether a file is a PDF. Other programs can put some bytes before its signature, but no text. */
function isPdf(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, PDF_HEAD_BYTES)).toString('latin1');
  return /^(?:%PDF-|[\s\S]{1,1019}[\r\n\0]%PDF-\d\.\d[\r\n ])/.test(head);
}

function mailCharset(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 16_384)).toString('latin1');
  return /charset\s{0,4}=\s{0,4}"?([\w.:-]{1,40})/i.exec(head)?.[1]?.toLowerCase() ?? 'us-ascii';
}

function typeOf({ contentType }: ParseInput): string {
  return contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
}

function endingOf({ key }: ParseInput): string {
  return /\.([a-z0-9]{1,10})$/i.exec(key)?.[1]?.toLowerCase() ?? '';
}

function choose(text: string, input: ParseInput): Format {
  const type = typeOf(input);
  const ending = endingOf(input);
  const sure = FORMATS.find(format => format.is(text));
  if (sure) return sure;
  refuseData(text);
  const chosen =
    FORMATS.find(format => format.types.includes(type) && format.mayBe(text)) ??
    FORMATS.find(format => format.endings.includes(ending) && format.mayBe(text)) ??
    FORMATS.find(format => format.looksLike(text));
  if (!chosen) throw new Rejection('unreadable', 'No reader understands this file.');
  return chosen;
}

function withoutDeclaration(text: string): string {
  return text.replace(/^\s{0,100}<\?xml[^>]{0,400}>/, '');
}

const READ =
  'Of such formats NITF, NewsML and ninjs are read; save any other story as text, Markdown, HTML or DOCX.';

/** The name of a known element of XML that holds the whole text without a declaration: `<rss>…</rss>`. */
function undeclaredRoot(text: string): string | undefined {
  const whole = text.trim();
  const name = /^<([a-z]{2,20})[\s/>]/i.exec(whole)?.[1]?.toLowerCase();
  // HTML has an element `article` too.
  if (name === undefined || name === 'article' || !OTHER_JSON_AND_XML.has(name)) return undefined;
  const isClosed = whole.slice(-name.length - 3).toLowerCase() === `</${name}>`;
  return isClosed || /^<[^<>]{1,400}\/>$/.test(whole) ? name : undefined;
}

/**
 * Refuses XML and JSON of unknown kinds, because their markup is not an article.
 * @throws Rejection
 */
function refuseData(text: string): void {
  const root = xmlRoot(text) ?? undeclaredRoot(text);
  if (root !== undefined && !isHtmlFragment(withoutDeclaration(text))) {
    const known = root ? OTHER_JSON_AND_XML.get(root) : 'XML that is damaged';
    throw new Rejection(
      'not-text',
      `The file is ${known ?? `XML of a kind that is not known (“${root}”)`}. ${READ}`,
    );
  }
  if (!isJson(text)) return;
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (cause) {
    if (!isJsonError(cause)) throw cause;
    throw new Rejection('unreadable', `The file is JSON that is broken or cut off. ${READ}`, { cause });
  }
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const known = keys.map(key => OTHER_JSON_AND_XML.get(`{${key.toLowerCase()}}`)).find(Boolean);
  throw new Rejection('not-text', `The file is ${known ?? 'JSON data'}, not an article. ${READ}`);
}
