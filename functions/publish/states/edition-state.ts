import * as z from 'zod/mini';
import { EDITION_LISTS, EditionOf, editionId } from '../model/edition-of.ts';
import { Entry } from '../model/entry.ts';
import type { Site } from '../model/site.ts';
import { HistoryRow } from './history-states.ts';
import type { StateOf } from './state.ts';

/** The position of an article in an edition, as `byNewest` compares. */
const Position = z.strictObject({ publishedAt: z.string(), id: z.string() });
export type Position = z.infer<typeof Position>;

/**
 * An event that the feed shows although the date of its article is older, at the time `at`: `entry` is a live article that
 * appeared or was corrected late, `gone` an article that left the site. See `shared/model/feed-news.ts`.
 */
const NewsRow = z.strictObject({
  id: z.string(),
  version: z.number(),
  at: z.string(),
  entry: z.optional(Entry),
  gone: z.optional(z.strictObject({ guid: z.string(), publishedAt: z.string() })),
});
export type NewsRow = z.infer<typeof NewsRow>;

/** An article that stands on no page of the list yet, and its position in the list. */
const OpenRow = z.strictObject({ ...HistoryRow.shape, at: z.number() });

/**
 * The list of all articles of a section, tag or author, page by page. A page is written once all of its positions are
 * taken. Until then the state has its articles, and the front page shows them.
 */
const EditionList = z.strictObject({
  /** Number of positions that are taken. */
  taken: z.number(),
  /** Number of pages that the site has. */
  pages: z.number(),
  /** The live articles at later positions, newest first. */
  open: z.array(OpenRow),
});
export type EditionList = z.infer<typeof EditionList>;

/** The newest entries of one feed, as stored in the storage bucket. */
export const Edition = z.strictObject({
  of: EditionOf,
  /** Newest first. */
  entries: z.array(Entry),
  /** The edition has every live article down to this position. Absent if it has all of them. */
  end: z.optional(Position),
  /** The newest pinned articles of any age, newest first, without bodies. The first one leads the page. */
  pins: z.array(Entry),
  /** The latest events, first the notices, and each kind from the latest on. Absent if there are none. */
  news: z.optional(z.array(NewsRow)),
  /** Like `end`, for `news`. Its date is the `newsPlace` of the event. */
  newsEnd: z.optional(Position),
  /** Absent in the main edition, and in a state that was lost and not filled. */
  list: z.optional(EditionList),
  /**
   * Present while older articles could fill the edition. It counts the merges in that time. So each merge changes the
   * state, and a publisher that fills the edition notices the merge.
   */
  unfilled: z.optional(z.number()),
});
export type Edition = z.infer<typeof Edition>;

export const EDITIONS = 'editions/';

/** Raised with each change of {@link Edition}. */
const FORMAT = 4;

/** The stored state of an edition. */
export function editionState(of: EditionOf, site: Pick<Site, 'language'>): StateOf<Edition> {
  const initial = emptyEdition(of);
  return { key: `${EDITIONS}${editionId(of, site)}.json`, schema: Edition, format: FORMAT, initial };
}

export function emptyEdition(of: EditionOf): Edition {
  return { of, entries: [], pins: [] };
}

/** The subject of the edition whose state has this key. The subject has the name of the edition's folder. */
export function editionOf(key: string): EditionOf {
  const [list, name = ''] = key.slice(EDITIONS.length, -'.json'.length).split('/');
  const kind = (['section', 'tag', 'author'] as const).find(kind => EDITION_LISTS[kind] === list);
  return kind ? { kind, name } : { kind: 'all' };
}
