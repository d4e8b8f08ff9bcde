/**
 * An instant as outputs write it (RFC 3339): to the second, unless it has a fraction. Instants in this form do not
 * sort as strings: compare those of records instead.
 * @param instant RFC 3339, UTC, milliseconds
 */
export function writtenInstant(instant: string): string {
  return instant.endsWith('.000Z') ? `${instant.slice(0, -'.000Z'.length)}Z` : instant;
}
