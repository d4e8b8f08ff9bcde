import fc from 'fast-check';
import { dayOf, monthOfDay } from '../../../functions/publish/model/calendar.ts';

test.each([
  ['2026-11-30T23:30:00.000Z', undefined, '2026-11-30'],
  ['2026-11-30T23:30:00.000Z', 'Europe/Kyiv', '2026-12-01'],
  ['2026-12-01T03:30:00.000Z', 'America/New_York', '2026-11-30'],
  ['0999-01-01T12:00:00.000Z', 'Europe/London', '0999-01-01'],
])('the day of %s in %s', (instant, zone, day) => {
  expect(dayOf(instant, zone)).toBe(day);
});

test('a day is a name of the same length in every zone, and at most a day away', () => {
  const zones = fc.constantFrom('Asia/Tehran', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Bangkok');
  const dates = fc.date({ min: new Date('1600-01-02'), max: new Date('9990-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(dates, zones, (date, zone) => {
      const day = dayOf(date.toISOString(), zone);
      expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(Math.abs(Date.parse(day) - date.getTime())).toBeLessThanOrEqual(2 * 86_400_000);
      expect(monthOfDay(day)).toBe(day.slice(0, 7));
    }),
  );
});
