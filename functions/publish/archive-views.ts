import type { Article } from '../../shared/article.ts';
import { dayOf, monthOfDay } from './calendar.ts';
import { byNewest } from './entry.ts';
import { DAY_PLACES, MONTH_PLACES, type Placed, pageIn } from './ledger.ts';
import { dayRendition, monthRendition, monthsRendition } from './renditions.ts';
import { mergeRows, type Row } from './rows.ts';
import type { Site } from './site.ts';
import type { Records, View } from './view.ts';

/** An article as the pages of the archive list it. */
export interface ArchiveRow extends Row {
  headline: string;
  publishedAt: string;
  section: string;
  permalink: string;
  language: string;
  direction: 'ltr' | 'rtl';
}

/** A page of a day: what is live of its places, newest first. */
export interface DayPage {
  /** Counts changes of how many rows there are: of two counts, the one of the later revision holds. */
  revision: number;
  rows: ArchiveRow[];
}

/** How many articles something holds, at a revision of it. */
export type Count = readonly [articles: number, revision: number];

/** A month: how many articles stand on each page of each of its days, and while they are few, the articles. */
export interface Month {
  /** Counts changes of how many articles it holds. */
  revision: number;
  /** By the day (`2026-11-23`): the count of each of its pages. */
  days: Record<string, Count[]>;
  /** Whether more articles were ever in it than its page lists: it lists its days for ever after. */
  over: boolean;
  /** Newest first; none where it is over. */
  rows: ArchiveRow[];
}

/** The months (`2026-11`) in which something was ever published. */
export type Months = Record<string, Count>;

/** Where the states of these pages are, in the archive bucket. */
export const DAYS = 'days/';
const MONTHS = 'months/';

/** The view of a page of a day. */
export function dayView(day: string, page: number, placed: Placed, site: Site): View<DayPage> {
  const rowOf = (article: Article) =>
    dayOf(article.publishedAt, site.timeZone) === day && pageIn(placed, article.id, day, DAY_PLACES) === page
      ? archiveRow(article)
      : undefined;
  return {
    key: `${DAYS}${day}/${String(page).padStart(4, '0')}.json`,
    initial: { revision: 0, rows: [] },
    isEmpty: ({ rows }) => rows.length === 0,
    merge: (before, records) => {
      const rows = mergeRows(before.rows, records, rowOf).sort(byNewest);
      return { revision: before.revision + (rows.length === before.rows.length ? 0 : 1), rows };
    },
    render: ({ rows }) => [dayRendition({ day, page, rows }, site)],
  };
}

/**
 * The view of a month.
 * @param counts of pages of its days, as they have just been merged
 */
export function monthView(
  month: string,
  counts: readonly { day: string; page: number; count: Count }[],
  placed: Placed,
  site: Site,
): View<Month> {
  const isIn = (article: Article) => monthOfDay(dayOf(article.publishedAt, site.timeZone)) === month;
  return {
    key: `${MONTHS}${month}.json`,
    initial: { revision: 0, days: {}, over: false, rows: [] },
    isEmpty: state => articlesOf(state) === 0,
    merge: (before, records) => {
      const days = withCounts(before.days, counts);
      const over = before.over || isOver(month, records, placed);
      const rows = over
        ? []
        : mergeRows(before.rows, records, article =>
            isIn(article) && placed.get(article.id)?.has(month) ? archiveRow(article) : undefined,
          ).sort(byNewest);
      const isSame = articlesOf({ days }) === articlesOf(before);
      return { revision: before.revision + (isSame ? 0 : 1), days, over, rows };
    },
    render: state => [monthRendition({ month, ...state }, site)],
  };
}

/**
 * The view of all months.
 * @param counts of months, as they have just been merged
 */
export function monthsView(counts: readonly { month: string; count: Count }[], site: Site): View<Months> {
  return {
    key: `${MONTHS}all.json`,
    initial: {},
    isEmpty: months => Object.keys(months).length === 0,
    merge: before => {
      const months = new Map(Object.entries(before));
      for (const { month, count } of counts) months.set(month, later(months.get(month), count));
      return Object.fromEntries([...months].sort(([a], [b]) => (a < b ? -1 : 1)));
    },
    render: months => [monthsRendition(months, site)],
  };
}

/** How many articles a month holds. */
export function articlesOf({ days }: Pick<Month, 'days'>): number {
  return Object.values(days)
    .flat()
    .reduce((total, [articles]) => total + articles, 0);
}

function withCounts(
  before: Month['days'],
  counts: readonly { day: string; page: number; count: Count }[],
): Month['days'] {
  const days = new Map(Object.entries(before));
  for (const { day, page, count } of counts) {
    const pages = [...(days.get(day) ?? [])];
    while (pages.length <= page) pages.push([0, 0]);
    pages[page] = later(pages[page], count);
    days.set(day, pages);
  }
  return Object.fromEntries([...days].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The count of the later revision: publishers count at the same time, and the one who counted first may write last. */
function later(known: Count | undefined, count: Count): Count {
  return known === undefined || known[1] < count[1] ? count : known;
}

function isOver(month: string, records: Records, placed: Placed): boolean {
  return [...records.keys()].some(id => (placed.get(id)?.get(month) ?? 0) >= MONTH_PLACES);
}

function archiveRow(article: Article): ArchiveRow {
  const { id, version, headline, publishedAt, section, permalink, language, direction } = article;
  return { id, version, headline, publishedAt, section, permalink, language, direction };
}
