import type { ParsedArticle, Source, WireItem } from '../../../shared/model/article.ts';
import type { FunctionSettings } from '../../../shared/settings/settings.ts';
import type { Deadline } from './deadline.ts';
import type { DomNode } from './dom.ts';
import type { LocalMedia } from './local-media.ts';
import type { ReleaseTerms, TermContext } from './release-terms.ts';
import type { Stated } from './stated.ts';

export interface ParseInput {
  bytes: Uint8Array;
  /** The decoded key of the file in the bucket. The first folder is the default section. */
  key: string;
  /** Key that relative addresses of media are resolved against. Default: {@link key}. */
  home?: string | undefined;
  contentType?: string | undefined;
  /** S3 object metadata. Names are in lower case and without `x-amz-meta-`. */
  metadata?: Readonly<Record<string, string>> | undefined;
  /** Address where the file was published before. Relative addresses are resolved against it. */
  url?: string | undefined;
  /** In a mail with several stories: the number of the attachment that is the story, or `text` for that of the mail. */
  story?: number | 'text' | undefined;
  /** The verdict on the mail that brought the file, if it was given before. Default: it is made from the bytes. */
  mail?: Source['mail'];
  /** Time of filing, RFC 3339. A weekday in an embargo means the next such day after this time. */
  filedAt?: string | undefined;
}

/** The input of a format reader: a file with its text decoded. */
export interface SourceText {
  text: string;
  input: ParseInput;
  settings: FunctionSettings;
  /** Resolves relative addresses to files of the bucket. */
  local: LocalMedia;
  /** The time budget of the whole file. */
  deadline: Deadline;
  /**
   * Release terms of the story. A reader adds the terms from fields of its format. Terms in lines at the head
   * and the foot of the story are read afterwards, for every format.
   */
  terms: ReleaseTerms;
  /** Reads a document inside this file with the reader of its own format. Its release terms apply to this file. */
  readAttached?: (attached: ParseInput) => Promise<AttachedDocument>;
}

/** A document inside another file, such as a Word document attached to a mail. */
export interface AttachedDocument {
  document: SourceDocument;
  /** Its decoded text. Empty if its reader decodes the bytes itself. */
  text: string;
}

/** The context for reading dates before the language of the source is known. */
export function contextOf({ settings, input }: Pick<SourceText, 'settings' | 'input'>): TermContext {
  return { timeZone: settings.articles.timeZone, language: settings.site.language, filedAt: input.filedAt };
}

/** The output of a format reader. The later steps turn it into an article. */
export interface SourceDocument {
  /** Name of the format: `text`, `html`, `markdown`... */
  format: string;
  /** The document node. */
  root: DomNode;
  /**
   * `page`: the story must be found among navigation and boilerplate. `copy`: the whole body is the story.
   */
  layout: 'page' | 'copy';
  stated: Stated;
  /** Whether this file withholds or cancels an item. Such a file needs no words. */
  isNotice?: boolean;
  /** The ids of a wire item. If the item is cancelled, the items that it `follows` are cancelled too. */
  wire?: WireItem & { follows: string[] };
  /** The text of the story as the metadata of a page repeats it. It can be cut off. */
  articleBody?: string;
  /** The language with which the reader took the release terms of the document, if it changed nothing afterwards. */
  termsReadIn?: string;
  /** Warnings for editors: what was guessed or left out. */
  warnings: string[];
  /** The text that readers of the source see, without markup. Absent if it equals the text of the source. */
  shown?: string;
}

/**
 * Reads one format. Each format has a file in `formats/` and a row in the table of `formats/choose-format.ts`.
 * @example
 * ```ts
 * import { escapeText } from '../../../shared/text/escape.ts';
 * import { parseHtml } from '../html/tree.ts';
 * import type { FormatReader } from './format-reader.ts';
 *
 * // The first line is the headline, each other line a paragraph.
 * export const linesReader: FormatReader = {
 *   name: 'lines',
 *   read({ text, deadline }) {
 *     const [headline = '', ...lines] = text.split('\n');
 *     const html = lines.map(line => `<p>${escapeText(line)}</p>`).join('');
 *     return {
 *       format: 'lines',
 *       root: parseHtml(html, deadline).root,
 *       layout: 'copy',
 *       stated: { headline: { text: headline, from: 'text' } },
 *       warnings: [],
 *     };
 *   },
 * };
 * ```
 */
export interface FormatReader {
  name: string;
  /** @throws Rejection if the file can never be read in this format */
  read(source: SourceText): SourceDocument | Promise<SourceDocument>;
}

/**
 * Parses a file into an article.
 * @throws Rejection if the file can never become an article
 */
export type ParseArticle = (input: ParseInput, settings?: FunctionSettings) => Promise<ParsedArticle>;
