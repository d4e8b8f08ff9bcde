import * as z from 'zod/mini';
import { Entry } from '../model/entry.ts';
import type { StateOf } from './state.ts';

/** The states of the pages of the site's history: what they hold, and under which keys they are stored. */

/** An archive document of the main feed: what is live of its places, newest first. */
export const HistoryPage = z.object({ entries: z.array(Entry) });
export type HistoryPage = z.infer<typeof HistoryPage>;

/** One line of a sitemap. */
export const SitemapRow = z.object({
  id: z.string(),
  version: z.number(),
  permalink: z.string(),
  updatedAt: z.string(),
});
export type SitemapRow = z.infer<typeof SitemapRow>;

/** An article as the pages of days and months list it. */
export const HistoryRow = z.object({
  id: z.string(),
  version: z.number(),
  headline: z.string(),
  publishedAt: z.string(),
  section: z.string(),
  permalink: z.string(),
  language: z.string(),
  direction: z.enum(['ltr', 'rtl']),
});
export type HistoryRow = z.infer<typeof HistoryRow>;

/** A page of a day: what is live of its places, newest first. */
export const DayPage = z.object({
  /** Counts changes of how many rows there are: of two counts, the one of the later revision holds. */
  revision: z.number(),
  rows: z.array(HistoryRow),
});
export type DayPage = z.infer<typeof DayPage>;

/** How many articles something holds, at a revision of it. */
const Count = z.readonly(z.tuple([z.number(), z.number()]));
export type Count = z.infer<typeof Count>;

/** A month: how many articles stand on each page of each of its days, and while they are few, the articles. */
export const Month = z.object({
  /** Counts changes of how many articles it holds. */
  revision: z.number(),
  /** By the day (`2026-11-23`): the count of each of its pages. */
  days: z.record(z.string(), z.array(Count)),
  /** Whether more articles were ever in it than its page lists: it lists its days for ever after. */
  over: z.boolean(),
  /** Newest first; none where it is over. */
  rows: z.array(HistoryRow),
});
export type Month = z.infer<typeof Month>;

/** The months (`2026-11`) in which something was ever published. */
export const Months = z.record(z.string(), Count);
export type Months = z.infer<typeof Months>;

export const HISTORY = 'history/';
export const SITEMAPS = 'sitemaps/';
export const DAYS = 'days/';
export const MONTHS = 'months/';

export function historyState(page: number): StateOf<HistoryPage> {
  return { key: `${HISTORY}${sixDigits(page)}.json`, schema: HistoryPage, initial: { entries: [] } };
}

export function sitemapState(page: number): StateOf<SitemapRow[]> {
  return { key: `${SITEMAPS}${sixDigits(page)}.json`, schema: z.array(SitemapRow), initial: [] };
}

export function dayState(day: string, page: number): StateOf<DayPage> {
  const key = `${DAYS}${day}/${String(page).padStart(4, '0')}.json`;
  return { key, schema: DayPage, initial: { revision: 0, rows: [] } };
}

export function monthState(month: string): StateOf<Month> {
  const initial = { revision: 0, days: {}, over: false, rows: [] };
  return { key: `${MONTHS}${month}.json`, schema: Month, initial };
}

export const MONTHS_STATE: StateOf<Months> = { key: `${MONTHS}all.json`, schema: Months, initial: {} };

/** The number of the page whose state has this key. */
export function pageOfKey(key: string): number {
  return Number.parseInt(key.slice(key.lastIndexOf('/') + 1), 10);
}

function sixDigits(page: number): string {
  return String(page).padStart(6, '0');
}
