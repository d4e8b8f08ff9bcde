import type { CheerioAPI } from 'cheerio';
import MarkdownIt from 'markdown-it';
import { Rejection } from '../../../shared/errors/rejection.ts';
import { parseHtml } from '../html/tree.ts';
import { cheerioOf } from '../html/tree-cheerio.ts';
import type { Deadline } from '../model/deadline.ts';
import { contextOf, type FormatReader } from '../model/format-reader.ts';
import type { Term } from '../model/release-terms.ts';
import type { Stated } from '../model/stated.ts';
import { takeDocumentTerms } from '../release/document.ts';
import { parseByline } from '../text/byline.ts';
import { fold, stripForbidden } from '../text/characters.ts';
import { type DateContext, findInstant } from '../text/dates.ts';
import { splitFrontMatter } from './front-matter.ts';
import { statedBy } from './front-matter-stated.ts';
import { takeRelated } from './text/copy-dom.ts';
import { type CopyLine, endsWithStop, measure, refuseLines } from './text/lines.ts';
import { withoutTermLines } from './text/terms.ts';

/** Pieces of markup that a file may have: as many as elements. Each takes two hundred bytes of memory. */
const MAX_PIECES = 500_000;

/** Places that may be marks, looked at once or more often; the parser remembers most of them. Ten megabytes of prose have 400,000. */
const MAX_LOOKS = 2_000_000;

/** Links and pictures within one another. */
const MAX_LINKS = 20;

/** Captions of pictures; none of more is looked for. */
const MOST_CAPTIONS = 1_000;

/** What is missing below front matter that is not closed may be an embargo. */
const OPEN_FRONT_MATTER: Term = {
  kind: 'hold',
  why: 'unclear',
  quote: '---',
  says: 'The front matter is not closed: the line “---” below it is missing.',
};

/** What is known of a file while it is read: its time, and how much was done about it. */
interface Watch {
  deadline: Deadline;
  pieces: number;
  looks: number;
}

function watchOf(env: unknown): Watch {
  return env as Watch;
}

/** @throws Rejection `too-large`, `too-slow` */
function count(watch: Watch, what: 'pieces' | 'looks', most: number): void {
  watch.deadline.tick();
  watch[what] += 1;
  if (watch[what] > most)
    throw new Rejection('too-large', 'The file has more markup than any article needs.');
}

/** HTML is let through because the body is cleaned later; quotes and dashes stay as they were written. */
const markdown = new MarkdownIt({ html: true, linkify: true, typographer: false });
markdown.linkify.set({ fuzzyLink: false });
// Bait makes the parser look at the same brackets again and again: each look passes here, and each piece that is made.
markdown.inline.ruler.before('text', 'watch', ({ env }) => {
  count(watchOf(env), 'looks', MAX_LOOKS);
  return false;
});
markdown.block.State = class extends markdown.block.State {
  override push(...piece: Parameters<InstanceType<typeof markdown.block.State>['push']>) {
    count(watchOf(this.env), 'pieces', MAX_PIECES);
    return super.push(...piece);
  }
};
markdown.inline.State = class extends markdown.inline.State {
  // For links within links the parser looks at the rest of a paragraph once for each level. CommonMark's own limit is 20.
  override level = markdown.options.maxNesting - MAX_LINKS;

  override push(...piece: Parameters<InstanceType<typeof markdown.inline.State>['push']>) {
    count(watchOf(this.env), 'pieces', MAX_PIECES);
    return super.push(...piece);
  }
};

/** A line this wide that ends a sentence is a paragraph, in a file that has hardly any blank lines. */
const PARAGRAPH_WIDTH = 132;

/** Markdown (CommonMark, tables, strike-through) with front matter. */
export const markdownReader: FormatReader = {
  name: 'markdown',
  async read(source) {
    const { text, input, deadline, local, terms } = source;
    const context = contextOf(source);
    const front = await splitFrontMatter(text);
    if (front?.isOpen) terms.add(OPEN_FRONT_MATTER);
    const { stated, warnings } = statedBy(front?.fields ?? new Map(), context, input.url, local, terms);
    const plain = stripForbidden((front?.body ?? text).replace(/\r\n?/g, '\n'));
    const body = partParagraphs(withoutTermLines(plain, context, terms));
    const { root } = parseHtml(
      markdown.render(body, { deadline, pieces: 0, looks: 0 } satisfies Watch),
      deadline,
    );
    takeDocumentTerms(root, 'copy', context, terms);
    const $ = cheerioOf(root);
    captionPictures($);
    takeHeadline($, stated);
    takeCredits($, stated, context);
    takeRelated($, stated);
    return {
      format: 'markdown',
      root,
      layout: 'copy',
      stated,
      warnings: [...(front?.warnings ?? []), ...warnings],
      shown: text.replace(UNSHOWN, ' '),
    };
  },
};

/** Markup that says nothing to readers: tags, and the addresses of links. */
const UNSHOWN = /<[^<>]*>|\]\([^()\s]*\)|^\[[^[\]]*\]:\s*\S+/gm;

/** A paste without blank lines would be one huge paragraph: each of its long lines was one. */
function partParagraphs(text: string): string {
  refuseLines(text);
  const lines = text.trimEnd().split('\n').map(measure);
  const blank = lines.filter(line => line.blank).length;
  if (blank * 8 > lines.length || /^\s{0,3}(?:```|~~~)/m.test(text)) return text;
  const isParagraph = ({ width, text: words, indent }: CopyLine) =>
    indent < 4 && width > PARAGRAPH_WIDTH && endsWithStop(words);
  return text
    .split('\n')
    .map((line, at) => (lines[at] && isParagraph(lines[at]) ? `${line}\n` : line))
    .join('\n');
}

/** A picture's title is its caption, unless it stands between words: `![alt](bridge.jpg "The bridge at dawn")`. */
function captionPictures($: CheerioAPI): void {
  const titled = $('img[title]').slice(0, MOST_CAPTIONS).toArray();
  const lines = new Set(titled.map(picture => $(picture).parent('a').parent()[0] ?? picture.parent));
  let left = MOST_CAPTIONS;
  for (const line of lines) {
    if (!line || !('children' in line) || /^(?:h\d|dt|figure)$/.test('name' in line ? line.name : ''))
      continue;
    const nodes = [...line.children];
    const isWord = (node: (typeof nodes)[number]) => plain($(node).text()) !== '';
    const first = nodes.findIndex(isWord);
    const beside =
      first < 0 ? nodes : [...nodes.slice(0, first), ...nodes.slice(nodes.findLastIndex(isWord) + 1)];
    for (const node of beside) {
      // The picture, or a link that holds it and nothing else.
      const picture = $(node).is('img') ? $(node) : $(node).children('img');
      const words = plain(picture.attr('title') ?? '');
      if (picture.length !== 1 || !words || left-- <= 0) continue;
      $(node).wrap('<figure></figure>').after($('<figcaption></figcaption>').text(words));
    }
  }
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
