import type { EditionOf } from '../../functions/publish/model/edition-of.ts';
import { type Count, dayState } from '../../functions/publish/states/history-states.ts';
import {
  DAY_PAGE_POSITIONS,
  HISTORY_POSITIONS,
  MAX_MONTH_ROWS,
  SITEMAP_POSITIONS,
} from '../../functions/publish/states/positions.ts';
import { editionView } from '../../functions/publish/views/edition-view.ts';
import { historyView } from '../../functions/publish/views/history-feed-view.ts';
import { dayView, monthsView, monthView } from '../../functions/publish/views/history-page-views.ts';
import { sitemapView } from '../../functions/publish/views/sitemap-view.ts';
import type { View, ViewDeps } from '../../functions/publish/views/view.ts';
import { monthsOf, placesOf, rangeOf } from './seeded-table.ts';
import { SECTIONS, type Synthetic, WINDOW } from './synthetic.ts';

/** Tags and authors that the directory lists: as many as it takes. */
const LISTED = 100;

/**
 * What is in the storage bucket once the articles of an archive have been published: the state of each view, by the
 * product's own merge, when it is first asked for. Undefined for keys that are no state.
 */
export function stateOf(key: string, archive: Synthetic, deps: ViewDeps): object | undefined {
  if (key === 'directory.json') return directoryOf(archive);
  return viewState(key, archive, deps);
}

/** Keys of the states of editions and of pages of days, as a list of the storage bucket gives them. */
export function* stateKeys(prefix: string, archive: Synthetic): Generator<string> {
  if (prefix === 'editions/') {
    yield 'editions/all.json';
    for (const section of SECTIONS) yield `editions/sections/${section.toLowerCase()}.json`;
    for (const name of archive.names('tag')) yield `editions/tags/${slugOf(name)}.json`;
    for (const name of archive.names('author')) yield `editions/authors/${slugOf(name)}.json`;
  } else if (prefix.startsWith('days/'))
    for (const { day, page } of daysOf(archive, prefix.slice('days/'.length))) yield dayState(day, page).key;
}

function slugOf(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}

function directoryOf(archive: Synthetic): object {
  const pages = Math.ceil(archive.size / HISTORY_POSITIONS);
  const listed = (kind: string, path: string, count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, at) => [`${path}-${at}`, `${kind} ${at}`] as const).sort(
        ([a], [b]) => (a < b ? -1 : 1),
      ),
    );
  return {
    sections: Object.fromEntries([...SECTIONS].sort().map(name => [name.toLowerCase(), name])),
    tags: listed('Topic', 'topic', LISTED),
    authors: listed('Writer', 'writer', LISTED),
    own: {},
    stale: false,
    pages,
    linkedPages: pages,
  };
}

function viewState(key: string, archive: Synthetic, deps: ViewDeps): object | undefined {
  const [folder = '', second = '', third = ''] = key.replace(/\.json$/, '').split('/');
  switch (folder) {
    case 'editions': {
      const of = editionOf(second, third);
      return merged(archive, newestOf(archive, of), () => editionView(of, deps));
    }
    case 'history': {
      const page = Number(second);
      return merged(archive, pageOf(archive, page, HISTORY_POSITIONS), placed =>
        historyView(page, placed, deps),
      );
    }
    case 'sitemaps': {
      const page = Number(second);
      return merged(archive, pageOf(archive, page, SITEMAP_POSITIONS), placed =>
        sitemapView(page, placed, deps),
      );
    }
    case 'days': {
      const page = Number(third);
      const numbers = dayNumbers(archive, second, page);
      return merged(archive, numbers, placed => dayView(second, page, placed, deps));
    }
    case 'months': {
      if (second === 'all') {
        const counts = monthsOf(archive).map(month => ({ month, count: countOf(rangeOf(archive, month)) }));
        return merged(archive, [], () => monthsView(counts, deps));
      }
      const [from, end] = rangeOf(archive, second);
      // Where there are more than it lists, the one that is too many will do.
      const numbers = span(from, Math.min(end, from + MAX_MONTH_ROWS + 1));
      const counts = daysOf(archive, second);
      return merged(archive, numbers, placed => monthView(second, counts, placed, deps));
    }
    default:
      return undefined;
  }
}

/** The state of a view into which articles are merged. */
function merged<State extends object>(
  archive: Synthetic,
  numbers: readonly number[],
  viewOf: (placed: Map<string, Map<string, number>>) => Pick<View<State>, 'initial' | 'merge'>,
): State {
  const articles = numbers.map(number => archive.article(number));
  const placed = new Map(numbers.map((number, at) => [articles[at]?.id ?? '', placesOf(archive, number)]));
  const view = viewOf(placed);
  return view.merge(view.initial, new Map(articles.map(article => [article.id, article])));
}

function editionOf(kind: string, path: string): EditionOf {
  if (kind === 'all') return { kind };
  const name = path.replaceAll('-', ' ').replace(/^./, first => first.toUpperCase());
  if (kind === 'sections') return { kind: 'section', name };
  return { kind: kind === 'tags' ? 'tag' : 'author', name };
}

function newestOf(archive: Synthetic, of: EditionOf): readonly number[] {
  if (of.kind !== 'all') return archive.newest(of.kind, of.name);
  return span(Math.max(0, archive.size - WINDOW), archive.size);
}

function pageOf(archive: Synthetic, page: number, size: number): number[] {
  return span(page * size, Math.min((page + 1) * size, archive.size));
}

function dayNumbers(archive: Synthetic, day: string, page: number): number[] {
  const [from, end] = rangeOf(archive, day);
  return span(from + page * DAY_PAGE_POSITIONS, Math.min(end, from + (page + 1) * DAY_PAGE_POSITIONS));
}

/** The counts of the pages of a month's days. */
function daysOf(archive: Synthetic, month: string): { day: string; page: number; count: Count }[] {
  const counts = [];
  const [from, end] = rangeOf(archive, month);
  for (let number = from; number < end; ) {
    const day = archive.publishedAt(number).slice(0, '2026-11-23'.length);
    const [, dayEnd] = rangeOf(archive, day);
    for (let page = 0; number < dayEnd; page++) {
      const next = Math.min(dayEnd, number + DAY_PAGE_POSITIONS);
      counts.push({ day, page, count: countOf([number, next]) });
      number = next;
    }
  }
  return counts;
}

function countOf([from, end]: [number, number]): Count {
  return [end - from, 1];
}

function span(from: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - from) }, (_, at) => from + at);
}
