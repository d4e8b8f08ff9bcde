import type { PublishedFrom } from '../../../shared/model/article.ts';
import type { Element } from '../model/dom.ts';
import type { StatedInstant } from '../model/stated.ts';
import { head } from '../text/characters.ts';
import { type DateContext, parseInstant } from '../text/dates.ts';
import { UPDATED_LABELS } from '../words/date-words.ts';
import { MODIFIED_METAS, PUBLISHED_METAS } from '../words/html-metadata.ts';
import type { MarkupFacts } from './facts.ts';
import type { LinkedData } from './json-ld.ts';
import { alikeCounter, type HeadlineNeighbourhood, nearest, smallTextOf } from './nearness.ts';

/** The parts of a page that can state dates. */
export interface DateSources {
  facts: MarkupFacts;
  story: LinkedData | undefined;
  url: string | undefined;
  neighbourhood: HeadlineNeighbourhood;
  /** Returns the short lines around the headline, nearest first. The first call computes them. */
  headLines: () => readonly string[];
  context: DateContext;
}

export interface DocumentDates {
  published?: StatedInstant | undefined;
  modified?: StatedInstant | undefined;
  /** A stated date that cannot be parsed. */
  unread?: string | undefined;
}

/**
 * Returns the publication and modification dates of the story. The publication date comes from the first of
 * these sources that states one:
 * 1. JSON-LD
 * 2. meta elements
 * 3. elements marked or named as date, nearest to the headline first
 * 4. lines around the headline
 * 5. the address of the page
 *
 * The modification date comes from JSON-LD or meta elements. It is ignored if it is before the publication
 * date.
 */
export function datesOf(sources: DateSources): DocumentDates {
  const { facts, story, context } = sources;
  const read = (text: string | undefined, from: PublishedFrom): StatedInstant | undefined => {
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
  const stated = read(story?.published, 'json-ld') ?? fromMeta(PUBLISHED_METAS);
  const published =
    stated ?? fromElements(sources, read) ?? fromLines(sources, read) ?? fromUrl(sources, read);
  const modified = read(story?.modified, 'json-ld') ?? fromMeta(MODIFIED_METAS);
  const unread = story?.published ?? facts.metas.get('article:published_time')?.[0];
  return {
    published,
    ...(modified && (!published || modified.at >= published.at) ? { modified } : {}),
    ...(published ? {} : { unread }),
  };
}

/** Parses a date. `from` names its source in the result. */
type ReadDate = (text: string | undefined, from: PublishedFrom) => StatedInstant | undefined;

/** Maximum number of elements that are read. */
const MAX_CANDIDATES = 24;

/** Maximum length of a text that is parsed as a date. */
const MAX_DATE_CHARS = 120;

function fromElements({ facts, neighbourhood }: DateSources, read: ReadDate): StatedInstant | undefined {
  const candidates = nearest(facts.dates, neighbourhood);
  const alike = alikeCounter(candidates);
  let updated: StatedInstant | undefined;
  for (const { element, near } of candidates.slice(0, MAX_CANDIDATES)) {
    // Several elements that look alike are dates of other stories.
    if (!near && alike(element) > 2) continue;
    const { datetime, content, title, itemprop } = element.attribs;
    const text = smallTextOf(element);
    const found =
      read(datetime ?? (itemprop ? content : undefined), 'time') ??
      (text.length <= MAX_DATE_CHARS ? read(text, 'text') : undefined) ??
      (title ? read(title.slice(0, MAX_DATE_CHARS), 'time') : undefined) ??
      fromParts(head(text, MAX_DATE_CHARS), read);
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

function fromLines({ headLines }: DateSources, read: ReadDate): StatedInstant | undefined {
  let updated: StatedInstant | undefined;
  for (const line of headLines()) {
    if (!/\d/.test(line)) continue;
    const found = (line.length <= MAX_DATE_CHARS ? read(line, 'text') : undefined) ?? fromParts(line, read);
    if (!found) continue;
    if (!UPDATED_LABELS.test(line.slice(0, 40))) return found;
    updated ??= found;
  }
  return updated;
}

/** Matches the marks between a date and other parts of its line, and between a dateline and the story. */
const DATE_SEPARATOR = /\s*[|•·–—/()]\s*|\s[-+]\s|\s{2,}|,\s(?=\p{L})|:\s/u;

/** Matches a complete date at the beginning of a text. */
const LEADING_DATE =
  /^\(?((?:\p{L}{2,12}\.?,\s)?(?:\d{1,2}\.\s?(?:\d{1,2}\.\s?|\p{L}{3,12}\.?\s)\d{4}|\d{1,2}\s\p{L}{3,12}\s\d{4}|\p{L}{3,9}\.?\s\d{1,2},\s\d{4}|\d{4}-\d\d-\d\d))(?![\d.])/u;

/** Finds a date that shares its line with other text, or that begins a paragraph. */
function fromParts(line: string, read: ReadDate): StatedInstant | undefined {
  const leading = LEADING_DATE.exec(line)?.[1];
  const found = leading ? read(leading, 'text') : undefined;
  if (found || line.length > MAX_DATE_CHARS) return found;
  const parts = line.split(DATE_SEPARATOR);
  if (parts.length < 2 || parts.length > 8) return undefined;
  for (const part of parts) {
    const at = part.length >= 8 ? read(part, 'text') : undefined;
    if (at) return at;
  }
  return undefined;
}

const URL_DATE = /\/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:[/-]|$)/;

function fromUrl({ url }: DateSources, read: ReadDate): StatedInstant | undefined {
  const match = url ? URL_DATE.exec(url) : undefined;
  if (!match) return undefined;
  const [, year = '', month = '', day = ''] = match;
  return read(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, 'url');
}
