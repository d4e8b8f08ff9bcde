import { OPEN_VALUES, OPEN_WORDS } from '../words/release-words.ts';
import { Vocabulary } from './vocabulary.ts';

/** Maximum length of a value that says that something is open, in words: “to be confirmed by the legal desk”. */
const MAX_OPEN_WORDS = 6;

/** Maximum length of such a value, in characters. */
const MAX_OPEN_CHARS = 80;

/** Placeholders of forms: `?`, `xx.xx.2027`, `DD/MM/YYYY`. */
const PLACEHOLDER =
  /^(?:[?？]+|[xX?_]{1,4}(?:[./-][xX?_]{1,4})?[./-](?:[xX?_]{2,4}|\d{4})|(?:DD|TT|JJ|MM|YYYY|JJJJ|AAAA|GG)(?:[./ -](?:DD|TT|JJ|MM|YYYY|JJJJ|AAAA|GG)){2})$/u;

let words: Vocabulary<'open' | 'alone'> | undefined;

/** Whether a value says that something is not known yet: “TBC”, “to be confirmed”, “n.n.b.”, “?”. */
export function isOpen(value: string): boolean {
  const text = value.trim();
  if (text.length > MAX_OPEN_CHARS) return false;
  if (PLACEHOLDER.test(text)) return true;
  words ??= new Vocabulary(
    new Map([
      ['open' as const, OPEN_VALUES],
      ['alone' as const, OPEN_WORDS],
    ]),
  );
  const [first, ...others] = words.read(text);
  return first?.meanings?.has('open')
    ? others.length < MAX_OPEN_WORDS
    : first?.meanings !== undefined && others.length === 0;
}
