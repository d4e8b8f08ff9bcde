import { decodeXML } from 'entities/decode';
import type { Author, Image } from '../../../../shared/model/article.ts';
import { escapeText } from '../../../../shared/text/escape.ts';
import { statedLanguage } from '../../../../shared/text/language-tag.ts';
import { webUrl } from '../../../../shared/text/web-address.ts';
import { isHtmlFragment } from '../../html/fragment.ts';
import { parseHtml } from '../../html/tree.ts';
import { cheerioOf } from '../../html/tree-cheerio.ts';
import { rawText } from '../../html/xml.ts';
import type { Deadline } from '../../model/deadline.ts';
import { type DomNode, elementsOf, inCheerio, textOf } from '../../model/dom.ts';
import { contextOf, type SourceDocument, type SourceText } from '../../model/format-reader.ts';
import type { ReleaseTerms, TermContext } from '../../model/release-terms.ts';
import { given, type Stated, stateAlso } from '../../model/stated.ts';
import { readKeyed } from '../../release/keyed.ts';
import { embargoesOfNote, termsOfEditorsNote } from '../../release/note.ts';
import { parseByline, parseNames } from '../../text/byline.ts';
import { fold, hasWords, oneLine } from '../../text/characters.ts';
import { type DateContext, findInstant, parseInstant } from '../../text/dates.ts';
import { takeTop } from '../text/copy-dom.ts';
import { readFiledText } from '../text/filed-text.ts';
import { isKillLine } from './kill-lines.ts';
import { unwrapped, wireDateline, withoutLead, withoutVersion } from './wire-copy.ts';

/** The facts of an agency's item in any IPTC format. Strings are plain text. */
export interface NewsItem {
  /** Name of the format in the record. */
  format: 'nitf' | 'newsml' | 'ninjs';
  headline?: string | undefined;
  dek?: string | undefined;
  summary?: string | undefined;
  bylines: (string | undefined)[];
  /** Names of the people or systems that made the item. They count if neither field nor text has a byline. */
  creators?: (string | undefined)[];
  /** A dateline as written, or a place. */
  dateline?: string | undefined;
  located?: string | undefined;
  slugline?: string | undefined;
  /** IPTC's urgency: 1 is the most urgent, 9 the least. */
  urgency?: string | undefined;
  /** `usable`, `withheld` or `canceled`, also after an IPTC code. The strictest counts. */
  statuses: (string | undefined)[];
  /** Ids that other items can use for this item. */
  ids: (string | undefined)[];
  version?: string | undefined;
  /**
   * Ids of the items that this item replaces or is about. If this item is cancelled, they are cancelled too.
   */
  follows: (string | undefined)[];
  /** Ids of other cancelled items in the same file. */
  cancels?: (string | undefined)[];
  published?: string | undefined;
  modified?: string | undefined;
  embargo?: string | undefined;
  expires?: string | undefined;
  language?: string | undefined;
  section?: string | undefined;
  tags: (string | undefined)[];
  siteName?: string | undefined;
  canonicalUrl?: string | undefined;
  image?: Image | undefined;
  /** Notes to editors. They become warnings and stay out of the story. */
  notes: (string | undefined)[];
  /** Statements about rights, which forbid some uses and hold no story. They become warnings too. */
  rights: (string | undefined)[];
  /** The story, as HTML or as text. */
  body: { html: string } | { text: string };
  warnings: string[];
}

/** Maximum number of ids of one item. Each id needs a write and a read of the table. */
const MAX_IDS = 10;

/** Maximum number of tags of one item. */
const MAX_TAGS = 40;

/** Minimum number of lines of a story that is set with line breaks and indents. */
const MIN_PREFORMATTED_LINES = 4;

/** Maximum length of a place name, in characters. */
const MAX_PLACE_CHARS = 80;

/** Makes the document of an item. Its body is read as copy. */
export function documentOf(item: NewsItem, source: SourceText): SourceDocument {
  const { text, deadline, terms } = source;
  const language = statedLanguage(item.language);
  const own = contextOf(source);
  const context: TermContext = { ...own, language: language ?? own.language };
  const warnings = [...item.warnings];
  const stated = statedBy(item, { context, warnings, terms });
  for (const [key, value] of [
    ...item.statuses.map(status => ['status', status] as const),
    ['embargo', item.embargo],
    ['expires', item.expires],
  ] as const)
    terms.add(...readKeyed(key, value, context));
  for (const note of item.notes) if (note && isKillLine(note)) terms.add({ kind: 'withdraw', quote: note });
  if (language) stated.language = language;
  const body = bodyOf(item, deadline);
  let root: DomNode;
  if ('html' in body) {
    root = parseHtml(body.html, deadline).root;
    splitByline(root);
    takeTop(cheerioOf(root), stated, context, warnings, false);
    const lede = [...elementsOf(root)].find(({ name }) => name === 'p');
    const place = lede && wireDateline(textOf(lede), context);
    if (place) stated.dateline ??= place;
  } else {
    const filed = readFiledText(
      unwrapped(withoutVersion(body.text, warnings)),
      context,
      item.headline,
      deadline,
      terms,
    );
    root = parseHtml(filed.html, deadline).root;
    warnings.push(...filed.warnings);
    stateAlso(stated, filed.stated);
  }
  const located = datelineOf(item.located, context);
  // The field can name the agency's office, so it never replaces another place in the text.
  const written = stated.dateline?.place;
  if (located && !item.dateline && (!written || fold(written) === fold(located.place)))
    stated.dateline = { ...stated.dateline, place: located.place };
  const creators = authorsOf(item.creators ?? []);
  if (creators.length > 0) stated.authors ??= creators;
  if (!stated.headline && item.slugline) {
    // The slug is meant for editors, but for a cancellation without words it is better than the name of the
    // file.
    if (hasWords(textOf(root))) warnings.push(`The item has no headline; its slug is “${item.slugline}”.`);
    else stated.headline = { text: item.slugline, from: 'document' };
  }
  return {
    format: item.format,
    root,
    layout: 'copy',
    stated,
    isNotice: isNotice(item),
    wire: wireOf(item),
    warnings,
    shown: phrasesOf(text),
  };
}

/**
 * The body of an item. HTML that the format states as text is HTML. A body whose only block has preformatted
 * lines is text.
 */
function bodyOf({ body }: NewsItem, deadline: Deadline): NewsItem['body'] {
  if ('text' in body && !isHtmlFragment(body.text)) return body;
  const given = 'text' in body ? body.text : body.html;
  let root = parseHtml(given, deadline).root;
  const inner = textOf(root);
  const html = isHtmlFragment(inner) ? inner : given;
  if (html !== given) root = parseHtml(html, deadline).root;
  const blocks = [...elementsOf(root)].filter(({ name }) => BLOCKS.has(name) && name !== 'div');
  const [only, ...others] = blocks.filter(block => textOf(block) !== '');
  const text = only && others.length === 0 ? rawText(only) : '';
  return isPreformatted(text) ? { text } : { html };
}

const BLOCKS = new Set('p pre h1 h2 h3 h4 h5 h6 ul ol dl table blockquote figure div'.split(' '));

/** Whether line breaks and indents or blank lines set the paragraphs of a text. */
function isPreformatted(text: string): boolean {
  const lines = text.replace(/\r\n?/g, '\n').trim().split('\n');
  const starts = lines.filter(
    (line, at) => /^[ \t]{2,12}\S/.test(line) || (at > 0 && lines[at - 1]?.trim() === ''),
  );
  return lines.length >= MIN_PREFORMATTED_LINES && starts.length >= 2;
}

/** Puts a byline that stands before a line break in the first paragraph into a paragraph of its own. */
function splitByline(root: DomNode): void {
  const first = [...elementsOf(root)].find(({ name, children }) => name === 'p' && children.length > 1);
  const $ = cheerioOf(root);
  const lines =
    first &&
    inCheerio($, first)
      .html()
      ?.split(/<br\s?\/?>/);
  const line = lines && parseHtml(lines[0] ?? '').root;
  if (!first || !lines?.[1] || !line || !parseByline(textOf(line))) return;
  inCheerio($, first).replaceWith(`<p>${escapeText(textOf(line))}</p><p>${lines.slice(1).join('<br>')}</p>`);
}

/** The texts of an XML or JSON item that are phrases. Other texts are names and codes. */
function phrasesOf(text: string): string {
  const plain = decodeXML(text.replace(TAGS, '\n')).replace(TAGS, '\n');
  return plain
    .split(/[\n"]|\\n/)
    .filter(line => line.split(' ').length >= MIN_PHRASE_WORDS || UNSPACED.test(line))
    .join('\n');
}

const TAGS = /<[^<>]*>/g;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{8}/u;

/** Minimum number of words of a phrase. Shorter texts are names, places and dates. */
const MIN_PHRASE_WORDS = 4;

interface Around {
  context: TermContext;
  warnings: string[];
  terms: ReleaseTerms;
}

function statedBy(item: NewsItem, { context, warnings, terms }: Around): Stated {
  const instant = (value: string | undefined, what: string) => {
    if (!value) return undefined;
    const at = parseInstant(extended(value), context)?.at;
    if (!at) warnings.push(`The ${what} “${value.slice(0, 60)}” could not be read.`);
    return at;
  };
  const text = (value: string | undefined) => oneLine(value ?? '') || undefined;
  const headline = text(item.headline && withoutLead(item.headline));
  const published = instant(item.published, 'date');
  const modified = instant(item.modified, 'date of the version');
  const authors = authorsOf(item.bylines);
  const tags = tagsOf(item.tags);
  const stated: Stated = given({
    headline: headline ? { text: headline, from: 'document' as const } : undefined,
    dek: text(item.dek),
    summary: text(item.summary),
    section: text(item.section),
    siteName: text(item.siteName),
    canonicalUrl: webUrl(item.canonicalUrl),
    image: item.image,
    published: published ? { at: published, from: item.format } : undefined,
    modified: modified ? { at: modified, from: item.format } : undefined,
    authors: authors.length > 0 ? authors : undefined,
    dateline: datelineOf(item.dateline, context),
    tags: tags.length > 0 ? tags : undefined,
  });
  for (const [notes, read] of [
    [item.notes, termsOfEditorsNote],
    [item.rights, embargoesOfNote],
  ] as const)
    for (const note of notes) {
      const words = text(note);
      if (!words) continue;
      warnings.push(`Left out of the story: “${words.slice(0, 200)}”.`);
      terms.add(...read(note ?? '', context));
    }
  return stated;
}

/** Whether an item is cancelled or withheld by its status or a note. */
export function isNotice({ statuses, notes }: Pick<NewsItem, 'statuses' | 'notes'>): boolean {
  return statuses.some(orderOf) || notes.some(note => note && isKillLine(note));
}

/** The release term of a status such as `stat:canceled`. */
export function orderOf(status: string | undefined): 'withdraw' | 'hold' | undefined {
  const kinds = readKeyed('status', status, { timeZone: 'UTC' }).map(({ kind }) => kind);
  return (['withdraw', 'hold'] as const).find(order => kinds.includes(order));
}

/** The ids of the item. Undefined if the item has none. */
function wireOf({ ids, version, follows, cancels = [] }: NewsItem): SourceDocument['wire'] {
  const all = (texts: readonly (string | undefined)[]) =>
    [...new Set(texts.map(text => oneLine(text ?? '')).filter(Boolean))].slice(0, MAX_IDS);
  const wire = { ids: all(ids), follows: all(follows), cancels: all(cancels) };
  return /^\d{1,9}$/.test(version ?? '') ? { ...wire, version: Number(version) } : wire;
}

/** The name of an account, such as `brandt.ana` or `abrandt2`. */
const USER_ID = /^(?:[\p{Ll}\p{N}._-]+|\S*\p{L}{2}[._]\p{L}{2}\S*|\S+@\S+)$/u;

function authorsOf(bylines: readonly (string | undefined)[]): Author[] {
  const authors = bylines.flatMap(line => {
    const text = oneLine(line ?? '');
    if (!text || USER_ID.test(text)) return [];
    // The value of this field is a name, even if it does not look like one.
    return (
      parseByline(text) ??
      parseNames(text) ??
      (text.length <= 60 && !/\p{N}/u.test(text) ? [{ name: text }] : [])
    );
  });
  return [...new Map(authors.map(author => [author.name.toLowerCase(), author])).values()];
}

function datelineOf(dateline: string | undefined, context: DateContext): Stated['dateline'] {
  const written = oneLine(dateline ?? '').replace(/\s?(?:--|[—–-])$/, '');
  const bare = written.replace(/\s?\([^)]{0,60}\)$/, '');
  const parts = bare.split(',').map(part => part.trim());
  const dated = parts.filter(part => /\p{N}/u.test(part)).join(', ');
  const place = parts.filter(part => part && !/\p{N}/u.test(part)).join(', ');
  if (!place || place.length > MAX_PLACE_CHARS || NO_PLACE.test(place)) return undefined;
  const found = dated ? findInstant(dated, { ...context, timeZone: 'UTC' }) : undefined;
  return { place, ...(dated ? { date: found ? found.at.slice(0, 10) : dated } : {}) };
}

/** What systems write for a place that nobody entered. */
export const NO_PLACE = /^(?:no[\s-]?data\b.*|n\/a|none|null|unknown|unbekannt)$/i;

function tagsOf(tags: readonly (string | undefined)[]): string[] {
  const found = new Map<string, string>();
  for (const tag of tags.flatMap(each => each?.split(/[;|]/) ?? [])) {
    const text = oneLine(tag);
    // Readers do not understand codes such as `04000000`.
    if (
      /\p{L}/u.test(text) &&
      text.length <= 60 &&
      !/^\w{1,12}:\S{1,60}$/.test(text) &&
      found.size < MAX_TAGS
    )
      found.set(text.toLowerCase(), found.get(text.toLowerCase()) ?? text);
  }
  return [...found.values()];
}

/** Converts ISO 8601's basic format, which IPTC prefers, to its extended format: `20260314T0930+0100`. */
function extended(value: string): string {
  const basic = /^(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(?:\.\d{1,9})?\s?(Z|[+-]\d\d:?\d\d)?)?$/.exec(
    value.trim(),
  );
  if (!basic) return value;
  const [, year, month, day, hour, minute, second = '00', zone = ''] = basic;
  const colon = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  return `${year}-${month}-${day}${hour ? `T${hour}:${minute}:${second}${colon}` : ''}`;
}
