import { languageTag } from '../../../shared/text/language-tag.ts';

/** Separator between a date and a time, by primary language subtag. Other languages use a comma and a space. */
const SEPARATORS: ReadonlyMap<string, string> = new Map([
  ['ar', '، '],
  ['fa', '، '],
  ['ur', '، '],
  ['ja', ' '],
  ['ko', ' '],
  ['zh', ' '],
]);

/** Writes an instant (RFC 3339) for people. Returns an empty string if the instant is invalid. */
export type WriteInstant = (instant: string) => string;

/**
 * A writer of dates with times in a language and time zone: `November 23, 2026, 09:05 UTC`. It leaves out a time of
 * midnight, because a date without a time is stored as midnight. Dates are never relative to now, because a page
 * must not change by itself.
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
  const separator = SEPARATORS.get(locale.split('-', 1)[0] ?? '') ?? ', ';
  return instant => {
    const date = new Date(instant);
    if (Number.isNaN(date.getTime())) return '';
    if (clock.format(date) === '00:00:00') return day.format(date);
    return `${day.format(date)}${separator}${time.format(date)}`;
  };
}

/** A writer of short dates for lists: `Nov 23, 2026`. */
export function dayWriter(language: string, timeZone = 'UTC'): WriteInstant {
  const locale = languageTag(language) ?? 'en';
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone });
  return instant => {
    const date = new Date(instant);
    return Number.isNaN(date.getTime()) ? '' : day.format(date);
  };
}
