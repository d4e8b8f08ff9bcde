import { inParallel } from '../../../shared/errors/in-parallel.ts';
import { monthOfDay } from '../model/calendar.ts';
import type { Records } from '../model/records.ts';
import { MIN_ROUNDED_COUNT } from '../states/history-states.ts';
import { type ArticlePositions, dayList, daysIn, pagesIn, SITEMAP_LIST } from '../states/positions.ts';
import { articlesOf, dayView, isListedMonth, monthsView, monthView } from './history-page-views.ts';
import { changeOfSitemap, sitemapIndexView, sitemapView } from './sitemap-view.ts';
import { type BoundView, bind, type PublishDeps } from './view.ts';

/**
 * Merges records into their sitemaps, and the days of the latest changes into the index of sitemaps.
 * @returns the views to render. The index is among them on the first change of a sitemap on a day
 */
async function mergeSitemaps(
  positions: ArticlePositions,
  records: Records,
  deps: PublishDeps,
  atOnce: { concurrency: number },
): Promise<BoundView[]> {
  const views: BoundView[] = [];
  const changes = await inParallel(
    pagesIn(positions, SITEMAP_LIST),
    async page => {
      const view = bind(deps, sitemapView(page, positions, deps));
      views.push(view);
      await view.merge(records);
      return changeOfSitemap(page, await view.state());
    },
    atOnce,
  );
  if (changes.length === 0) return views;
  const index = bind(deps, sitemapIndexView(changes, deps));
  const before = await index.state();
  if (changes.every(({ page, day }) => (before[page] ?? '') >= day)) return views;
  await index.merge(records);
  views.push(index);
  return views;
}

/**
 * Merges records into their sitemaps and into the pages of their days. Then merges the counts of these pages into their
 * months, and the counts of the months into the list of months. So no state grows with the number of articles that it
 * counts.
 * @returns the views to render
 */
export async function mergeHistory(
  positions: ArticlePositions,
  records: Records,
  deps: PublishDeps,
  atOnce: { concurrency: number },
): Promise<BoundView[]> {
  const days = daysIn(positions).flatMap(day =>
    pagesIn(positions, dayList(day)).map(page => ({
      day,
      page,
      view: bind(deps, dayView(day, page, positions, deps)),
    })),
  );
  const sitemaps = await mergeSitemaps(positions, records, deps, atOnce);
  if (days.length === 0) return sitemaps;
  const dayCounts = await inParallel(
    days,
    async ({ day, page, view }) => {
      await view.merge(records);
      const { rows, revision } = await view.state();
      return { day, page, count: [rows.length, revision] as const };
    },
    atOnce,
  );
  const months = [...new Set(days.map(({ day }) => monthOfDay(day)))].map(month => {
    const counts = dayCounts.filter(({ day }) => monthOfDay(day) === month);
    return { month, view: bind(deps, monthView(month, counts, positions, deps)) };
  });
  const monthCounts = await inParallel(
    months,
    async ({ month, view }) => {
      await view.merge(records);
      const state = await view.state();
      return { month, count: [articlesOf(state), state.revision] as const };
    },
    atOnce,
  );
  const views = [...sitemaps, ...days.map(({ view }) => view), ...months.map(({ view }) => view)];
  const all = bind(deps, monthsView(monthCounts, deps));
  const isLarge = monthCounts.every(({ count }) => count[0] >= MIN_ROUNDED_COUNT);
  if (isLarge) {
    const listed = await all.state();
    if (monthCounts.every(each => isListedMonth(listed, each))) return views;
  }
  await all.merge(records);
  return [...views, all];
}
