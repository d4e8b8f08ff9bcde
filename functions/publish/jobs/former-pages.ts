import type { ArticleRecord } from '../../../shared/model/article.ts';
import type { Positions } from '../../../shared/table/positions.ts';
import { type ArticleChange, changeTo, joinChanges } from '../model/change.ts';
import { type EditionOf, editionId, editionsOf } from '../model/edition-of.ts';
import type { Entry } from '../model/entry.ts';
import { dayState, HISTORY, historyState, pageOfKey, sitemapState } from '../states/history-states.ts';
import {
  ALL_ARTICLES,
  DAY_PAGE_POSITIONS,
  HISTORY_POSITIONS,
  isDay,
  isEditionList,
  SITEMAP_POSITIONS,
} from '../states/positions.ts';
import { load } from '../states/state.ts';
import { editionView } from '../views/edition-view.ts';
import type { PublishDeps } from '../views/view.ts';
import { lift, takeOut } from './mend.ts';
import { publishEditions } from './publish-editions.ts';

/**
 * Name of the user metadata of an article's page: the positions of the article. After the table was restored to an
 * earlier time, it can tell less than the files show. Then the page tells on which pages of the history the article
 * stands, and a history document tells its editions.
 */
const POSITIONS = 'positions';

/** Maximum number of positions in the metadata, which S3 limits to 2 KB. A date is corrected once or twice. */
const MAX_POSITIONS = 40;

type Metadata = Readonly<Record<string, string>>;

/** The metadata of the page of an article. */
export function positionsMetadata(positions: Positions | undefined): Record<string, string> {
  const named = [...(positions ?? [])]
    .filter(([list]) => !isEditionList(list))
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .slice(0, MAX_POSITIONS);
  return named.length === 0 ? {} : { [POSITIONS]: named.map(([list, at]) => `${list}=${at}`).join(' ') };
}

/** Where the site shows an article, although the table does not tell it. */
export interface FormerPages {
  /** Keys of the states of pages of the history. */
  keys: string[];
  /** Editions, dates and files that a history document or the main edition names. */
  change: ArticleChange;
  /** Whether the site shows a later version than that of the record. Merges ignore an older version. */
  isAhead: boolean;
}

/**
 * Finds where the site shows an article that must leave it. For a live article, finds the pages of the history that show
 * it although its positions name other pages. Raises the version of the record above the one on the site, because merges
 * ignore an older version.
 * @param at.metadata metadata of the page of the article, before the page is changed
 * @param at.positions positions of the article in the table
 * @param at.isBulk whether the call belongs to a bulk run. It makes all editions again, so it looks for editions of a
 * live article only if the positions differ
 */
export async function findFormerPages(
  id: string,
  record: ArticleRecord | undefined,
  { metadata, positions, isBulk }: { metadata: Metadata; positions: Positions | undefined; isBulk: boolean },
  deps: PublishDeps,
): Promise<FormerPages> {
  const present = keysOf(positions ?? new Map());
  const former = keysOf(readPositions(metadata[POSITIONS] ?? ''));
  const keys = [...former].filter(key => !present.has(key));
  let change = changeTo(id);
  let isSiteAhead = record === undefined;
  const isLive = record?.status === 'live';
  if (keys.length === 0 && isLive && isBulk) return { keys, change, isAhead: isSiteAhead };
  for (const entry of await entriesOf(id, new Set([...present, ...former]), deps)) {
    const isAhead = record === undefined || record.version < entry.version;
    isSiteAhead ||= isAhead;
    const { raised } = isAhead ? await lift([entry], deps) : { raised: new Set() };
    // Another publisher has a newer record of the table.
    if (isLive && isAhead && !raised.has(id)) continue;
    const media = (entry.media ?? []).map(use => deps.articles.idOf(use.key));
    const { publishedAt, permalink } = entry;
    const shown = { editions: editionsOf(entry), dates: [publishedAt], permalinks: [permalink], media };
    change = joinChanges(change, changeTo(id, shown));
  }
  return { keys, change, isAhead: isSiteAhead };
}

/**
 * Takes an article out of the editions and pages that only the site tells. This comes before its page is changed, and
 * before the documents that tell it, so that a retry finds the same.
 */
export async function leaveFormerPages(
  { id, editions, permalinks }: ArticleChange,
  record: ArticleRecord | undefined,
  { keys, change: former, isAhead }: FormerPages,
  deps: PublishDeps,
): Promise<number> {
  const idOf = (of: EditionOf) => editionId(of, deps.site);
  const named = [...editions, ...(record?.status === 'live' ? editionsOf(record) : [])];
  const ids = new Set(named.map(idOf));
  const unnamed = former.editions.filter(of => !ids.has(idOf(of)));
  let files = 0;
  // The record keeps the notice of a kill that another publisher has entered already.
  const merged = new Map([[id, isAhead ? undefined : record]]);
  if (unnamed.length > 0) files += (await publishEditions(unnamed, deps, merged, NO_HISTORY)).files;
  for (const key of keys) files += (await takeOut([{ id }], key, deps)).files;
  const current = record && 'permalink' in record ? record.permalink : undefined;
  for (const old of former.permalinks)
    if (old !== current && !permalinks.includes(old)) await deps.siteBucket.delete(old);
  return files;
}

const NO_HISTORY = { positions: new Map() };

/** The entries of an article in history documents. An article can be in the main edition before it is in the history. */
async function entriesOf(id: string, keys: ReadonlySet<string>, deps: PublishDeps): Promise<Entry[]> {
  const found: Entry[] = [];
  const add = (entries: readonly Entry[]) => found.push(...entries.filter(entry => entry.id === id));
  for (const key of keys)
    if (key.startsWith(HISTORY)) add((await load(deps, historyState(pageOfKey(key)))).state.entries);
  if (found.length === 0) add((await load(deps, editionView({ kind: 'all' }, deps))).state.entries);
  return found;
}

/** Keys of the states of the pages with these positions. */
function keysOf(positions: Positions): Set<string> {
  const keys = new Set<string>();
  for (const [list, position] of positions)
    if (list === ALL_ARTICLES) {
      keys.add(historyState(Math.floor(position / HISTORY_POSITIONS)).key);
      keys.add(sitemapState(Math.floor(position / SITEMAP_POSITIONS)).key);
    } else if (isDay(list)) keys.add(dayState(list, Math.floor(position / DAY_PAGE_POSITIONS)).key);
  return keys;
}

function readPositions(text: string): Positions {
  const found = text.matchAll(/(all|\d{4}-\d{2}(?:-\d{2})?)=(\d{1,12})(?= |$)/g);
  return new Map([...found].map(([, list = '', position]) => [list, Number(position)]));
}
