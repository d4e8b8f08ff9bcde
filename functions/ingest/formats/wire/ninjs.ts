import { Rejection } from '../../../../shared/errors/rejection.ts';
import type { Image } from '../../../../shared/model/article.ts';
import { isObject } from '../../../../shared/text/is-object.ts';
import { webUrl } from '../../../../shared/text/web-address.ts';
import type { FormatReader } from '../../model/format-reader.ts';
import { documentOf, isNotice, type NewsItem, orderOf } from './news-item.ts';
import { type Json, parseNinjs } from './ninjs-item.ts';

/** Reads IPTC's News in JSON, 1.x to 3.x (https://iptc.org/standards/ninjs/), with Superdesk's additions. */
export const ninjsReader: FormatReader = {
  name: 'ninjs',
  read(source) {
    const items = parseNinjs(source.text);
    const stories = items.filter(each => bodyOf(each) !== undefined);
    const item = stories[0] ?? items.find(each => isNotice(about(each))) ?? items[0];
    if (!item)
      throw new Rejection(
        'unreadable',
        'The file is JSON, but no news item in IPTC’s form (ninjs). Save the story as text, Markdown or HTML.',
      );
    const said = about(item);
    const body = bodyOf(item);
    if (!body && !isNotice(said))
      throw new Rejection('empty', `The ninjs item of type “${text(item.type) ?? 'unknown'}” holds no text.`);
    if (stories.length > 1)
      said.warnings.push(
        `The file holds ${stories.length} stories. Only the first is an article; upload the others as files of their own.`,
      );
    // All items that a file cancels are cancelled. Only one of them becomes the article.
    said.cancels = items
      .filter(each => each !== item)
      .map(about)
      .filter(({ statuses }) => statuses.some(status => orderOf(status) === 'withdraw'))
      .flatMap(({ ids }) => ids);
    return documentOf({ ...said, body: body ?? { text: '' } }, source);
  },
};

function about(item: Json): Omit<NewsItem, 'body'> {
  const named = (...keys: string[]) => keys.flatMap(key => list(item[key])).map(nameOf);
  const authors = list(item.authors).map(nameOf);
  const byline = text(item.byline) ?? text(item.by);
  return {
    format: 'ninjs',
    headline: text(item.headline) ?? ofRole(item.headlines, /^(?:main)?$/i) ?? text(list(item.headlines)[0]),
    dek:
      text(item.subheadline) ??
      text(item.subheadline_text) ??
      text(item.headline_extended) ??
      ofRole(item.subheadlines, /^/) ??
      ofRole(item.headlines, /sub/i),
    summary: text(item.description_text) ?? ofRole(item.descriptions, /^/) ?? text(item.abstract),
    bylines: byline ? [byline] : authors,
    dateline: text(item.dateline),
    located: text(item.located) ?? named('place', 'places')[0],
    slugline: text(item.slugline),
    urgency: text(item.urgency),
    statuses: [text(item.pubstatus), text(item.state)],
    ids: [text(item.uri), text(item.guid), ...list(item.altids).map(nameOf)],
    version: text(item.version),
    follows: [item.evolvedfrom, item.evolved_from, item.rewrite_of, item.replaces].flatMap(list).map(idOf),
    published:
      text(item.firstcreated) ??
      text(item.contentcreated) ??
      text(item.firstpublished) ??
      text(item.versioncreated),
    modified: text(item.versioncreated),
    embargo: text(item.embargoed) ?? text(item.embargoeduntil) ?? text(item.embargo),
    expires: text(item.expires),
    language: text(item.language),
    section: named('service')[0],
    tags: [
      ...named('subject', 'subjects', 'genre', 'genres').filter(Boolean),
      ...list(item.keywords).map(text),
    ],
    canonicalUrl: text(item.canonicalurl) ?? webUrl(text(item.uri)),
    image: imageOf(item),
    notes: list(item.ednote).map(text),
    rights: [
      text(item.copyrightnotice),
      text(item.usageterms),
      ...list(item.rightsinfo).map(each => (isObject(each) ? text(each.usageterms) : undefined)),
    ],
    warnings: [],
  };
}

/** Chooses the body: HTML before plain text, the main body before others. */
function bodyOf(item: Json): NewsItem['body'] | undefined {
  const html = text(item.body_html) ?? text(item.body_xhtml);
  if (html) return { html };
  const bodies = list(item.bodies).filter(isObject);
  const main = bodies.filter(each => /^(?:main)?$/i.test(text(each.role) ?? ''));
  const candidates = main.length > 0 ? main : bodies;
  const marked = candidates.find(each => /html/i.test(text(each.contenttype) ?? '') && text(each.value));
  if (marked) return { html: text(marked.value) ?? '' };
  const plain =
    text(item.body_text) ?? text(candidates.find(each => text(each.value))?.value) ?? text(item.body);
  return plain ? { text: plain } : undefined;
}

function imageOf(item: Json): Image | undefined {
  const associations = isObject(item.associations)
    ? Object.values(item.associations)
    : list(item.associations);
  const featured = isObject(item.associations) ? item.associations.featuremedia : undefined;
  for (const each of [featured, ...associations]) {
    if (!isObject(each) || text(each.type) !== 'picture') continue;
    const renditions = isObject(each.renditions) ? each.renditions : {};
    const all = [
      renditions.viewImage,
      renditions.original,
      ...Object.values(renditions),
      ...list(each.renditions),
    ];
    const url = all.map(one => (isObject(one) ? webUrl(text(one.href)) : undefined)).find(Boolean);
    if (!url) continue;
    const caption = text(each.description_text) ?? ofRole(each.descriptions, /^/);
    const alt = text(each.body_text) ?? text(each.alt_text);
    const credit = text(each.byline) ?? text(each.by);
    return { url, ...(alt ? { alt } : {}), ...(caption ? { caption } : {}), ...(credit ? { credit } : {}) };
  }
  return undefined;
}

/** The first value with a fitting role. Version 3.x lists values with roles. */
function ofRole(values: unknown, role: RegExp): string | undefined {
  const found = list(values).find(each => isObject(each) && role.test(text(each.role) ?? ''));
  return isObject(found) ? text(found.value) : undefined;
}

/** An id, which is given as a string or as an item with this id. */
function idOf(value: unknown): string | undefined {
  return isObject(value) ? (text(value.uri) ?? text(value.guid)) : text(value);
}

function nameOf(value: unknown): string | undefined {
  return isObject(value) ? (text(value.name) ?? text(value.literal)) : text(value);
}

function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  if (isObject(value)) return text(value.value);
  return typeof value === 'string' && value.trim() ? value.trim() : undefined;
}

function list(value: unknown): unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value.slice(0, 200) : [value];
}
