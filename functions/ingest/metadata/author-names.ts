import type { Author } from '../../../shared/model/article.ts';
import { parseByline } from '../text/byline.ts';
import { fold } from '../text/characters.ts';
import { monthNumber, weekdays } from '../text/date-names.ts';
import { DATE_FILLERS } from '../words/date-words.ts';
import { DESK_NAMES, NOT_AUTHOR_NAMES } from '../words/html/metadata.ts';

/** Removes `By` or its translation before a name. */
export function withoutPrefix(text: string): string {
  return text.replace(/^(?:by|von|par|por|автор:?)\s/iu, '');
}

/** True for web addresses and mail addresses. */
export function isAddress(text: string): boolean {
  return /^https?:|@|\[at\]|\.(?:com|org|net|de|html?)(?:$|[/\s])/i.test(text);
}

/** Maximum length of the name of an editorial desk. */
const MAX_DESK_CHARS = 50;

/** Reads the name of an editorial desk or a team, such as `Harbour Post Staff` or `the Harbour team`. */
export function deskIn(text: string): Author | undefined {
  const isDesk = DESK_NAMES.test(text) && text.length <= MAX_DESK_CHARS && !/[:;,|!?]|\s[–—-]\s/.test(text);
  return isDesk && text.includes(' ') && !NOT_AUTHOR_NAMES.has(text.toLowerCase())
    ? { name: text }
    : undefined;
}

/**
 * False for names of the site, controls and dates, which are not authors.
 * @param site folded names of the site
 */
export function canBeAuthor(name: string, site: ReadonlySet<string>): boolean {
  const folded = fold(name);
  if (deskIn(name)) return true;
  if (
    folded.length < 2 ||
    /^(?:the|das|autor|autorin)\s/i.test(name) ||
    /^(?:der|die)\s.{1,40}\s/.test(name) ||
    (NOT_AUTHOR_NAMES.has(name.toLowerCase()) && !DESK_NAMES.test(name)) ||
    site.has(folded)
  )
    return false;
  if (name.split(' ').every(isDateWord)) return false;
  // “The Post Contact” is the site's name followed by other words.
  let start = '';
  for (const word of name.split(' ')) {
    start += fold(word);
    if (start.length >= 6 && start !== folded && site.has(start)) return false;
  }
  return true;
}

/** Returns the text before a date or time on the same line. */
export function textBeforeDate(text: string): string {
  const digit = text.search(/\s\(?\d/);
  if (digit < 3) return text;
  const words = text.slice(0, digit).split(' ');
  while (words.length > 1) {
    if (!isDateWord(words.at(-1) ?? '')) break;
    words.pop();
  }
  return words.join(' ').replace(/[\s,|•·●–—-]{1,6}$/, '');
}

function isDateWord(word: string): boolean {
  const bare = word.toLowerCase().replace(/[.,:|•·–—(-]{1,3}$/, '');
  return (
    bare === '' ||
    DATE_FILLERS.has(bare) ||
    weekdays().has(bare) ||
    monthNumber(bare, undefined) !== undefined
  );
}

/** Reads authors after a date: `Posted on May 3, 2024 by Jane Doe`. */
export function authorsAfterDate(text: string): Author[] {
  const behind = /\d{2,4},?\s(?:\D{0,12}\s)?((?:by|von|par|por|di|av|af|door|od)\s[^\d]{3,60})$/iu.exec(
    text,
  )?.[1];
  return (behind ? parseByline(behind) : undefined) ?? [];
}

/** Removes the site's name next to a separator: `The Post - Jane Doe`. What follows it after a comma is a place. */
export function withoutSite(text: string, site: ReadonlySet<string>): string {
  if (!/\s[|–—-]\s|, /.test(text)) return text;
  const names = text.split(', ');
  const at = names.findIndex(name => site.has(fold(name)));
  if (at >= 0) return names.slice(0, at).join(', ');
  const parts = text.split(/\s[|–—-]\s/);
  return parts.some(part => site.has(fold(part)))
    ? parts.filter(part => !site.has(fold(part))).join(', ')
    : text;
}
