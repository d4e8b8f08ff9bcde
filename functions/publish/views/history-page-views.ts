import type { Article } from '../../../shared/model/article.ts';
import { SITE_FILES } from '../content/addresses.ts';
import { dayOf, monthOfDay, plus } from '../model/calendar.ts';
import { byNewest } from '../model/entry.ts';
import type { Records } from '../model/records.ts';
import { htmlFile } from '../model/rendition.ts';
import { dayPage, historyKey, monthPage, monthsPage } from '../pages/history-page.tsx';
import {
  type Count,
  DAYS,
  type DayPage,
  dayState,
  type HistoryRow,
  MONTHS,
  MONTHS_STATE,
  type Month,
  type Months,
  monthState,
} from '../states/history-states.ts';
import { type ArticlePositions, dayList, MAX_MONTH_ROWS, pageIn } from '../states/positions.ts';
import { mergeRows } from '../states/rows.ts';
import { load } from '../states/state.ts';
import { recordsOn } from './records-on-page.ts';
import type { View, ViewDeps } from './view.ts';

const DAY_MS = 86_400_000;

const NOTHING: Count = [0, 0];

export function dayView(
  day: string,
  page: number,
  positions: ArticlePositions,
  deps: ViewDeps,
): View<DayPage> {
  const { articles, site } = deps;
  const isOnPage = (places: ArticlePositions, id: string) => pageIn(places, id, dayList(day)) === page;
  const merged = (before: DayPage, records: Records, places: ArticlePositions) => {
    const rowOf = (article: Article) =>
      dayOf(article.publishedAt, site.timeZone) === day && isOnPage(places, article.id)
        ? historyRow(article)
        : undefined;
    const rows = mergeRows(before.rows, records, rowOf).sort(byNewest);
    return { revision: before.revision + (rows.length === before.rows.length ? 0 : 1), rows };
  };
  return {
    ...dayState(day, page),
    isEmpty: ({ rows }) => rows.length === 0,
    merge: (before, records) => merged(before, records, positions),
    /** Finds the articles among the members of the main edition around that day. A new page has no articles. */
    async fill(state) {
      const { state: month } = await load(deps, monthState(monthOfDay(day)));
      const [, revision] = month.days[day]?.[page] ?? NOTHING;
      if (revision === 0) return state;
      const ids: string[] = [];
      for await (const members of articles.members.newest('all', { between: aroundDay(day) }))
        ids.push(...members.map(({ id }) => id));
      const found = await recordsOn(ids, isOnPage, deps);
      // The month accepts the new count only with a higher revision.
      return merged({ ...state, revision: revision + 1 }, found.records, found.positions);
    },
    render: ({ rows }) => [htmlFile(historyKey(day, page), dayPage({ day, page, rows }, site))],
  };
}

interface PageCount {
  day: string;
  page: number;
  count: Count;
}

/** The view of a month, with new counts of pages of its days. */
export function monthView(
  month: string,
  counts: readonly PageCount[],
  positions: ArticlePositions,
  deps: ViewDeps,
): View<Month> {
  const { storage, site } = deps;
  const isIn = (article: Article) => monthOfDay(dayOf(article.publishedAt, site.timeZone)) === month;
  return {
    ...monthState(month),
    isEmpty: state => articlesOf(state) === 0,
    merge: (before, records) => {
      const days = withCounts(before.days, counts);
      const over = before.over || isOver(month, records, positions);
      const rows = over
        ? []
        : mergeRows(before.rows, records, article =>
            isIn(article) && positions.get(article.id)?.has(month) ? historyRow(article) : undefined,
          ).sort(byNewest);
      const isSame = articlesOf({ days }) === articlesOf(before);
      return { revision: before.revision + (isSame ? 0 : 1), days, over, rows };
    },
    /** Counts the articles on the pages of its days. */
    async fill(state) {
      const { state: months } = await load(deps, MONTHS_STATE);
      const days = new Map(Object.entries(state.days));
      const rows = new Map(state.rows.map(row => [row.id, row]));
      for await (const key of storage.keys(`${DAYS}${month}-`)) {
        const [day = '', page = ''] = key.slice(DAYS.length).split('/');
        const number = Number.parseInt(page, 10);
        const { state: shown } = await load(deps, dayState(day, number));
        days.set(day, withCount(days.get(day), number, [shown.rows.length, shown.revision]));
        for (const row of shown.rows)
          if ((rows.get(row.id)?.version ?? 0) < row.version) rows.set(row.id, row);
      }
      const over = state.over || rows.size > MAX_MONTH_ROWS;
      return {
        revision: Math.max(state.revision, (months[month]?.[1] ?? 0) + 1),
        days: inOrder(days),
        over,
        rows: over ? [] : [...rows.values()].sort(byNewest),
      };
    },
    render: state => [htmlFile(historyKey(month), monthPage({ month, ...state }, site))],
  };
}

/** The view of all months, with new counts of months. */
export function monthsView(counts: readonly { month: string; count: Count }[], deps: ViewDeps): View<Months> {
  return {
    ...MONTHS_STATE,
    isEmpty: months => Object.keys(months).length === 0,
    merge: before => {
      const months = new Map(Object.entries(before));
      for (const { month, count } of counts) months.set(month, later(months.get(month), count));
      return inOrder(months);
    },
    /** Counts the articles of each month. */
    async fill(state) {
      const months = new Map(Object.entries(state));
      for await (const key of deps.storage.keys(MONTHS)) {
        if (key === MONTHS_STATE.key) continue;
        const name = key.slice(MONTHS.length, -'.json'.length);
        const { state: month, isStored } = await load(deps, monthState(name));
        if (isStored) months.set(name, later(months.get(name), [articlesOf(month), month.revision]));
      }
      return inOrder(months);
    },
    render: months => [htmlFile(SITE_FILES.history, monthsPage(months, deps.site))],
  };
}

export function articlesOf({ days }: Pick<Month, 'days'>): number {
  return Object.values(days)
    .flat()
    .reduce((total, [articles]) => total + articles, 0);
}

function withCounts(before: Month['days'], counts: readonly PageCount[]): Month['days'] {
  const days = new Map(Object.entries(before));
  for (const { day, page, count } of counts) days.set(day, withCount(days.get(day), page, count));
  return inOrder(days);
}

function withCount(before: readonly Count[] = [], page: number, count: Count): Count[] {
  const pages = [...before];
  while (pages.length <= page) pages.push(NOTHING);
  pages[page] = later(pages[page], count);
  return pages;
}

function inOrder<T>(byName: ReadonlyMap<string, T>): Record<string, T> {
  return Object.fromEntries([...byName].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** An instant before the day and an instant after it, in every time zone. */
function aroundDay(day: string): [from: string, until: string] {
  const start = `${day}T00:00:00.000Z`;
  return [plus(start, -DAY_MS), plus(start, 2 * DAY_MS)];
}

/** The count with the later revision. Publishers run in parallel, so the older count can come last. */
function later(known: Count | undefined, count: Count): Count {
  return known === undefined || known[1] < count[1] ? count : known;
}

function isOver(month: string, records: Records, positions: ArticlePositions): boolean {
  return [...records.keys()].some(id => (positions.get(id)?.get(month) ?? 0) >= MAX_MONTH_ROWS);
}

function historyRow(article: Article): HistoryRow {
  const { id, version, headline, publishedAt, section, permalink, language, direction } = article;
  return { id, version, headline, publishedAt, section, permalink, language, direction };
}
