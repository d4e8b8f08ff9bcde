import { AGENCIES } from '../words/byline-words.ts';
import { WIRE_SERVICES } from '../words/html/clauses.ts';
import { monthNumber } from './date-names.ts';

/** Maximum length of a dateline, in UTF-16 units. */
const MAX_DATELINE_CHARS = 90;

/** Maximum number of parts of a dateline. `(ANSA) - ROMA, 1 OTT - ` has two. */
const MAX_DATELINE_PARTS = 3;

/**
 * Removes the dateline of a news agency from a first paragraph: `KYIV, Oct 1 (Reuters) — `, `Berlin (dpa) -
 * `, `МОСКВА, 1 октября. /ТАСС/. `, `新华社北京10月1日电 `, `(서울=연합뉴스) 홍길동 기자 = `. The text is unchanged if the
 * dateline is uncertain.
 */
export function withoutDateline(text: string): string {
  let rest = text.trimStart();
  for (let part = 0; part < MAX_DATELINE_PARTS; part += 1) {
    const length = datelineLength(rest);
    if (length === 0 || rest.length - length < 12) break;
    rest = rest.slice(length).trimStart();
  }
  return rest;
}

function datelineLength(text: string): number {
  const start = text.slice(0, MAX_DATELINE_CHARS);
  const bracketed = EAST_ASIAN.exec(start) ?? BRACKETED.exec(start) ?? SLASHED.exec(start);
  if (bracketed) return bracketed[0].length;
  for (const mark of start.matchAll(DATELINE_MARK)) {
    const head = start.slice(0, mark.index);
    const end = mark.index + mark[0].length;
    if (isDateline(head, text.slice(end, end + 2))) return end;
  }
  const stops = FULL_STOPS.exec(start);
  return stops && isAgency(stops[1] ?? '') ? stops[0].length : 0;
}

/** Matches the mark between a dateline and the story. */
const DATELINE_MARK = /\s?[—–]\s?|\s-{1,2}\s|\.\s?[-–—]\s|(?<=\))[:.]?\s/gu;

/** `新华社北京10月1日电（记者…）`, `中新网上海1月1日电` */
const EAST_ASIAN =
  /^[\p{Script=Han}]{2,12}\s?(?:\d{1,2}月)?\d{1,2}日(?:电|電|讯|訊)\s?(?:[（(][^）)]{1,40}[）)])?[\s，,：:]{0,3}/u;

/** `（北京1日電）`, `【東京＝共同】`, `[서울=연합뉴스] 홍길동 기자 = ` */
const BRACKETED =
  /^[（(【[［][^）)】\]］]{0,30}(?:[=＝]|[电電讯訊])[^）)】\]］]{0,30}[）)】\]］]\s?(?:\p{Script=Hangul}{2,4}\s(?:기자|특파원|통신원)\s?=?\s?)?/u;

/** `МОСКВА, 1 октября. /ТАСС/. ` */
const SLASHED = /^\p{Lu}[\p{L}\p{M} .,\d-]{2,40}\/[\p{L}\p{M} .-]{2,30}\/[.,]?\s?[—–-]?\s?/u;

/** `Київ. 1 жовтня. УНІАН. ` */
const FULL_STOPS = /^\p{Lu}[\p{L}\p{M}'’-]{2,24}\.\s\d{1,2}\s\p{L}{3,12}\.\s([\p{L}\p{M} -]{2,30})\.\s/u;

function isAgency(name: string): boolean {
  const lower = name.trim().toLowerCase();
  return AGENCIES.has(lower) || WIRE_SERVICES.has(lower);
}

/**
 * True for `KYIV, Oct 1 (Reuters)`, `LONDON`, `Berlin, 3. Mai` or `(ANSA)`.
 * @param next the two characters after the mark
 */
function isDateline(head: string, next: string): boolean {
  const bracket = /^(.{0,60}?)\s?[（(]([^）)(（]{2,40})[）)]$/u.exec(head.trim());
  const cityAndDate = (bracket ? bracket[1] : head)?.trim() ?? '';
  const agency = bracket?.[2]?.split(/[/,-]/).some(isAgency) ?? false;
  if (cityAndDate === '') return agency;
  const [name = '', ...others] = cityAndDate.split(/,\s?/);
  const dated = others.some(hasDate);
  // Brackets can hold other things than an agency: “UNESCO (the cultural body) said”.
  if (bracket && !agency && (!(isCapitals(name) || dated) || /^\p{Ll}/u.test(next))) return false;
  if (!isPlaceName(name) || others.join(' ').length > 30) return false;
  if (agency) return others.length <= 2;
  if (isCapitals(name)) return bracket !== null || dated || (others.length <= 1 && !/^\p{Ll}/u.test(next));
  return dated && others.length === 1;
}

/** True for one to five words that are capitalised or in a script without capitals. */
function isPlaceName(name: string): boolean {
  const words = name.replace(/\s\d{1,2}\s[\p{L}\p{M}.]{2,12}$/u, '').split(/[\s/]+/);
  return (
    words.length <= 5 &&
    words.every(
      word =>
        /^[\p{Lu}\p{Lo}]/u.test(word) ||
        /^(?:am|an|der|de|del|la|le|sur|upon|di|do|da|og|of|\d{1,2})$/.test(word),
    )
  );
}

function isCapitals(name: string): boolean {
  const letters = name.match(/\p{L}/gu) ?? [];
  return letters.length >= 3 && letters.every(letter => /\p{Lu}/u.test(letter));
}

function hasDate(text: string): boolean {
  return (
    /\d/.test(text) &&
    (text.match(/[\p{L}\p{M}]{3,}/gu) ?? []).some(
      word => monthNumber(word.toLowerCase(), undefined) !== undefined,
    )
  );
}
