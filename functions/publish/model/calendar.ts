const formats = new Map<string, Intl.DateTimeFormat>();

/** The day (`2026-11-23`) of an instant in a time zone (IANA name). */
export function dayOf(instant: string, timeZone = 'UTC'): string {
  if (timeZone === 'UTC') return instant.slice(0, 10);
  let format = formats.get(timeZone);
  if (format === undefined) {
    const date = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    format = new Intl.DateTimeFormat('en', {
      ...date,
      calendar: 'gregory',
      numberingSystem: 'latn',
      timeZone,
    });
    formats.set(timeZone, format);
  }
  const parts = new Map(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  return `${(parts.get('year') ?? '').padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`;
}

/** An instant (RFC 3339, UTC) some milliseconds later. */
export function plus(instant: string, milliseconds: number): string {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}

/** The month (`2026-11`) of a day. */
export function monthOfDay(day: string): string {
  return day.slice(0, 7);
}
