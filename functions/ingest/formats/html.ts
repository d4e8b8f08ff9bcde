import { statedLanguage } from '../../../shared/text/language-tag.ts';
import { parseHtml } from '../html/tree.ts';
import { swallowedText } from '../html/unclosed.ts';
import { readDocument } from '../metadata/document.ts';
import type { DomNode } from '../model/dom.ts';
import {
  contextOf,
  type FormatReader,
  type SourceDocument,
  type SourceText,
} from '../model/format-reader.ts';
import { takeDocumentTerms } from '../release/document.ts';
import { readKeyed } from '../release/keyed.ts';
import { SHORTCODE_NAMES } from '../words/shortcode-names.ts';

/** Tags that only whole pages have. */
const PAGE =
  /<(?:!doctype\s{0,20}|html[\s>]|head[\s>]|body[\s>]|main[\s>]|nav[\s>]|header[\s>]|footer[\s>]|article[\s>]|aside[\s>])/i;

/**
 * What can be a shortcode of WordPress: a name in brackets with an attribute, or one of its own names. Scripts are full
 * of other brackets. Few pages have a shortcode, so the reader of shortcodes is loaded only when needed.
 */
const SHORTCODE = new RegExp(
  String.raw`\[\/?(?:[a-z][\w-]{1,40}\s+[\w-]+\s*=|(?:${[...SHORTCODE_NAMES].join('|')})[\s/\]])`,
  'i',
);

/** What only the exports of word processors have: Google Docs, LibreOffice, Apple's text system, and Word. */
const DOCUMENT_EXPORT =
  /<body[^>]{0,200}\bdoc-content\b|<meta\s[^>]{0,100}content="?(?:LibreOffice|OpenOffice|Cocoa HTML Writer)|<div\s{1,5}class="?(?:Word)?Section1\b/i;

/** Number of characters in which such tags are searched. Comments and scripts may stand before them. */
const MAX_PAGE_START_CHARS = 100_000;

/**
 * Reads HTML. A whole page, with navigation and boilerplate around its story, has the layout `page`. A
 * fragment from a content system or a paste has the layout `copy`: all of it is the story.
 */
export const htmlReader: FormatReader = {
  name: 'html',
  async read(source: SourceText): Promise<SourceDocument> {
    const { text, input, settings, deadline, terms } = source;
    if (DOCUMENT_EXPORT.test(text.slice(0, MAX_PAGE_START_CHARS)))
      return (await import('./office/document-html.ts')).readDocumentHtml(source);
    const parsed = parseHtml(text, deadline);
    const layout = PAGE.test(text.slice(0, MAX_PAGE_START_CHARS)) ? 'page' : 'copy';
    const language = statedLanguage(rootLanguage(parsed.root)) ?? settings.site.language;
    const context = { ...contextOf(source), language };
    takeDocumentTerms(parsed.root, layout, context, terms);
    const shortcodes = SHORTCODE.test(text)
      ? (await import('./shortcodes.ts')).takeShortcodes(parsed.root)
      : [];
    const { stated, status, warnings, articleBody } = readDocument(parsed.root, { url: input.url, settings });
    warnings.push(...shortcodes);
    if (status && !/^(?:archived|expired)/i.test(status))
      terms.add(...readKeyed('status', status, context).filter(({ kind }) => kind === 'hold'));
    if (parsed.flattened)
      warnings.push('The markup of the file is nested so badly that only its plain structure was kept.');
    if (parsed.repaired.size > 0)
      warnings.push(
        `Markup of the file has no end (${[...parsed.repaired].join(', ')}): what follows it was kept. Check the story.`,
      );
    return {
      format: 'html',
      root: parsed.root,
      layout,
      stated,
      warnings,
      // A shortcode can stand before a term.
      ...(shortcodes.length === 0 ? { termsReadIn: language } : {}),
      ...(articleBody ? { articleBody } : {}),
      shown: parsed.swallowed.map(swallowedText).join('\n'),
    };
  },
};

/** The language that the root element declares. */
function rootLanguage({ children = [] }: DomNode): string | undefined {
  const html = children.find(({ name }) => name === 'html');
  return html?.attribs?.lang ?? html?.attribs?.['xml:lang'];
}
