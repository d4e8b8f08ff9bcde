/**
 * A key, headline or message on one line, without what a terminal would obey: control characters, line separators, and
 * marks that turn the direction of what follows.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}
