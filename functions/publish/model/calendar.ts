/** Formatters by time zone. Days are those of the zone in which pages show times. */
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The day of an instant in a time zone, as `2026-11-23`.
 * @param timeZone IANA name
 */
export function dayOf(instant: string, timeZone = 'UTC'): string {
  if (timeZone === 'UTC') return instant.slice(0, 10);
  let format = formats.get(timeZone);
  if (format === undefined) {
    const calendar = { calendar: 'gregory', numberingSystem: 'latn' } as const;
    format = new Intl.DateTimeFormat('en', {
      ...calendar,
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(timeZone, format);
  }
  const parts = new Map(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  return `${(parts.get('year') ?? '').padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`;
}

/** The month (`2026-11`) of a day. */
export function monthOfDay(day: string): string {
  return day.slice(0, 7);
}
