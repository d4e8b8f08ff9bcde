import type { Author, Image } from '../../../shared/article.ts';
import { parseByline, parseNames } from '../extract/byline.ts';
import { oneLine } from '../extract/characters.ts';
import { type DateContext, findInstant, parseInstant } from '../extract/dates.ts';
import { parseHtml } from '../extract/tree.ts';
import type { TermContext } from '../release/instants.ts';
import { readKeyed } from '../release/keyed.ts';
import { contextOf, type SourceDocument, type SourceText, type Stated } from './reader.ts';
import { readFiledText } from './text/filed-text.ts';

/** What agencies say about an item, whichever of IPTC's formats they say it in. Strings are plain text. */
export interface NewsItem {
  /** Name of the format, as the record shows it. */
  format: string;
  headline?: string | undefined;
  dek?: string | undefined;
  summary?: string | undefined;
  bylines: (string | undefined)[];
  /** A dateline as written, or a place. */
  dateline?: string | undefined;
  located?: string | undefined;
  slugline?: string | undefined;
  /** IPTC: 1 is the most urgent, 9 the least. */
  urgency?: string | undefined;
  /** `usable`, `withheld`, `canceled`; an IPTC code may stand before it. */
  status?: string | undefined;
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
  /** Rights and notes to editors: kept out of the story, shown as warnings. */
  notes: (string | undefined)[];
  /** The story, as HTML or as text. */
  body: { html: string } | { text: string };
  warnings: string[];
}

/** Most tags taken from one item. */
const MAX_TAGS = 40;

/** Longest place name. */
const MAX_PLACE = 80;

/** The document of an item: what it states, and its body read as copy. */
export function documentOf(item: NewsItem, source: SourceText): SourceDocument {
  const { deadline, terms } = source;
  const language = languageOf(item.language);
  const own = contextOf(source);
  const context: TermContext = { ...own, language: language ?? own.language };
  const warnings = [...item.warnings];
  const stated = statedBy(item, context, warnings);
  for (const [key, value] of [
    ['status', item.status],
    ['embargo', item.embargo],
    ['expires', item.expires],
  ] as const)
    terms.add(...readKeyed(key, value, context));
  if (language) stated.language = language;
  let html: string;
  if ('html' in item.body) html = item.body.html;
  else {
    const filed = readFiledText(item.body.text, context, item.headline, deadline, terms);
    html = filed.html;
    warnings.push(...filed.warnings);
    const { headline, ...found } = filed.stated;
    for (const [field, value] of Object.entries(found))
      if (stated[field as keyof Stated] === undefined) Object.assign(stated, { [field]: value });
    if (!stated.headline && headline) stated.headline = headline;
  }
  // The slug is for the desk, but better than a name made from the file's.
  if (!stated.headline && item.slugline)
    warnings.push(`The item has no headline; its slug is “${item.slugline}”.`);
  const { root } = parseHtml(html, deadline);
  return {
    format: item.format,
    root,
    layout: 'copy',
    stated,
    warnings,
  };
}

function statedBy(item: NewsItem, context: DateContext, warnings: string[]): Stated {
  const instant = (value: string | undefined, what: string) => {
    if (!value) return undefined;
    const at = parseInstant(extended(value), context)?.at;
    if (!at) warnings.push(`The ${what} “${value.slice(0, 60)}” could not be read.`);
    return at;
  };
  const stated: Stated = {};
  const text = (value: string | undefined) => oneLine(value ?? '') || undefined;
  const headline = text(item.headline);
  if (headline) stated.headline = { text: headline, from: 'document' };
  const published = instant(item.published, 'date');
  const modified = instant(item.modified, 'date of the version');
  const authors = authorsOf(item.bylines);
  const dateline = datelineOf(item, context);
  const tags = tagsOf(item.tags);
  Object.assign(stated, {
    ...defined('dek', text(item.dek)),
    ...defined('summary', text(item.summary)),
    ...defined('section', text(item.section)),
    ...defined('siteName', text(item.siteName)),
    ...defined('canonicalUrl', webAddress(item.canonicalUrl)),
    ...defined('image', item.image),
    ...defined('published', published && { at: published, from: item.format }),
    ...defined('modified', modified && { at: modified, from: item.format }),
    ...defined('authors', authors.length > 0 ? authors : undefined),
    ...defined('dateline', dateline),
    ...defined('tags', tags.length > 0 ? tags : undefined),
  });
  for (const note of item.notes) {
    const words = text(note);
    if (words) warnings.push(`Left out of the story: “${words.slice(0, 200)}”.`);
  }
  return stated;
}

function authorsOf(bylines: readonly (string | undefined)[]): Author[] {
  const authors = bylines.flatMap(line => {
    const text = oneLine(line ?? '');
    if (!text) return [];
    // The field is for names, be it one that no rule would take for one.
    return (
      parseByline(text) ??
      parseNames(text) ??
      (text.length <= 60 && !/\p{N}/u.test(text) ? [{ name: text }] : [])
    );
  });
  return [...new Map(authors.map(author => [author.name.toLowerCase(), author])).values()];
}

function datelineOf({ dateline, located }: NewsItem, context: DateContext): Stated['dateline'] {
  const written = oneLine(dateline ?? '').replace(/\s?(?:--|[—–-])$/, '');
  const bare = written.replace(/\s?\([^)]{0,60}\)$/, '');
  const parts = bare.split(',').map(part => part.trim());
  const dated = parts.filter(part => /\p{N}/u.test(part)).join(', ');
  const place = parts.filter(part => part && !/\p{N}/u.test(part)).join(', ') || oneLine(located ?? '');
  if (!place || place.length > MAX_PLACE) return undefined;
  const found = dated ? findInstant(dated, { ...context, timeZone: 'UTC' }) : undefined;
  return { place, ...(dated ? { date: found ? found.at.slice(0, 10) : dated } : {}) };
}

function tagsOf(tags: readonly (string | undefined)[]): string[] {
  const found = new Map<string, string>();
  for (const tag of tags.flatMap(each => each?.split(/[;|]/) ?? [])) {
    const text = oneLine(tag);
    // Codes such as `04000000` mean nothing to a reader.
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

/** ISO 8601's extended form of its basic one, which IPTC prefers: `20260314T0930+0100`. */
function extended(value: string): string {
  const basic = /^(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(?:\.\d{1,9})?\s?(Z|[+-]\d\d:?\d\d)?)?$/.exec(
    value.trim(),
  );
  if (!basic) return value;
  const [, year, month, day, hour, minute, second = '00', zone = ''] = basic;
  const colon = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  return `${year}-${month}-${day}${hour ? `T${hour}:${minute}:${second}${colon}` : ''}`;
}

function languageOf(tag: string | undefined): string | undefined {
  if (!tag || !/^[a-z]{2,3}(?:[-_]|$)/i.test(tag)) return undefined;
  try {
    return Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}

/** An absolute http or https address; `undefined` for the rest. */
export function webAddress(text: string | undefined): string | undefined {
  if (!text || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}

function defined(name: string, value: unknown): Record<string, unknown> {
  return value === undefined || value === '' ? {} : { [name]: value };
}
