import * as z from 'zod/mini';
import { EditionOf, editionId } from './edition-of.ts';

/**
 * What a change record says: which article changed, and where it may have stood before and after. What the
 * article is now is read from the table, so that a late or repeated change record does no harm.
 */
export const Change = z.object({
  id: z.string(),
  editions: z.array(EditionOf),
  /** Dates of publication under which it stood in them, before the change and since. */
  dates: z.optional(z.array(z.string())),
  /** Pages that it had before the change. */
  permalinks: z.array(z.string()),
  /** Ids of the records of media that it showed or shows; its own where it is media. */
  media: z.optional(z.array(z.string())),
  /** The path of the file that it had on the site, where it was media. */
  file: z.optional(z.string()),
});
export type Change = z.infer<typeof Change>;

/** Two changes of one article as one; a change joined with itself is what it was. */
export function joined(a: Change, b: Change): Change {
  const file = a.file ?? b.file;
  const dates = [...new Set([...(a.dates ?? []), ...(b.dates ?? [])])];
  const editions = new Map([...a.editions, ...b.editions].map(of => [editionId(of), of]));
  return {
    id: a.id,
    editions: [...editions.values()],
    ...(dates.length > 0 && { dates }),
    permalinks: [...new Set([...a.permalinks, ...b.permalinks])],
    media: [...new Set([...(a.media ?? []), ...(b.media ?? [])])],
    ...(file !== undefined && { file }),
  };
}
