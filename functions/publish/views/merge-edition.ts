import type { Article, ArticleRecord } from '../../../shared/model/article.ts';
import { entryOf } from '../content/entry-of.ts';
import { type EditionOf, editionId, editionsOf } from '../model/edition-of.ts';
import { byNewest, type Entry } from '../model/entry.ts';
import type { Edition, Position } from '../states/edition-state.ts';
import { mergeRows } from '../states/rows.ts';

/**
 * Maximum number of pinned articles in an edition. If the newest is unpinned, the next one leads. Editors pin one or
 * two. Further ones are ignored until they change or everything is published again.
 */
const MAX_PINNED = 5;

/**
 * Entries that an edition keeps in addition to those that its feeds show. So 20 entries can be withdrawn before the
 * edition must be filled from the table. Each entry makes every read and write of the edition larger.
 */
const SPARE_ENTRIES = 20;

/** Whether a record belongs to an edition: it is live and names its section, tag or author. */
export function belongs(record: ArticleRecord, of: EditionOf): record is Article {
  if (record.status !== 'live') return false;
  if (of.kind === 'all') return true;
  const id = editionId(of);
  return editionsOf(record).some(other => other.kind === of.kind && editionId(other) === id);
}

/** Numbers of entries: those that an edition keeps, and those that its feeds show. */
export interface EditionSize {
  kept: number;
  shown: number;
}

/** The size of editions whose feeds show a number of entries. */
export function editionSize(feedEntries: number): EditionSize {
  return { kept: feedEntries + SPARE_ENTRIES, shown: feedEntries };
}

/**
 * Merges records into an edition: adds, replaces or removes each. An older version of a record never overwrites a newer
 * entry. Merging the same records again, in any order, changes only `unfilled`.
 * @param records by id; undefined for a record that does not exist any more
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
 * Fills an edition with its newest live articles.
 * @param records all current live articles of the edition down to `end`
 * @param end absent if these are all its articles
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

/** Merges records into an edition without changing `unfilled`. */
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
  // Entries beyond the end are dropped: the edition may not know other articles before them.
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

/** Whether an article is pinned to the top of an edition's page. */
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
