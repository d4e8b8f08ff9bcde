import { languageTag } from '../../../shared/text/language-tag.ts';

/** What stands between a date and a time where that is not a comma and a space; by primary language subtag. */
const BETWEEN: ReadonlyMap<string, string> = new Map([
  ['ar', '، '],
  ['fa', '، '],
  ['ur', '، '],
  ['ja', ' '],
  ['ko', ' '],
  ['zh', ' '],
]);

/** Writes instants as people read them. */
export type WriteInstant = (instant: string) => string;

/**
 * Dates in a language's own words, in a time zone: `November 23, 2026, 09:05 UTC`. Midnight is taken for a date
 * that stated no time. Never relative to now: a page must not change by itself.
 */
export function instantWriter(language: string, timeZone = 'UTC'): WriteInstant {
  const locale = languageTag(language) ?? 'en';
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone });
  const time = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
    timeZoneName: 'short',
  });
  const clock = new Intl.DateTimeFormat('en', { timeStyle: 'medium', hourCycle: 'h23', timeZone });
  const between = BETWEEN.get(locale.split('-', 1)[0] ?? '') ?? ', ';
  return instant => {
    const date = new Date(instant);
    if (Number.isNaN(date.getTime())) return '';
    if (clock.format(date) === '00:00:00') return day.format(date);
    return `${day.format(date)}${between}${time.format(date)}`;
  };
}

/** The day of an instant, as short as a list wants it: `Nov 23, 2026`. */
export function dayWriter(language: string, timeZone = 'UTC'): WriteInstant {
  const locale = languageTag(language) ?? 'en';
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone });
  return instant => {
    const date = new Date(instant);
    return Number.isNaN(date.getTime()) ? '' : day.format(date);
  };
}
