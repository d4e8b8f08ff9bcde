import { Kept } from '../../../shared/text/kept.ts';
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
 * A writer of dates with times in a language and time zone, without the name of the zone: `November 23, 2026, 09:05`.
 * Dates are never relative to now, because a page must not change by itself.
 */
export function instantWriter(language: string, timeZone = 'UTC'): WriteInstant {
  return joined(language, timeZone, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** As {@link instantWriter}, but shorter, for lists: `Nov 23, 2026, 09:05`. */
export function shortInstantWriter(language: string, timeZone = 'UTC'): WriteInstant {
  return joined(language, timeZone, SHORT_DAY);
}

const SHORT_DAY = { day: 'numeric', month: 'short', year: 'numeric' } as const;

/** A writer of short dates for lists: `Nov 23, 2026`. */
export function dayWriter(language: string, timeZone = 'UTC'): WriteInstant {
  return writer(language, { ...SHORT_DAY, timeZone });
}

/** A writer of times: `09:05`. It writes nothing at midnight, because a date without a time is stored as midnight. */
export function timeWriter(language: string, timeZone = 'UTC'): WriteInstant {
  // The press in France writes `9 h 05`, as CLDR has it for Canada only.
  const locale = /^fr(?!-CH)/.test(languageTag(language) ?? '') ? 'fr-CA' : language;
  const time = writer(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
  const hasTime = timeTest(timeZone);
  return instant => (hasTime(instant) ? time(instant) : '');
}

/**
 * A writer that adds the name of the time zone after a time. ICU would write it between date and time in Chinese, and
 * has names such as `GMT+2` for most zones.
 */
export function withZoneName(
  write: WriteInstant,
  { timeZone = 'UTC', timeZoneName }: { timeZone?: string | undefined; timeZoneName?: string | undefined },
): WriteInstant {
  if (!timeZoneName) return write;
  const hasTime = timeTest(timeZone);
  return instant => (hasTime(instant) ? `${write(instant)} ${timeZoneName}` : write(instant));
}

/** A writer of parts of days such as `2026-11-23`, with a capital letter first: `Novembre 2026`. */
export function calendarWriter(
  language: string,
  options: Intl.DateTimeFormatOptions,
): (day: string) => string {
  const tag = languageTag(language) ?? 'en';
  // In Chinese, the month alone would be a word, but in every date it is a number.
  const isMonth = Object.keys(options).join() === 'month' && /^zh\b/.test(tag);
  const write = writer(language, { ...options, ...(isMonth && { month: 'numeric' }), timeZone: 'UTC' });
  return day => {
    const [first = '', ...rest] = write(`${day}T00:00:00.000Z`);
    return first.toLocaleUpperCase(tag) + rest.join('');
  };
}

function joined(language: string, timeZone: string, options: Intl.DateTimeFormatOptions): WriteInstant {
  const day = writer(language, { ...options, timeZone });
  const time = timeWriter(language, timeZone);
  const primary = languageTag(language)?.split('-', 1)[0] ?? 'en';
  const separator = SEPARATORS.get(primary) ?? ', ';
  return instant => [day(instant), time(instant)].filter(Boolean).join(separator);
}

/** A test whether an instant is valid and not midnight. */
function timeTest(timeZone: string): (instant: string) => boolean {
  const write = writer('en', { timeStyle: 'medium', hourCycle: 'h23', timeZone });
  return instant => {
    const time = write(instant);
    return time !== '' && time !== '00:00:00';
  };
}

/** The calendars whose months are those of the Gregorian calendar. The archive is divided by these months. */
const GREGORIAN_MONTHS = new Set(['gregory', 'buddhist', 'japanese', 'roc']);

/** A date in the calendar of the language, or else in the Gregorian one, so that dates and archive agree. */
function writer(language: string, options: Intl.DateTimeFormatOptions): WriteInstant {
  const format = formatOf(languageTag(language) ?? 'en', options);
  return instant => (Number.isNaN(Date.parse(instant)) ? '' : format.format(new Date(instant)));
}

/** Maximum number of formats that are kept. Each has about 10 KB, and files state languages of all kinds. */
const MAX_KEPT_FORMATS = 200;

/** Formats that were made before. To make one took a twentieth of the time of publishing. */
const formats = new Kept<Intl.DateTimeFormat>(MAX_KEPT_FORMATS);

function formatOf(tag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return formats.get(JSON.stringify([tag, options]), () => {
    const format = new Intl.DateTimeFormat(tag, options);
    return GREGORIAN_MONTHS.has(format.resolvedOptions().calendar)
      ? format
      : new Intl.DateTimeFormat(tag, { ...options, calendar: 'gregory' });
  });
}
