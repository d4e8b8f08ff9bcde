import type { PublishedFrom } from '../../../shared/model/article.ts';
import { type Element, elementsOf } from '../model/dom.ts';
import type { StatedInstant } from '../model/stated.ts';
import { head } from '../text/characters.ts';
import { type DateContext, type FoundInstant, readInstant } from '../text/dates.ts';
import { UPDATED_LABELS } from '../words/date-words.ts';
import {
  MODIFIED_META_NAMES,
  OTHER_DATE_METAS,
  PUBLISHED_META_NAMES,
  PUBLISHED_METAS,
} from '../words/html/metadata.ts';
import type { MarkupFacts } from './facts.ts';
import type { LinkedData } from './json-ld.ts';
import { alikeCounter, type HeadlineNeighbourhood, isInTeaser, nearest, smallTextOf } from './nearness.ts';

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

/** A date that a part of the page states. */
interface Reading extends StatedInstant, Pick<FoundInstant, 'wall' | 'zoned' | 'precision'> {}

/** Parses a date. `from` names its source in the result. */
type ReadDate = (text: string | undefined, from: PublishedFrom) => Reading | undefined;

/** Hours by which a visible date must be earlier to correct a stated one. Time zones alone explain one day. */
const MIN_EARLIER_HOURS = 36;

/**
 * Returns the publication and modification dates of the story. The publication date comes from the first of
 * these sources that states one:
 * 1. JSON-LD
 * 2. meta elements
 * 3. elements marked or named as date, nearest to the headline first
 * 4. lines around the headline
 * 5. dates in side boxes close to the headline
 * 6. the address of the page
 *
 * Another statement of the same day completes it with a time, and one of the same time with a zone. The
 * modification date comes from JSON-LD or meta elements. It is ignored if it is before the publication date.
 */
export function datesOf(sources: DateSources): DocumentDates {
  const { facts, story, context } = sources;
  const read: ReadDate = (text, from) => {
    const found = text ? readInstant(text, context) : undefined;
    return found && { at: found.at, from, wall: found.wall, zoned: found.zoned, precision: found.precision };
  };
  const inMetas = (names: readonly string[]): Reading[] =>
    names.flatMap(name => read(facts.metas.get(name)?.[0], 'meta') ?? []);
  const publishedNames = [
    ...PUBLISHED_METAS,
    ...facts.metas.namesLike(PUBLISHED_META_NAMES),
    ...OTHER_DATE_METAS,
  ];
  const linked = read(story?.published, 'json-ld');
  const stated = [...(linked ? [linked] : []), ...inMetas(publishedNames)];
  const modified = read(story?.modified, 'json-ld') ?? inMetas(facts.metas.namesLike(MODIFIED_META_NAMES))[0];
  const visible = (): Reading | undefined =>
    fromElements(sources, read, 'story') ?? fromLines(sources, read) ?? fromElements(sources, read, 'beside');
  const published = stated[0] ? corrected(stated[0], stated, visible) : (visible() ?? fromUrl(sources, read));
  const unread = story?.published ?? facts.metas.get('article:published_time')?.[0];
  return {
    published: published && { at: published.at, from: published.from },
    ...(modified && (!published || modified.at >= published.at)
      ? { modified: { at: modified.at, from: modified.from } }
      : {}),
    ...(published ? {} : { unread }),
  };
}

/** Returns the stated date, or the statement that completes or corrects it. */
function corrected(stated: Reading, others: readonly Reading[], visible: () => Reading | undefined): Reading {
  // Some systems state the time of the last build, or of an import from another system.
  const shown = visible();
  const isEarlier = shown && Date.parse(shown.at) + MIN_EARLIER_HOURS * 3_600_000 < Date.parse(stated.at);
  if (isEarlier && !areSwapped(shown.wall, stated.wall)) return shown;
  if (stated.zoned) return stated;
  const completes = (other: Reading | undefined): boolean =>
    other?.zoned === true &&
    (stated.precision === 'day'
      ? other.wall.slice(0, 10) === stated.wall.slice(0, 10)
      : other.wall.slice(0, 16) === stated.wall.slice(0, 16));
  return others.find(completes) ?? (shown && completes(shown) ? shown : stated);
}

/** Maximum number of elements that are read. */
const MAX_CANDIDATES = 24;

/** Maximum length of a text that is parsed as a date. */
const MAX_DATE_CHARS = 120;

/** True if two dates are the same with day and month exchanged. The visible one is then ambiguous. */
function areSwapped(first: string, second: string): boolean {
  return first.slice(0, 10) === `${second.slice(0, 4)}-${second.slice(8, 10)}-${second.slice(5, 7)}`;
}

function fromElements(
  { facts, neighbourhood }: DateSources,
  read: ReadDate,
  where: 'story' | 'beside',
): Reading | undefined {
  const candidates = nearest(facts.dates, neighbourhood);
  const alike = alikeCounter(candidates);
  let updated: Reading | undefined;
  for (const { element, near, beside } of candidates.slice(0, MAX_CANDIDATES)) {
    // Several elements that look alike are dates of other stories.
    const elsewhere = beside || isInTeaser(element, neighbourhood);
    if (elsewhere !== (where === 'beside') || (!near && alike(element) > 2)) continue;
    const { content, itemprop } = element.attribs;
    const [time, other] = timesIn(element);
    // The elements in a box with several dates are candidates themselves.
    if (other) continue;
    const datetime = element.attribs.datetime ?? time?.attribs.datetime;
    const text = smallTextOf(element);
    const found =
      zonedOf(read(datetime ?? (itemprop ? content : undefined), 'time'), read(text, 'text')) ??
      (text.length <= MAX_DATE_CHARS ? read(text, 'text') : undefined) ??
      fromParts(head(text, MAX_DATE_CHARS), read);
    if (!found) continue;
    if (!isUpdate(text, element)) return found;
    updated ??= found;
  }
  return updated;
}

/** Returns the first two `time` elements in a box. Their attributes are more exact than the text of the box. */
function timesIn(box: Element): Element[] {
  const times: Element[] = [];
  let seen = 0;
  for (const inner of elementsOf(box)) {
    seen += 1;
    if (inner.name === 'time') times.push(inner);
    if (seen > MAX_CANDIDATES || times.length > 1) break;
  }
  return times;
}

/** Returns the attribute's date, or that of the text if both show one time and only the text has a zone. */
function zonedOf(attribute: Reading | undefined, text: Reading | undefined): Reading | undefined {
  const better = attribute && !attribute.zoned && text?.zoned && text.wall === attribute.wall;
  return better ? text : attribute;
}

function isUpdate(text: string, { attribs }: Element): boolean {
  return (
    UPDATED_LABELS.test(text.slice(0, 40)) ||
    /modified|updated/i.test(attribs.itemprop ?? attribs.class ?? '')
  );
}

function fromLines({ headLines }: DateSources, read: ReadDate): Reading | undefined {
  let updated: Reading | undefined;
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
const DATE_SEPARATOR = /\s*[|•·⋅●–—/()]\s*|\s[-+]\s|\s{2,}|,\s(?=\p{L})|:\s/u;

/** Matches a complete date at the beginning of a text. */
const LEADING_DATE =
  /^(?:\p{L}{4,15}\s(?:on|am|le|el|il):?\s)?\(?((?:\p{L}{2,12}\.?,\s)?(?:\d{1,2}\.\s?(?:\d{1,2}\.\s?|\p{L}{3,12}\.?\s)\d{4}|\d{1,2}\s\p{L}{3,12}\s\d{4}|\p{L}{3,9}\.?\s\d{1,2},\s\d{4}|\d{4}-\d\d-\d\d))(?![\d.])/u;

/** Finds a date that shares its line with other text, or that begins a paragraph. */
function fromParts(line: string, read: ReadDate): Reading | undefined {
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

function fromUrl({ url }: DateSources, read: ReadDate): Reading | undefined {
  const match = url ? URL_DATE.exec(url) : undefined;
  if (!match) return undefined;
  const [, year = '', month = '', day = ''] = match;
  return read(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, 'url');
}
