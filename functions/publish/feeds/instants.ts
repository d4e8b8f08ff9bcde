/**
 * An instant as feeds and sitemaps write it (RFC 3339): without milliseconds if they are zero. Do not sort these
 * strings, because their lengths differ: sort the instants of records.
 * @param instant RFC 3339, UTC, milliseconds
 */
export function writtenInstant(instant: string): string {
  return instant.endsWith('.000Z') ? `${instant.slice(0, -'.000Z'.length)}Z` : instant;
}
