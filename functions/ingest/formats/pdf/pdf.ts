import { Rejection } from '../../../../shared/errors/rejection.ts';
import { contextOf, type FormatReader } from '../../model/format-reader.ts';
import type { TermContext } from '../../model/release-terms.ts';
import { readTermLine } from '../../release/line.ts';
import { countLetters, oneLine, stripForbidden } from '../../text/characters.ts';
import { readOfficeStory } from '../office/office-story.ts';
import { linesToHtml } from './pdf-blocks.ts';
import { linesOf } from './pdf-lines.ts';
import { isPageNumber, takeMargins } from './pdf-margins.ts';
import { type Fragment, type PdfText, readPdf } from './pdf-pages.ts';

/** Maximum number of lines and of characters that a warning quotes. */
const MAX_QUOTES = 4;
const MAX_QUOTE_CHARS = 80;

/** Maximum share of characters that have no known letter. */
const MAX_UNKNOWN_SHARE = 0.05;

/** Maximum number of letters of a page whose text is only the stamp of a scanner. */
const MAX_STAMP_LETTERS = 40;

const SEND_TEXT = 'Send the text itself, as DOCX or plain text';

/** Reads PDFs with pdf.js. A PDF has no paragraphs: they are found by the places of the letters. */
export const pdfReader: FormatReader = {
  name: 'pdf',
  async read(source) {
    const { deadline } = source;
    const pdf = await readPdf(source.input.bytes, deadline);
    refuseContainers(pdf);
    const unknown = cleanLetters(pdf.pages.flatMap(({ fragments }) => fragments));
    refuseWordless(pdf);
    const { pages, lines: margins } = takeMargins(pdf.pages);
    const lines = pages.flatMap(({ fragments, number }) => linesOf(fragments, number, deadline));
    deadline.check();
    const { html, shown } = linesToHtml(lines);
    const warnings = warningsOf(pdf, margins, unknown);
    const properties = {
      title: propertyOf(pdf, 'Title'),
      creator: propertyOf(pdf, 'Author'),
      keywords: propertyOf(pdf, 'Keywords'),
      created: dateOf(propertyOf(pdf, 'CreationDate')),
      modified: dateOf(propertyOf(pdf, 'ModDate') ?? propertyOf(pdf, 'CreationDate')),
    };
    const context = contextOf(source);
    const termLines = margins.flatMap(line => partsOfTerm(line, context));
    return readOfficeStory({ format: 'pdf', html, shown, margins: termLines, properties, warnings }, source);
  },
};

/** The parts of a running head, if a release term in it is only understood without the words beside it. */
function partsOfTerm(line: string, context: TermContext): string[] {
  const { sureness = 'unclear' } = readTermLine(line, context) ?? {};
  if (sureness !== 'unclear') return [line];
  const parts = line.split(/\s[-–—|·•/]\s|\s{3,}/);
  return parts.some(part => readTermLine(part, context)?.sureness === 'sure') ? parts : [line];
}

/** Refuses PDFs that only hold another document. */
function refuseContainers({ info, pages }: PdfText): void {
  if (info.IsCollectionPresent === true)
    throw new Rejection(
      'unreadable',
      'The PDF is a portfolio, which holds other files. Upload these files themselves.',
    );
  const isForm = info.IsXFAPresent === true;
  const letters = pages.reduce((sum, { fragments }) => sum + lettersOf(fragments), 0);
  if (isForm && (info.IsAcroFormPresent !== true || letters < 1_000))
    throw new Rejection(
      'unreadable',
      `The PDF is a form, and its words are in a format that only Adobe programs read. ${SEND_TEXT}.`,
    );
}

function lettersOf(fragments: readonly Fragment[]): number {
  return fragments.reduce((sum, { text }) => sum + countLetters(text), 0);
}

/** Refuses PDFs without words: scans, forms and drawings. */
function refuseWordless({ pages, pictures, fields }: PdfText): void {
  const letters = pages.reduce((sum, { fragments }) => sum + lettersOf(fragments), 0);
  const isScan = pictures >= pages.length && letters <= MAX_STAMP_LETTERS * pages.length;
  if (letters > 0 && !isScan) return;
  if (fields.length > 0)
    throw new Rejection(
      'unreadable',
      `The PDF is a form, and its words are in the fields of the form. ${SEND_TEXT}.`,
    );
  if (pictures > 0)
    throw new Rejection(
      'unreadable',
      `The PDF holds pictures of pages and no text. ${SEND_TEXT}, or let a program for text recognition (OCR) read the PDF first.`,
    );
  throw new Rejection('empty', 'The PDF holds no words of a story.');
}

/**
 * Letters that fonts keep in the private area of Unicode (ligatures of Adobe, marks of lists of Word) or among the
 * control characters (ligatures and signs of T1 and OT1, the encodings of TeX).
 */
const HIDDEN_LETTERS: ReadonlyMap<string, string> = new Map([
  ...['ff', 'fi', 'fl', 'ffi', 'ffl'].flatMap(
    (letters, at) =>
      [
        [String.fromCharCode(0x1b + at), letters],
        [String.fromCharCode(0x0b + at), letters],
      ] as const,
  ),
  ...['“', '”', '„', '«', '»', '–', '—'].map(
    (letter, at) => [String.fromCharCode(0x10 + at), letter] as const,
  ),
  ['\t', ' '],
  ['\n', ' '],
  ['\x88', '•'],
  ['\x95', '•'],
  ['\uf001', 'fi'],
  ['\uf002', 'fl'],
  ['\uf020', ' '],
  ['\uf02d', '-'],
  ['\uf06c', '•'],
  ['\uf06e', '▪'],
  ['\uf0a7', '▪'],
  ['\uf0a8', '•'],
  ['\uf0b7', '•'],
  ['\uf0d8', '➢'],
  ['\uf0e0', '→'],
  ['\uf0fc', '✓'],
]);

/** Ligatures, and shapes of Hebrew and Arabic letters. */
const SHAPES = /[\ufb00-\ufdff\ufe70-\ufefc]/g;

/** Characters that show no letter: private ones, control characters and replacements. */
const UNKNOWN = /[\p{Co}\p{Cc}\ufffd]/gu;

/**
 * Replaces private characters with letters, and leaves out those that are not known. Returns their number.
 * @throws Rejection `unreadable` if they are many
 */
function cleanLetters(fragments: readonly Fragment[]): number {
  let unknown = 0;
  let all = 0;
  for (const fragment of fragments) {
    const text = fragment.text
      .replace(UNKNOWN, letter => HIDDEN_LETTERS.get(letter) ?? letter)
      .replace(SHAPES, letter => letter.normalize('NFKC'));
    const known = text.replace(UNKNOWN, '');
    all += text.length;
    unknown += text.length - known.length;
    fragment.text = stripForbidden(known);
  }
  if (unknown > MAX_UNKNOWN_SHARE * all)
    throw new Rejection(
      'unreadable',
      `The fonts of the PDF do not say which letters they show. ${SEND_TEXT}, or print it as a new PDF.`,
    );
  return unknown;
}

function warningsOf(
  { pages, fields, pictures }: PdfText,
  margins: readonly string[],
  unknown: number,
): string[] {
  const warnings: string[] = [];
  const heads = margins.filter(line => !isPageNumber(line));
  if (heads.length > 0) warnings.push(`Running heads and feet of the PDF were left out: ${quoted(heads)}.`);
  if (fields.length > 0) warnings.push(`The fields of the form were left out: ${quoted(fields)}.`);
  if (unknown > 0) warnings.push(`${unknown} characters of the PDF have no known letter and were left out.`);
  const bare = pages.filter(({ fragments }) => lettersOf(fragments) === 0).map(({ number }) => number);
  if (bare.length > 0 && pictures > 0)
    warnings.push(`Pages of the PDF without text were left out: ${bare.slice(0, MAX_QUOTES).join(', ')}.`);
  else if (pictures > 0) warnings.push('The pictures of the PDF were left out.');
  return warnings;
}

function quoted(lines: readonly string[]): string {
  const first = lines.slice(0, MAX_QUOTES).map(line => `“${oneLine(line).slice(0, MAX_QUOTE_CHARS)}”`);
  return `${first.join(', ')}${lines.length > MAX_QUOTES ? ` and ${lines.length - MAX_QUOTES} more` : ''}`;
}

function propertyOf({ info }: PdfText, name: string): string | undefined {
  const value = info[name];
  return typeof value === 'string' ? value : undefined;
}

const DATE = /^(?:D:)?(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(?:(Z)|([+-])(\d\d)'?(\d\d)?)?/;

/** A date of PDF (`D:20261003090000+02'00'`) in RFC 3339. */
function dateOf(date: string | undefined): string | undefined {
  const match = DATE.exec(date ?? '');
  if (!match) return undefined;
  const [, year, month, day, hours = '00', minutes = '00', seconds = '00', utc, sign, apart, rest = '00'] =
    match;
  return `${year}-${month}-${day}T${hours}:${minutes}:${seconds}${utc || !sign ? 'Z' : `${sign}${apart}:${rest}`}`;
}
