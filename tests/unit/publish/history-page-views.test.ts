import fc from 'fast-check';
import { DIRECTORY } from '../../../functions/publish/states/directory.ts';
import type { DayPage, Month } from '../../../functions/publish/states/history-states.ts';
import {
  dayView,
  isListedMonth,
  monthsView,
  monthView,
} from '../../../functions/publish/views/history-page-views.ts';
import type { ViewDeps } from '../../../functions/publish/views/view.ts';
import type { Article } from '../../../shared/model/article.ts';
import type { Positions } from '../../../shared/table/positions.ts';
import { article } from '../../support/articles.ts';
import { SITE } from '../feeds/sample.ts';

const DAY = '2026-11-23';

/** Merging and rendering read nothing. */
const DEPS = { site: SITE } as ViewDeps;

function numbered(number: number, fields: Partial<Article> = {}): Article {
  const at = new Date(Date.UTC(2026, 10, 23) + number * 1_000).toISOString();
  return article({ id: `id${number}`, publishedAt: at, permalink: `articles/${number}.html`, ...fields });
}

/** Each article in the place of its number. */
function placed(...articles: Article[]): Map<string, Positions> {
  return new Map(
    articles.map(({ id }) => {
      const place = Number(id.slice(2));
      return [
        id,
        new Map([
          ['all', place],
          [DAY.slice(0, 7), place],
          [DAY, place],
        ]),
      ] as const;
    }),
  );
}

function records(...articles: Article[]): Map<string, Article> {
  return new Map(articles.map(record => [record.id, record]));
}

test('the pages of a day hold what has its place on them, and no other', () => {
  const articles = [0, 99, 100, 250].map(number => numbered(number));
  const held = (page: number) => {
    const view = dayView(DAY, page, placed(...articles), DEPS);
    return view.merge(view.initial, records(...articles)).rows.map(({ id }) => id);
  };
  expect([held(0), held(1), held(2)]).toEqual([['id99', 'id0'], ['id100'], ['id250']]);
});

test('a correction is no new count; what comes, goes or moves to another day is', () => {
  const first = numbered(1);
  const view = dayView(DAY, 0, placed(first), DEPS);
  const merged = (state: DayPage, ...given: Article[]) => view.merge(state, records(...given));
  const one = merged(view.initial, first);
  const corrected = merged(one, { ...first, version: 2, headline: 'Corrected' });
  expect([one.revision, corrected.revision]).toEqual([1, 1]);
  expect(corrected.rows[0]?.headline).toBe('Corrected');
  const gone = merged(corrected, { ...first, version: 3, publishedAt: '2026-11-24T00:00:00.000Z' });
  expect(gone).toEqual({ revision: 2, rows: [] });
});

test('of the counts of a page the latest holds, in whatever order they come', () => {
  const counts = fc.uniqueArray(
    fc.record({ articles: fc.nat(100), revision: fc.integer({ min: 1, max: 50 }) }),
    {
      selector: ({ revision }) => revision,
      minLength: 1,
    },
  );
  fc.assert(
    fc.property(counts, given => {
      let month: Month = { revision: 0, days: {}, over: false, rows: [] };
      for (const { articles, revision } of given) {
        const view = monthView(
          '2026-11',
          [{ day: DAY, page: 1, count: [articles, revision] }],
          new Map(),
          DEPS,
        );
        month = view.merge(month, new Map());
      }
      const latest = given.reduce((a, b) => (a.revision > b.revision ? a : b));
      expect(month.days[DAY]).toEqual([
        [0, 0],
        [latest.articles, latest.revision],
      ]);
    }),
  );
});

test('the list of months leaves out those that hold nothing any more', async () => {
  const counts = [
    { month: '2026-10', count: [0, 4] as const },
    { month: '2026-11', count: [1_234, 9] as const },
  ];
  const view = monthsView(counts, DEPS);
  const [page] = await view.render(view.merge({}, new Map()), DIRECTORY.initial);
  expect(page?.key).toBe('archive/index.html');
  expect(page?.body).toContain('November');
  expect(page?.body).toContain('1,200+');
  expect(page?.body).not.toContain('October');
});

test('headlines are text, and say their own language', async () => {
  const hostile = numbered(1, { headline: '<b>שלום</b> & more', language: 'he', direction: 'rtl' });
  const view = dayView(DAY, 0, placed(hostile), DEPS);
  const [page] = await view.render(view.merge(view.initial, records(hostile)), DIRECTORY.initial);
  expect(page?.body).toContain('lang="he" dir="rtl">&lt;b>שלום&lt;/b> &amp; more</a>');
});

test('the list of months rounds large counts down, so that it rarely changes', () => {
  const months = [99, 100, 1_299].map((articles, at) => ({
    month: `2026-0${at + 1}`,
    count: [articles, 1] as const,
  }));
  const view = monthsView(months, DEPS);
  const listed = view.merge(view.initial, new Map());
  expect(Object.values(listed).map(([articles]) => articles)).toEqual([99, 100, 1_200]);
  const isListed = (month: string, articles: number) =>
    isListedMonth(listed, { month, count: [articles, 2] });
  expect([isListed('2026-01', 99), isListed('2026-02', 109), isListed('2026-02', 110)]).toEqual([
    false,
    true,
    false,
  ]);
  expect([isListed('2026-03', 1_200), isListed('2026-03', 1_300), isListed('2026-04', 100)]).toEqual([
    true,
    false,
    false,
  ]);
  const [page] = view.render(listed, DIRECTORY.initial) as { body: string }[];
  expect(page?.body.match(/archive-count">[^<]*/g)).toEqual([
    'archive-count">1,200+',
    'archive-count">100+',
    'archive-count">99',
  ]);
});
