/**
 * An instant as feeds and sitemaps write it (RFC 3339): without milliseconds if they are zero. Do not sort the results,
 * because their lengths differ.
 * @param instant RFC 3339, UTC, with milliseconds
 */
export function writtenInstant(instant: string): string {
  return instant.endsWith('.000Z') ? `${instant.slice(0, -'.000Z'.length)}Z` : instant;
}
