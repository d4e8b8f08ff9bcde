import type { TermContext } from '../model/release-terms.ts';
import { monthNumber, weekdays } from '../text/date-names.ts';
import { findClock, findInstant, instantOf, normalise } from '../text/dates.ts';
import { ZONES } from '../words/date-words.ts';
import {
  AFTER_DAY,
  NAMED_TIMES,
  NAMED_ZONES,
  UNSPACED_WEEKDAYS,
  WEEKDAY_FORMS,
} from '../words/release-words.ts';

export interface ReleaseInstant {
  /** RFC 3339, UTC. Absent if the text names no instant, or if it is not certain. */
  at?: string | undefined;
  /** The rest of the text that was not understood, in lower case. */
  left: string;
  /** Whether the text names a time or a weekday without a full date. */
  isTimed?: boolean;
  /** Whether the text means a time after the day that it names, such as “after Friday”. `at` is then too early. */
  isAfter?: boolean;
}

const DAY_MS = 86_400_000;

/** Maximum number of days from the filing to a date without a year. A longer embargo states the year. */
const MAX_DAYS_WITHOUT_YEAR = 300;

/** Maximum length, in characters, of a text that is a date with a term around it. */
const MAX_CHARS = 300;

/** Length, in characters, up to which a text is read as a whole. */
const MAX_DATE_CHARS = 120;

/**
 * Reads the instant of a release term. Release terms also use forms that other dates do not have: `6 a.m.`,
 * noon, names of time zones, a weekday, a date without its year. If a date has two meanings, the later date
 * is used, because a late story does less harm than an early one.
 */
export function readReleaseInstant(text: string, context: TermContext): ReleaseInstant {
  if (text.length > MAX_CHARS) return { left: text.toLowerCase() };
  const [from, to] = aroundFigures(text);
  if (to - from < text.length) {
    const found = readReleaseInstant(text.slice(from, to), context);
    return {
      ...found,
      left: `${text.slice(0, from).toLowerCase()} ${found.left} ${text.slice(to).toLowerCase()}`,
    };
  }
  const { text: prepared, timeZone } = withZone(withClock(normalise(text)), context.timeZone);
  const zoned = { ...context, timeZone };
  const timed = withPartOfDay(prepared);
  const clocked = withUnspacedClock(timed);
  const found = readDate(timed, zoned) ?? readWithoutYear(clocked, zoned) ?? readWeekday(clocked, zoned);
  if (!found) return unread(prepared);
  return isAfterDay(timed) ? { ...found, isAfter: true } : found;
}

/** Number of characters around the figures of a date in which its other words stand. */
const NEAR_FIGURES_CHARS = 40;

/** The part of a long text that has its figures. The date parser reads no sentences. */
function aroundFigures(text: string): [from: number, to: number] {
  const first = text.search(/\p{Nd}/u);
  const last = text.search(/\p{Nd}\P{Nd}*$/u);
  if (first < 0 || text.length <= MAX_DATE_CHARS) return [0, text.length];
  const space = text.indexOf(' ', Math.max(0, first - NEAR_FIGURES_CHARS));
  const end = text.indexOf(' ', last + NEAR_FIGURES_CHARS);
  return [first <= NEAR_FIGURES_CHARS ? 0 : Math.min(space, first), end < 0 ? text.length : end];
}

/** Whether a text ends a day for which it states no time. “After 6 p.m. on Friday” ends at that time. */
function isAfterDay(text: string): boolean {
  return (
    AFTER_DAY.some(word => word.test(text)) &&
    findClock(text).time === undefined &&
    !HOUR_OF_UNSPACED.test(text)
  );
}

function readDate(text: string, context: TermContext): ReleaseInstant | undefined {
  const found = findInstant(text, context);
  if (!found) return undefined;
  // 3/4/2027 is in March in some countries and in April in others. Both use English.
  if ((context.language ?? 'en') !== 'en' || !/\d[/-]\d{1,2}[/-]/.test(text)) return found;
  const [first, second] = [true, false].map(dayFirst => findInstant(text, { ...context, dayFirst }));
  return first && second && first.at > second.at ? first : (second ?? found);
}

const ORDINAL = '(?:st|nd|rd|th|er|re|º|ª|\\.|-го|-е|-а)?';
const DAY_FIRST = new RegExp(
  `(?<![\\d:.])(\\d{1,2})${ORDINAL}(?: de| of|,)?\\s(\\p{L}[\\p{L}\\p{M}]{1,14})\\.?(?![\\p{L}\\d])`,
  'gu',
);
const MONTH_FIRST = new RegExp(
  `(?<!\\p{L})(\\p{L}[\\p{L}\\p{M}]{1,14})\\.?\\s(\\d{1,2})${ORDINAL}(?![\\d:])`,
  'gu',
);
const UNSPACED = /(?<!\d)(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일]/;

/** Reads a day and a month. The weekday decides the year. Without a weekday, the year of the next such day is used. */
function readWithoutYear(text: string, context: TermContext): ReleaseInstant | undefined {
  const day = dayAndMonth(text, context.language);
  if (!day || context.filedAt === undefined) return undefined;
  const filed = Date.parse(context.filedAt);
  const year = new Date(filed).getUTCFullYear();
  const weekday = weekdayOf(text);
  for (const candidate of [year - 1, year, year + 1]) {
    const iso = `${candidate}-${String(day.month).padStart(2, '0')}-${String(day.day).padStart(2, '0')}`;
    const found = findInstant(`${day.before} ${iso} ${day.after}`, context);
    if (!found) continue;
    const ahead = (Date.parse(found.at) - filed) / DAY_MS;
    const fits = weekday !== undefined && weekday === (new Date(`${iso}T00:00:00Z`).getUTCDay() + 6) % 7;
    if (weekday !== undefined && !fits) continue;
    // A day that has passed can mean the next year if no weekday is given.
    if (ahead < MAX_DAYS_WITHOUT_YEAR && (ahead > 0 || (fits && ahead > -MAX_DAYS_WITHOUT_YEAR)))
      return found;
  }
  return undefined;
}

interface DayOfYear {
  month: number;
  day: number;
  before: string;
  after: string;
}

function dayAndMonth(text: string, language: string | undefined): DayOfYear | undefined {
  const around = (match: RegExpExecArray | RegExpMatchArray) => ({
    before: text.slice(0, match.index),
    after: text.slice((match.index ?? 0) + match[0].length),
  });
  const unspaced = UNSPACED.exec(text);
  if (unspaced) return { month: Number(unspaced[1]), day: Number(unspaced[2]), ...around(unspaced) };
  for (const match of text.matchAll(DAY_FIRST)) {
    const month = monthNumber(match[2] ?? '', language);
    if (month) return { month, day: Number(match[1]), ...around(match) };
  }
  for (const match of text.matchAll(MONTH_FIRST)) {
    const month = monthNumber(match[1] ?? '', language);
    if (month) return { month, day: Number(match[2]), ...around(match) };
  }
  return undefined;
}

/** Reads a weekday. It means the next such day after the filing. */
function readWeekday(text: string, context: TermContext): ReleaseInstant | undefined {
  const { filedAt, timeZone } = context;
  const weekday = weekdayOf(text);
  if (weekday === undefined || filedAt === undefined) return undefined;
  const clock = findClock(text);
  // If a number remains, a part of the date was not understood.
  if (/\d/.test(clock.left) || dayAndMonth(text, context.language)) return undefined;
  const filed = new Date(filedAt);
  for (let ahead = -1; ahead <= 8; ahead++) {
    const date = new Date(filed.getTime() + ahead * DAY_MS);
    if ((date.getUTCDay() + 6) % 7 !== weekday) continue;
    const day = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
    const at = instantOf({ ...day, ...clock }, timeZone);
    if (at !== undefined && at > filed.toISOString()) return { at, left: withoutWeekdays(clock.left) };
  }
  return undefined;
}

/** The weekday in a text, 0 for Monday. Undefined if the text names no weekday, or several. */
function weekdayOf(text: string): number | undefined {
  const words = text.match(/[\p{L}\p{M}]+(?:['’ʼ-][\p{L}\p{M}]+)*/gu) ?? [];
  const unspaced = UNSPACED_WEEKDAYS.flatMap((pattern, day) => (pattern.test(text) ? [day] : []));
  const daysOf = (names: readonly string[]) =>
    new Set([...names.map(dayOfWord), ...unspaced].filter(day => day !== undefined));
  // A short form can be a word of another language: “sob” is Saturday in Polish, and “under” in Portuguese.
  const [full, all] = [daysOf(words.filter(word => word.length > 3)), daysOf(words)];
  const days = full.size > 0 ? full : all;
  return days.size === 1 ? [...days][0] : undefined;
}

export function isWeekday(word: string): boolean {
  return dayOfWord(word) !== undefined;
}

/**
 * The weekday that a word names, 0 for Monday. Names with one or two letters are ignored, because they are
 * words of other languages.
 */
function dayOfWord(word: string): number | undefined {
  if (word.length < 3) return undefined;
  const form = WEEKDAY_FORMS.findIndex(forms => forms.includes(word));
  return form < 0 ? weekdays().get(word) : form;
}

function unread(text: string): ReleaseInstant {
  const { time, left } = findClock(text);
  return { left: withoutWeekdays(left), isTimed: time !== undefined || weekdayOf(text) !== undefined };
}

/** Removes weekdays of scripts without spaces. They are not separate words. */
function withoutWeekdays(text: string): string {
  return UNSPACED_WEEKDAYS.reduce((left, name) => left.replace(name, ' '), text);
}

const MERIDIEM = /(?<![\d:.])(\d{1,2})(?:[:.](\d{2}))? ?([ap])\.? ?m\b\.?/gu;
const EVENING =
  /(?<!\p{L})(?:in the (?:afternoon|evening)|afternoon|evening|nachmittags?|abends?|de l'après-midi|après-midi|du soir|de la tarde|de la noche|da tarde|da noite|del pomeriggio|di sera|'s middags|'s avonds|på kvällen|om aftenen|på kvelden|illalla|wieczorem|po południu|odpoledne|večer|вечора|вечера|дня|akşam|مساءً?|م(?!\p{L})|בערב|اחרי הצהריים|عصر|शाम)(?!\p{L})|午後|下午|晚上|오후/u;
const MORNING =
  /(?<!\p{L})(?:in the morning|morning|morgens|früh|du matin|de la mañana|da manhã|del mattino|di mattina|'s ochtends|på morgonen|om morgenen|på morgenen|aamulla|rano|ráno|ранку|утра|sabah|صباحاً?|ص(?!\p{L})|בבוקר|صبح|सुबह)(?!\p{L})|午前|上午|凌晨|오전/u;
const FULL_HOUR =
  /(?<![\d:.])(\d{1,2}) ?(?:o['’]?clock|heures?|horas?|uur|годин[іиа]|час(?:ов|а)|hodin|बजे)(?![\p{L}\d])/gu;
const LED_HOUR =
  /(?<!\p{L})(klo|kl\.?|klockan|klokken|godz\.?|godzin(?:ie|y)|saat|a las|alle(?: ore)?|às|ore|в|о|الساعة|ساعت|בשעה)\s(\d{1,2})(?=$|[\s,;)]+(?!\p{L}|\d)|[\s,;)]+\p{L})(?!\s?(?:\p{L}+\s\d{4}|[/.:]))/gu;
const MILITARY =
  /(?<![\d:./-])([01]\d|2[0-4])([0-5]\d)(?: ?(h(?:rs|ours)?|uhr|z)(?!\p{L}))?(?![\d:./-])(?:\s(\p{L}{1,5})(?!\p{L}))?/gu;
/** A time behind a word that leads it, before the day: “before 0930 on 5 March”, “until 1800 Friday”. */
const LED_MILITARY =
  /(?<=(?<!\p{L})(?:before|until|till|at|after|from|by) )([01]\d|2[0-3])([0-5]\d)(?= (?:on|\p{L}+day)(?!\p{L}))/gu;
/** A year before a colon is no time: “Embargo until 5 March 2027: …”. */
const YEAR_COLON = /(?<!\d)((?:19|20)\d{2}):(?=\s|$)/gu;
/** Dates such as `5/Mar/2027`, and `2027. 3. 5.` of Korean offices. */
const NAMED_MONTH = /(?<![\p{L}\d])(\d{1,2})[/.-](\p{L}{3,9})[/.-](\d{4})(?!\d)/gu;
const KOREAN_DATE = /(?<!\d)(\d{4})\. ?(\d{1,2})\. ?(\d{1,2})\.(?!\d)/gu;
const SHORT_YEAR = /(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{2})(?![\d.:/-])/gu;

/** Writes times in the form that the date parser reads: `18:00`. */
function withClock(text: string): string {
  // A weekday in brackets: “3月5日(木)”.
  let result = text.replace(/[（(][月火水木金土日一二三四五六월화수목금토일][）)]/gu, ' ');
  for (const [clock, name] of NAMED_TIMES) result = result.replace(name, ` ${clock} `);
  result = result
    .replace(YEAR_COLON, '$1 ')
    .replace(NAMED_MONTH, '$1 $2 $3')
    .replace(KOREAN_DATE, (_, year: string, month: string, day: string) =>
      [year, month.padStart(2, '0'), `${day.padStart(2, '0')} `].join('-'),
    )
    .replace(LED_MILITARY, '$1:$2')
    .replace(SHORT_YEAR, (_, first: string, mark: string, second: string, year: string) =>
      [first, second, `20${year}`].join(mark),
    )
    .replace(/(\d{1,2}) ?h ?(\d{2})(?!\d)/gu, '$1:$2')
    .replace(MERIDIEM, (whole, hour: string, minute: string | undefined, half: string) => {
      const from = Number(hour);
      if (from < 1 || from > 12) return whole;
      return `${String((from % 12) + (half === 'p' ? 12 : 0)).padStart(2, '0')}:${minute ?? '00'} `;
    })
    .replace(FULL_HOUR, '$1:00')
    .replace(LED_HOUR, '$1 $2:00')
    .replace(
      MILITARY,
      (whole, hour: string, minute: string, unit: string | undefined, next: string | undefined) =>
        unit === undefined && !(next !== undefined && ZONES.has(next)) && hour !== '00'
          ? whole
          : `${hour}:${minute} ${unit === 'z' ? 'z' : ''} ${next ?? ''}`,
    );
  const evening = EVENING.exec(result);
  if (evening)
    // A number without minutes can be a day. So the number stays in the text, the date is not understood, and the story
    // is held.
    result = result.replace(/(?<!\d)(\d{1,2}):(\d{2})/u, (whole, hour: string, minute: string) =>
      Number(hour) < 12 ? `${Number(hour) + 12}:${minute}` : whole,
    );
  if (evening && /(?<!\d)\d{1,2}:\d{2}/u.test(result)) result = result.replace(EVENING, ' ');
  return MORNING.test(result) && /(?<!\d)\d{1,2}:\d{2}/u.test(result) ? result.replace(MORNING, ' ') : result;
}

const END_OF_DAY =
  /(?<!\p{L})(?:end of(?: the)?(?: day| business| play)?|eod|close of (?:business|play)|cob|tonight)(?!\p{L})/u;
const HOUR_OF_UNSPACED = /\d ?[時时點点시]/u;

/**
 * Replaces a part of a day without a time by its end: “Friday evening” ends at 24:00, “Friday morning” at
 * noon. Without this, the story would be public when Friday begins.
 */
function withPartOfDay(text: string): string {
  if (findClock(text).time !== undefined || HOUR_OF_UNSPACED.test(text)) return text;
  // In Arabic one letter means “p.m.” after a time. The same letter after a date names the calendar.
  const ending = (clock: string) => (part: string) => (part.length > 1 ? ` ${clock} ` : part);
  const late = text.replace(END_OF_DAY, ending('24:00'));
  const evening = late === text ? text.replace(EVENING, ending('24:00')) : late;
  return evening === text ? text.replace(MORNING, ending('12:00')) : evening;
}

const UNSPACED_CLOCK = /(?:午前|上午|凌晨|오전)? ?(\d{1,2}) ?[時时點点시](?: ?(\d{1,2}) ?[分분])?/gu;

/** Writes times of Chinese, Japanese and Korean as `18:00`. The date parser reads them only behind a date with a year. */
function withUnspacedClock(text: string): string {
  const isLate = /午後|下午|晚上|오후/.test(text);
  return text
    .replace(UNSPACED_CLOCK, (_, hour: string, minute = '00') =>
      [Number(hour) + (isLate && Number(hour) < 12 ? 12 : 0), minute]
        .map(part => String(part).padStart(2, '0'))
        .join(':'),
    )
    .replace(/午後|下午|晚上|오후/g, ' ');
}

/** Whether a text names a time of day: “until 3 June, 6 a.m.”. */
export function namesTime(text: string): boolean {
  return findClock(withUnspacedClock(withClock(normalise(text)))).time !== undefined;
}

const MONTH_OR_CLOCK = /^\W*(\d{1,2})(?:[.:/h-]\d|\.?\s*(\p{L}[\p{L}\p{M}]*))/u;

/** Whether a text begins with a day, a weekday or a time: “4. Dezember, 18.00 Uhr”. */
export function startsWithDate(text: string, language: string | undefined): boolean {
  const plain = normalise(text.slice(0, 60));
  const [, number, word = ''] = MONTH_OR_CLOCK.exec(plain) ?? [];
  if (number !== undefined)
    return (
      word === '' ||
      monthNumber(word, language) !== undefined ||
      /^(?:[ap]m?|uhr|h|月|日|월|일|時|时|시)/u.test(word)
    );
  const [first = '', second = ''] = plain.match(/[\p{L}\p{M}\p{N}'’-]+/gu) ?? [];
  if (isWeekday(first)) return true;
  return monthNumber(first, language) !== undefined && /^\d/.test(second);
}

/** The name of a zone in the tz database: `Europe/Berlin`. */
const ZONE_NAME = /(?<![\p{L}/])\p{L}+\/\p{L}[\p{L}_]+(?![\p{L}/])/u;

const PLACE_TIME =
  /(?<!\p{L})(?:heure de |hora de |ora di |uhr |годин за |par )?(\p{L}[\p{L} ]{2,20}?)(?: local)? (?:time|zeit|tid|aikaa)(?!\p{L})|(?:heure de|hora de|ora di|hora em) (\p{L}{3,20})/u;

/** Moves time zones that are named in words out of the text. */
function withZone(text: string, timeZone: string): { text: string; timeZone: string } {
  let result = text;
  const [name = ''] = ZONE_NAME.exec(text) ?? [];
  const named = placeZones().get(name);
  if (named) return { text: text.replace(name, ' '), timeZone: named };
  for (const [zone, name] of NAMED_ZONES) {
    const replaced = result.replace(name, zone.includes('/') ? ' ' : ` ${zone.toLowerCase()} `);
    if (replaced !== result && zone.includes('/')) return { text: replaced, timeZone: zone };
    result = replaced;
  }
  const place = PLACE_TIME.exec(result);
  if (!place) return { text: result, timeZone };
  const words = (place[1] ?? place[2] ?? '').trim().split(' ');
  for (let from = 0; from < words.length; from++) {
    const name = words.slice(from).join('_').normalize('NFD').replace(/\p{M}/gu, '');
    const zone = placeZones().get(name) ?? placeZones().get(name.replace(/er$/, ''));
    if (zone)
      return {
        text: `${result.slice(0, place.index)} ${words.slice(0, from).join(' ')} ${result.slice(place.index + place[0].length)}`,
        timeZone: zone,
      };
  }
  return { text: result, timeZone };
}

let zonesByPlace: Map<string, string> | undefined;

/** Time zones by their names in the tz database, and by a city: “Paris time”. */
function placeZones(): Map<string, string> {
  zonesByPlace ??= new Map(
    Intl.supportedValuesOf('timeZone').flatMap(zone => [
      [zone.toLowerCase(), zone],
      [zone.split('/').at(-1)?.toLowerCase() ?? '', zone],
    ]),
  );
  return zonesByPlace;
}
