import type { Author } from '../../../shared/model/article.ts';
import { parseByline } from '../text/byline.ts';
import { fold } from '../text/characters.ts';
import { monthNumber, weekdays } from '../text/date-names.ts';
import { DATE_FILLERS } from '../words/date-words.ts';
import { COMPANY, DESKS, NOBODY } from '../words/html-metadata.ts';

/** Without `By` and the like before a name. */
export function withoutPrefix(text: string): string {
  return text.replace(/^(?:by|von|par|por|автор:?)\s/iu, '');
}

/** True of addresses of pages and mail boxes. */
export function isAddress(text: string): boolean {
  return /^https?:|@|\[at\]|\.(?:com|org|net|de|html?)(?:$|[/\s])/i.test(text);
}

/** False of names that say nothing: of the site, of companies, of controls, of dates. `site` holds folded names. */
export function isSomebody(name: string, site: ReadonlySet<string>): boolean {
  const folded = fold(name);
  if (
    folded.length < 2 ||
    /^(?:the|das|autor|autorin)\s/i.test(name) ||
    /^(?:der|die)\s.{1,40}\s/.test(name) ||
    (NOBODY.has(name.toLowerCase()) && !DESKS.test(name)) ||
    site.has(folded)
  )
    return false;
  if (COMPANY.test(name) || name.split(' ').every(isDateWord)) return false;
  // “The Post Contact”: the site's name with more words behind it.
  let start = '';
  for (const word of name.split(' ')) {
    start += fold(word);
    if (start.length >= 6 && start !== folded && site.has(start)) return false;
  }
  return true;
}

/** What stands before a date or a time on the same line. */
export function beforeDate(text: string): string {
  const digit = text.search(/\s\(?\d/);
  if (digit < 3) return text;
  const words = text.slice(0, digit).split(' ');
  while (words.length > 1) {
    if (!isDateWord(words.at(-1) ?? '')) break;
    words.pop();
  }
  return words.join(' ').replace(/[\s,|•·–—-]{1,6}$/, '');
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

/** Who is named behind a date: `Posted on May 3, 2024 by Jane Doe`. */
export function behindDate(text: string): Author[] {
  const behind = /\d{2,4},?\s(?:\D{0,12}\s)?((?:by|von|par|por|di|av|af|door|od)\s[^\d]{3,60})$/iu.exec(
    text,
  )?.[1];
  return (behind ? parseByline(behind) : undefined) ?? [];
}
