import type { CheerioAPI } from 'cheerio';
import type { PublishedFrom } from '../../../../shared/model/article.ts';
import { parseHtml } from '../../html/tree.ts';
import { cheerioOf } from '../../html/tree-cheerio.ts';
import type { DomNode } from '../../model/dom.ts';
import { contextOf, type SourceDocument, type SourceText } from '../../model/format-reader.ts';
import type { ReleaseTerms, TermContext } from '../../model/release-terms.ts';
import type { Stated } from '../../model/stated.ts';
import { takeDocumentTerms } from '../../release/document.ts';
import { readKeyed } from '../../release/keyed.ts';
import { keyOf } from '../../release/keys.ts';
import { readTermLine } from '../../release/line.ts';
import { parseNames } from '../../text/byline.ts';
import { oneLine } from '../../text/characters.ts';
import { type DateContext, parseInstant } from '../../text/dates.ts';
import { FRONT_MATTER_KEYS, plainKey } from '../../words/front-matter-keys.ts';
import { MACHINE_PROPERTIES } from '../../words/office-styles.ts';
import { removeNodes, takeEnd, takeRelated, takeTop } from '../text/copy-dom.ts';
import { captionPictures } from './embedded-pictures.ts';

/**
 * Maximum time between the creation and the last change of a file, in milliseconds. If the time is longer, the
 * file is a copy of an older file.
 */
const MAX_WRITING_MS = 30 * 24 * 3_600_000;

/** Minimum number of soft returns in a single paragraph that holds a whole story. */
const MIN_SOFT_RETURNS = 3;

const FULL_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Names of files and programs that stand in the title of a file. */
const MACHINE_TITLE = /\.(?:docx?|dotx?|od[tm]|ott|rtf)$|^microsoft word\b/i;

/** The properties of a file, as it states them. */
export interface DocumentProperties {
  title?: string | undefined;
  creator?: string | undefined;
  keywords?: string | undefined;
  status?: string | undefined;
  created?: string | undefined;
  modified?: string | undefined;
}

/** A document of an office program, before its facts are read. */
export interface OfficeStory {
  format: 'docx' | 'odt' | 'rtf' | 'pdf' | 'html';
  /** `h1.headline` is the title of the document, `p.dek` its subtitle, and `p.caption` the caption of a picture. */
  html: string;
  /** The words that the document shows, one line per paragraph. */
  shown: string;
  /** Lines in headers and footers of pages, which also hold watermarks. They do not belong to the story. */
  margins: readonly string[];
  /** The comments of editors, which stay out of the story. */
  comments?: readonly string[];
  properties: DocumentProperties;
  warnings: string[];
}

/** Reads the facts of a document of an office program: headline, dek, byline, dates and release terms. */
export function readOfficeStory(story: OfficeStory, source: SourceText): SourceDocument {
  const { root } = parseHtml(story.html, source.deadline);
  return readOfficeTree(root, story, source);
}

/** Reads the facts of such a document that is a tree already. */
export function readOfficeTree(
  root: DomNode,
  { format, shown, margins, comments = [], properties, warnings }: Omit<OfficeStory, 'html'>,
  source: SourceText,
): SourceDocument {
  const { terms } = source;
  const context = contextOf(source);
  const $ = cheerioOf(root);
  // A release term must stand on a line of its own before it is searched.
  splitSoftReturns($);
  const stated = takeFrontMatter($, context, terms);
  takeDocumentTerms(root, 'copy', context, terms);
  for (const line of margins) terms.add(...(readTermLine(line, context)?.terms ?? []));
  for (const comment of comments) {
    const term = readTermLine(oneLine(comment), context);
    // A comment can be about any word of the story.
    if (term?.sureness === 'sure') terms.add(...term.terms);
  }
  captionPictures($);
  // The arrow of a note leads back to its reference. It is not a word of the note.
  removeNodes($('a[href^="#footnote-ref-"], a[href^="#endnote-ref-"]').get() as never);
  const title = $('h1.headline').first();
  const dek = $('p.dek').first();
  if (oneLine(title.text())) stated.headline ??= { text: oneLine(title.text()), from: 'document' };
  if (oneLine(dek.text())) stated.dek = oneLine(dek.text());
  title.remove();
  dek.remove();
  takeTop($, stated, context, warnings, terms.size > 0);
  takeRelated($, stated);
  takeEnd($, warnings);
  // The day of the dateline is stated in the copy. The file's dates are those of the last save.
  if (FULL_DATE.test(stated.dateline?.date ?? ''))
    stated.published ??= { at: `${stated.dateline?.date}T00:00:00.000Z`, from: 'date-line' };
  addProperties(stated, properties, format === 'html' ? 'document' : format, context, terms);
  return { format, root, layout: 'copy', stated, warnings, shown };
}

/** Maximum number of paragraphs of front matter. */
const MAX_FIELDS = 40;

/** A line above and below front matter. Word processors write a dash for hyphens. */
const FENCE = /^(?:[-–—]{2,}|—|\+{3,})$/;

/** Takes front matter that an author typed into a document: fields in paragraphs between two fences. */
function takeFrontMatter($: CheerioAPI, context: TermContext, terms: ReleaseTerms): Stated {
  const filled = $('p').filter((_, element) => oneLine($(element).text()) !== '');
  const lines = filled.slice(0, MAX_FIELDS).get();
  const texts = lines.map(element => oneLine($(element).text()));
  const end = FENCE.test(texts[0] ?? '') ? texts.findIndex((text, at) => at > 0 && FENCE.test(text)) : -1;
  const fields = texts.slice(1, Math.max(end, 1)).map(text => FIELD.exec(text) ?? []);
  const isKnown = (key = '') => FRONT_MATTER_KEYS.has(plainKey(key)) || keyOf(key) !== undefined;
  // A dialogue between two rules is text: “Anna: Hello.”
  if (fields.some(([whole]) => whole === undefined) || !fields.some(([, key]) => isKnown(key))) return {};
  const stated: Stated = {};
  for (const [, key = '', given = ''] of fields) {
    const value = given.replace(/^["“'](.*)["”']$/u, '$1');
    const field = FRONT_MATTER_KEYS.get(plainKey(key));
    if (field === 'headline') stated.headline ??= { text: value, from: 'front-matter' };
    else if (field === 'dek' || field === 'summary' || field === 'section') stated[field] ??= value;
    else if (field === 'authors') stated.authors ??= parseNames(value) ?? [{ name: value }];
    else if (field === 'tags') stated.tags ??= value.split(/[,;]/).map(tag => tag.trim());
    terms.add(...readKeyed(key, value, context));
  }
  for (const element of lines.slice(0, end + 1)) $(element).remove();
  return stated;
}

/** A field of front matter. */
const FIELD = /^([\p{L}_][\p{L}\p{M}\p{N}_ -]{0,40}?)\s?[:=]\s*(.*)$/u;

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

/** Takes facts that the copy does not state from the file's properties. Properties often come from a template. */
function addProperties(
  stated: Stated,
  properties: DocumentProperties,
  from: PublishedFrom,
  context: DateContext,
  terms: ReleaseTerms,
): void {
  const value = (name: keyof DocumentProperties) => {
    const words = oneLine(properties[name] ?? '');
    return words && !MACHINE_PROPERTIES.has(words.toLowerCase()) ? words : undefined;
  };
  terms.add(...readKeyed('status', value('status'), context));
  const title = value('title');
  if (!stated.headline && title && !MACHINE_TITLE.test(title))
    stated.headline = { text: title, from: 'metadata' };
  const authors = parseNames(value('creator') ?? '')?.filter(({ name }) => name.includes(' '));
  if (!stated.authors && authors && authors.length > 0) stated.authors = authors;
  const keywords = value('keywords')?.split(/[,;、，]/) ?? [];
  const tags = keywords.map(tag => tag.trim()).filter(Boolean);
  if (!stated.tags && tags.length > 0) stated.tags = tags;
  const created = parseInstant(value('created') ?? '', context)?.at;
  const modified = parseInstant(value('modified') ?? '', context)?.at;
  if (modified) stated.modified ??= { at: modified, from };
  const apart = created && modified ? Date.parse(modified) - Date.parse(created) : Number.NaN;
  if (created && apart >= 0 && apart <= MAX_WRITING_MS) stated.published ??= { at: created, from };
}
