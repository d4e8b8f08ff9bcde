import {
  calendarWriter,
  dayWriter,
  instantWriter,
  shortInstantWriter,
  timeWriter,
  withZoneName,
} from '../../../functions/publish/components/dates.ts';
import { localizerOf } from '../../../functions/publish/components/localizer.ts';
import { LABELS } from '../../../functions/publish/words/labels-table.ts';

const EVENING = '2026-11-28T21:40:00.000Z';
const MIDNIGHT = '2026-11-28T00:00:00.000Z';
const REGIONS = [
  'en-GB',
  'de-AT',
  'fr-CA',
  'fr-CH',
  'ar-EG',
  'ar-SA',
  'fa-AF',
  'zh-TW',
  'th',
  'ja-JP-u-ca-japanese',
];
const LANGUAGES = [...Object.keys(LABELS), ...REGIONS];
const ZONES = ['UTC', 'Europe/Kyiv', 'Asia/Tokyo', 'America/St_Johns', 'Asia/Tehran'];

test.each(LANGUAGES)('no date tells a time zone, and none has letters after its time: %s', language => {
  for (const zone of ZONES) {
    for (const write of [instantWriter(language, zone), shortInstantWriter(language, zone)]) {
      expect(write(EVENING)).not.toMatch(/GMT|UTC|JST|غرينتش|گرینویچ/);
      expect(write(EVENING)).toMatch(/\p{Nd}$/u);
    }
  }
});

test.each(LANGUAGES)('articles, lists and archive have one calendar and one kind of digits: %s', language => {
  const year = calendarWriter(language, { year: 'numeric' })('2026-11-28');
  const month = calendarWriter(language, { month: 'long', year: 'numeric' })('2026-11-01');
  const number = (text: string) => text.match(/\p{Nd}{4}/u)?.[0] ?? text.match(/\p{Nd}+/u)?.[0];
  for (const write of [instantWriter(language), shortInstantWriter(language), dayWriter(language)]) {
    expect(number(write(EVENING))).toBe(number(year));
  }
  expect(month).toContain(number(year));
  // The day is that of the Gregorian month, which divides the archive.
  const day = new Intl.NumberFormat(language).format(28);
  expect(dayWriter(language)(MIDNIGHT)).toContain(day);
  const kinds = (text: string) =>
    new Set([...text.matchAll(/\p{Nd}/gu)].map(([digit]) => (digit.codePointAt(0) ?? 0) >> 4));
  expect(kinds(timeWriter(language)(EVENING)).size).toBeLessThanOrEqual(1);
});

test('a date without a time has none, in the zone of the site', () => {
  expect(instantWriter('en')(MIDNIGHT)).toBe('November 28, 2026');
  expect(instantWriter('en', 'Asia/Tokyo')('2026-11-27T15:00:00.000Z')).toBe('November 28, 2026');
  expect(shortInstantWriter('de')('not a date')).toBe('');
});

test('the words of a setting follow a time, and no date without a time', () => {
  const write = withZoneName(instantWriter('uk'), { timeZoneName: 'за Києвом' });
  expect([write(EVENING), write(MIDNIGHT)]).toEqual([
    '28 листопада 2026 р., 21:40 за Києвом',
    '28 листопада 2026 р.',
  ]);
  expect(withZoneName(instantWriter('zh'), { timeZoneName: '北京时间' })(EVENING)).toBe(
    '2026年11月28日 21:40 北京时间',
  );
  expect(withZoneName(instantWriter('en'), {})(EVENING)).toBe('November 28, 2026, 21:40');
});

test.each([
  [
    'en-GB',
    '28 November 2026, 21:40',
    '28 Nov 2026, 21:40',
    'Saturday 28 November',
    'November 2026',
    'November',
  ],
  [
    'fr',
    '28 novembre 2026, 21 h 40',
    '28 nov. 2026, 21 h 40',
    'Samedi 28 novembre',
    'Novembre 2026',
    'Novembre',
  ],
  ['zh-TW', '2026年11月28日 21:40', '2026年11月28日 21:40', '11月28日星期六', '2026年11月', '11月'],
  ['zh', '2026年11月28日 21:40', '2026年11月28日 21:40', '11月28日星期六', '2026年11月', '11月'],
  [
    'de-AT',
    '28. November 2026, 21:40',
    '28. Nov. 2026, 21:40',
    'Samstag, 28. November',
    'November 2026',
    'November',
  ],
  ['ar-EG', '٢٨ نوفمبر ٢٠٢٦، ٢١:٤٠', '٢٨ نوفمبر ٢٠٢٦، ٢١:٤٠', 'السبت، ٢٨ نوفمبر', 'نوفمبر ٢٠٢٦', 'نوفمبر'],
  [
    'pt',
    '28 de novembro de 2026, 21:40',
    '28 de nov. de 2026, 21:40',
    'Sábado, 28 de novembro',
    'Novembro de 2026',
    'Novembro',
  ],
])('%s', (language, long, short, day, month, monthAlone) => {
  const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
  expect(plain(instantWriter(language)(EVENING))).toBe(long);
  expect(plain(shortInstantWriter(language)(EVENING))).toBe(short);
  expect(calendarWriter(language, { weekday: 'long', day: 'numeric', month: 'long' })('2026-11-28')).toBe(
    day,
  );
  expect(calendarWriter(language, { month: 'long', year: 'numeric' })('2026-11-01')).toBe(month);
  expect(calendarWriter(language, { month: 'long' })('2026-11-01')).toBe(monthAlone);
});

test('the dates of a site count for stories in its language, whatever region they state', () => {
  const write = (...languages: string[]) => localizerOf(languages, 'UTC').write(EVENING);
  expect(write('en-US', 'en-GB')).toBe('28 November 2026, 21:40');
  expect(write('ar', 'ar-EG')).toBe(write('ar-EG'));
  expect(write('ar-EG', 'en')).toBe(write('ar-EG'));
  expect(localizerOf(['zh-CN', 'zh-TW'], 'UTC').labels).toBe(LABELS.zh);
});
