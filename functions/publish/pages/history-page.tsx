import type { ComponentChildren } from 'preact';
import { calendarWriter, timeWriter } from '../components/dates.ts';
import { HISTORY_FOLDER, renderPage } from '../components/document.tsx';
import { editionHref, folderHref, type PageContext, pageContext } from '../components/links.ts';
import { type Localizer, labelAttributesOf, localizerOf } from '../components/localizer.ts';
import { type PartProps, Time } from '../components/pieces.tsx';
import { languageAttributes } from '../components/text-language.ts';
import { SITE_FILES, siteAddress } from '../content/addresses.ts';
import { steadyNavigation } from '../content/sections.ts';
import { oneLine } from '../content/text.ts';
import { dayOf, monthOfDay } from '../model/calendar.ts';
import type { Site } from '../model/site.ts';
import {
  type Count,
  type HistoryRow,
  MIN_ROUNDED_COUNT,
  type Month,
  type Months,
} from '../states/history-states.ts';

/** The folder of a day (`2026-11-23`) or a month (`2026-11`). */
function folderOf(date: string): string {
  return `${HISTORY_FOLDER}${date.replaceAll('-', '/')}/`;
}

/** The key of the page of a month or day. The pages of a day are counted from 0. */
export function historyKey(date: string, page = 0): string {
  return folderOf(date) + (page === 0 ? 'index.html' : `${page + 1}.html`);
}

/** The page of all months with articles, and their numbers of articles. */
export function monthsPage(months: Months, site: Site): string {
  const full = Object.entries(months).filter(([, [articles]]) => articles > 0);
  const years = new Map<string, [string, Count][]>();
  for (const [month, count] of full.reverse()) {
    const year = month.slice(0, 4);
    years.set(year, [...(years.get(year) ?? []), [month, count]]);
  }
  const { labels } = siteLocalizer(site);
  return renderHistoryPage(SITE_FILES.history, labels.history, site, full.length > 0, (context, localizer) =>
    [...years].map(([year, list]) => (
      <section class="archive-group">
        <h2>{written(`${year}-01-01`, { year: 'numeric' }, localizer)}</h2>
        <ul class="archive-list archive-months">
          {list.map(([month, [articles]]) => (
            <li>
              <a href={folderHref(folderOf(month), context)}>
                {written(`${month}-01`, MONTH_OF_YEAR, localizer)}
              </a>{' '}
              <span class="archive-count">
                {localizer.number(articles)}
                {articles >= MIN_ROUNDED_COUNT && '+'}
              </span>
            </li>
          ))}
        </ul>
      </section>
    )),
  );
}

/** The page of a month: its articles by day, or only its days if it has too many articles (`over`). */
export function monthPage(
  { month, days, over, rows }: Pick<Month, 'days' | 'over' | 'rows'> & { month: string },
  site: Site,
): string {
  const full = Object.entries(days).filter(([, pages]) => pages.some(([articles]) => articles > 0));
  const byDay = new Map<string, HistoryRow[]>();
  for (const row of rows) {
    const day = dayOf(row.publishedAt, site.timeZone);
    byDay.set(day, [...(byDay.get(day) ?? []), row]);
  }
  const title = monthName(month, siteLocalizer(site));
  return renderHistoryPage(historyKey(month), title, site, full.length > 0, (context, localizer) =>
    over ? (
      <ul class="archive-list">
        {full.reverse().map(([day, pages]) => (
          <Day day={day} pages={pages} context={context} localizer={localizer} />
        ))}
      </ul>
    ) : (
      [...byDay].map(([day, list]) => (
        <section class="archive-group">
          <h2>
            <a href={folderHref(folderOf(day), context)}>{written(day, DAY_OF_MONTH, localizer)}</a>
          </h2>
          <Rows rows={list} context={context} localizer={localizer} />
        </section>
      ))
    ),
  );
}

export function dayPage(
  { day, page, rows }: { day: string; page: number; rows: readonly HistoryRow[] },
  site: Site,
): string {
  const title = dayName(day, siteLocalizer(site));
  return renderHistoryPage(historyKey(day, page), title, site, rows.length > 0, (context, localizer) => (
    <>
      <Rows rows={rows} context={context} localizer={localizer} />
      <p>
        <a href={folderHref(folderOf(monthOfDay(day)), context)}>{monthName(monthOfDay(day), localizer)}</a>
        {page > 0 && (
          <>
            {' '}
            <PageOfDay day={day} page={page - 1} context={context} localizer={localizer} />
          </>
        )}
      </p>
    </>
  ));
}

/** Maximum number of pages of a day that the page of its month links. A day with 50,000 articles has 500 pages. */
const MAX_LINKED_PAGES = 20;

type ListProps = Omit<PartProps, 'labelAttributes'>;

/** A day in the list of a month, with its number of articles and a link to each of its pages. */
function Day({ day, pages, context, localizer }: ListProps & { day: string; pages: readonly Count[] }) {
  const total = pages.reduce((sum, [articles]) => sum + articles, 0);
  const others = pages.flatMap(([articles], page) => (page > 0 && articles > 0 ? [page] : []));
  // Each page of a day links the page before it, so the last one leads to all.
  const linked =
    others.length <= MAX_LINKED_PAGES
      ? others
      : [...others.slice(0, MAX_LINKED_PAGES - 1), ...others.slice(-1)];
  return (
    <li>
      <a href={folderHref(folderOf(day), context)}>{written(day, DAY_OF_MONTH, localizer)}</a>{' '}
      <span class="archive-count">{localizer.number(total)}</span>
      {linked.map(page => (
        <>
          {' '}
          <PageOfDay day={day} page={page} context={context} localizer={localizer} />
        </>
      ))}
    </li>
  );
}

/** A link to a page of a day: its number. */
function PageOfDay({ day, page, context, localizer }: ListProps & { day: string; page: number }) {
  const href = page === 0 ? folderHref(folderOf(day), context) : context.root + historyKey(day, page);
  return (
    <a href={href} aria-label={`${dayName(day, localizer)}, ${page + 1}`}>
      {localizer.number(page + 1)}
    </a>
  );
}

function Rows({ rows, context, localizer }: ListProps & { rows: readonly HistoryRow[] }) {
  const write = timeWriter(localizer.language, context.site.timeZone);
  return (
    <ul class="archive-rows">
      {rows.map(row => (
        <li>
          <Time instant={row.publishedAt} write={write} />{' '}
          <span class="headline">
            <a href={context.root + row.permalink} {...languageAttributes(row, localizer)}>
              {oneLine(row.headline)}
            </a>
          </span>{' '}
          <a class="kicker" href={editionHref({ kind: 'section', name: row.section }, context)}>
            <bdi>{oneLine(row.section)}</bdi>
          </a>
        </li>
      ))}
    </ul>
  );
}

function renderHistoryPage(
  key: string,
  title: string,
  site: Site,
  isFull: boolean,
  list: (context: PageContext, localizer: Localizer) => ComponentChildren,
): string {
  const context = pageContext(key, site, steadyNavigation(site));
  const localizer = siteLocalizer(site);
  const { labels, language, direction } = localizer;
  const labelAttributes = labelAttributesOf(localizer);
  return renderPage({
    context,
    title: `${title} | ${site.title}`,
    language,
    direction,
    canonical: isFull ? siteAddress(site, key.replace(/(?<=\/)index\.html$/, '')) : undefined,
    children: (
      <div class="archive">
        <header class="front-heading named">
          {key !== SITE_FILES.history && (
            <p class="kicker" {...labelAttributes}>
              <a href={folderHref(HISTORY_FOLDER, context)}>{labels.history}</a>
            </p>
          )}
          <h1>{title}</h1>
        </header>
        {isFull ? (
          list(context, localizer)
        ) : (
          <p class="nothing" {...labelAttributes}>
            {labels.nothingHere}
          </p>
        )}
      </div>
    ),
  });
}

function siteLocalizer({ language, timeZone }: Site): Localizer {
  return localizerOf([language], timeZone);
}

function monthName(month: string, localizer: Localizer): string {
  return written(`${month}-01`, { month: 'long', year: 'numeric' }, localizer);
}

function dayName(day: string, localizer: Localizer): string {
  return written(day, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }, localizer);
}

const MONTH_OF_YEAR = { month: 'long' } as const;
const DAY_OF_MONTH = { weekday: 'long', day: 'numeric', month: 'long' } as const;

function written(day: string, options: Intl.DateTimeFormatOptions, { language }: Localizer): string {
  return calendarWriter(language, options)(day);
}
