import { DATE_LANGUAGES, MONTH_ABBREVIATIONS } from '../words/date-words.ts';

/**
 * The month, 1 to 12, that a lower-case word names.
 * @param language BCP 47; its own names count before those of other languages
 */
export function monthNumber(word: string, language: string | undefined): number | undefined {
  // The text's own language first: “listopad” is November in Polish and October in Croatian.
  const own = language && DATE_LANGUAGES.find(each => each === language.split('-')[0]?.toLowerCase());
  // Hebrew writes “in September” as one word.
  const bare = /^ב[א-ת]{3}/.test(word) ? word.slice(1) : word;
  return (
    (own ? namesIn(own).months.get(bare) : undefined) ??
    MONTH_ABBREVIATIONS.get(bare) ??
    names().months.get(bare)
  );
}

/** Names of weekdays in all languages, lower-case, and the day that each means: 0 for Monday. */
export function weekdays(): ReadonlyMap<string, number> {
  return names().weekdays;
}

interface Names {
  months: Map<string, number>;
  weekdays: Map<string, number>;
}

let allNames: Names | undefined;
const namesByLanguage = new Map<string, Names>();

/** Names in all languages, made when a text first needs them: that takes some 50 ms. */
function names(): Names {
  if (allNames) return allNames;
  const made: Names = { months: new Map(), weekdays: new Map() };
  for (const language of DATE_LANGUAGES) {
    const own = namesIn(language);
    for (const [name, day] of own.weekdays) if (!made.weekdays.has(name)) made.weekdays.set(name, day);
    for (const [name, month] of own.months) if (!made.months.has(name)) made.months.set(name, month);
  }
  allNames = made;
  return made;
}

function namesIn(language: string): Names {
  const known = namesByLanguage.get(language);
  if (known) return known;
  const made: Names = { months: new Map(), weekdays: new Map() };
  const locale = `${language}-u-ca-gregory-nu-latn`;
  for (const style of ['long', 'short'] as const) {
    // Alone and beside a day: languages such as Ukrainian decline the month.
    addNames(made, locale, { month: style });
    addNames(made, locale, { month: style, day: 'numeric' });
    addNames(made, locale, { weekday: style, day: 'numeric' });
  }
  namesByLanguage.set(language, made);
  return made;
}

function addNames({ months, weekdays }: Names, locale: string, options: Intl.DateTimeFormatOptions): void {
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  const count = options.weekday ? 7 : 12;
  for (let index = 0; index < count; index++) {
    const date = options.weekday ? Date.UTC(2024, 0, 1 + index) : Date.UTC(2024, index, 1);
    for (const { type, value } of format.formatToParts(date)) {
      const words =
        value
          .toLowerCase()
          .normalize('NFKC')
          .replace(/\u0307/g, '')
          .match(/[\p{L}\p{M}]+/gu) ?? [];
      if (type === 'weekday') for (const word of words) if (!weekdays.has(word)) weekdays.set(word, index);
      if (type === 'month' && words.length === 1 && words[0] && !months.has(words[0]))
        months.set(words[0], index + 1);
    }
  }
}
