import type { Article, ArticleRecord } from '../../../shared/model/article.ts';
import type { Articles } from '../../../shared/table/articles.ts';
import type { Positions } from '../../../shared/table/positions.ts';
import { dayOf, monthOfDay } from '../model/calendar.ts';
import type { Records } from '../model/records.ts';
import type { Site } from '../model/site.ts';

/**
 * How the archive of the site is cut into pages. Every article that was ever live has a place in three series:
 * of everything, of its month and of its day (more of these where its date was corrected). A page holds so many
 * places, and each place is on one page for ever: so a change touches one page of each, however many there are.
 * Changing a size would shift what stands on all pages: republish everything then.
 */

/** Places on an archive document of the feeds: as many articles as a feed has by default. */
export const HISTORY_PLACES = 50;

/**
 * Places in a sitemap. The protocol allows 50,000, but each change writes one of them anew: at 500 that is two
 * milliseconds, and an index of as many sitemaps as it allows names 25 million articles.
 */
export const SITEMAP_PLACES = 500;

/** Places on a page of a day: a list that a person still reads. */
export const DAY_PLACES = 100;

/** Places up to which the page of a month lists its articles; that of a fuller month lists its days. */
export const MONTH_PLACES = 200;

/** The series of everything. */
export const ALL = 'all';

/** Where articles stand in the history, by id; those that were never live stand nowhere. */
export type Placed = ReadonlyMap<string, Positions>;

/** The page on which a place is. */
export function pageOf(place: number, size: number): number {
  return Math.floor(place / size);
}

/** The page of a series on which an article stands, or undefined where it has no place in it. */
export function pageIn(placed: Placed, id: string, series: string, size: number): number | undefined {
  const place = placed.get(id)?.get(series);
  return place === undefined ? undefined : pageOf(place, size);
}

/** The pages of a series on which articles stand. */
export function pagesIn(placed: Placed, series: string, size: number): number[] {
  return [...new Set([...placed.keys()].map(id => pageIn(placed, id, series, size)))].filter(
    page => page !== undefined,
  );
}

/** The days (`2026-11-23`) under which articles stand, or once stood. */
export function daysIn(placed: Placed): string[] {
  const series = [...placed.values()].flatMap(places => [...places.keys()]);
  return [...new Set(series.filter(name => name.length === '2026-11-23'.length))];
}

/** Looks up where articles stand, and gives those that are live for the first time their places. */
export async function place(records: Records, articles: Articles, site: Site): Promise<Placed> {
  const placed = await articles.positions.read(records.keys());
  const wanted = new Map<string, string[]>();
  for (const record of [...records.values()].filter(isLive).sort(byAge)) {
    const places = placed.get(record.id);
    const missing = seriesOf(record, site).filter(series => !places?.has(series));
    if (missing.length > 0) wanted.set(record.id, missing);
  }
  if (wanted.size === 0) return placed;
  return new Map([...placed, ...(await articles.positions.assign(wanted))]);
}

function isLive(record: ArticleRecord | undefined): record is Article {
  return record?.status === 'live';
}

function seriesOf({ publishedAt }: Article, { timeZone }: Site): string[] {
  const day = dayOf(publishedAt, timeZone);
  return [ALL, monthOfDay(day), day];
}

/** Oldest first, so that places follow time where articles come together. */
function byAge(a: Article, b: Article): number {
  if (a.publishedAt !== b.publishedAt) return a.publishedAt < b.publishedAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
