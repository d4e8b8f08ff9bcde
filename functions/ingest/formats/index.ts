import { Rejection } from '../../../shared/rejection.ts';
import { decode } from '../decode.ts';
import { refuseBinary, refuseControls } from './binary.ts';
import { htmlReader } from './html.ts';
import { markdownReader } from './markdown.ts';
import type { FormatReader, ParseInput } from './reader.ts';
import { hasFrontMatter, hasMarkup, isHtmlDocument, isHtmlFragment, isMarkdown, isXml } from './sniff.ts';
import { textReader } from './text.ts';

/** A row of the table of formats. */
interface Format {
  reader: FormatReader;
  /** Media types and name endings that mean it. */
  types: readonly string[];
  endings: readonly string[];
  /** Whether the content can be nothing else, whatever type and name say. */
  is(text: string): boolean;
  /** Whether the content allows it where type or name say so. */
  mayBe(text: string): boolean;
  /** Whether the content looks like it where neither type nor name say anything. */
  looksLike(text: string): boolean;
}

/** Every format that is understood, in the order in which they are tried. A new one is a file and a row. */
const FORMATS: readonly Format[] = [
  {
    reader: htmlReader,
    types: ['text/html', 'application/xhtml+xml'],
    endings: ['html', 'htm', 'xhtml', 'shtml'],
    is: isHtmlDocument,
    mayBe: hasMarkup,
    looksLike: text => isHtmlFragment(text) || isXml(text),
  },
  {
    reader: markdownReader,
    types: ['text/markdown', 'text/x-markdown'],
    endings: ['md', 'markdown', 'mdown', 'mkd', 'mdtext', 'mdx'],
    is: hasFrontMatter,
    mayBe: () => true,
    looksLike: isMarkdown,
  },
  {
    reader: textReader,
    types: [],
    endings: ['txt', 'text'],
    is: () => false,
    mayBe: text => !isHtmlFragment(text) && !isMarkdown(text),
    looksLike: () => true,
  },
];

/** The reader of a file, and the file's text. */
export interface ChosenFormat {
  reader: FormatReader;
  text: string;
  charset: string;
  warnings: string[];
}

/**
 * Decodes a file and chooses its reader: by content first, then by its declared type, then by its name.
 * @throws Rejection `empty` for nothing but white space, `not-text` for binary files whatever their name
 */
export function chooseFormat(input: ParseInput): ChosenFormat {
  if (input.bytes.length === 0) throw new Rejection('empty', 'The file is empty.');
  refuseBinary(input.bytes);
  const { text, charset, warnings } = decode(input.bytes, { contentType: input.contentType });
  if (!/[^\s\u200b\u2060\ufeff]/.test(text))
    throw new Rejection('empty', 'The file holds nothing but white space.');
  refuseControls(text);
  return { reader: choose(text, input).reader, text, charset, warnings };
}

function choose(text: string, { key, contentType }: ParseInput): Format {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  const ending = /\.([a-z0-9]{1,10})$/i.exec(key)?.[1]?.toLowerCase() ?? '';
  const chosen =
    FORMATS.find(format => format.is(text)) ??
    FORMATS.find(format => format.types.includes(type) && format.mayBe(text)) ??
    FORMATS.find(format => format.endings.includes(ending) && format.mayBe(text)) ??
    FORMATS.find(format => format.looksLike(text));
  if (!chosen) throw new Rejection('unreadable', 'No reader understands this file.');
  return chosen;
}
