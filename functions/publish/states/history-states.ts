import * as z from 'zod/mini';
import { Entry } from '../model/entry.ts';
import type { StateOf } from './state.ts';

/** A history document of the main feed: the live articles at its positions, newest first. */
export const HistoryPage = z.strictObject({ entries: z.array(Entry) });
export type HistoryPage = z.infer<typeof HistoryPage>;

export const SitemapRow = z.strictObject({
  id: z.string(),
  version: z.number(),
  permalink: z.string(),
  updatedAt: z.string(),
});
export type SitemapRow = z.infer<typeof SitemapRow>;

const SitemapRows = z.array(SitemapRow);

/** An article in the lists of days and months. */
export const HistoryRow = z.strictObject({
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

/** A page of a day: the live articles at its positions, newest first. */
export const DayPage = z.strictObject({
  /** Increases whenever the number of rows changes. The month keeps the count with the highest revision. */
  revision: z.number(),
  rows: z.array(HistoryRow),
});
export type DayPage = z.infer<typeof DayPage>;

/** Number of articles in a state, and the revision of that state. */
const Count = z.readonly(z.tuple([z.number(), z.number()]));
export type Count = z.infer<typeof Count>;

/** A month: the number of articles on each page of its days, and the rows of at most `MAX_MONTH_ROWS` articles. */
export const Month = z.strictObject({
  revision: z.number(),
  /** The counts of the pages of each day (`2026-11-23`). */
  days: z.record(z.string(), z.array(Count)),
  /** Whether the month ever had more articles than its page can list. Then its page lists its days. */
  over: z.boolean(),
  /** Newest first; empty if `over`. */
  rows: z.array(HistoryRow),
});
export type Month = z.infer<typeof Month>;

/** Number of articles of a month from which the list of months rounds it. */
export const MIN_ROUNDED_COUNT = 100;

/**
 * Counts by month (`2026-11`), rounded down to two digits from {@link MIN_ROUNDED_COUNT} on. A month is listed after its
 * first live article.
 */
export const Months = z.record(z.string(), Count);
export type Months = z.infer<typeof Months>;

export const HISTORY = 'history/';
export const SITEMAPS = 'sitemaps/';
export const DAYS = 'days/';
export const MONTHS = 'months/';

/** Raised with each change of {@link HistoryPage}. */
const HISTORY_FORMAT = 2;

export function historyState(page: number): StateOf<HistoryPage> {
  const initial = { entries: [] };
  return { key: `${HISTORY}${sixDigits(page)}.json`, schema: HistoryPage, format: HISTORY_FORMAT, initial };
}

export function sitemapState(page: number): StateOf<SitemapRow[]> {
  return { key: `${SITEMAPS}${sixDigits(page)}.json`, schema: SitemapRows, initial: [] };
}

/**
 * The days (`2026-11-23`, UTC) of the latest changes of the sitemaps, by number. Empty if a day is not known. It is not
 * in the folder of the sitemaps, because earlier versions take each key there for a page.
 */
export const SITEMAPS_STATE: StateOf<string[]> = {
  key: 'sitemap-days.json',
  schema: z.array(z.string()),
  initial: [],
};

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
