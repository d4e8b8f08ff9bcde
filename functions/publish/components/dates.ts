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
 * A writer of dates with times in a language and time zone: `November 23, 2026, 09:05 UTC`. Dates are never relative
 * to now, because a page must not change by itself.
 */
export function instantWriter(language: string, timeZone = 'UTC'): WriteInstant {
  const day = writer(language, { day: 'numeric', month: 'long', year: 'numeric', timeZone });
  const time = timeWriter(language, timeZone, { timeZoneName: 'short' });
  const primary = languageTag(language)?.split('-', 1)[0] ?? 'en';
  const separator = SEPARATORS.get(primary) ?? ', ';
  return instant => [day(instant), time(instant)].filter(Boolean).join(separator);
}

/** A writer of short dates for lists: `Nov 23, 2026`. */
export function dayWriter(language: string, timeZone = 'UTC'): WriteInstant {
  return writer(language, { day: 'numeric', month: 'short', year: 'numeric', timeZone });
}

/** A writer of times: `09:05`. It writes nothing at midnight, because a date without a time is stored as midnight. */
export function timeWriter(
  language: string,
  timeZone = 'UTC',
  options: Intl.DateTimeFormatOptions = {},
): WriteInstant {
  const time = writer(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
    ...options,
  });
  const exact = writer('en', { timeStyle: 'medium', hourCycle: 'h23', timeZone });
  return instant => (exact(instant) === '00:00:00' ? '' : time(instant));
}

function writer(language: string, options: Intl.DateTimeFormatOptions): WriteInstant {
  const format = formatOf(languageTag(language) ?? 'en', options);
  return instant => (Number.isNaN(Date.parse(instant)) ? '' : format.format(new Date(instant)));
}

/** Formats that were made before. To make one took a twentieth of the time of publishing. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Maximum number of formats that are kept. Each has about 10 KB, and files state languages of all kinds. */
const MAX_KEPT_FORMATS = 200;

function formatOf(tag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([tag, options]);
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(tag, options);
    if (formats.size >= MAX_KEPT_FORMATS) formats.clear();
    formats.set(key, format);
  }
  return format;
}
