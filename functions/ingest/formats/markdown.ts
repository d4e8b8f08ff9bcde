import type { CheerioAPI } from 'cheerio';
import MarkdownIt from 'markdown-it';
import { parseByline } from '../extract/byline.ts';
import { fold, stripForbidden } from '../extract/characters.ts';
import { type DateContext, findInstant } from '../extract/dates.ts';
import { cheerioOf, parseHtml } from '../extract/tree.ts';
import { takeRelated } from './copy-dom.ts';
import { splitFrontMatter } from './front-matter.ts';
import { statedBy } from './front-matter-stated.ts';
import type { FormatReader, Stated } from './reader.ts';
import { endsWithStop, type Line, measure } from './text/lines.ts';

/** HTML is let through because the body is cleaned later; quotes and dashes stay as they were written. */
const markdown = new MarkdownIt({ html: true, linkify: true, typographer: false });
markdown.linkify.set({ fuzzyLink: false });

/** A line this wide that ends a sentence is a paragraph, in a file that has hardly any blank lines. */
const PARAGRAPH_WIDTH = 132;

/** Markdown (CommonMark, tables, strike-through) with front matter. */
export const markdownReader: FormatReader = {
  name: 'markdown',
  async read({ text, input, settings, deadline }) {
    const context = { timeZone: settings.articles.timeZone, language: settings.site.language };
    const front = await splitFrontMatter(text);
    const { stated, warnings } = statedBy(front?.fields ?? new Map(), context, input.url);
    const body = partParagraphs(stripForbidden((front?.body ?? text).replace(/\r\n?/g, '\n')));
    const { root } = parseHtml(markdown.render(body), deadline);
    const $ = cheerioOf(root);
    takeHeadline($, stated);
    takeCredits($, stated, context);
    takeRelated($, stated);
    return {
      format: 'markdown',
      root,
      $,
      layout: 'copy',
      stated,
      warnings: [...(front?.warnings ?? []), ...warnings],
    };
  },
};

/** A paste without blank lines would be one huge paragraph: each of its long lines was one. */
function partParagraphs(text: string): string {
  const lines = text.trimEnd().split('\n').map(measure);
  const blank = lines.filter(line => line.blank).length;
  if (blank * 8 > lines.length || /^\s{0,3}(?:```|~~~)/m.test(text)) return text;
  const isParagraph = ({ width, text: words, indent }: Line) =>
    indent < 4 && width > PARAGRAPH_WIDTH && endsWithStop(words);
  return text
    .split('\n')
    .map((line, at) => (lines[at] && isParagraph(lines[at]) ? `${line}\n` : line))
    .join('\n');
}

/** The first heading is the headline where the front matter has none; where it repeats that, it goes. */
function takeHeadline($: CheerioAPI, stated: Stated): void {
  const first = $('body').children().first();
  if (!first.is('h1')) return;
  const text = plain(first.text());
  if (!text) return;
  if (!stated.headline) stated.headline = { text, from: 'document' };
  else if (fold(stated.headline.text) !== fold(text)) return;
  first.remove();
}

/** A byline or a date that stands alone in the first paragraphs. */
function takeCredits($: CheerioAPI, stated: Stated, context: DateContext): void {
  if (!stated.headline) return;
  for (let count = 0; count < 3; count++) {
    const first = $('body').children().first();
    const text = plain(first.text());
    if (!first.is('p') || text.length > 160 || first.find('img').length > 0) return;
    const authors = endsWithStop(text) ? undefined : parseByline(text);
    const date = findInstant(text, context);
    if (authors) stated.authors ??= authors;
    else if (date?.rest.length === 0) stated.published ??= { at: date.at, from: 'date-line' };
    else return;
    first.remove();
  }
}

function plain(text: string): string {
  return text.replace(/\s/g, ' ').trim();
}
