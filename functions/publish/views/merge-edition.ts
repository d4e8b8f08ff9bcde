import type { Article, ArticleRecord } from '../../../shared/model/article.ts';
import { entryOf } from '../content/entry-of.ts';
import { type EditionOf, editionId, editionsOf, newsPlace } from '../model/edition-of.ts';
import { byNewest, type Entry } from '../model/entry.ts';
import type { Records } from '../model/records.ts';
import type { Site } from '../model/site.ts';
import type { Edition, EditionList, NewsRow, Position } from '../states/edition-state.ts';
import { type ArticlePositions, editionList, LIST_PAGE_POSITIONS } from '../states/positions.ts';
import { historyRow, mergeAllRows, mergeRows } from '../states/rows.ts';
import { MAX_NEWS, shownEntries } from './shown-in-feed.ts';

/**
 * Maximum number of pinned articles in an edition. If the newest is unpinned, the next one leads. Editors pin one or two, and
 * some forget to unpin them. Further pinned articles are ignored until they change or everything is published again. With
 * five, a few hours of a busy desk left another lead than a rebuild.
 */
const MAX_PINNED = 20;

/**
 * Entries that an edition keeps but its feeds do not show. So 20 entries can be withdrawn before the edition must be
 * filled from the table. Each entry makes every read and write of the edition larger.
 */
const SPARE_ENTRIES = 20;

/** Events that an edition keeps, for the same reason. */
export const KEPT_NEWS = MAX_NEWS + SPARE_ENTRIES;

/** Whether a record is live and names the section, tag or author of an edition. */
export function belongs(
  record: ArticleRecord,
  of: EditionOf,
  site: Pick<Site, 'language'>,
): record is Article {
  return record.status === 'live' && isOneOf(of, editionsOf(record), site);
}

function isOneOf(of: EditionOf, editions: readonly EditionOf[], site: Pick<Site, 'language'>): boolean {
  if (of.kind === 'all') return editions.length > 0;
  const id = editionId(of, site);
  return editions.some(other => other.kind === of.kind && editionId(other, site) === id);
}

/**
 * Number of entries that an edition keeps, number that its feeds show, at least, and the language of the site, which
 * decides the articles of an edition.
 */
export interface EditionRules {
  kept: number;
  shown: number;
  language: string;
}

export function editionRules({
  feedEntries,
  language,
}: Pick<Site, 'feedEntries' | 'language'>): EditionRules {
  return { kept: feedEntries + SPARE_ENTRIES, shown: feedEntries, language };
}

/** Number of entries that an edition keeps if it has these, the newest first. */
export function keptEntries(
  entries: readonly Position[],
  { kept, shown }: Pick<EditionRules, 'kept' | 'shown'>,
): number {
  return shownEntries(entries, shown) + kept - shown;
}

/**
 * Adds, replaces or removes the entry of each record. An older version of a record never overwrites a newer entry.
 * Merging the same records again, in any order, changes only `unfilled`.
 */
export function merge(
  edition: Edition,
  records: Records,
  rules: EditionRules,
  positions: ArticlePositions = new Map(),
): Edition {
  const merged = withList(mergeEntries(edition, records, rules), edition.list, records, positions, rules);
  return isShort(merged, rules) || edition.unfilled !== undefined
    ? { ...merged, unfilled: (edition.unfilled ?? 0) + 1 }
    : merged;
}

/** An edition whose list has the articles of the records that stand on no page yet. */
function withList(
  edition: Edition,
  list: EditionList | undefined,
  records: Records,
  positions: ArticlePositions,
  rules: EditionRules,
): Edition {
  if (list === undefined) return edition;
  const { name, pageSize } = editionList(edition.of, rules);
  const known = new Map(list.open.map(row => [row.id, row.at]));
  const placeOf = (id: string) => positions.get(id)?.get(name) ?? known.get(id);
  const open = mergeRows(list.open, records, article => {
    const at = placeOf(article.id);
    if (at === undefined || at < list.pages * pageSize || !belongs(article, edition.of, rules))
      return undefined;
    return { ...historyRow(article), at };
  });
  const places = [...records.values()].flatMap(record =>
    record !== undefined && belongs(record, edition.of, rules) ? (placeOf(record.id) ?? []) : [],
  );
  const taken = Math.max(list.taken, ...places.map(at => at + 1));
  return { ...edition, list: { taken, pages: list.pages, open: open.sort(byNewest) } };
}

/** Maximum number of pages of a list that are written together. The next change of the list goes on. */
const MAX_CLOSED_AT_ONCE = 100;

/** Number of pages that the site ought to have, of those that are full. */
export function pagesDue({ taken, pages }: EditionList): number {
  return Math.min(Math.floor(taken / LIST_PAGE_POSITIONS), pages + MAX_CLOSED_AT_ONCE);
}

/** An edition whose articles stand on pages up to a number of pages. */
export function withPages(edition: Edition, pages: number): Edition {
  const { list } = edition;
  if (list === undefined || list.pages >= pages) return edition;
  const open = list.open.filter(({ at }) => at >= pages * LIST_PAGE_POSITIONS);
  return { ...edition, list: { ...list, pages, open } };
}

/** Whether articles beyond the end belong among the entries or the events that the feeds show. */
function isShort({ entries, end, news = [], newsEnd }: Edition, { shown }: EditionRules): boolean {
  const known = end === undefined ? entries : [...entries, end];
  return (
    (end !== undefined && entries.length < shownEntries(known, shown)) ||
    (newsEnd !== undefined && news.length < MAX_NEWS)
  );
}

/** The articles with which an edition is filled. */
export interface Filling {
  /** All live articles of the edition down to `end`. */
  records: Records;
  /** Absent if `records` has all articles of the edition. */
  end?: Position | undefined;
  /** All articles with an event down to `newsEnd`. Default: none. */
  news?: Records;
  newsEnd?: Position | undefined;
}

/** Fills an edition with its newest live articles and its latest events. */
export function filled(
  edition: Edition,
  { records, end, news = new Map(), newsEnd }: Filling,
  rules: EditionRules,
): Edition {
  const { end: _, newsEnd: __, unfilled: ___, ...rest } = edition;
  const opened = { ...rest, ...(end && { end }), ...(newsEnd && { newsEnd }) };
  return mergeEntries(mergeEntries(opened, records, rules), news, rules);
}

/** Merges records without changing `unfilled`. */
function mergeEntries(edition: Edition, records: Records, rules: EditionRules): Edition {
  const { of, pins, list } = edition;
  const rows = mergeRows(edition.entries, records, article =>
    belongs(article, of, rules) ? entryOf(article) : undefined,
  );
  const [entries, end] = cut(
    rows,
    edition.end,
    entry => entry,
    sorted => keptEntries(sorted, rules),
  );
  const [news, newsEnd] = cut(
    mergeNews(edition, records, rules),
    edition.newsEnd,
    placeOfNews,
    () => KEPT_NEWS,
  );
  return {
    of,
    entries,
    ...(end && { end }),
    ...(news.length > 0 && { news }),
    ...(newsEnd && { newsEnd }),
    ...(list && { list }),
    pins: mergeRows(pins, records, article =>
      isPinned(article, of) && belongs(article, of, rules) ? withoutBody(entryOf(article)) : undefined,
    )
      .sort(byNewest)
      .slice(0, MAX_PINNED),
  };
}

/**
 * The newest rows, and the position of the last one if older rows are dropped. Rows beyond the end are dropped, because
 * the edition can lack others between them and the end.
 */
function cut<R>(
  rows: readonly R[],
  end: Position | undefined,
  placeOf: (row: R) => Position,
  keptOf: (places: readonly Position[]) => number,
): [R[], Position | undefined] {
  const placed = rows
    .map(row => ({ row, place: placeOf(row) }))
    .filter(({ place }) => isWithin(place, end))
    .sort((a, b) => byNewest(a.place, b.place));
  const places = placed.map(({ place }) => place);
  const kept = keptOf(places);
  const last = places.length > kept ? places[kept - 1] : undefined;
  const newEnd = last ? { publishedAt: last.publishedAt, id: last.id } : end;
  return [placed.slice(0, kept).map(({ row }) => row), newEnd];
}

function mergeNews({ of, news = [] }: Edition, records: Records, rules: EditionRules): NewsRow[] {
  return mergeAllRows(news, records, record => newsRow(record, of, rules));
}

function newsRow(record: ArticleRecord, of: EditionOf, rules: EditionRules): NewsRow | undefined {
  const { id, version, guid } = record;
  if (record.status === 'live') {
    const { newsAt: at } = record;
    return at !== undefined && belongs(record, of, rules)
      ? { id, version, at, entry: entryOf(record) }
      : undefined;
  }
  if (record.gone === undefined || !isOneOf(of, editionsOf(record.gone), rules)) return undefined;
  const { at, publishedAt } = record.gone;
  return { id, version, at, gone: { guid, publishedAt } };
}

/** The place of the event that feeds show of a record. Undefined if they show none. */
export function newsPlaceOf(record: ArticleRecord): string | undefined {
  if (record.status === 'live') return record.newsAt && newsPlace(record.newsAt, false);
  return record.gone && newsPlace(record.gone.at, true);
}

/** The editions whose feeds show the event of a record. */
export function newsEditions(record: ArticleRecord): EditionOf[] {
  if (newsPlaceOf(record) === undefined) return [];
  if (record.status === 'live') return editionsOf(record);
  return record.gone === undefined ? [] : editionsOf(record.gone);
}

/** The position of an event among the others: its place stands for the date. */
function placeOfNews({ at, id, gone }: NewsRow): Position {
  return { publishedAt: newsPlace(at, gone !== undefined), id };
}

function isPinned({ pinned }: Article, of: EditionOf): boolean {
  return pinned === true || (pinned === 'section' && of.kind === 'section');
}

/** Whether a position is at the end or newer. */
export function isWithin(position: Position, end: Position | undefined): boolean {
  return end === undefined || byNewest(position, end) <= 0;
}

function withoutBody({ bodyHtml: _, bodyKey: __, ...entry }: Entry): Entry {
  return entry;
}
