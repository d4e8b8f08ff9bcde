import { refuseLines } from './text/lines.ts';

/** Markdown whose marks of other programs are rendered or removed. */
export interface PlainMarkdown {
  text: string;
  warnings: string[];
  /** A comment that has no end. The text below it may be private. */
  openComment?: string | undefined;
}

/** Maximum number of warnings of one file. */
const MAX_WARNINGS = 10;

/** Maximum number of characters that a warning quotes. */
const MAX_QUOTE_CHARS = 60;

/** Maximum length of a shortcode, a tag or a link, in characters. A longer one is text. */
const MAX_MARK_CHARS = 1_000;

/**
 * Rewrites the marks of Obsidian, Hugo, Jekyll, kramdown, MkDocs and Docusaurus as CommonMark. Pictures, links and
 * notices are rendered. Comments and other marks are removed with a warning. Code stays as it is.
 * @throws Rejection `too-large` for too many lines
 */
export function plainMarkdown(text: string): PlainMarkdown {
  refuseLines(text);
  return new Dialects().read(text);
}

class Dialects {
  readonly #code: string[] = [];
  readonly #warnings = new Set<string>();

  read(text: string): PlainMarkdown {
    let plain = this.#maskSpans(this.#maskBlocks(text));
    plain = this.#takeComments(plain);
    const openComment = OPEN_COMMENT.exec(plain)?.[0].trim();
    plain = this.#takeListings(plain);
    plain = this.#takeLinks(plain);
    plain = this.#takeTags(plain);
    plain = takeAttributes(plain);
    plain = this.#takeWikilinks(plain);
    plain = this.#takeNotes(plain);
    plain = plain
      .replace(TASK, '$1')
      .replace(BLOCK_ID, '')
      .replace(CALLOUT, (_, quote: string, title: string) =>
        title ? `${quote}**${title}**\n${quote}` : quote,
      );
    return {
      // A listing may hold a span of code, so masks are removed from the outside in.
      text: this.#unmask(plain),
      warnings: [...this.#warnings].slice(0, MAX_WARNINGS),
      openComment,
    };
  }

  /** Puts a mark in the place of code, so that no rule changes it. The text has no NUL. */
  #mask(code: string): string {
    this.#code.push(code);
    return `\0${this.#code.length - 1}\0`;
  }

  #unmask(text: string): string {
    return text.replace(/\0(\d+)\0/g, (_, index: string) => this.#unmask(this.#code[Number(index)] ?? ''));
  }

  #leaveOut(what: string, quote: string): void {
    this.#warnings.add(`${what} was left out: “${quote.slice(0, MAX_QUOTE_CHARS)}”.`);
  }

  /** Masks fenced and indented code. Rewrites the notices of MkDocs and Docusaurus, which begin on their own line. */
  #maskBlocks(text: string): string {
    const lines: string[] = [];
    let fence: string | undefined;
    let notice = false;
    let list = false;
    let blank = true;
    for (const line of text.split('\n')) {
      const isBlank = line.trim() === '';
      const indented = /^(?: {4}|\t)/.test(line);
      const own = notice ? line.replace(/^(?: {4}|\t)/, '') : line;
      const mark = /^\s{0,3}(`{3,}|~{3,})/.exec(own.trimStart() === own || list ? own.trimStart() : own)?.[1];
      if (fence !== undefined) {
        if (mark?.startsWith(fence) && /^\s*[`~]+\s*$/.test(own)) fence = undefined;
        lines.push(this.#mask(own));
        continue;
      }
      if (!isBlank && !indented) notice = false;
      if (mark) {
        fence = mark;
        lines.push(this.#mask(own));
      } else if (NOTICE.test(line)) {
        const title = NOTICE.exec(line)?.slice(1).find(Boolean)?.trim() ?? '';
        notice = !line.trimStart().startsWith(':');
        lines.push('', ...(title ? [`**${title}**`, ''] : []));
      } else if (MODULE.test(line)) {
        this.#leaveOut('Markup of a site generator', line.trim());
        lines.push('');
      } else if (indented && !notice && !list && blank) {
        lines.push(this.#mask(line));
        continue;
      } else lines.push(own);
      if (!isBlank && !indented) list = /^\s{0,3}(?:[-*+]|\d{1,9}[.)]|\[\^|:)/.test(line);
      blank = isBlank;
    }
    return lines.join('\n');
  }

  /** Masks code spans. A span does not go beyond its paragraph. */
  #maskSpans(text: string): string {
    if (!text.includes('`')) return text;
    return text
      .split(/(\n[ \t]*\n)/)
      .map(paragraph => {
        const runs = [...paragraph.matchAll(/`+/g)];
        // The last position of a run of each length, to find out in constant time that a run has no partner.
        const last = new Map(runs.map(({ 0: run, index }) => [run.length, index]));
        let masked = '';
        let done = 0;
        for (let at = 0; at < runs.length; at++) {
          const run = runs[at];
          if (!run || (last.get(run[0].length) ?? 0) <= run.index) continue;
          let close = at + 1;
          while (runs[close]?.[0].length !== run[0].length) close += 1;
          const end = (runs[close]?.index ?? 0) + run[0].length;
          masked += paragraph.slice(done, run.index) + this.#mask(paragraph.slice(run.index, end));
          done = end;
          at = close;
        }
        return masked + paragraph.slice(done);
      })
      .join('');
  }

  #takeComments(text: string): string {
    let plain = text;
    let found = false;
    for (const [open, close] of COMMENTS)
      plain = replacePairs(plain, open, close, (_, before) => {
        found = true;
        return before;
      });
    if (found) this.#warnings.add('A comment in the copy was left out.');
    return plain;
  }

  /** `{% highlight %}` and `{{< highlight >}}` hold code. `{% raw %}` holds text that is no markup. */
  #takeListings(text: string): string {
    const listed = replacePairs(text, LISTING, END_OF_LISTING, code => {
      const lines = code.replace(/^\n/, '').trimEnd();
      return `\n\n${this.#mask(`~~~~\n${lines}\n~~~~`)}\n\n`;
    });
    return replacePairs(listed, RAW, END_OF_RAW, raw => this.#mask(raw));
  }

  /** A link whose address is a tag of a site generator is kept as its words, or with the rest of its address. */
  #takeLinks(text: string): string {
    return text.replace(TAGGED_LINK, (_, mark: string, words: string, address: string) => {
      const rest = address.replace(TAG, '').trim();
      return rest === '' ? (mark ? '' : words) : `${mark}[${words}](${rest})`;
    });
  }

  #takeTags(text: string): string {
    return text.replace(TAG, tag => {
      const figure = figureOf(tag);
      if (figure !== undefined) return figure;
      // The end of a pair says nothing that its start does not say.
      if (!/^\{[{%][<%-]?\s*(?:\/|end)/.test(tag)) this.#leaveOut('Markup of a site generator', tag);
      return '';
    });
  }

  #takeWikilinks(text: string): string {
    return text.replace(WIKILINK, (whole, embed: string, inside: string) => {
      const [target = '', ...labels] = inside
        .replaceAll('\\|', '|')
        .split('|')
        .map(part => part.trim());
      const words = labels.filter(label => !/^\d+(?:x\d+)?$/.test(label)).join(' ');
      if (!embed)
        return (
          words ||
          target
            .replace(/#\^.*$/, '')
            .split('#')
            .filter(Boolean)
            .join(', ')
        );
      if (PICTURE.test(target)) return `![${words}](<${target}>)`;
      this.#leaveOut('An embedded file', whole);
      return '';
    });
  }

  /** A reference without a note is removed. A note without a reference stays as a paragraph. */
  #takeNotes(text: string): string {
    if (!text.includes('[^')) return text;
    const notes = new Set([...text.matchAll(NOTE)].map(([, , name]) => name));
    const used = new Set<string>();
    const plain = text.replace(REFERENCE, (whole, name: string) => {
      if (notes.has(name)) used.add(name);
      else this.#leaveOut('A reference to a missing footnote', whole);
      return notes.has(name) ? whole : '';
    });
    return plain.replace(NOTE, (whole, indent: string, name: string) => (used.has(name) ? whole : indent));
  }
}

/** A figure that a tag shows, in Markdown. Undefined if the tag shows no picture. */
function figureOf(tag: string): string | undefined {
  const values = new Map(
    [...tag.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'{}<>%]+))/g)].map(
      ([, name = '', ...value]) => [name.toLowerCase(), value.find(each => each !== undefined) ?? ''],
    ),
  );
  const source = ['src', 'link', 'url', 'image', 'image_path', 'file', 'path']
    .map(name => values.get(name))
    .find(value => value && PICTURE.test(value));
  if (!source) return undefined;
  const alt = values.get('alt') ?? '';
  const caption = values.get('caption') ?? values.get('title') ?? '';
  const title = caption && ` "${caption.replace(/["\\]/g, '\\$&')}"`;
  return `![${alt.replace(/[[\]\\]/g, '\\$&')}](<${source.replace(/[<>]/g, '')}>${title})`;
}

/** Removes attribute lists and tables of contents: `{: .lead}`, `{#start .wide}`, `[text]{.small}`, `[TOC]`. */
function takeAttributes(text: string): string {
  return text
    .replace(/^[*+-][^\n]{0,100}\n\{:\s*toc[^{}\n]*\}[ \t]*$/gim, '')
    .replace(/^[ \t]*\[{1,2}_?toc_?\]{1,2}[ \t]*$/gim, '')
    .replace(/\[([^[\]\n]{1,500})\]\{[.#][a-z][^{}\n]{0,200}\}/gi, '$1')
    .replace(/[ \t]?\{::?[^{}\n]{0,200}\}/g, '')
    .replace(/[ \t]?\{(?:[.#][a-z]|[\w-]{1,40}=["'\w])[^{}\n]{0,200}\}(?=[ \t]*$|[.,;:!?)])/gim, '');
}

/**
 * Replaces each text between an opening and a closing mark, in linear time.
 * @param open a pattern with the flag `g`. Its first group is text before the mark
 * @param close a pattern with the flag `g`
 */
function replacePairs(
  text: string,
  open: RegExp,
  close: RegExp,
  replace: (inside: string, before: string) => string,
): string {
  const start = new RegExp(open);
  const end = new RegExp(close);
  let plain = '';
  let done = 0;
  for (let from = start.exec(text); from; from = start.exec(text)) {
    end.lastIndex = start.lastIndex;
    const to = end.exec(text);
    if (!to) break;
    plain += text.slice(done, from.index) + replace(text.slice(start.lastIndex, to.index), from[1] ?? '');
    done = end.lastIndex;
    start.lastIndex = done;
  }
  return plain + text.slice(done);
}

/** `%%…%%` of Obsidian, and the comments of Hugo, Liquid, Nunjucks and MDX. “5%%” is no mark. */
const COMMENTS: readonly (readonly [RegExp, RegExp])[] = [
  [/(^|[^\p{L}\p{N}%])%%(?!%)/gmu, /%%(?![\p{L}\p{N}%])/gu],
  [/\{\{[<%]?-? {0,9}\/\*/g, /\*\/ {0,9}-?[>%]?\}\}/g],
  [/\{%-? {0,9}comment {0,9}-?%\}/g, /\{%-? {0,9}endcomment {0,9}-?%\}/g],
  [/\{#(?=\s)/g, /#\}/g],
  [/\{\/\*/g, /\*\/\}/g],
];

const OPEN_COMMENT = /^[ \t]*%%(?!%)[^\n]{0,160}$/m;

const LISTING = /\{[{%][<%-]? {0,9}highlight\b[^{}\n]{0,200}[}%]\}/g;
const END_OF_LISTING = /\{[{%][<%-]? {0,9}(?:\/ {0,9}|end)highlight {0,9}[>%-]?[}%]\}/g;
const RAW = /\{%-? {0,9}(?:raw|verbatim) {0,9}-?%\}/g;
const END_OF_RAW = /\{%-? {0,9}end(?:raw|verbatim) {0,9}-?%\}/g;

/** A shortcode of Hugo or a tag of Liquid. */
const TAG = new RegExp(
  String.raw`\{\{[<%]?(?:[^{}]|\{(?!\{)|\}(?!\})){1,${MAX_MARK_CHARS}}\}\}|\{%(?:[^%{}]|%(?!\})){1,${MAX_MARK_CHARS}}%\}`,
  'g',
);
const TAGGED_LINK =
  /(!?)\[([^[\]\n]{0,500})\]\(([^()\n]{0,300}(?:\{\{[^{}\n]{1,300}\}\}|\{%[^{}\n]{1,300}%\})[^()\n]{0,300})\)/g;

/** `[[page#part|words]]`. `[[1]](https://…)` is a link of CommonMark. */
const WIKILINK = /(!?)\[\[(?!\s)([^[\]\n]{1,500})\]\](?!\()/g;
const PICTURE = /\.(?:avif|gif|jpe?g|png|svg|webp)(?:[?#].*)?$/i;

/** The first line of a notice, or the line that closes one. */
const NOTICE =
  /^[ \t]*(?:(?:!!!|\?\?\?\+?)[ \t]+[\w-]+(?:[ \t]+[\w-]+)*(?:[ \t]+"([^"]*)")?|:{3,}[ \t]*(?:\{[^{}]*\}|[\w-]*(?:\[([^[\]]*)\]|[ \t]\{[^{}]*\}|[ \t]([^\n]*))?)?)[ \t]*$/;

/** An import or export of MDX. */
const MODULE =
  /^(?:import\s[\w\s{},*]{1,200}\sfrom\s+|import\s+|export\s+\{[^{}]*\}\s+from\s+)["'][^"']{1,300}["'];?\s*$/;
const CALLOUT = /^([ \t]*(?:>[ \t]?)+)\[![\w/-]{1,40}\][+-]?[ \t]*([^\n]*)$/gm;
const TASK = /^([ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+)\[[ xX/-]\][ \t]+/gm;
const BLOCK_ID = /(?:^|[ \t])\^(?=[\w-]*[a-z])[\w-]{2,60}[ \t]*$/gim;
const NOTE = /^([ \t]{0,3})\[\^([^\]\s]{1,100})\]:[ \t]?/gm;
const REFERENCE = /\[\^([^\]\s]{1,100})\](?!:)/g;
