import type { Article, ArticleRecord } from '../../../shared/model/article.ts';
import { entryOf } from '../content/entry-of.ts';
import { type EditionOf, editionId, editionsOf } from '../model/edition-of.ts';
import { byNewest, type Entry } from '../model/entry.ts';
import type { Edition, Position } from '../states/edition-state.ts';
import { mergeRows } from '../states/rows.ts';

/**
 * Pinned articles that an edition remembers, so that the next one leads when the newest is unpinned. A desk pins
 * one or two; of more, those beyond these are forgotten until they change or everything is published anew.
 */
const MAX_PINNED = 5;

/**
 * Entries that an edition keeps beyond those its feeds show: so many may be withdrawn before it must be
 * filled up from the table. Each costs its body in every read and write of the edition.
 */
const SPARE_ENTRIES = 20;

/** Whether a record is to be seen in an edition. */
export function belongs(record: ArticleRecord, of: EditionOf): record is Article {
  if (record.status !== 'live') return false;
  if (of.kind === 'all') return true;
  const id = editionId(of);
  return editionsOf(record).some(other => other.kind === of.kind && editionId(other) === id);
}

/** How many entries an edition keeps, and how many of them its feeds show. */
export interface EditionSize {
  kept: number;
  shown: number;
}

/** How many entries editions keep where their feeds show so many. */
export function editionSize(feedEntries: number): EditionSize {
  return { kept: feedEntries + SPARE_ENTRIES, shown: feedEntries };
}

/**
 * Brings records into an edition: enters, replaces or takes out each. An older version of a record never
 * overwrites a newer entry. Merging the same records again, in any order, changes nothing but `unfilled`.
 * @param records by id; undefined for an article of which nothing is left
 */
export function merge(
  edition: Edition,
  records: ReadonlyMap<string, ArticleRecord | undefined>,
  size: EditionSize,
): Edition {
  const merged = mergeEntries(edition, records, size);
  const isShort = merged.end !== undefined && merged.entries.length < size.shown;
  return isShort || edition.unfilled !== undefined
    ? { ...merged, unfilled: (edition.unfilled ?? 0) + 1 }
    : merged;
}

/**
 * An edition filled up with its newest live articles.
 * @param records every live article of the edition down to `end`, as it is now
 * @param end absent where these are all that there are
 */
export function filled(
  edition: Edition,
  records: ReadonlyMap<string, ArticleRecord | undefined>,
  end: Position | undefined,
  size: EditionSize,
): Edition {
  const { end: _, ...rest } = edition;
  return mergeEntries({ ...rest, ...(end && { end }) }, records, size);
}

/** The edition with the records in it, as if it were filled up. */
function mergeEntries(
  { of, entries: before, end: oldEnd, pins }: Edition,
  records: ReadonlyMap<string, ArticleRecord | undefined>,
  { kept }: EditionSize,
): Edition {
  const entries = new Map(before.map(entry => [entry.id, entry]));
  for (const [id, record] of records) {
    const present = entries.get(id);
    if (present !== undefined && record !== undefined && present.version > record.version) continue;
    if (record === undefined || !belongs(record, of)) entries.delete(id);
    else entries.set(id, entryOf(record));
  }
  // Beyond the end, others may come first that the edition does not know.
  const sorted = [...entries.values()].filter(entry => isWithin(entry, oldEnd)).sort(byNewest);
  const last = sorted.length > kept ? sorted[kept - 1] : undefined;
  const end = last ? { publishedAt: last.publishedAt, id: last.id } : oldEnd;
  return {
    of,
    entries: sorted.slice(0, kept),
    ...(end && { end }),
    pins: mergeRows(pins, records, article =>
      isPinned(article, of) && belongs(article, of) ? withoutBody(entryOf(article)) : undefined,
    )
      .sort(byNewest)
      .slice(0, MAX_PINNED),
  };
}

/** Whether an article asks to lead the page of an edition. */
function isPinned({ pinned }: Article, of: EditionOf): boolean {
  return pinned === true || (pinned === 'section' && of.kind === 'section');
}

/** Whether a position is not older than the end. */
export function isWithin(position: Position, end: Position | undefined): boolean {
  return end === undefined || byNewest(position, end) <= 0;
}

function withoutBody({ bodyHtml: _, bodyKey: __, ...entry }: Entry): Entry {
  return entry;
}
