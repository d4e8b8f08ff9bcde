/// <reference path="../packages/markdown-it-plugins.d.ts" />
import type { CheerioAPI } from 'cheerio';
import MarkdownIt from 'markdown-it';
import definitions from 'markdown-it-deflist';
import footnotes from 'markdown-it-footnote';
import highlights from 'markdown-it-mark';
import { Rejection } from '../../../shared/errors/rejection.ts';
import { parseHtml } from '../html/tree.ts';
import { cheerioOf } from '../html/tree-cheerio.ts';
import type { Deadline } from '../model/deadline.ts';
import { type DomNode, firstElement } from '../model/dom.ts';
import { contextOf, type FormatReader } from '../model/format-reader.ts';
import type { Term } from '../model/release-terms.ts';
import type { Stated } from '../model/stated.ts';
import { takeDocumentTerms } from '../release/document.ts';
import { parseByline } from '../text/byline.ts';
import { fold, stripForbidden } from '../text/characters.ts';
import { type DateContext, findInstant } from '../text/dates.ts';
import { splitFrontMatter } from './front-matter.ts';
import { statedBy } from './front-matter-stated.ts';
import { plainMarkdown } from './markdown-dialects.ts';
import { takeShortcodes } from './shortcodes.ts';
import { takeRelated } from './text/copy-dom.ts';
import { type CopyLine, endsWithStop, measure, refuseLines } from './text/lines.ts';
import { withoutTermLines } from './text/terms.ts';

/** Maximum number of tokens of a file: the same as for elements of HTML. A token takes 200 bytes of memory. */
const MAX_TOKENS = 500_000;

/** Maximum number of positions at which the parser looks for marks. A file with 10 MB of prose has 400,000. */
const MAX_LOOKS = 2_000_000;

/** Maximum depth of links and pictures inside one another. */
const MAX_LINK_DEPTH = 20;

/** Maximum number of captions of pictures that are read. */
const MAX_CAPTIONS = 1_000;

/** The term of front matter that is not closed. The missing part may hold an embargo. */
const OPEN_FRONT_MATTER: Term = {
  kind: 'hold',
  why: 'unclear',
  quote: '---',
  says: 'The front matter is not closed: the line “---” below it is missing.',
};

/** The term of a comment that is not closed. The text below it may be private. */
function openComment(quote: string): Term {
  return {
    kind: 'hold',
    why: 'unclear',
    quote,
    says: `A comment is not closed: “%%” is missing after “${quote}”.`,
  };
}

/** The budget of a file while it is parsed. */
interface ParseBudget {
  deadline: Deadline;
  tokens: number;
  looks: number;
}

function budgetOf(env: unknown): ParseBudget {
  return env as ParseBudget;
}

/**
 * Counts a token, or a position at which the parser looks for marks.
 * @throws Rejection `too-large`, `too-slow`
 */
function count(budget: ParseBudget, kind: 'tokens' | 'looks', limit: number): void {
  budget.deadline.tick();
  budget[kind] += 1;
  if (budget[kind] > limit)
    throw new Rejection('too-large', 'The file has more markup than any article needs.');
}

/**
 * The parser. It keeps HTML, because the body is cleaned later. It does not change quotation marks and
 * dashes.
 */
const markdown = new MarkdownIt({ html: true, linkify: true, typographer: false });
markdown.linkify.set({ fuzzyLink: false });
markdown.use(footnotes).use(definitions).use(highlights);
// The arrow of a footnote leads back to its reference. It is not a word of the note.
markdown.renderer.rules.footnote_anchor = () => '';
// Hostile files make the parser look at the same brackets many times. These hooks count each look and each
// token.
markdown.inline.ruler.before('text', 'budget', ({ env }) => {
  count(budgetOf(env), 'looks', MAX_LOOKS);
  return false;
});
markdown.block.State = class extends markdown.block.State {
  override push(...token: Parameters<InstanceType<typeof markdown.block.State>['push']>) {
    count(budgetOf(this.env), 'tokens', MAX_TOKENS);
    return super.push(...token);
  }
};
markdown.inline.State = class extends markdown.inline.State {
  // For nested links the parser looks at the rest of a paragraph once per level. CommonMark's own limit is
  // 20.
  override level = markdown.options.maxNesting - MAX_LINK_DEPTH;

  override push(...token: Parameters<InstanceType<typeof markdown.inline.State>['push']>) {
    count(budgetOf(this.env), 'tokens', MAX_TOKENS);
    return super.push(...token);
  }
};

/** Minimum width, in columns, of a line that is a paragraph in a file with few blank lines. */
const MIN_PARAGRAPH_COLUMNS = 132;

/** Reads Markdown (CommonMark, tables, strike-through, footnotes, definition lists) with front matter. */
export const markdownReader: FormatReader = {
  name: 'markdown',
  async read(source) {
    const { text, input, deadline, local, terms } = source;
    const context = contextOf(source);
    const front = await splitFrontMatter(text);
    if (front?.isOpen) terms.add(OPEN_FRONT_MATTER);
    const { stated, warnings } = statedBy(front?.fields ?? new Map(), context, input.url, local, terms);
    const plain = stripForbidden((front?.body ?? text).replace(/\r\n?/g, '\n'));
    const dialects = plainMarkdown(withoutTermLines(plain, context, terms));
    if (dialects.openComment !== undefined) terms.add(openComment(dialects.openComment));
    const body = splitParagraphs(dialects.text);
    const { root } = parseHtml(
      markdown.render(body, { deadline, tokens: 0, looks: 0 } satisfies ParseBudget),
      deadline,
    );
    const shortcodes = takeShortcodes(root);
    takeDocumentTerms(root, 'copy', context, terms);
    const $ = cheerioOf(root);
    captionPictures($);
    takeCredits($, stated, context, takeHeadline($, stated));
    takeRelated($, stated);
    return {
      format: 'markdown',
      root,
      layout: 'copy',
      stated,
      warnings: [...(front?.warnings ?? []), ...warnings, ...dialects.warnings, ...shortcodes],
      shown: text.replace(INVISIBLE_MARKUP, ' '),
    };
  },
};

/** Markup that readers do not see: tags and the addresses of links. */
const INVISIBLE_MARKUP = /<[^<>]*>|\]\([^()\s]*\)|^\[[^[\]]*\]:\s*\S+/gm;

/** Adds blank lines around long lines of pasted text. Without them the whole text would be one paragraph. */
function splitParagraphs(text: string): string {
  refuseLines(text);
  const lines = text.trimEnd().split('\n').map(measure);
  const blank = lines.filter(line => line.blank).length;
  if (blank * 8 > lines.length || /^\s{0,3}(?:```|~~~)/m.test(text)) return text;
  const isParagraph = ({ width, text: words, indent }: CopyLine) =>
    indent < 4 && width > MIN_PARAGRAPH_COLUMNS && endsWithStop(words);
  return text
    .split('\n')
    .map((line, at) => (lines[at] && isParagraph(lines[at]) ? `${line}\n` : line))
    .join('\n');
}

/** Makes captions of the titles of pictures that stand alone: `![alt](bridge.jpg "The bridge at dawn")`. */
function captionPictures($: CheerioAPI): void {
  const titled = $('img[title]').slice(0, MAX_CAPTIONS).toArray();
  const lines = new Set(titled.map(picture => $(picture).parent('a').parent()[0] ?? picture.parent));
  let left = MAX_CAPTIONS;
  for (const line of lines) {
    if (!line || !('children' in line) || /^(?:h\d|dt|figure)$/.test('name' in line ? line.name : ''))
      continue;
    const nodes = [...line.children];
    const isWord = (node: (typeof nodes)[number]) => plain($(node).text()) !== '';
    const first = nodes.findIndex(isWord);
    const beside =
      first < 0 ? nodes : [...nodes.slice(0, first), ...nodes.slice(nodes.findLastIndex(isWord) + 1)];
    for (const node of beside) {
      // The element is the picture, or a link that holds only the picture.
      const picture = $(node).is('img') ? $(node) : $(node).children('img');
      const words = plain(picture.attr('title') ?? '');
      if (picture.length !== 1 || !words || left-- <= 0) continue;
      $(node).wrap('<figure></figure>').after($('<figcaption></figcaption>').text(words));
    }
  }
}

/** Maximum length, in characters, of a line that is no paragraph of the story, such as a byline. */
const MAX_LABEL_CHARS = 160;

/** Maximum number of lines above the headline, such as a kicker, a byline and a date. */
const MAX_LABELS = 4;

/**
 * Takes the first heading above the story as the headline if the front matter has none. Removes a heading that
 * repeats the headline. Rules, pictures and a few labels may stand above the heading.
 * @returns number of elements above the headline
 */
function takeHeadline($: CheerioAPI, stated: Stated): number {
  const children = $('body').children();
  const level = $('h1').length > 0 ? 'h1' : 'h2';
  let [at, labels] = [0, 0];
  for (; children.eq(at).is(`:not(${level})`); at += 1) {
    const text = plain(children.eq(at).text());
    if (text) labels += 1;
    if (labels > MAX_LABELS || text.length > MAX_LABEL_CHARS || endsWithStop(text)) return 0;
  }
  const text = plain(children.eq(at).text());
  // Below a line of text, a heading is the headline only if the file has no second heading of its level.
  if (!text || (labels > 0 && (level === 'h2' || $('h1').length > 1))) return 0;
  if (!stated.headline) stated.headline = { text, from: 'document' };
  else if (fold(stated.headline.text) !== fold(text)) return 0;
  children.eq(at).remove();
  const above = children.slice(0, at);
  above.filter('hr').remove();
  return above.not('hr').length;
}

/**
 * Takes a byline or a date that stands alone in the first paragraphs.
 * @param above number of elements that stood above the headline
 */
function takeCredits($: CheerioAPI, stated: Stated, context: DateContext, above: number): void {
  if (!stated.headline) return;
  const first = $('body')
    .children()
    .slice(0, above + 3);
  for (const [at, node] of first.toArray().entries()) {
    const text = plain($(node).text());
    const isLabel =
      node.name === 'p' &&
      text.length <= MAX_LABEL_CHARS &&
      !firstElement(node as DomNode, ({ name }) => name === 'img');
    const authors = isLabel && !endsWithStop(text) ? parseByline(text) : undefined;
    const date = isLabel ? findInstant(text, context) : undefined;
    if (authors) stated.authors ??= authors;
    else if (date?.rest.length === 0) stated.published ??= { at: date.at, from: 'date-line' };
    else if (at < above) continue;
    else return;
    $(node).remove();
  }
}

function plain(text: string): string {
  return text.replace(/\s/g, ' ').trim();
}
