import * as z from 'zod/mini';
import { EditionOf } from '../model/edition-of.ts';
import { Entry } from '../model/entry.ts';

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

/** Where the states of editions are, in the storage bucket. */
export const EDITIONS = 'editions/';

/** The edition of something of which nothing has been published. */
export function emptyEdition(of: EditionOf): Edition {
  return { of, entries: [], pins: [] };
}

const KINDS = { sections: 'section', tags: 'tag', authors: 'author' } as const;

/** What the edition is of whose state has this key; the name is that of its folder. */
export function editionOf(key: string): EditionOf {
  const [folder = '', name = ''] = key.slice(EDITIONS.length, -'.json'.length).split('/');
  const kind = Object.entries(KINDS).find(([of]) => of === folder)?.[1];
  return kind ? { kind, name } : { kind: 'all' };
}
