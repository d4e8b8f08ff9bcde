import { DATE_FILLERS, ZONES } from '../words/date-words.ts';
import { monthNumber, weekdays } from './date-names.ts';
import { fromWallClock } from './wall-clock.ts';

export interface DateContext {
  /** IANA time zone for times without a zone. */
  timeZone: string;
  /** BCP 47. 3/4/2024 is in March for `en` and `en-US`, and in April for all other languages. */
  language?: string | undefined;
  /** Overrides the order of day and month that the language implies. */
  dayFirst?: boolean | undefined;
}

export interface ParsedInstant {
  /**
   * RFC 3339 in UTC with milliseconds. A day without a time means its first instant in the context's zone.
   */
  at: string;
  precision: 'day' | 'minute' | 'second';
}

/** A date that was found in a text, with the rest of the text. */
export interface FoundInstant extends ParsedInstant {
  /** The day and the time as written, RFC 3339 without a zone. */
  wall: string;
  /** True if the text states a zone. */
  zoned: boolean;
  /** Words that are not part of the date, without weekdays and fillers such as “published”. */
  rest: string[];
  /** The text without the date, in lower case. */
  left: string;
}

/** Maximum length of a text that is searched for a date. */
const MAX_DATE_TEXT_CHARS = 120;

/** Years outside this range are mistakes. Newspapers are younger than 1700, and no story is planned so far ahead. */
const MIN_YEAR = 1700;
const MAX_YEAR = 2100;

/** Maximum number of other words next to a date. A text with more words is a sentence. */
const MAX_OTHER_WORDS = 4;

/** A day of the Gregorian calendar. `month` is 1 to 12. */
interface CalendarDay {
  year: number;
  month: number;
  day: number;
}

/** A time of day. The zone is an offset in hours east of Greenwich or an IANA name. */
interface ClockTime {
  time?: { hour: number; minute: number; second?: number };
  zone?: number | string | undefined;
}

type DateParts = CalendarDay & ClockTime;

/**
 * Parses a date in ISO 8601, in RFC 822, or as people write it in the main languages. Returns undefined for a
 * text without one complete date, such as a weekday, a date without a year, an impossible date or a sentence.
 */
export function parseInstant(text: string, context: DateContext): ParsedInstant | undefined {
  const found = readInstant(text, context);
  return found && { at: found.at, precision: found.precision };
}

/** Parses a date as {@link parseInstant} does, and also returns what the text states about time and zone. */
export function readInstant(text: string, context: DateContext): FoundInstant | undefined {
  const found = findInstant(text, context);
  return found && found.rest.length <= MAX_OTHER_WORDS ? found : undefined;
}

/** Finds a date in a text and returns the other words too. Only {@link parseInstant} limits their number. */
export function findInstant(text: string, context: DateContext): FoundInstant | undefined {
  const plain = PLAIN_ISO.exec(text);
  if (plain) return foundAt(isoParts(plain), [], '', context);
  if (text.length > MAX_DATE_TEXT_CHARS || !/\p{Nd}/u.test(text)) return undefined;
  const scan = new DateScan(normalise(text));
  const date =
    readIso(scan) ?? readCjk(scan) ?? readNumeric(scan, context) ?? readWritten(scan, context.language);
  if (!date) return undefined;
  const parts: DateParts = { ...date, ...readTime(scan) };
  if (parts.time && parts.zone === undefined) parts.zone = readZone(scan);
  const rest = scan.words().filter(word => !DATE_FILLERS.has(word) && !weekdays().has(word));
  // A remaining number means that part of the date was not understood.
  if (rest.some(word => /\d/.test(word))) return undefined;
  return foundAt(parts, rest, scan.text, context);
}

/** Finds the time of day in a text without a date. `left` is the text without the time, in lower case. */
export function findClock(text: string): ClockTime & { left: string } {
  const scan = new DateScan(normalise(text));
  const { time } = readTime(scan);
  if (!time) return { left: scan.text };
  return { time, zone: readZone(scan), left: scan.text };
}

function foundAt(
  parts: DateParts,
  rest: string[],
  left: string,
  { timeZone }: DateContext,
): FoundInstant | undefined {
  const at = instantOf(parts, timeZone);
  if (at === undefined) return undefined;
  const precision = !parts.time ? 'day' : parts.time.second === undefined ? 'minute' : 'second';
  const wall = instantOf({ ...parts, zone: 0 }, 'UTC')?.slice(0, -1) ?? at;
  return { at, precision, rest, left, wall, zoned: parts.zone !== undefined };
}

/** A text from which each recognised part is removed. */
class DateScan {
  #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  take(pattern: RegExp): RegExpExecArray | undefined {
    const match = pattern.exec(this.#text);
    if (!match) return undefined;
    this.#text = `${this.#text.slice(0, match.index)} ${this.#text.slice(match.index + match[0].length)}`;
    return match;
  }

  words(): string[] {
    return this.#text.match(/[\p{L}\p{M}\p{N}’']+/gu) ?? [];
  }

  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
  }
}

/** Returns the text in lower case, with ASCII digits and without compatibility forms and direction marks. */
export function normalise(text: string): string {
  const digits = text.normalize('NFKC').replace(/\p{Nd}/gu, digit => String(decimal(digit)));
  return digits
    .toLowerCase()
    .replace(/\u0307|[\u200e\u200f\u061c]/g, '')
    .replace(/\s/g, ' ');
}

/**
 * Returns the value of a decimal digit of any script. Unicode orders the ten digits of a script from zero.
 */
function decimal(digit: string): number {
  const code = digit.codePointAt(0) ?? 48;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return code - zero;
}

function readIso(scan: DateScan): DateParts | undefined {
  const match = scan.take(
    /(?<!\d)(\d{4})(?:-?(\d{2})-?(\d{2})|-(\d{1,2})-(\d{1,2}))(?:[t ]{1,2}(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)? ?(z|[+-]\d{2}:?\d{2})?)?(?!\d)/,
  );
  return match ? isoParts(match) : undefined;
}

/** Matches a text that is only an ISO 8601 date. Nearly all machines write it, so it has a fast path. */
const PLAIN_ISO =
  /^(\d{4})-(\d{2})-(\d{2})()()T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})$/;

function isoParts(match: RegExpExecArray): DateParts {
  const [, year, month, day, oneMonth, oneDay, hour, minute, seconds, fraction, zone] = match;
  const parts: DateParts = {
    year: Number(year),
    month: Number(month ?? oneMonth),
    day: Number(day ?? oneDay),
  };
  if (hour) {
    const second = seconds === undefined ? {} : { second: Number(`${seconds}.${fraction ?? 0}`) };
    parts.time = { hour: Number(hour), minute: Number(minute), ...second };
  }
  if (zone) parts.zone = offsetHours(zone);
  return parts;
}

function readCjk(scan: DateScan): DateParts | undefined {
  const match = scan.take(/(\d{4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日日일号號]?/);
  if (!match) return undefined;
  const time = scan.take(/(午前|午後|上午|下午|오전|오후)? ?(\d{1,2}) ?[時时点點시] ?(?:(\d{1,2}) ?[分분])?/);
  const parts: DateParts = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  if (time) {
    const afternoon = /^(午後|下午|오후)/.test(time[0]) && Number(time[2]) < 12;
    parts.time = { hour: Number(time[2]) + (afternoon ? 12 : 0), minute: Number(time[3] ?? 0) };
  }
  scan.take(
    /(?:星期|曜日|요일|周|週|礼拜)[一二三四五六日天]?|[（(]?[月火水木金土日]曜日?[)）]?|[月화수목금토일]요일/,
  );
  return parts;
}

function readNumeric(scan: DateScan, { language = 'en', dayFirst }: DateContext): DateParts | undefined {
  const yearFirst = scan.take(/(?<!\d)(\d{4})([/.])(\d{1,2})\2(\d{1,2})(?!\d)\.?/);
  if (yearFirst)
    return { year: Number(yearFirst[1]), month: Number(yearFirst[3]), day: Number(yearFirst[4]) };
  const match = scan.take(/(?<!\d)(\d{1,2})([/.-]) ?(\d{1,2})\2 ?(\d{4})(?!\d)/);
  if (!match) return readShortYear(scan);
  const [first, second, year] = [Number(match[1]), Number(match[3]), Number(match[4])];
  const days = dayFirst ?? (match[2] === '.' || !/^en(-us)?$/i.test(language));
  const asDays = first > 12 || (days && second <= 12);
  return asDays ? { year, month: second, day: first } : { year, month: first, day: second };
}

/**
 * Reads `23.09.22`. With full stops the day is always first. Years 69 to 99 are in the 1900s, as in POSIX.
 */
function readShortYear(scan: DateScan): DateParts | undefined {
  const match = scan.take(/(?<![\d.])(\d{1,2})\. ?(\d{1,2})\. ?(\d{2})(?![\d.:])/);
  if (!match) return undefined;
  const short = Number(match[3]);
  return { year: short < 69 ? 2000 + short : 1900 + short, month: Number(match[2]), day: Number(match[1]) };
}

function readWritten(scan: DateScan, language: string | undefined): DateParts | undefined {
  for (const match of scan.text.matchAll(/[\p{L}\p{M}]+/gu)) {
    const month = monthNumber(match[0], language);
    if (!month) continue;
    const before = scan.text.slice(0, match.index);
    const after = scan.text.slice(match.index + match[0].length);
    const parts = dayAndYear(before, after);
    if (!parts) continue;
    scan.text = `${parts.before} ${parts.after}`;
    return { year: parts.year, month, day: parts.day };
  }
  return undefined;
}

/** Reads `1 October 2024`, `October 1, 2024` or `2024. október 1.`, with ordinals and prepositions. */
function dayAndYear(before: string, after: string) {
  const year = /^[.,]? {0,2}(?:de |del |of |,)?[ ']?(\d{4})(?!\d|:)/.exec(after);
  const day = /(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|o|a|\.|-го|-е)?,? {0,2}(?:de |d'|d’|of )?$/.exec(before);
  if (day && year) {
    return {
      day: Number(day[1]),
      year: Number(year[1]),
      before: before.slice(0, day.index),
      after: after.slice(year[0].length),
    };
  }
  const dayThenYear = /^\.? {0,2}(\d{1,2})(?:st|nd|rd|th|\.)?,? {1,2}(\d{4})(?!\d|:)/.exec(after);
  if (dayThenYear) {
    return {
      day: Number(dayThenYear[1]),
      year: Number(dayThenYear[2]),
      before,
      after: after.slice(dayThenYear[0].length),
    };
  }
  const yearFirst = /(?<!\d)(\d{4})[.,]? {0,2}$/.exec(before);
  const dayAfter = /^\.? {0,2}(\d{1,2})(?:\.|-jén|-án|-én)?(?!\d|:)/.exec(after);
  if (yearFirst && dayAfter) {
    return {
      day: Number(dayAfter[1]),
      year: Number(yearFirst[1]),
      before: before.slice(0, yearFirst.index),
      after: after.slice(dayAfter[0].length),
    };
  }
  return undefined;
}

function readTime(scan: DateScan): Pick<DateParts, 'time'> {
  const clock = scan.take(
    /(?<!\d)(\d{1,2})[:.h](\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?!\d) ?([ap]\.? ?m\b\.?)?/,
  );
  if (clock) {
    const second = clock[3] === undefined ? {} : { second: Number(clock[3]) };
    return { time: { hour: hourOf(Number(clock[1]), clock[4]), minute: Number(clock[2]), ...second } };
  }
  const hour = scan.take(/(?<!\d)(\d{1,2}) ?([ap]\.? ?m\b\.?)/);
  if (hour) return { time: { hour: hourOf(Number(hour[1]), hour[2]), minute: 0 } };
  const named = scan.take(/(?<!\d)(\d{2})(\d{2}) ?(?=(?:gmt|utc|bst|cet|cest|est|edt|hrs|hours|uhr)\b)/);
  if (named) return { time: { hour: Number(named[1]), minute: Number(named[2]) } };
  const word = scan.take(/(?<!\d)(\d{1,2}) ?(?:uhr|h)(?![\p{L}\d])/u);
  if (word) return { time: { hour: Number(word[1]), minute: 0 } };
  if (scan.take(/\b(?:midnight|mitternacht)\b/)) return { time: { hour: 0, minute: 0 } };
  return scan.take(/\bnoon\b/) ? { time: { hour: 12, minute: 0 } } : {};
}

function hourOf(hour: number, meridiem: string | undefined): number {
  if (!meridiem) return hour;
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (meridiem.startsWith('p') ? 12 : 0);
}

function readZone(scan: DateScan): number | string | undefined {
  const offset = scan.take(/(?:(?:gmt|utc) ?)?([+\u2212-]\d{1,2}(?::?\d{2})?)(?!\d)/);
  if (offset?.[1]) return offsetHours(offset[1]);
  for (const word of scan.words()) {
    const zone = ZONES.get(word);
    if (zone === undefined) continue;
    scan.text = scan.text.replace(word, () => ' ');
    return zone;
  }
  return undefined;
}

function offsetHours(offset: string): number {
  if (offset === 'z' || offset === 'Z') return 0;
  const sign = offset.startsWith('+') ? 1 : -1;
  const digits = offset.replace(/\D/g, '');
  const [hours, minutes] = digits.length <= 2 ? [digits, '0'] : [digits.slice(0, -2), digits.slice(-2)];
  const size = Number(hours) + Number(minutes) / 60;
  return size > 15 ? Number.NaN : sign * size;
}

/**
 * Returns the instant of a day and a time, in RFC 3339. Returns undefined for an impossible date.
 * @param timeZone IANA name, used if the parts have no zone
 */
export function instantOf(
  { year, month, day, time, zone }: CalendarDay & ClockTime,
  timeZone: string,
): string | undefined {
  const { hour = 0, minute = 0, second = 0 } = time ?? {};
  if (
    year < MIN_YEAR ||
    year > MAX_YEAR ||
    month < 1 ||
    month > 12 ||
    day < 1 ||
    !(hour <= 24) ||
    minute > 59 ||
    second >= 61
  )
    return undefined;
  if (hour === 24 && (minute > 0 || second > 0)) return undefined;
  if (new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) return undefined;
  const wall = Date.UTC(year, month - 1, day, hour, minute, 0) + Math.round(Math.min(second, 59.999) * 1000);
  const at = typeof zone === 'number' ? wall - zone * 3_600_000 : fromWallClock(wall, zone ?? timeZone);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
