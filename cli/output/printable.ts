/**
 * Makes a text safe for one line of a terminal. Control characters, line separators and marks of the writing direction
 * become spaces.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}
