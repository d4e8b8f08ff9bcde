import { parseInstant } from '../../../functions/ingest/text/dates.ts';

const KYIV = { timeZone: 'Europe/Kyiv' };
const UTC = { timeZone: 'UTC' };

test.each([
  '2024-10-01',
  '20241001',
  'Oct. 1, 2024',
  'October 1, 2024',
  'Tuesday, October 1st, 2024',
  '1 October 2024',
  '1st of October 2024',
  'Published: 1 Oct 2024',
  '01.10.2024',
  '2024/10/1',
  '10/01/2024',
  '1 жовтня 2024 року',
  'вівторок, 1 жовтня 2024',
  '1 октября 2024 г.',
  '1. Oktober 2024',
  'le 1er octobre 2024',
  '1 de octubre de 2024',
  '1º de outubro de 2024',
  '1 ottobre 2024',
  '1 oktober 2024',
  '1 października 2024 r.',
  '1 Ekim 2024',
  '2024. október 1.',
  '2024年10月1日',
  '2024년 10월 1일',
  '١ أكتوبر ٢٠٢٤',
  '1 באוקטובר 2024',
])('%s is a day', text => {
  expect(parseInstant(text, UTC)).toEqual({ at: '2024-10-01T00:00:00.000Z', precision: 'day' });
});

test.each([
  ['2024-10-01T10:20:30Z', '2024-10-01T10:20:30.000Z', 'second'],
  ['2024-10-01T10:20:30.123456+02:00', '2024-10-01T08:20:30.123Z', 'second'],
  ['2024-10-01 10:20', '2024-10-01T07:20:00.000Z', 'minute'],
  ['Tue, 01 Oct 2024 10:00:00 GMT', '2024-10-01T10:00:00.000Z', 'second'],
  ['Tue, 01 Oct 2024 10:00:00 -0400', '2024-10-01T14:00:00.000Z', 'second'],
  ['Oct 1, 2024, 5:30 p.m. ET', '2024-10-01T21:30:00.000Z', 'minute'],
  ['January 1, 2024 5:30 PM ET', '2024-01-01T22:30:00.000Z', 'minute'],
  ['July 4, 2024 12 AM EDT', '2024-07-04T04:00:00.000Z', 'minute'],
  ['1. Oktober 2024, 14:30 Uhr', '2024-10-01T11:30:00.000Z', 'minute'],
  ['1. Oktober 2024, 14 Uhr MESZ', '2024-10-01T12:00:00.000Z', 'minute'],
  ['le 1er octobre 2024 à 14h30', '2024-10-01T11:30:00.000Z', 'minute'],
  ['1 жовтня 2024 року, 14:30', '2024-10-01T11:30:00.000Z', 'minute'],
  ['2024年10月1日 下午3时20分', '2024-10-01T12:20:00.000Z', 'minute'],
  ['00:01 GMT, 3 October 2024', '2024-10-03T00:01:00.000Z', 'minute'],
  ['2024-10-01T24:00Z', '2024-10-02T00:00:00.000Z', 'minute'],
  ['1. Oktober 2024, 24:00 Uhr', '2024-10-01T21:00:00.000Z', 'minute'],
  ['2024-10-01T23:59:60Z', '2024-10-01T23:59:59.999Z', 'second'],
  ['2026-11-30T02:15:08.120Z', '2026-11-30T02:15:08.120Z', 'second'],
])('%s is an instant', (text, at, precision) => {
  expect(parseInstant(text, KYIV)).toEqual({ at, precision });
});

test.each([
  ['2024-01-15 12:00', '2024-01-15T10:00:00.000Z'],
  ['2024-07-15 12:00', '2024-07-15T09:00:00.000Z'],
  // The clocks moved from 3 to 4 on 31 March and from 4 back to 3 on 27 October.
  ['2024-03-31 02:59', '2024-03-31T00:59:00.000Z'],
  ['2024-03-31 03:30', '2024-03-31T01:30:00.000Z'],
  ['2024-03-31 04:00', '2024-03-31T01:00:00.000Z'],
  ['2024-10-27 03:30', '2024-10-27T00:30:00.000Z'],
  ['2024-10-27 04:00', '2024-10-27T02:00:00.000Z'],
])('summer time: %s in Kyiv', (text, at) => {
  expect(parseInstant(text, KYIV)?.at).toBe(at);
});

test('the order of day and month follows the language, and a number above 12 decides', () => {
  const day = (text: string, language?: string, dayFirst?: boolean) =>
    parseInstant(text, { ...UTC, language, dayFirst })?.at.slice(0, 10);
  expect(day('3/4/2024', 'en-US')).toBe('2024-03-04');
  expect(day('3/4/2024', 'en-GB')).toBe('2024-04-03');
  expect(day('3/4/2024', 'fr')).toBe('2024-04-03');
  expect(day('3/4/2024', 'en-US', true)).toBe('2024-04-03');
  expect(day('13/4/2024', 'en-US')).toBe('2024-04-13');
  expect(day('4/13/2024', 'fr')).toBe('2024-04-13');
  expect(day('3.4.2024', 'en-US')).toBe('2024-04-03');
});

test('a month has the meaning of the language: listopad', () => {
  expect(parseInstant('1 listopada 2024', { ...UTC, language: 'pl' })?.at).toMatch(/^2024-11/);
  expect(parseInstant('1. listopada 2024.', { ...UTC, language: 'hr' })?.at).toMatch(/^2024-10/);
});

test.each([
  ...['Tuesday', 'Tuesday, October 1', 'October 2024', '2024', '10:00', 'yesterday', '', '1 October'],
  ...[
    'Feb 30, 2024',
    '29 February 2023',
    '31.04.2024',
    '2024-13-01',
    '2024-10-01T25:00Z',
    '2024-10-01T24:30Z',
    '2024-10-01T24:00:01Z',
    '2024-10-01T23:60Z',
    '2024-10-01 24:30',
    '1. Oktober 2024, 24:30 Uhr',
    '1 October 2024, 13:30 pm',
    '32 October 2024',
    '5/6/24',
  ],
  ...[
    'in May 2024 12 people died',
    '1 October 2024 saw the opening of a new bridge in town',
    '1 / 5',
    'x'.repeat(500),
  ],
])('%s is no date', text => {
  expect(parseInstant(text, UTC)).toBeUndefined();
});
