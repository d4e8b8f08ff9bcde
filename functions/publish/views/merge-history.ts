import pMap from 'p-map';
import { monthOfDay } from '../model/calendar.ts';
import type { Records } from '../model/records.ts';
import { type ArticlePositions, DAY_PAGE_POSITIONS, daysIn, pagesIn } from '../states/positions.ts';
import { articlesOf, dayView, monthsView, monthView } from './history-page-views.ts';
import { type BoundView, bind, type SiteWriter, type ViewDeps } from './view.ts';

/**
 * Merges records into the pages of their days; what those then count, into their months; and what these count,
 * into the list of months. So each count is right without any state that grows with what it counts.
 * @returns the views, to be rendered
 */
export async function mergeHistory(
  positions: ArticlePositions,
  records: Records,
  deps: SiteWriter & ViewDeps,
  atOnce: { concurrency: number },
): Promise<BoundView[]> {
  const days = daysIn(positions).flatMap(day =>
    pagesIn(positions, day, DAY_PAGE_POSITIONS).map(page => ({
      day,
      page,
      view: bind(deps, dayView(day, page, positions, deps)),
    })),
  );
  if (days.length === 0) return [];
  const dayCounts = await pMap(
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
  const monthCounts = await pMap(
    months,
    async ({ month, view }) => {
      await view.merge(records);
      const state = await view.state();
      return { month, count: [articlesOf(state), state.revision] as const };
    },
    atOnce,
  );
  const all = bind(deps, monthsView(monthCounts, deps));
  await all.merge(records);
  return [...days.map(({ view }) => view), ...months.map(({ view }) => view), all];
}
