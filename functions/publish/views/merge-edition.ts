import * as z from 'zod/mini';
import type { Article, ArticleRecord } from '../../../shared/model/article.ts';
import { authorPath, sectionPath, tagPath } from '../../../shared/model/identity.ts';
import { byNewest, Entry, entryOf } from '../model/entry.ts';
import { EditionOf } from '../model/site.ts';
import { mergeRows } from '../states/rows.ts';

/** Where an article stands in an edition: newest first, equal instants by id. */
const Position = z.object({ publishedAt: z.string(), id: z.string() });
export type Position = z.infer<typeof Position>;

/** The newest entries of one feed, as stored in the storage bucket. */
export const Edition = z.object({
  of: EditionOf,
  /** Newest first. */
  entries: z.array(Entry),
  /** The edition holds every live article down to this position. Absent: it holds all of them. */
  end: z.optional(Position),
  /** The newest pinned articles, newest first and without their bodies, however old: the first one leads. */
  pins: z.array(Entry),
  /**
   * Present while the edition has fewer entries than its feeds show although older articles exist. Counts the
   * merges since then: each merge changes the state, so whoever fills it up notices every one of them.
   */
  unfilled: z.optional(z.number()),
});
export type Edition = z.infer<typeof Edition>;

/**
 * Pinned articles that an edition remembers, so that the next one leads when the newest is unpinned. A desk pins
 * one or two; of more, those beyond these are forgotten until they change or everything is published anew.
 */
const MOST_PINS = 5;

/**
 * Entries that an edition keeps beyond those its feeds show: so many may be withdrawn before it must be
 * filled up from the table. Each costs its body in every read and write of the edition.
 */
const SLACK = 20;

/** Where the states of editions are, in the storage bucket. */
export const EDITIONS = 'editions/';

/** The edition of something of which nothing has been published. */
export function emptyEdition(of: EditionOf): Edition {
  return { of, entries: [], pins: [] };
}

/** The editions that an article stands in when it is live. */
export function editionsOf({
  section,
  tags,
  authors,
}: Pick<Article, 'section' | 'tags' | 'authors'>): EditionOf[] {
  return [
    { kind: 'all' },
    { kind: 'section', name: section },
    ...tags.map((name): EditionOf => ({ kind: 'tag', name })),
    ...authors
      .filter(({ name }) => name.trim() !== '')
      .map(({ name }): EditionOf => ({ kind: 'author', name })),
  ];
}

/** A name for an edition that is the same for every spelling of its section, tag or author. */
export function editionId(of: EditionOf): string {
  switch (of.kind) {
    case 'all':
      return 'all';
    case 'section':
      return `sections/${sectionPath(of.name)}`;
    case 'tag':
      return `tags/${tagPath(of.name)}`;
    case 'author':
      return `authors/${authorPath(of.name)}`;
  }
}

const KINDS = { sections: 'section', tags: 'tag', authors: 'author' } as const;

/** What the edition is of whose state has this key; the name is that of its folder. */
export function editionOf(key: string): EditionOf {
  const [folder = '', name = ''] = key.slice(EDITIONS.length, -'.json'.length).split('/');
  const kind = Object.entries(KINDS).find(([of]) => of === folder)?.[1];
  return kind ? { kind, name } : { kind: 'all' };
}

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
  return { kept: feedEntries + SLACK, shown: feedEntries };
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
      .slice(0, MOST_PINS),
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
