import type { CheerioAPI } from 'cheerio';
import mammoth from 'mammoth';
import { Rejection } from '../../../../shared/errors/rejection.ts';
import { readForeign } from '../../decode/foreign-reader.ts';
import { listZip } from '../../decode/zip.ts';
import { parseHtml } from '../../html/tree.ts';
import { cheerioOf } from '../../html/tree-cheerio.ts';
import { allOf, at, attributeOf, depthOf, parseXml, wordsOf } from '../../html/xml.ts';
import { contextOf, type FormatReader } from '../../model/format-reader.ts';
import type { ReleaseTerms, TermContext } from '../../model/release-terms.ts';
import type { Stated } from '../../model/stated.ts';
import { takeDocumentTerms } from '../../release/document.ts';
import { readKeyed } from '../../release/keyed.ts';
import { readTermLine } from '../../release/line.ts';
import { parseNames } from '../../text/byline.ts';
import { oneLine } from '../../text/characters.ts';
import { type DateContext, parseInstant } from '../../text/dates.ts';
import {
  HEADING_STYLES,
  MACHINE_PROPERTIES,
  SUBTITLE_STYLES,
  TITLE_STYLES,
} from '../../words/docx-styles.ts';
import { removeNodes, takeEnd, takeRelated, takeTop } from '../text/copy-dom.ts';
import { keepDocxWords } from './docx-markup.ts';

/** Maximum number of entries in a document. A document with hundreds of pictures has fewer. */
const MAX_ENTRIES = 5_000;

/** Maximum size of one part's markup, in unpacked bytes. A novel has some 10 MB. */
const MAX_PART_BYTES = 12_000_000;

/** Maximum size of all parts' markup, in unpacked bytes. */
const MAX_TOTAL_BYTES = 24_000_000;

/** Maximum number of unpacked bytes per packed byte. Word's markup packs about 20 to 1. */
const MAX_RATIO = 150;

/**
 * Size, in unpacked bytes, up to which the ratio is not checked, because small parts of repeated markup pack
 * very well.
 */
const UNCHECKED_RATIO_BYTES = 1_000_000;

/** Maximum depth of elements. Mammoth is recursive. Tables in tables have a depth of some forty. */
const MAX_DEPTH = 250;

/**
 * Maximum number of tags in all parts. Mammoth cannot be interrupted, and needs almost a kilobyte per tag.
 * More tags do not fit into 512 MB.
 */
const MAX_TAGS = 500_000;

/** The byte `<`. */
const TAG_START = 0x3c;

/**
 * Maximum time between the creation and the last change of a file, in milliseconds. If the time is longer, the
 * file is a copy of an older file.
 */
const MAX_WRITING_MS = 30 * 24 * 3_600_000;

/**
 * Reads Word documents (ECMA-376) with mammoth. Pictures are left out, because they have no address on the
 * web.
 */
export const docxReader: FormatReader = {
  name: 'docx',
  async read(source) {
    const { input, deadline, terms } = source;
    const parts = await readParts(input.bytes);
    const context = contextOf(source);
    deadline.check();
    const { html, shown } = await toHtml(parts);
    deadline.check();
    const { root } = parseHtml(html, deadline);
    const $ = cheerioOf(root);
    // A release term must stand on a line of its own before it is searched.
    splitSoftReturns($);
    takeDocumentTerms(root, 'copy', context, terms);
    readMargins(parts, context, terms);
    const warnings = warningsOf(parts);
    // The arrow of a note leads back to its reference. It is not a word of the note.
    removeNodes($('a[href^="#footnote-ref-"], a[href^="#endnote-ref-"]').get() as never);
    const stated: Stated = {};
    const title = $('h1.headline').first();
    const dek = $('p.dek').first();
    if (oneLine(title.text())) stated.headline = { text: oneLine(title.text()), from: 'document' };
    if (oneLine(dek.text())) stated.dek = oneLine(dek.text());
    title.remove();
    dek.remove();
    takeTop($, stated, context, warnings, terms.size > 0);
    takeRelated($, stated);
    takeEnd($, warnings);
    // The day of the dateline is stated in the copy. The file's dates are those of the last save.
    if (FULL_DATE.test(stated.dateline?.date ?? ''))
      stated.published ??= { at: `${stated.dateline?.date}T00:00:00.000Z`, from: 'date-line' };
    addProperties(stated, parts.get('docProps/core.xml'), context, terms);
    return { format: 'docx', root, layout: 'copy', stated, warnings, shown };
  },
};

/**
 * Reads release terms in headers and footers of pages, which also hold watermarks. Their text does not belong to
 * the story.
 */
function readMargins(
  parts: ReadonlyMap<string, Uint8Array>,
  context: TermContext,
  terms: ReleaseTerms,
): void {
  for (const [name, part] of parts) {
    if (!/^word\/(?:header|footer)\d{0,3}\.xml$/.test(name)) continue;
    const root = parseXml(new TextDecoder().decode(part));
    const lines = [
      ...allOf(root, 'p').map(wordsOf),
      ...allOf(root, 'textpath').map(element => attributeOf(element, 'string')),
    ];
    for (const line of lines) {
      const term = readTermLine(line ?? '', context);
      if (term) terms.add(...term.terms);
    }
  }
}

/** Unpacks the parts that hold markup. Media is not unpacked. */
async function readParts(bytes: Uint8Array): Promise<Map<string, Uint8Array>> {
  const entries = await listZip(bytes, MAX_ENTRIES);
  const wanted = entries.filter(
    ({ name }) => /\.(?:xml|rels)$/i.test(name) && !name.startsWith('customXml/'),
  );
  let total = 0;
  for (const { name, size, compressedSize, isEncrypted } of wanted) {
    if (isEncrypted)
      throw new Rejection('unreadable', 'The Word document is encrypted. Save it without a password.');
    total += size;
    const ratio = size / Math.max(1, compressedSize);
    if (
      size > MAX_PART_BYTES ||
      total > MAX_TOTAL_BYTES ||
      (size > UNCHECKED_RATIO_BYTES && ratio > MAX_RATIO)
    )
      throw new Rejection(
        'too-large',
        `The Word document unpacks to too much: ${name} alone has ${size} bytes.`,
      );
  }
  const parts = new Map<string, Uint8Array>();
  let tags = 0;
  for (const entry of wanted) {
    const part = await entry.read();
    for (let at = part.indexOf(TAG_START); at >= 0; at = part.indexOf(TAG_START, at + 1)) tags += 1;
    if (tags > MAX_TAGS)
      throw new Rejection('too-large', `The Word document has more than ${MAX_TAGS} tags.`);
    refuseHostile(part, entry.name);
    parts.set(entry.name, part);
  }
  return parts;
}

/**
 * Refuses parts with a DOCTYPE, which ECMA-376 part 2, section 8.1.4 forbids, and parts that nest too deeply.
 */
function refuseHostile(part: Uint8Array, name: string): void {
  const xml = Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('latin1');
  const bad = xml.includes('<!DOCTYPE') || xml.includes('<!ENTITY') || depthOf(xml) > MAX_DEPTH;
  if (bad)
    throw new Rejection('unreadable', `The Word document holds markup that Word does not write, in ${name}.`);
}

/** Converts the document to HTML. Also returns the words of its markup. */
async function toHtml(parts: ReadonlyMap<string, Uint8Array>): Promise<{ html: string; shown: string }> {
  const nameOf = (name: string) => name.replace(/^\//, '');
  const textOf = (name: string) => new TextDecoder().decode(parts.get(nameOf(name)));
  const shown: string[] = [];
  // Mammoth gets a zip that is already open, because it would unpack a file without a limit.
  const file = {
    exists: (name: string) => parts.has(nameOf(name)),
    read: async (name: string, encoding?: string) => {
      if (!encoding) return parts.get(nameOf(name)) ?? new Uint8Array();
      if (!TEXT_PART.test(name)) return textOf(name);
      const { xml, text } = keepDocxWords(textOf(name), textOf(relationshipsOf(name)));
      shown.push(text);
      return xml;
    },
  };
  const input = { file } as unknown as Parameters<typeof mammoth.convertToHtml>[0];
  const { value } = await readForeign('The Word document is damaged', () =>
    mammoth.convertToHtml(input, {
      styleMap: STYLES,
      includeEmbeddedStyleMap: false,
      externalFileAccess: false,
      convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
    }),
  );
  return { html: value, shown: shown.join('\n') };
}

const FULL_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Names what a Word document has and an article does not show. */
function warningsOf(parts: ReadonlyMap<string, Uint8Array>): string[] {
  const warnings: string[] = [];
  const names = [...parts.keys()];
  if (names.some(name => /^word\/(?:charts|diagrams)\//.test(name)))
    warnings.push('The charts and diagrams of the Word document were left out.');
  if (Buffer.from(parts.get('word/comments.xml') ?? []).includes('<w:comment '))
    warnings.push('The comments in the Word document were left out.');
  return warnings;
}

/** Minimum number of soft returns in a single paragraph that holds a whole story. */
const MIN_SOFT_RETURNS = 3;

/**
 * Splits paragraphs at two soft returns (Shift+Return) in succession. If the whole story is one paragraph, a single soft
 * return splits it too. Elsewhere single ones stay, as in verses and addresses.
 */
function splitSoftReturns($: CheerioAPI): void {
  const filled = $('p').filter((_, element) => oneLine($(element).text()) !== '');
  for (const element of filled.get()) {
    const returns = element.children.filter(child => 'name' in child && child.name === 'br').length;
    if (returns < 2) continue;
    const splitsAll = filled.length <= 2 && returns >= MIN_SOFT_RETURNS;
    const lines: (typeof element.children)[] = [[]];
    for (const child of element.children) {
      if ('name' in child && child.name === 'br') lines.push([]);
      else lines.at(-1)?.push(child);
    }
    const paragraphs: (typeof lines)[] = [[]];
    for (const line of lines) {
      const isBlank = line.every(child => oneLine($(child).text()) === '');
      if (isBlank || splitsAll) paragraphs.push([]);
      if (!isBlank) paragraphs.at(-1)?.push(line);
    }
    const kept = paragraphs.filter(({ length }) => length > 0);
    if (kept.length < 2) continue;
    $(element).replaceWith(
      kept.map(paragraph => {
        const made = $('<p></p>');
        for (const [at, line] of paragraph.entries()) made.append(...(at > 0 ? [$('<br>')] : []), $(line));
        return made.get(0) as never;
      }),
    );
  }
}

/** The part that names the targets of another part's links. */
function relationshipsOf(part: string): string {
  return part.replace(/([^/]*)$/, '_rels/$1.rels');
}

/** The parts that hold text of the story. */
const TEXT_PART = /\/(?:document|footnotes|endnotes)\d*\.xml$/i;

const STYLES = [
  ...TITLE_STYLES.map(name => `p[style-name='${name}'] => h1.headline:fresh`),
  ...SUBTITLE_STYLES.map(name => `p[style-name='${name}'] => p.dek:fresh`),
  ...HEADING_STYLES.flatMap(name =>
    [1, 2, 3, 4].map(level => `p[style-name='${name} ${level}'] => h${level}:fresh`),
  ),
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
];

/** Takes facts that the copy does not state from the file's properties. Properties often come from a template. */
function addProperties(
  stated: Stated,
  part: Uint8Array | undefined,
  context: DateContext,
  terms: ReleaseTerms,
): void {
  if (!part) return;
  const core = parseXml(new TextDecoder().decode(part));
  const value = (name: string) => {
    const words = wordsOf(at(core, name));
    return words && !MACHINE_PROPERTIES.has(words.toLowerCase()) ? words : undefined;
  };
  terms.add(...readKeyed('status', value('contentstatus'), context));
  const title = value('title');
  if (!stated.headline && title && !/\.(?:docx?|dotx?)$|^microsoft word\b/i.test(title))
    stated.headline = { text: title, from: 'metadata' };
  const authors = parseNames(value('creator') ?? '')?.filter(({ name }) => name.includes(' '));
  if (!stated.authors && authors && authors.length > 0) stated.authors = authors;
  const keywords = value('keywords')?.split(/[,;、，]/) ?? [];
  const tags = keywords.map(tag => tag.trim()).filter(Boolean);
  if (!stated.tags && tags.length > 0) stated.tags = tags;
  const created = parseInstant(value('created') ?? '', context)?.at;
  const modified = parseInstant(value('modified') ?? '', context)?.at;
  if (modified) stated.modified ??= { at: modified, from: 'docx' };
  const apart = created && modified ? Date.parse(modified) - Date.parse(created) : Number.NaN;
  if (created && apart >= 0 && apart <= MAX_WRITING_MS) stated.published ??= { at: created, from: 'docx' };
}
