import { DATE_LANGUAGES, MONTH_ABBREVIATIONS } from '../words/date-words.ts';

/**
 * Returns the month, 1 to 12, that a lower-case word names.
 * @param language BCP 47; its names take precedence over those of other languages
 */
export function monthNumber(word: string, language: string | undefined): number | undefined {
  // The language decides between meanings: “listopad” is November in Polish and October in Croatian.
  const languageNames =
    language && DATE_LANGUAGES.find(each => each === language.split('-')[0]?.toLowerCase());
  // Hebrew writes “in September” as one word.
  const bare = /^ב[א-ת]{3}/.test(word) ? word.slice(1) : word;
  return (
    (languageNames ? namesIn(languageNames).months.get(bare) : undefined) ??
    MONTH_ABBREVIATIONS.get(bare) ??
    namesInAll().months.get(bare) ??
    instrumental(bare)
  );
}

/** The month of a Slavic name behind “before”, which `Intl` does not know: “březnem” has the genitive “března”. */
function instrumental(word: string): number | undefined {
  const stem = word.replace(/(?:[eo]m|[оеё]м|(?<=í)m)$/u, '');
  if (stem === word) return undefined;
  for (const ending of ['', 'a', 'e', 'u', 'а', 'я']) {
    const month = namesInAll().months.get(stem + ending);
    if (month !== undefined) return month;
  }
  return undefined;
}

/** Returns the lower-case names of weekdays in all languages with their days: 0 is Monday. */
export function weekdays(): ReadonlyMap<string, number> {
  return namesInAll().weekdays;
}

interface DateNames {
  months: Map<string, number>;
  weekdays: Map<string, number>;
}

let allNames: DateNames | undefined;
const namesByLanguage = new Map<string, DateNames>();

/** Returns the names in all languages. The first call takes about 50 ms. */
function namesInAll(): DateNames {
  if (allNames) return allNames;
  const made: DateNames = { months: new Map(), weekdays: new Map() };
  for (const language of DATE_LANGUAGES) {
    const languageNames = namesIn(language);
    for (const [name, day] of languageNames.weekdays)
      if (!made.weekdays.has(name)) made.weekdays.set(name, day);
    for (const [name, month] of languageNames.months)
      if (!made.months.has(name)) made.months.set(name, month);
  }
  allNames = made;
  return made;
}

function namesIn(language: string): DateNames {
  const cached = namesByLanguage.get(language);
  if (cached) return cached;
  const made: DateNames = { months: new Map(), weekdays: new Map() };
  const locale = `${language}-u-ca-gregory-nu-latn`;
  for (const style of ['long', 'short'] as const) {
    // Languages such as Ukrainian use another form of the month next to a day.
    addNames(made, locale, { month: style });
    addNames(made, locale, { month: style, day: 'numeric' });
    addNames(made, locale, { weekday: style, day: 'numeric' });
  }
  namesByLanguage.set(language, made);
  return made;
}

function addNames(
  { months, weekdays }: DateNames,
  locale: string,
  options: Intl.DateTimeFormatOptions,
): void {
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
