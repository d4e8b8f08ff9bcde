import type { Article, ArticleRecord } from '../../../shared/model/article.ts';
import { isOwnPage } from '../../../shared/model/own-page.ts';
import type { Articles } from '../../../shared/table/articles.ts';
import type { Positions } from '../../../shared/table/positions.ts';
import { dayOf, monthOfDay } from '../model/calendar.ts';
import { type EditionOf, editionId, editionsOf } from '../model/edition-of.ts';
import type { Records } from '../model/records.ts';
import type { Site } from '../model/site.ts';

/*
 * The pages of the history. Every article that was ever live has a position in three lists: the lists of all articles,
 * of its month and of its day. After a correction of its date, the article also keeps its earlier positions. A page
 * holds a fixed number of positions, so a change rewrites one page of each list. A new page size would shift all pages.
 * Then everything must be published again.
 */

/** Positions in a history document of the main feed. By default a feed has the same number of entries. */
export const HISTORY_POSITIONS = 50;

/**
 * Positions in a sitemap. The protocol allows 50,000, but each change rewrites a sitemap. With 500 positions that takes
 * two milliseconds, and an index of 50,000 sitemaps covers 25 million articles.
 */
export const SITEMAP_POSITIONS = 500;

/** Positions on a page of a day. A person reads about as many in one list. */
export const DAY_PAGE_POSITIONS = 100;

/** Maximum number of articles that the page of a month lists. If a month has more, its page lists its days. */
export const MAX_MONTH_ROWS = 200;

/** Positions on a page of a section, tag or author. A person reads about as many in one list. */
export const LIST_PAGE_POSITIONS = 50;

export const ALL_ARTICLES = 'all';

/** A list of positions that is divided into pages. */
interface PageList {
  name: string;
  pageSize: number;
}

export const HISTORY_LIST: PageList = { name: ALL_ARTICLES, pageSize: HISTORY_POSITIONS };
export const SITEMAP_LIST: PageList = { name: ALL_ARTICLES, pageSize: SITEMAP_POSITIONS };
export const editionList = (of: EditionOf, site: Pick<Site, 'language'>): PageList => ({
  name: editionId(of, site),
  pageSize: LIST_PAGE_POSITIONS,
});
export const dayList = (day: string): PageList => ({ name: day, pageSize: DAY_PAGE_POSITIONS });

/** Positions of articles, by id. Articles that were never live have none. */
export type ArticlePositions = ReadonlyMap<string, Positions>;

/** The number of the sitemap that has the first position of a history document. */
export function sitemapOf(historyPage: number): number {
  return Math.floor((historyPage * HISTORY_POSITIONS) / SITEMAP_POSITIONS);
}

/** Key of the file of a sitemap. */
export function sitemapPath(page: number): string {
  return `sitemaps/${String(page).padStart(3, '0')}.xml`;
}

/** The page of a list that holds an article. Undefined if the article has no position in the list. */
export function pageIn(positions: ArticlePositions, id: string, list: PageList): number | undefined {
  const position = positions.get(id)?.get(list.name);
  return position === undefined ? undefined : Math.floor(position / list.pageSize);
}

/** The pages of a list that hold the articles. */
export function pagesIn(positions: ArticlePositions, list: PageList): number[] {
  const pages = new Set([...positions.keys()].map(id => pageIn(positions, id, list)));
  return [...pages].filter(page => page !== undefined);
}

/** The days (`2026-11-23`) in which the articles have positions. */
export function daysIn(positions: ArticlePositions): string[] {
  const names = [...positions.values()].flatMap(own => [...own.keys()]);
  return [...new Set(names.filter(isDay))];
}

/** Whether a list is that of a day (`2026-11-23`), and not that of a month or an edition. */
export function isDay(list: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(list);
}

/** Whether a list is that of a section, tag or author. */
export function isEditionList(list: string): boolean {
  return list.includes('/');
}

/** Reads the positions of articles, and assigns missing positions to live articles. */
export async function assignPositions(
  records: Records,
  articles: Articles,
  site: Site,
): Promise<ArticlePositions> {
  const positions = await articles.positions.read(records.keys());
  const wanted = new Map<string, string[]>();
  for (const record of [...records.values()].filter(isLive).sort(byAge)) {
    const own = positions.get(record.id);
    const missing = listsOf(record, site).filter(list => !own?.has(list));
    if (missing.length > 0) wanted.set(record.id, missing);
  }
  if (wanted.size === 0) return positions;
  return new Map([...positions, ...(await articles.positions.assign(wanted))]);
}

/** Whether a record is a live article. Pages of the site's own have no place in the history. */
function isLive(record: ArticleRecord | undefined): record is Article {
  return record?.status === 'live' && !isOwnPage(record);
}

function listsOf(article: Article, site: Site): string[] {
  const day = dayOf(article.publishedAt, site.timeZone);
  return [ALL_ARTICLES, monthOfDay(day), day, ...editionListsOf(article, site)];
}

/**
 * Names of the lists of the sections, tags and authors of an article. Those that settings switch off are among them, so
 * that their pages can be made again.
 */
export function editionListsOf(
  article: Pick<Article, 'section' | 'tags' | 'authors'>,
  site: Pick<Site, 'language'>,
): string[] {
  return [
    ...new Set(
      editionsOf(article)
        .filter(({ kind }) => kind !== 'all')
        .map(of => editionId(of, site)),
    ),
  ];
}

/** Compares by age, oldest first, so that articles that arrive together get positions in order of time. */
function byAge(a: Article, b: Article): number {
  if (a.publishedAt !== b.publishedAt) return a.publishedAt < b.publishedAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
