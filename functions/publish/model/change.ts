import * as z from 'zod/mini';
import { EditionOf } from './edition-of.ts';

/**
 * A change of an article: its id, and the files and editions that may show it. The record is read from the table, so
 * that late or repeated changes do no harm.
 */
export const ArticleChange = z.object({
  id: z.string(),
  /** Whether the article became live and was not live before, so that no view shows it. */
  isNew: z.optional(z.literal(true)),
  editions: z.array(EditionOf),
  /** Publication dates of the article in these editions, before and after the change. */
  dates: z.optional(z.array(z.string())),
  /** Places of the news of the article in these editions before the change (`newsPlace`). */
  news: z.optional(z.array(z.string())),
  /** Keys of the article's pages before the change. */
  permalinks: z.array(z.string()),
  /** Aliases of the article before the change. */
  aliases: z.optional(z.array(z.string())),
  /** Ids of the media records that the article showed or shows. In a change of a media record, this is its own id. */
  media: z.optional(z.array(z.string())),
  /** Path of the file on the site before the change. Only media records have it. */
  file: z.optional(z.string()),
});
export type ArticleChange = z.infer<typeof ArticleChange>;

/** A change of an article. Only the given editions and files are known. */
export function changeTo(id: string, known: Partial<ArticleChange> = {}): ArticleChange {
  return { id, editions: [], permalinks: [], ...known };
}

/** Adds a change to a map by article id. Joins the change with an earlier change of the same article. */
export function addChange(changes: Map<string, ArticleChange>, change: ArticleChange): void {
  const earlier = changes.get(change.id);
  changes.set(change.id, earlier ? joinChanges(earlier, change) : change);
}

export function joinChanges(a: ArticleChange, b: ArticleChange): ArticleChange {
  const file = a.file ?? b.file;
  const dates = [...new Set([...(a.dates ?? []), ...(b.dates ?? [])])];
  const aliases = [...new Set([...(a.aliases ?? []), ...(b.aliases ?? [])])];
  const news = [...new Set([...(a.news ?? []), ...(b.news ?? [])])];
  const editions = new Map([...a.editions, ...b.editions].map(of => [JSON.stringify(of), of]));
  return {
    id: a.id,
    ...(a.isNew && b.isNew && { isNew: true }),
    editions: [...editions.values()],
    ...(dates.length > 0 && { dates }),
    ...(news.length > 0 && { news }),
    permalinks: [...new Set([...a.permalinks, ...b.permalinks])],
    ...(aliases.length > 0 && { aliases }),
    media: [...new Set([...(a.media ?? []), ...(b.media ?? [])])],
    ...(file !== undefined && { file }),
  };
}
