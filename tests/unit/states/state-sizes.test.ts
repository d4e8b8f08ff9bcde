import { openArchive } from '../../../bench/publish/cost.ts';
import { EDITION_LISTS } from '../../../functions/publish/model/edition-of.ts';
import { dayPage, monthPage } from '../../../functions/publish/pages/history-page.tsx';
import {
  loadDirectory,
  MAX_LISTED,
  relist,
  updateListings,
} from '../../../functions/publish/states/directory.ts';
import type { HistoryRow, Month } from '../../../functions/publish/states/history-states.ts';
import { DAY_PAGE_POSITIONS, SITEMAP_POSITIONS } from '../../../functions/publish/states/positions.ts';
import { dayView, monthsView, monthView } from '../../../functions/publish/views/history-page-views.ts';
import { sitemapIndexView, sitemapView } from '../../../functions/publish/views/sitemap-view.ts';
import type { ViewDeps } from '../../../functions/publish/views/view.ts';
import type { Article } from '../../../shared/model/article.ts';
import { article } from '../../support/articles.ts';
import { SITE } from '../feeds/sample.ts';

/** The largest states of the history, and the pages that show them: each has a bound that does not grow. */

/**
 * Size, in characters of JSON, that no state of a day, a month, a sitemap or the directory reaches. A month reaches it
 * with ten million articles, and the index of sitemaps with 80 million.
 */
const MAX_STATE_CHARS = 1_000_000;

const DEPS = { site: SITE } as ViewDeps;
const MONTH = '2026-11';
const DAY = '2026-11-23';

const charsOf = (value: unknown) => JSON.stringify(value).length;

/** An article with the longest texts that a record can hold. */
const longest = (number: number): Article =>
  article({
    id: `id${String(number).padStart(14, '0')}`,
    headline: 'ق'.repeat(300),
    section: 'ق'.repeat(100),
    language: 'x'.repeat(35),
    permalink: `articles/${'a'.repeat(90)}-${number}.html`,
    publishedAt: `${DAY}T12:00:00.000Z`,
  });

const many = (count: number) => {
  const articles = Array.from({ length: count }, (_, number) => longest(number));
  const records = new Map(articles.map(each => [each.id, each]));
  const at = (number: number) =>
    new Map([
      ['all', number],
      [MONTH, number],
      [DAY, number],
    ]);
  return { records, positions: new Map(articles.map(({ id }, number) => [id, at(number)])) };
};

/** A month with a million articles: 30 days with 334 full pages each. */
function busyMonth(): Month {
  const pages = Array.from({ length: 334 }, () => [DAY_PAGE_POSITIONS, 1_000] as const);
  const days = Array.from({ length: 30 }, (_, at) => `${MONTH}-${String(at + 1).padStart(2, '0')}`);
  return {
    revision: 1_000_000,
    over: true,
    rows: [],
    days: Object.fromEntries(days.map(day => [day, pages])),
  };
}

test.each([
  ['a page of a day', () => dayView(DAY, 0, many(DAY_PAGE_POSITIONS).positions, DEPS), DAY_PAGE_POSITIONS],
  ['a sitemap', () => sitemapView(0, many(SITEMAP_POSITIONS).positions, DEPS), SITEMAP_POSITIONS],
  ['a month that lists its articles', () => monthView(MONTH, [], many(200).positions, DEPS), 200],
] as const)('%s with the longest texts', (_, viewOf, count) => {
  const view = viewOf();
  const state = view.merge(view.initial as never, many(count).records);
  expect(charsOf(state)).toBeGreaterThan(50_000);
  expect(charsOf(state)).toBeLessThan(MAX_STATE_CHARS);
});

test('a month with a million articles, and its page', () => {
  const month = busyMonth();
  expect(charsOf(month)).toBeLessThan(MAX_STATE_CHARS);
  const page = monthPage({ month: MONTH, ...month }, SITE);
  expect(page.length).toBeLessThan(150_000);
});

test('every page of a day with 50,000 articles is reached from its month', () => {
  const pages = Array.from({ length: 500 }, () => [100, 1] as const);
  const row = longest(1) as unknown as HistoryRow;
  const linked = (html: string) =>
    [...html.matchAll(/href="[^"]*2026\/11\/23\/(\d*)/g)].map(([, page]) => Number(page || 1) - 1);
  const month = { month: MONTH, days: { [DAY]: pages }, over: true, rows: [] };
  const reached = new Set<number>();
  const open = linked(monthPage(month, SITE));
  for (let page = open.pop(); page !== undefined; page = open.pop()) {
    if (reached.has(page)) continue;
    reached.add(page);
    open.push(...linked(dayPage({ day: DAY, page, rows: [row] }, SITE)));
  }
  expect(reached.size).toBe(500);
});

test('the list of months of a thousand years', () => {
  const counts = Array.from({ length: 12_000 }, (_, at) => ({
    month: `${String(1000 + Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`,
    count: [1_000_000, 1_000_000] as const,
  }));
  const view = monthsView(counts, DEPS);
  expect(charsOf(view.merge(view.initial, new Map()))).toBeLessThan(MAX_STATE_CHARS);
});

test('the index of sitemaps names the newest 50,000, with the day of the last change of each', async () => {
  const count = 50_010;
  const days = Array.from({ length: count }, (_, page) => ({ page, day: page % 2 ? '2026-11-23' : '' }));
  const view = sitemapIndexView(days, DEPS);
  const state = view.merge(view.initial, new Map());
  expect(charsOf(state)).toBeLessThan(MAX_STATE_CHARS);
  const [index] = await view.render(state, { pages: count * 10, own: {} } as never);
  const text = String(index?.body);
  expect(text.match(/<loc>/g)).toHaveLength(50_000);
  expect(text.match(/<lastmod>2026-11-23<\/lastmod>/g)).toHaveLength(25_000);
  expect(text).not.toContain('/sitemaps/009.xml');
  expect(text).toContain('/sitemaps/50009.xml');
});

test('the directory of a site with thousands of sections, tags and authors', async () => {
  const { deps } = openArchive(1);
  const listings = Object.values(EDITION_LISTS).flatMap(kind =>
    Array.from({ length: 2_000 }, (_, at) => ({
      listing: { kind, path: `${at}-${'%D9%82'.repeat(20)}`, name: 'ق'.repeat(100) },
      present: true,
    })),
  );
  const directory = await updateListings(deps, listings);
  expect(charsOf(directory)).toBeLessThan(MAX_STATE_CHARS);
  for (const kind of Object.values(EDITION_LISTS))
    expect(Object.keys(directory[kind])).toHaveLength(MAX_LISTED[kind]);
  await relist(deps);
  const { state } = await loadDirectory(deps);
  expect(Object.keys(state.sections)).toHaveLength(MAX_LISTED.sections);
});

test('a sitemap that changes again does not set its day back', () => {
  const view = sitemapIndexView([{ page: 1, day: '2026-11-20' }], DEPS);
  expect(view.merge(['2026-11-01', '2026-11-23'], new Map())).toEqual(['2026-11-01', '2026-11-23']);
  expect(view.merge([], new Map())).toEqual(['', '2026-11-20']);
});
