import type { ComponentChildren } from 'preact';
import { languageTag } from '../../../shared/text/language-tag.ts';
import { renderPage } from '../components/document.tsx';
import { editionHref, folderHref, type Place, placeOf } from '../components/links.ts';
import { type Voice, voiceOf } from '../components/voice.ts';
import { languageAttributes } from '../components/written.ts';
import { SITE_FILES, siteAddress } from '../content/addresses.ts';
import { oneLine } from '../content/text.ts';
import { dayOf, monthOfDay } from '../model/calendar.ts';
import type { Site } from '../model/site.ts';
import type { ArchiveRow, Count, Month, Months } from '../states/history-states.ts';

/** The folder of all months. */
const ARCHIVE = SITE_FILES.archive.slice(0, SITE_FILES.archive.lastIndexOf('/') + 1);

/** The folder of a day (`2026-11-23`) or a month (`2026-11`). */
function folderOf(date: string): string {
  return `${ARCHIVE}${date.replaceAll('-', '/')}/`;
}

/** The key of a page of a month, or of a page of a day, which are counted from 0. */
export function archiveKey(date: string, page = 0): string {
  return folderOf(date) + (page === 0 ? 'index.html' : `${page + 1}.html`);
}

/** The page of all months: how many articles each holds. Those that hold none any more are left out. */
export function monthsPage(months: Months, site: Site): string {
  const full = Object.entries(months).filter(([, [articles]]) => articles > 0);
  const years = new Map<string, [string, Count][]>();
  for (const [month, count] of full.reverse()) {
    const year = month.slice(0, 4);
    years.set(year, [...(years.get(year) ?? []), [month, count]]);
  }
  const { words } = speaker(site);
  return archivePage(SITE_FILES.archive, words.archive, site, full.length > 0, (place, voice) =>
    [...years].map(([year, list]) => (
      <section class="archive-group">
        <h2>{yearName(year, voice)}</h2>
        <ul class="archive-list archive-months">
          {list.map(([month, [articles]]) => (
            <li>
              <a href={folderHref(folderOf(month), place)}>{written(`${month}-01`, MONTH_OF_YEAR, voice)}</a>{' '}
              <span class="archive-count">{voice.number(articles)}</span>
            </li>
          ))}
        </ul>
      </section>
    )),
  );
}

/** The page of a month: its articles by day, or where they are too many its days. */
export function monthPage(
  { month, days, over, rows }: Pick<Month, 'days' | 'over' | 'rows'> & { month: string },
  site: Site,
): string {
  const full = Object.entries(days).filter(([, pages]) => pages.some(([articles]) => articles > 0));
  const byDay = new Map<string, ArchiveRow[]>();
  for (const row of rows) {
    const day = dayOf(row.publishedAt, site.timeZone);
    byDay.set(day, [...(byDay.get(day) ?? []), row]);
  }
  const title = monthName(month, speaker(site));
  return archivePage(archiveKey(month), title, site, full.length > 0, (place, voice) =>
    over ? (
      <ul class="archive-list">
        {full.reverse().map(([day, pages]) => (
          <Day day={day} pages={pages} place={place} voice={voice} />
        ))}
      </ul>
    ) : (
      [...byDay].map(([day, list]) => (
        <section class="archive-group">
          <h2>
            <a href={folderHref(folderOf(day), place)}>{written(day, DAY_OF_MONTH, voice)}</a>
          </h2>
          <Rows rows={list} place={place} voice={voice} />
        </section>
      ))
    ),
  );
}

/** A page of a day: the articles of its places. */
export function dayPage(
  { day, page, rows }: { day: string; page: number; rows: readonly ArchiveRow[] },
  site: Site,
): string {
  const title = dayName(day, speaker(site));
  return archivePage(archiveKey(day, page), title, site, rows.length > 0, (place, voice) => (
    <>
      <Rows rows={rows} place={place} voice={voice} />
      <p>
        <a href={folderHref(folderOf(monthOfDay(day)), place)}>{monthName(monthOfDay(day), voice)}</a>
      </p>
    </>
  ));
}

/** A day of a month: how many articles it has, and its pages where they are several. */
function Day({
  day,
  pages,
  place,
  voice,
}: {
  day: string;
  pages: readonly Count[];
  place: Place;
  voice: Voice;
}) {
  const total = pages.reduce((sum, [articles]) => sum + articles, 0);
  return (
    <li>
      <a href={folderHref(folderOf(day), place)}>{written(day, DAY_OF_MONTH, voice)}</a>{' '}
      <span class="archive-count">{voice.number(total)}</span>
      {pages.length > 1 &&
        pages.map(([articles], page) =>
          page > 0 && articles > 0 ? (
            <>
              {' '}
              <a href={place.root + archiveKey(day, page)} aria-label={`${dayName(day, voice)}, ${page + 1}`}>
                {voice.number(page + 1)}
              </a>
            </>
          ) : null,
        )}
    </li>
  );
}

function Rows({ rows, place, voice }: { rows: readonly ArchiveRow[]; place: Place; voice: Voice }) {
  const timeZone = place.site.timeZone ?? 'UTC';
  const clock = new Intl.DateTimeFormat(voice.language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  });
  const exact = new Intl.DateTimeFormat('en', { timeStyle: 'medium', hourCycle: 'h23', timeZone });
  // As on the article's page: midnight to the second is a date that stated no time.
  const write = (instant: Date) => (exact.format(instant) === '00:00:00' ? '' : clock.format(instant));
  return (
    <ul class="archive-rows">
      {rows.map(row => (
        <li>
          <time datetime={row.publishedAt}>{write(new Date(row.publishedAt))}</time>{' '}
          <span class="headline">
            <a href={place.root + row.permalink} {...languageAttributes(row, voice)}>
              {oneLine(row.headline)}
            </a>
          </span>{' '}
          <a class="kicker" href={editionHref({ kind: 'section', name: row.section }, place)}>
            <bdi>{oneLine(row.section)}</bdi>
          </a>
        </li>
      ))}
    </ul>
  );
}

function archivePage(
  key: string,
  title: string,
  site: Site,
  isFull: boolean,
  list: (place: Place, voice: Voice) => ComponentChildren,
): string {
  // Without the navigation: else each new section would have every page of the archive written anew.
  const place = placeOf(key, site, { sections: [] });
  const voice = speaker(site);
  const { words, language, direction } = voice;
  return renderPage({
    place,
    title: `${title} | ${site.title}`,
    language,
    direction,
    canonical: isFull ? siteAddress(site, key.replace(/(?<=\/)index\.html$/, '')) : undefined,
    children: (
      <div class="archive">
        <header class="front-heading named">
          {key !== SITE_FILES.archive && (
            <p class="kicker">
              <a href={folderHref(ARCHIVE, place)}>{words.archive}</a>
            </p>
          )}
          <h1>{title}</h1>
        </header>
        {isFull ? list(place, voice) : <p class="nothing">{words.nothingHere}</p>}
      </div>
    ),
  });
}

function speaker({ language, timeZone }: Site): Voice {
  return voiceOf([language], timeZone);
}

function yearName(year: string, voice: Voice): string {
  return written(`${year}-01-01`, { year: 'numeric' }, voice);
}

function monthName(month: string, voice: Voice): string {
  return written(`${month}-01`, { month: 'long', year: 'numeric' }, voice);
}

function dayName(day: string, voice: Voice): string {
  return written(day, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }, voice);
}

const MONTH_OF_YEAR = { month: 'long' } as const;
const DAY_OF_MONTH = { weekday: 'long', day: 'numeric', month: 'long' } as const;

const formats = new Map<string, Intl.DateTimeFormat>();

/** A date in a language's own words, of the calendar by which the archive is cut. */
function written(day: string, options: Intl.DateTimeFormatOptions, { language }: Voice): string {
  const key = `${language} ${Object.keys(options).join()}`;
  let format = formats.get(key);
  if (format === undefined) {
    const locale = languageTag(language) ?? 'en';
    format = new Intl.DateTimeFormat(locale, { ...options, calendar: 'gregory', timeZone: 'UTC' });
    formats.set(key, format);
  }
  return format.format(new Date(`${day}T00:00:00.000Z`));
}
