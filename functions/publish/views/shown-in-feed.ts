import { LATE_MS } from '../../../shared/model/feed-news.ts';
import { byNewest, type Entry } from '../model/entry.ts';
import type { Edition, NewsRow, Position } from '../states/edition-state.ts';

const DAY_MS = 86_400_000;

/** A feed has at least all entries of the last day, up to this number. So a reader that polls once a day misses none. */
const MAX_DAY_ENTRIES = 200;

/**
 * The day of a feed ends with its newest entry, not now, so that a feed changes only with its articles. It is longer by the
 * time after which an event is news: an article can appear so long after its date.
 */
const SHOWN_MS = DAY_MS + LATE_MS;

/** Maximum number of events that a feed shows. */
export const MAX_NEWS = 50;

/** Time for which a late or corrected article comes back, until the latest event of the feed. */
const BACK_MS = 2 * DAY_MS;

/** Number of entries that the feeds of an edition show. @param entries the newest first */
export function shownEntries(entries: readonly Position[], feedEntries: number): number {
  if (entries.length <= feedEntries) return feedEntries;
  const since = Date.parse(entries[0]?.publishedAt ?? '') - SHOWN_MS;
  const older = entries.findIndex(({ publishedAt }) => Date.parse(publishedAt) < since);
  const ofDay = older < 0 ? entries.length : older;
  return Math.max(feedEntries, Math.min(ofDay, MAX_DAY_ENTRIES));
}

/** What the feeds of an edition show. */
export interface ShownInFeed {
  /** Newest first. */
  entries: Entry[];
  gone: NewsRow[];
}

/** The entries and notices that the feeds of an edition show: the newest entries, and the events of articles with older dates. */
export function shownInFeed({ entries, news: known = [] }: Edition, feedEntries: number): ShownInFeed {
  const news = known.slice(0, MAX_NEWS);
  const newest = entries.slice(0, shownEntries(entries, feedEntries));
  const times = [newest[0]?.publishedAt ?? '', ...news.map(({ at }) => at)].map(at => Date.parse(at) || 0);
  const latest = Math.max(...times);
  const isNewest = new Set(newest.map(({ id }) => id));
  const back = news
    .filter(({ id, at }) => !isNewest.has(id) && Date.parse(at) >= latest - BACK_MS)
    .flatMap(({ entry }) => entry ?? []);
  return {
    entries: [...newest, ...back].sort(byNewest),
    gone: news.filter(({ gone }) => gone !== undefined),
  };
}
