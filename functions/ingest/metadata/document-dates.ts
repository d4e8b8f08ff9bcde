import type { Element } from '../model/dom.ts';
import type { StatedInstant } from '../model/stated.ts';
import { head } from '../text/characters.ts';
import { type DateContext, parseInstant } from '../text/dates.ts';
import { UPDATED_LABELS } from '../words/date-words.ts';
import { MODIFIED, PUBLISHED } from '../words/html-metadata.ts';
import type { Facts } from './facts.ts';
import type { LinkedData } from './json-ld.ts';
import { countAlike, type Neighbourhood, nearest, smallTextOf } from './nearness.ts';

/** Where dates are looked for. */
export interface DateSources {
  facts: Facts;
  story: LinkedData | undefined;
  url: string | undefined;
  neighbourhood: Neighbourhood;
  /** Short lines about the headline, nearest first; made when first asked for. */
  headLines: () => readonly string[];
  context: DateContext;
}

export interface DocumentDates {
  published?: StatedInstant | undefined;
  modified?: StatedInstant | undefined;
  /** A date that was stated, and could not be understood. */
  unread?: string | undefined;
}

/**
 * When a story was published and modified: JSON-LD, then meta elements, then marked or named elements nearest to the headline,
 * then lines about the headline, then the address. An earlier modification than publication is none.
 */
export function datesOf(sources: DateSources): DocumentDates {
  const { facts, story, context } = sources;
  const read = (text: string | undefined, from: string): StatedInstant | undefined => {
    const at = text ? parseInstant(text, context)?.at : undefined;
    return at ? { at, from } : undefined;
  };
  const fromMeta = (names: readonly string[]): StatedInstant | undefined => {
    for (const name of names) {
      const found = read(facts.metas.get(name)?.[0], 'meta');
      if (found) return found;
    }
    return undefined;
  };
  const stated = read(story?.published, 'json-ld') ?? fromMeta(PUBLISHED);
  const published =
    stated ?? fromElements(sources, read) ?? fromLines(sources, read) ?? fromUrl(sources, read);
  const modified = read(story?.modified, 'json-ld') ?? fromMeta(MODIFIED);
  const unread = story?.published ?? facts.metas.get('article:published_time')?.[0];
  return {
    published,
    ...(modified && (!published || modified.at >= published.at) ? { modified } : {}),
    ...(published ? {} : { unread }),
  };
}

type Read = (text: string | undefined, from: string) => StatedInstant | undefined;

/** Most elements that are looked at, and longest text of one. */
const MOST = 24;
const MAX_TEXT = 120;

function fromElements({ facts, neighbourhood }: DateSources, read: Read): StatedInstant | undefined {
  const candidates = nearest(facts.dates, neighbourhood);
  const alike = countAlike(candidates);
  let updated: StatedInstant | undefined;
  for (const { element, near } of candidates.slice(0, MOST)) {
    // Dates of other stories come in numbers.
    if (!near && alike(element) > 2) continue;
    const { datetime, content, title, itemprop } = element.attribs;
    const text = smallTextOf(element);
    const found =
      read(datetime ?? (itemprop ? content : undefined), 'time') ??
      (text.length <= MAX_TEXT ? read(text, 'text') : undefined) ??
      (title ? read(title.slice(0, MAX_TEXT), 'time') : undefined) ??
      fromParts(head(text, MAX_TEXT), read);
    if (!found) continue;
    if (!isUpdate(text, element)) return found;
    updated ??= found;
  }
  return updated;
}

function isUpdate(text: string, { attribs }: Element): boolean {
  return (
    UPDATED_LABELS.test(text.slice(0, 40)) ||
    /modified|updated/i.test(attribs.itemprop ?? attribs.class ?? '')
  );
}

function fromLines({ headLines }: DateSources, read: Read): StatedInstant | undefined {
  let updated: StatedInstant | undefined;
  for (const line of headLines()) {
    if (!/\d/.test(line)) continue;
    const found = (line.length <= MAX_TEXT ? read(line, 'text') : undefined) ?? fromParts(line, read);
    if (!found) continue;
    if (!UPDATED_LABELS.test(line.slice(0, 40))) return found;
    updated ??= found;
  }
  return updated;
}

/** Marks between a date and its neighbours on a line, and between a dateline and the story. */
const BETWEEN = /\s*[|•·–—/()]\s*|\s[-+]\s|\s{2,}|,\s(?=\p{L})|:\s/u;

/** A whole date at the beginning of a text. */
const LEADING =
  /^\(?((?:\p{L}{2,12}\.?,\s)?(?:\d{1,2}\.\s?(?:\d{1,2}\.\s?|\p{L}{3,12}\.?\s)\d{4}|\d{1,2}\s\p{L}{3,12}\s\d{4}|\p{L}{3,9}\.?\s\d{1,2},\s\d{4}|\d{4}-\d\d-\d\d))(?![\d.])/u;

/** A date beside other matter on its line, or at the beginning of a paragraph. */
function fromParts(line: string, read: Read): StatedInstant | undefined {
  const leading = LEADING.exec(line)?.[1];
  const found = leading ? read(leading, 'text') : undefined;
  if (found || line.length > MAX_TEXT) return found;
  const parts = line.split(BETWEEN);
  if (parts.length < 2 || parts.length > 8) return undefined;
  for (const part of parts) {
    const at = part.length >= 8 ? read(part, 'text') : undefined;
    if (at) return at;
  }
  return undefined;
}

const URL_DATE = /\/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:[/-]|$)/;

function fromUrl({ url }: DateSources, read: Read): StatedInstant | undefined {
  const match = url ? URL_DATE.exec(url) : undefined;
  if (!match) return undefined;
  const [, year = '', month = '', day = ''] = match;
  return read(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, 'url');
}
