import * as z from 'zod/mini';
import { inParallel } from '../../../shared/errors/in-parallel.ts';
import { type BulkList, type BulkOrder, coversAll } from '../../../shared/model/bulk-run.ts';
import { sectionKey } from '../../../shared/model/identity.ts';
import { needsParsing } from '../../../shared/model/needs-parsing.ts';
import { monthOf, recordIdOf } from '../../../shared/table/article-item.ts';
import type { Item } from '../../../shared/table/keys.ts';
import { isInMonth } from '../../../shared/table/record-lists.ts';
import { DAYS, HISTORY, SITEMAPS } from '../states/history-states.ts';
import { listPageId } from '../states/list-rows.ts';
import { LIST_PAGE_POSITIONS } from '../states/positions.ts';
import type { PublishDeps } from '../views/view.ts';
import { Lists } from './lists.ts';

/** Parts of the table that are read in parallel. A part gives about 20 MB in a second. */
const SEGMENTS = 16;

/** Pages of the history, and editions, in a batch. Each needs about as long as several articles. */
const PAGES_PER_BATCH = 20;
const EDITIONS_PER_BATCH = 20;

const Position = z.record(z.string(), z.unknown());

/** Position of the planner: a source, and the position in it. */
export const Cursor = z.object({
  source: z.number(),
  /** Months that are left, for the months of publication. */
  months: z.optional(z.array(z.string())),
  /** Position in a partition, or positions in the parts of the table. A part that was read whole has `null`. */
  at: z.optional(Position),
  segments: z.optional(z.array(z.nullable(Position))),
  /** The last key of a listing of the storage bucket. */
  key: z.optional(z.string()),
  /** Number of lists. */
  lists: z.number(),
});
export type Cursor = z.infer<typeof Cursor>;

export const FIRST: Cursor = { source: 0, lists: 0 };

type Deps = Pick<PublishDeps, 'articles' | 'storage'>;

/** Reads one page of a source. Returns the position after it, or undefined at the end of the source. */
type Source = (cursor: Cursor, lists: Lists, order: BulkOrder, deps: Deps) => Promise<Cursor | undefined>;

/**
 * Plans a part of a run: reads the table and the states page by page, and writes lists of batches.
 * @param hasTime whether there is time for another page
 * @returns the new lists, and the position of the rest. The position is undefined after the last part
 */
export async function plan(
  run: string,
  order: BulkOrder,
  from: Cursor,
  deps: Deps,
  hasTime: () => boolean,
): Promise<{ lists: BulkList[]; cursor: Cursor | undefined }> {
  const sources = sourcesOf(order);
  const lists = new Lists(run, order, deps.storage, from.lists);
  let cursor = from;
  do {
    const next = await sources[cursor.source]?.(cursor, lists, order, deps);
    cursor = next ?? { source: cursor.source + 1, lists: 0 };
  } while (cursor.source < sources.length && hasTime());
  await lists.flush();
  const isDone = cursor.source >= sources.length;
  return { lists: lists.written, cursor: isDone ? undefined : { ...cursor, lists: lists.number } };
}

function sourcesOf(order: BulkOrder): Source[] {
  if (order.kind === 'reprocess') return [files];
  const last: Source = async (_, lists) => {
    await lists.add('finish', { finish: true });
    return undefined;
  };
  if (!coversAll(order)) return [records, months, last];
  return [...[HISTORY, SITEMAPS, DAYS].map(pages), records, editions, months, last];
}

/** The stored states of pages of the history. */
function pages(prefix: string): Source {
  return async ({ key, ...cursor }, lists, _, { storage }) => {
    const page = await storage.keysAfter(prefix, key);
    for (let at = 0; at < page.keys.length; at += PAGES_PER_BATCH)
      await lists.add('pages', { pages: page.keys.slice(at, at + PAGES_PER_BATCH) });
    return page.isLast ? undefined : { ...cursor, key: page.keys.at(-1) };
  };
}

/** All editions: the main edition, and those that the table names. */
const editions: Source = async ({ at, ...cursor }, lists, _, { articles }) => {
  const { entries, next } = await articles.editionNames.list(at);
  const all: [string, string][] = at === undefined ? [['all', ''], ...entries] : entries;
  for (let from = 0; from < all.length; from += EDITIONS_PER_BATCH)
    await lists.add('editions', { editions: all.slice(from, from + EDITIONS_PER_BATCH) });
  // The full pages of their lists. The rest of a list stands on the page of the edition.
  const counted = await inParallel(
    entries,
    async ([list]) => ({
      list,
      pages: Math.floor((await articles.positions.taken(list)) / LIST_PAGE_POSITIONS),
    }),
    { concurrency: SEGMENTS },
  );
  for (const { list, pages: count } of counted) {
    const keys = Array.from({ length: count }, (_, page) => listPageId(list, page));
    for (let from = 0; from < keys.length; from += PAGES_PER_BATCH)
      await lists.add('lists', { pages: keys.slice(from, from + PAGES_PER_BATCH) });
  }
  return next && { ...cursor, at: next };
};

/** The live articles, month by month, so that articles of a batch stand on the same pages. */
const months: Source = async ({ at, months: known, ...cursor }, lists, { section, since }, { articles }) => {
  const [month, ...rest] = known ?? (await articles.months());
  if (month === undefined || (since !== undefined && month < monthOf(since))) return undefined;
  const { entries, next } = await articles.lists.month(month, section, at);
  const wanted = entries.filter(({ publishedAt }) => since === undefined || publishedAt >= since);
  await lists.addIds(
    'live',
    wanted.map(({ id }) => id),
  );
  return next ? { ...cursor, months: [month, ...rest], at: next } : { ...cursor, months: rest };
};

/** Reads the next page of each part of the table. */
async function scan(
  { segments = Array.from({ length: SEGMENTS }, () => ({})), ...cursor }: Cursor,
  { articles }: Deps,
  take: (item: Item & { pk: string }) => void,
): Promise<Cursor | undefined> {
  const next = await inParallel(segments, async (from, number) => {
    if (from === null) return null;
    const position = Object.keys(from).length > 0 ? from : undefined;
    const page = await articles.lists.scan({ number, of: segments.length }, position);
    for (const item of page.entries) take(item);
    return page.next ?? null;
  });
  return next.some(position => position !== null) ? { ...cursor, segments: next } : undefined;
}

/** Statuses of records that were never public. */
const NEVER_PUBLIC = new Set<unknown>(['rejected', 'unpacked']);

/** The records that are not live: they can still stand on the site. And live ones that the index does not list. */
const records: Source = async (cursor, lists, order, deps) => {
  const [gone, media]: [string[], string[]] = [[], []];
  const next = await scan(cursor, deps, item => {
    const id = recordIdOf(item.pk);
    if (id === undefined || NEVER_PUBLIC.has(item.status) || isInMonth(item)) return;
    if (!coversAll(order) && (item.status === 'media' || !isSelected(item, item.publishedAt, order))) return;
    (item.status === 'media' ? media : gone).push(id);
  });
  await lists.addIds('gone', gone);
  await lists.addIds('media', media);
  return next;
};

/** The files that an older parser has parsed. A member of a zip is parsed together with the whole zip. */
const files: Source = async (cursor, lists, order, deps) => {
  const ids = new Set<string>();
  const next = await scan(cursor, deps, item => {
    const id = recordIdOf(item.pk);
    const source = (item.source ?? {}) as Record<string, unknown>;
    if (id === undefined || !needsParsing(item, order.parserVersion ?? '')) return;
    if (!isSelected(item, source.uploadedAt, order)) return;
    const { memberOf } = source;
    ids.add(memberOf === undefined ? id : deps.articles.idOf(String(memberOf)));
  });
  await lists.addIds('live', ids);
  return next;
};

function isSelected({ section }: Item, at: unknown, order: BulkOrder): boolean {
  if (order.since !== undefined && !(String(at ?? '') >= order.since)) return false;
  if (order.section === undefined) return true;
  return typeof section === 'string' && sectionKey(section) === sectionKey(order.section);
}
