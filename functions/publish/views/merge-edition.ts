import type { Article, ArticleRecord } from '../../../shared/model/article.ts';
import { entryOf } from '../content/entry-of.ts';
import { type EditionOf, editionId, editionsOf } from '../model/edition-of.ts';
import { byNewest, type Entry } from '../model/entry.ts';
import type { Records } from '../model/records.ts';
import type { Edition, Position } from '../states/edition-state.ts';
import { mergeRows } from '../states/rows.ts';

/**
 * Maximum number of pinned articles in an edition. Editors pin one or two. If the newest is unpinned, the next one
 * leads. Further pinned articles are ignored until they change or everything is published again.
 */
const MAX_PINNED = 5;

/**
 * Entries that an edition keeps but its feeds do not show. So 20 entries can be withdrawn before the edition must be
 * filled from the table. Each entry makes every read and write of the edition larger.
 */
const SPARE_ENTRIES = 20;

/** Whether a record is live and names the section, tag or author of an edition. */
export function belongs(record: ArticleRecord, of: EditionOf): record is Article {
  if (record.status !== 'live') return false;
  if (of.kind === 'all') return true;
  const id = editionId(of);
  return editionsOf(record).some(other => other.kind === of.kind && editionId(other) === id);
}

/** Number of entries that an edition keeps, and number that its feeds show. */
export interface EditionSize {
  kept: number;
  shown: number;
}

export function editionSize(feedEntries: number): EditionSize {
  return { kept: feedEntries + SPARE_ENTRIES, shown: feedEntries };
}

/**
 * Adds, replaces or removes the entry of each record. An older version of a record never overwrites a newer entry.
 * Merging the same records again, in any order, changes only `unfilled`.
 */
export function merge(edition: Edition, records: Records, size: EditionSize): Edition {
  const merged = mergeEntries(edition, records, size);
  const isShort = merged.end !== undefined && merged.entries.length < size.shown;
  return isShort || edition.unfilled !== undefined
    ? { ...merged, unfilled: (edition.unfilled ?? 0) + 1 }
    : merged;
}

/**
 * Fills an edition with its newest live articles.
 * @param records all live articles of the edition down to `end`
 * @param end absent if `records` has all articles of the edition
 */
export function filled(
  edition: Edition,
  records: Records,
  end: Position | undefined,
  size: EditionSize,
): Edition {
  const { end: _, ...rest } = edition;
  return mergeEntries({ ...rest, ...(end && { end }) }, records, size);
}

/** Merges records without changing `unfilled`. */
function mergeEntries(
  { of, entries: before, end: oldEnd, pins }: Edition,
  records: Records,
  { kept }: EditionSize,
): Edition {
  const entries = mergeRows(before, records, article =>
    belongs(article, of) ? entryOf(article) : undefined,
  );
  // Entries beyond the end are dropped, because the edition can lack articles between them and the end.
  const sorted = entries.filter(entry => isWithin(entry, oldEnd)).sort(byNewest);
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
