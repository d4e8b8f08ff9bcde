import type { ParsedArticle, WireItem } from '../../../shared/model/article.ts';
import type { FunctionSettings } from '../../../shared/settings/settings.ts';
import type { Deadline } from './deadline.ts';
import type { DomNode } from './dom.ts';
import type { LocalMedia } from './local-media.ts';
import type { ReleaseTerms, TermContext } from './release-terms.ts';
import type { Stated } from './stated.ts';

/** A file to be understood. */
export interface ParseInput {
  bytes: Uint8Array;
  /** Its key in the bucket, decoded; the first folder is its default section. */
  key: string;
  /** Key that relative addresses of media are resolved against, where it is another than {@link key}. */
  home?: string | undefined;
  contentType?: string | undefined;
  /** S3 object metadata, names in lower case and without `x-amz-meta-`. */
  metadata?: Readonly<Record<string, string>> | undefined;
  /** Where the file was published before, to resolve relative addresses against. */
  url?: string | undefined;
  /** When it was filed, RFC 3339: a weekday in an embargo is the next one from here. */
  filedAt?: string | undefined;
}

/** What a reader gets: the input with its text decoded. */
export interface SourceText {
  text: string;
  input: ParseInput;
  settings: FunctionSettings;
  /** Where relative addresses mean files of the bucket. */
  local: LocalMedia;
  /** The time that is left for the file as a whole: for every walk over it. */
  deadline: Deadline;
  /**
   * When the story may be public. A reader adds what its format states in fields of its own. Lines at the head and the
   * foot of the story are read for every format afterwards.
   */
  terms: ReleaseTerms;
}

/** How dates of a source are read, as long as its language is not known. */
export function contextOf({ settings, input }: Pick<SourceText, 'settings' | 'input'>): TermContext {
  return { timeZone: settings.articles.timeZone, language: settings.site.language, filedAt: input.filedAt };
}

/** What a reader makes of a file; the extractor turns it into an article. */
export interface SourceDocument {
  /** Name of the format: `text`, `html`, `markdown`... */
  format: string;
  /**
   * The document node. `page`: the story must be found among navigation and boilerplate. `copy`: all of the
   * body is the story.
   */
  root: DomNode;
  layout: 'page' | 'copy';
  stated: Stated;
  /** Its sender withholds or cancels the item: that needs no words. */
  isNotice?: boolean;
  /** What an item of a wire says by ids; if it is cancelled, so are the items that it follows. */
  wire?: WireItem & { follows: string[] };
  /** What was guessed or dropped, in words that an editor understands. */
  warnings: string[];
  /** What the source says to its readers, as plain text; left out where that is its text as it is. */
  shown?: string;
}

/**
 * One format: a file in `formats/`, a row of the table in `formats/choose-format.ts`.
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
  /** @throws Rejection where the file can never be read in this format */
  read(source: SourceText): SourceDocument | Promise<SourceDocument>;
}

export type ParseArticle = (input: ParseInput, settings?: FunctionSettings) => Promise<ParsedArticle>;
