import { inParallel } from '../../../shared/errors/in-parallel.ts';
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
  MIN_ROUNDED_COUNT,
  MONTHS,
  MONTHS_STATE,
  type Month,
  type Months,
  monthState,
} from '../states/history-states.ts';
import { type ArticlePositions, dayList, MAX_MONTH_ROWS, pageIn } from '../states/positions.ts';
import { historyRow, mergeRows } from '../states/rows.ts';
import { load } from '../states/state.ts';
import { keptRendition } from './kept-renditions.ts';
import { recordsOn } from './records-on-page.ts';
import type { View, ViewDeps } from './view.ts';

const DAY_MS = 86_400_000;

/** Number of states that are read at the same time. A busy month has thousands of pages of days. */
const CONCURRENCY = 16;

const NOTHING: Count = [0, 0];

export function dayView(
  day: string,
  page: number,
  positions: ArticlePositions,
  deps: ViewDeps,
): View<DayPage> {
  const { site } = deps;
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
    /** Finds the articles among the members of the main edition of that day. A new page has no articles. */
    async fill(state) {
      const { state: month, isStored } = await load(deps, monthState(monthOfDay(day)));
      const [, revision] = month.days[day]?.[page] ?? NOTHING;
      // If the month does not tell whether the page is new, the site does.
      const isNew = isStored
        ? revision === 0
        : (await deps.siteBucket.head(historyKey(day, page))) === undefined;
      if (isNew) return state;
      const found = await recordsOn(await membersOf(day, deps), isOnPage, deps);
      // The month accepts the new count only with a higher revision.
      return merged({ ...state, revision: revision + 1 }, found.records, found.positions);
    },
    render: ({ rows }) => [
      keptRendition('day', [day, page, rows], site, () =>
        htmlFile(historyKey(day, page), dayPage({ day, page, rows }, site)),
      ),
    ],
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
  const { storage, site, articles } = deps;
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
    /** Counts the articles on the pages of its days. Of pages whose states are lost, the table tells the articles. */
    async fill(state) {
      const { state: months } = await load(deps, MONTHS_STATE);
      const days = new Map(Object.entries(state.days));
      const rows = new Map(state.rows.map(row => [row.id, row]));
      const add = (row: HistoryRow) => {
        if ((rows.get(row.id)?.version ?? 0) < row.version) rows.set(row.id, row);
      };
      const keys: string[] = [];
      for await (const key of storage.keys(`${DAYS}${month}-`)) keys.push(key);
      const lost = new Set<string>();
      const read = async (key: string) => {
        const [day = '', file = ''] = key.slice(DAYS.length).split('/');
        const page = Number.parseInt(file, 10);
        const { state: shown, isStored } = await load(deps, dayState(day, page));
        if (!isStored) lost.add(day);
        return { day, page, shown };
      };
      for (const { day, page, shown } of await inParallel(keys, read, { concurrency: CONCURRENCY })) {
        days.set(day, withCount(days.get(day), page, [shown.rows.length, shown.revision]));
        for (const row of shown.rows) add(row);
      }
      for (const day of lost) {
        const articlesOfDay = await liveOn(day, deps);
        for (const [page, ids] of articlesOfDay) {
          days.set(day, withCount(days.get(day), page, [ids.length, 1]));
          if (rows.size > MAX_MONTH_ROWS) continue;
          for (const record of (await articles.getMany(ids, deps.onBroken)).values())
            if (record.status === 'live' && isIn(record)) add(historyRow(record));
        }
      }
      const over = state.over || rows.size > MAX_MONTH_ROWS;
      return {
        revision: Math.max(state.revision, (months[month]?.[1] ?? 0) + 1),
        days: inOrder(days),
        over,
        rows: over ? [] : [...rows.values()].sort(byNewest),
      };
    },
    render: state => [
      keptRendition('month', [month, state], site, () =>
        htmlFile(historyKey(month), monthPage({ month, ...state }, site)),
      ),
    ],
  };
}

/** The view of all months, with new counts of months. */
export function monthsView(counts: readonly { month: string; count: Count }[], deps: ViewDeps): View<Months> {
  return {
    ...MONTHS_STATE,
    isEmpty: months => Object.keys(months).length === 0,
    merge: before => {
      const months = new Map(Object.entries(before));
      for (const { month, count } of counts) months.set(month, later(months.get(month), rounded(count)));
      return inOrder(months);
    },
    /**
     * Counts the articles of each month. If the state of a month is lost too, its number of positions is taken, which also
     * counts articles that left. The next change in the month corrects it.
     */
    async fill(state) {
      const names: string[] = [];
      for await (const key of deps.storage.keys(MONTHS))
        if (key !== MONTHS_STATE.key) names.push(key.slice(MONTHS.length, -'.json'.length));
      const count = async (month: string) => {
        const { state: held, isStored } = await load(deps, monthState(month));
        const counted: Count = isStored
          ? rounded([articlesOf(held), held.revision])
          : rounded([await deps.articles.positions.taken(month), 0]);
        return [month, counted] as const;
      };
      const months = new Map(Object.entries(state));
      for (const [month, counted] of await inParallel(names, count, { concurrency: CONCURRENCY }))
        months.set(month, later(months.get(month), counted));
      return inOrder(months);
    },
    render: months => [
      keptRendition('months', months, deps.site, () =>
        htmlFile(SITE_FILES.history, monthsPage(months, deps.site)),
      ),
    ],
  };
}

/**
 * Whether the list of months needs no change, because it rounds the counts of large months. So one article in ten or a
 * hundred changes the list.
 */
export function isListedMonth(months: Months, { month, count }: { month: string; count: Count }): boolean {
  return count[0] >= MIN_ROUNDED_COUNT && months[month]?.[0] === rounded(count)[0];
}

/** A count of the list of months: exact below {@link MIN_ROUNDED_COUNT}, else with two digits, rounded down. */
function rounded([articles, revision]: Count): Count {
  if (articles < MIN_ROUNDED_COUNT) return [articles, revision];
  const step = 10 ** (String(articles).length - 2);
  return [Math.floor(articles / step) * step, revision];
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

/** Ids of the members of the main edition that were published on a day. Some can have left the site since. */
async function membersOf(day: string, { articles, site }: ViewDeps): Promise<string[]> {
  const start = `${day}T00:00:00.000Z`;
  // An instant before the day and an instant after it, in every time zone.
  const between = [plus(start, -DAY_MS), plus(start, 2 * DAY_MS)] as const;
  const ids: string[] = [];
  for await (const members of articles.members.newest('all', { between }))
    for (const { id, publishedAt } of members) if (dayOf(publishedAt, site.timeZone) === day) ids.push(id);
  return ids;
}

/** Ids of the live articles of a day, by the page of the day that lists them. */
async function liveOn(day: string, deps: ViewDeps): Promise<Map<number, string[]>> {
  const { lists, positions } = deps.articles;
  const byPage = new Map<number, string[]>();
  const found = await positions.read(await lists.live(await membersOf(day, deps)));
  for (const id of found.keys()) {
    const page = pageIn(found, id, dayList(day));
    if (page !== undefined) byPage.set(page, [...(byPage.get(page) ?? []), id]);
  }
  return byPage;
}

/** The count with the later revision. Publishers run in parallel, so the older count can come last. */
function later(known: Count | undefined, count: Count): Count {
  return known === undefined || known[1] < count[1] ? count : known;
}

function isOver(month: string, records: Records, positions: ArticlePositions): boolean {
  return [...records.keys()].some(id => (positions.get(id)?.get(month) ?? 0) >= MAX_MONTH_ROWS);
}
