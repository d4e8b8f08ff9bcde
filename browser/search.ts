import { marked, type Query, queryOf } from '../functions/publish/search/query.ts';
import { type SearchHit, searchSite } from '../functions/publish/search/search-site.ts';
import { siteReader } from './site-reader.ts';

/*
 * The script of the search page. It reads the words from the address of the page, so that a search has an address, and
 * going back works without it. Texts of articles become text nodes only.
 */

/** The labels of the page; `{}` marks a number or the words. */
interface Labels {
  searching: string;
  found: string;
  nothing: string;
  searched: string;
  failed: string;
}

interface Page {
  root: string;
  labels: Labels;
  status: HTMLElement;
  results: HTMLElement;
  older: HTMLButtonElement;
  writeDay: Intl.DateTimeFormat;
  number: Intl.NumberFormat;
}

const page = pageOf(document);
const words = new URLSearchParams(location.search).get('q')?.trim() ?? '';
if (page !== undefined) {
  const field = document.querySelector<HTMLInputElement>('#q');
  if (field !== null && field.value === '') field.value = words;
  if (words === '') field?.focus();
  else void search(words, page);
}

function pageOf({ documentElement }: Document): Page | undefined {
  const main = document.querySelector<HTMLElement>('#search');
  const status = document.querySelector<HTMLElement>('#search-status');
  const results = document.querySelector<HTMLElement>('#search-results');
  const older = document.querySelector<HTMLButtonElement>('#search-older');
  if (!main || !status || !results || !older) return undefined;
  const { root = '', labels = '{}', timeZone = 'UTC' } = main.dataset;
  const { lang } = documentElement;
  const day = { day: 'numeric', month: 'short', year: 'numeric', timeZone } as const;
  return {
    root,
    labels: JSON.parse(labels),
    status,
    results,
    older,
    writeDay: dayFormat(lang, day),
    number: new Intl.NumberFormat(lang),
  };
}

/** A date in the calendar of the language if its months are Gregorian, as on all pages, or else in the Gregorian one. */
function dayFormat(lang: string, day: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const format = new Intl.DateTimeFormat(lang, day);
  const isGregorian = ['gregory', 'buddhist', 'japanese', 'roc'].includes(format.resolvedOptions().calendar);
  return isGregorian ? format : new Intl.DateTimeFormat(lang, { ...day, calendar: 'gregory' });
}

async function search(typed: string, page: Page): Promise<void> {
  const { labels, status, older, number } = page;
  const query = queryOf(typed);
  document.title = `${typed} – ${document.title}`;
  status.textContent = labels.searching;
  let count = 0;
  try {
    for await (const { found, searched, all, isLast } of searchSite(query, siteReader(page.root))) {
      const first = show(found, query, page);
      // The reader has asked for these results.
      if (count > 0 || older.dataset.isUsed) first?.focus();
      count += found.length;
      const results =
        count === 0 && isLast ? filled(labels.nothing, typed) : filled(labels.found, number.format(count));
      status.textContent = `${results} · ${filled(labels.searched, number.format(searched), number.format(all))}`;
      older.hidden = isLast;
      if (isLast) return;
      await pressed(older);
      older.hidden = true;
      status.textContent = labels.searching;
    }
  } catch {
    older.hidden = true;
    status.textContent = labels.failed;
  }
}

/** Adds results to the list. Returns the link of the first one. */
function show(found: readonly SearchHit[], query: Query, page: Page): HTMLElement | undefined {
  const items = found.map(({ row }) => {
    const item = document.createElement('li');
    const headline = element('h2', { lang: row.language, dir: 'auto' });
    const link = document.createElement('a');
    link.href = page.root + row.path.split('/').map(encodeURIComponent).join('/');
    addMarked(link, row.headline, query);
    headline.append(link);
    const summary = element('p', { lang: row.language, dir: 'auto' });
    addMarked(summary, row.dek || row.summary, query);
    const about = element('p', { class: 'search-about' });
    const time = document.createElement('time');
    time.dateTime = row.at;
    time.textContent = page.writeDay.format(new Date(row.at));
    about.append(time);
    for (const name of [row.section, ...(row.authors ?? [])].filter(Boolean)) {
      const part = document.createElement('bdi');
      part.textContent = name;
      about.append(' · ', part);
    }
    item.append(about, headline, summary);
    return item;
  });
  page.results.append(...items);
  return items[0]?.querySelector('a') ?? undefined;
}

function element(name: string, attributes: Readonly<Record<string, string>>): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value);
  return made;
}

function addMarked(parent: HTMLElement, text: string, query: Query): void {
  for (const { text: part, isFound } of marked(text, query)) {
    if (!isFound) {
      parent.append(part);
      continue;
    }
    const mark = document.createElement('mark');
    mark.textContent = part;
    parent.append(mark);
  }
}

/** A label with its values, in their order. */
function filled(label: string, ...values: readonly string[]): string {
  return label
    .split('{}')
    .map((part, at) => part + (values[at] ?? ''))
    .join('');
}

function pressed(button: HTMLButtonElement): Promise<void> {
  button.dataset.isUsed = 'true';
  return new Promise(resolve => {
    button.addEventListener('click', () => resolve(), { once: true });
  });
}
