import * as z from 'zod/mini';
import { EditionOf } from '../model/edition-of.ts';
import { Entry } from '../model/entry.ts';

/** The position of an article in an edition: newest first, equal instants by id. */
const Position = z.object({ publishedAt: z.string(), id: z.string() });
export type Position = z.infer<typeof Position>;

/** The newest entries of one feed, as stored in the storage bucket. */
export const Edition = z.object({
  of: EditionOf,
  /** Newest first. */
  entries: z.array(Entry),
  /** The edition has every live article down to this position, or all of them if this is absent. */
  end: z.optional(Position),
  /** The newest pinned articles of any age, newest first, without bodies. The first one leads the page. */
  pins: z.array(Entry),
  /**
   * Present while the edition has fewer entries than its feeds show although older articles exist. It counts the merges
   * since then, so that each merge changes the state and a publisher that fills it notices them.
   */
  unfilled: z.optional(z.number()),
});
export type Edition = z.infer<typeof Edition>;

/** Key prefix of editions in the storage bucket. */
export const EDITIONS = 'editions/';

/** An edition without entries. */
export function emptyEdition(of: EditionOf): Edition {
  return { of, entries: [], pins: [] };
}

const KINDS = { sections: 'section', tags: 'tag', authors: 'author' } as const;

/** The subject of the edition whose state has this key. Its name is that of its folder. */
export function editionOf(key: string): EditionOf {
  const [folder = '', name = ''] = key.slice(EDITIONS.length, -'.json'.length).split('/');
  const kind = Object.entries(KINDS).find(([of]) => of === folder)?.[1];
  return kind ? { kind, name } : { kind: 'all' };
}
