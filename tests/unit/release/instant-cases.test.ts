import type { TermContext } from '../../../functions/ingest/model/release-terms.ts';
import { isWeekday, readReleaseInstant } from '../../../functions/ingest/release/instants.ts';

/** Which instant each text names, and which words are left over, one statement at a time. */

/** A Monday. */
const FILED = '2026-11-30T09:00:00.000Z';

/** The instant to the minute, the words that are left, and a mark for a text that names a time and no instant. */
function brief(text: string, context: Partial<TermContext> = {}): [string, string] {
  const { at, left, isTimed } = readReleaseInstant(text, {
    timeZone: 'UTC',
    language: 'en',
    filedAt: FILED,
    ...context,
  });
  if (at !== undefined) expect(at).toMatch(/:00\.000Z$/);
  return [at?.slice(0, 16) ?? (isTimed ? 'timed' : ''), left.replace(/\s+/g, ' ').trim()];
}

type Row = [text: string, at: string, left?: string];

describe('a date in figures', () => {
  test.each<Row>([
    ['2099-03-05', '2099-03-05T00:00'],
    ['2099-03-05 06:30', '2099-03-05T06:30'],
    ['until 2099-03-05T06:30:00Z', '2099-03-05T06:30', 'until'],
    ['3/4/2099', '2099-04-03T00:00'],
    ['4/3/2099', '2099-04-03T00:00'],
    ['3-4-2099', '2099-04-03T00:00'],
    ['4-3-2099', '2099-04-03T00:00'],
    ['12/10/2099', '2099-12-10T00:00'],
    ['10/12/2099', '2099-12-10T00:00'],
    ['25/3/2099', '2099-03-25T00:00'],
    ['3/25/2099', '2099-03-25T00:00'],
    ['4.3.2099', '2099-03-04T00:00'],
    ['3.4.2099', '2099-04-03T00:00'],
    ['5/3/27', '2027-05-03T00:00'],
    ['25.3.27', '2027-03-25T00:00'],
    ['25-3-27', '2027-03-25T00:00'],
    ['31/2/2099', '', '31/2/2099'],
    ['25/3-27', '', '25/3-27'],
    ['5/Mar/2099', '2099-03-05T00:00'],
    ['5-March-2099 06:30', '2099-03-05T06:30'],
    ['2099. 3. 5.(목) 12:00', '2099-03-05T12:00'],
    ['5 March 2099: embargo', '2099-03-05T00:00', 'embargo'],
    ['before 0930 on 5 March 2099', '2099-03-05T09:30', 'before on'],
    ['2099-03-05 18:00 Europe/Berlin', '2099-03-05T17:00'],
    ['2099-03-05 18:00 Europe/Nowhere', '2099-03-05T18:00', 'europe/nowhere'],
    ['الساعة 10 صباحا 5 مارس 2099', '2099-03-05T10:00', 'الساعة'],
    ['1/25/3/27', '', '1/25/3/27'],
    ['25/3/27/1', '', '25/3/27/1'],
  ])('%s', (text, at, left = '') => expect(brief(text)).toEqual([at, left]));

  test('of a region that says which number is the day is read as there', () => {
    expect(brief('4/3/2099', { language: 'en-US' })[0]).toBe('2099-04-03T00:00');
    expect(brief('3/4/2099', { language: 'en-US' })[0]).toBe('2099-03-04T00:00');
    expect(brief('4/3/2099', { language: 'en-GB' })[0]).toBe('2099-03-04T00:00');
    expect(brief('4/3/2099', { language: 'fr' })[0]).toBe('2099-03-04T00:00');
    expect(brief('4/3/2099', { language: undefined })[0]).toBe('2099-04-03T00:00');
  });
});

describe('a day without its year', () => {
  test.each<Row>([
    ['5 March', '2027-03-05T00:00'],
    ['5 December', '2026-12-05T00:00'],
    ['12 December, 6:30', '2026-12-12T06:30', ','],
    ['until 5th March please', '2027-03-05T00:00', 'until please'],
    ['1st of March', '2027-03-01T00:00'],
    ['2nd March', '2027-03-02T00:00'],
    ['3rd March', '2027-03-03T00:00'],
    ['22, March', '2027-03-22T00:00'],
    ['March 5', '2027-03-05T00:00'],
    ['March 5th', '2027-03-05T00:00'],
    ['until March 12, 6:30', '2027-03-12T06:30', 'until ,'],
    ['Sept. 5', '2027-09-05T00:00'],
    ['5 Sept. 6:30', '2027-09-05T06:30'],
    ['5 Sept. at noon', '2027-09-05T12:00', 'at'],
    ['6:30 March 5', '2027-03-05T06:30'],
    ['6:05 March 7', '2027-03-07T06:05'],
    ['March 5 6:30', '2027-03-05T06:30'],
    ['5. März', '2027-03-05T00:00'],
    ['1er mars', '2027-03-01T00:00'],
    ['5 de marzo', '2027-03-05T00:00'],
    ['5-го марта', '2027-03-05T00:00'],
    ['bis 3月5日', '2027-03-05T00:00', 'bis'],
    ['12 月 15 日', '2026-12-15T00:00'],
    ['3월 5일까지', '2027-03-05T00:00', '까지'],
    ['March', '', 'march'],
    ['March 6:30', 'timed', 'march'],
    ['5 islands', '', '5 islands'],
    ['31 February', '', '31 february'],
    // Over already, and next year’s is too far ahead.
    ['30 November', '', '30 november'],
    ['30 November, 8:59', 'timed', '30 november,'],
    ['30 November, 9:00', 'timed', '30 november,'],
    ['30 November, 9:01', '2026-11-30T09:01', ','],
    ['26 September', '2027-09-26T00:00'],
    ['26 September, 8:59', '2027-09-26T08:59', ','],
    ['26 September, 9:00', 'timed', '26 september,'],
    ['27 September', '', '27 september'],
  ])('%s', (text, at, left = '') => expect(brief(text)).toEqual([at, left]));

  test.each<Row>([
    ['Thursday 26 November', '2026-11-26T00:00'],
    ['Friday 5 March', '2027-03-05T00:00'],
    ['Wednesday 3 February', '2027-02-03T00:00'],
    ['Wednesday 4 February', '2026-02-04T00:00'],
    ['Sunday 6 December', '2026-12-06T00:00'],
    ['Tuesday 3 February, 9:01', '2026-02-03T09:01', ','],
    ['Tuesday 3 February, 9:00', 'timed', '3 february,'],
    ['Tuesday 3 February', 'timed', '3 february'],
    ['Saturday 5 March', 'timed', '5 march'],
    ['Thursday 28 October', 'timed', '28 october'],
  ])('with its weekday, which says of which year it is: %s', (text, at, left = '') => {
    const [found, rest] = brief(text);
    expect([found, rest.replace(/^\w+day ?/, '')]).toEqual([at, left]);
  });

  test('about the turn of the year', () => {
    const filedAt = '2027-01-02T09:00:00.000Z';
    expect(brief('Thursday 31 December', { filedAt })[0]).toBe('2026-12-31T00:00');
    expect(brief('31 December', { filedAt })[0]).toBe('');
    expect(brief('5 January', { filedAt: '2026-12-31T09:00:00.000Z' })[0]).toBe('2027-01-05T00:00');
  });

  test('means nothing where nobody knows when the file was filed', () => {
    expect(brief('5 March', { filedAt: undefined })).toEqual(['', '5 march']);
  });

  test('in a zone: the day is over when it is over there', () => {
    const timeZone = 'America/New_York';
    expect(brief('30 November, 4:01', { timeZone })[0]).toBe('2026-11-30T09:01');
    expect(brief('30 November, 4:00', { timeZone })[0]).toBe('timed');
  });

  test('is read by the names of its language first', () => {
    expect(brief('5 listopada', { language: 'pl' })[0]).toBe('');
    expect(brief('5 listopada', { language: 'hr' })[0]).toBe('');
    expect(brief('listopad 5', { language: 'pl' })[0]).toBe('');
  });
});

describe('a weekday', () => {
  test.each<Row>([
    ['Friday', '2026-12-04T00:00', 'friday'],
    ['until Friday, 18:00', '2026-12-04T18:00', 'until friday,'],
    ['Fri 18:00', '2026-12-04T18:00', 'fri'],
    ['Friday – Fri', '2026-12-04T00:00', 'friday – fri'],
    ['Monday', '2026-12-07T00:00', 'monday'],
    ['Monday 9:00', '2026-12-07T09:00', 'monday'],
    ['Monday 9:01', '2026-11-30T09:01', 'monday'],
    ['Sunday', '2026-12-06T00:00', 'sunday'],
    ['Tuesday', '2026-12-01T00:00', 'tuesday'],
    ['Friday 18:00 GMT', '2026-12-04T18:00', 'friday'],
    ['Friday noon ET', '2026-12-04T17:00', 'friday'],
    ["до п'ятниці", '2026-12-04T00:00', "до п'ятниці"],
    ['segunda-feira', '2026-12-07T00:00', 'segunda-feira'],
    ['金曜日まで', '2026-12-04T00:00', 'まで'],
    ['周五 18:00', '2026-12-04T18:00'],
    ['금요일까지', '2026-12-04T00:00', '까지'],
    ['公開金曜日まで', '2026-12-04T00:00', '公開 まで'],
    ['Friday or Saturday', '', 'friday or saturday'],
    ['金曜日 or Saturday', '', 'or saturday'],
    ['Friday 7', 'timed', 'friday 7'],
    ['Friday 18:00 or 19:00', 'timed', 'friday or 19:00'],
    ['Friday 31 February', 'timed', 'friday 31 february'],
    ['Fridays', '', 'fridays'],
    ['do', '', 'do'],
  ])('%s', (text, at, left = '') => expect(brief(text)).toEqual([at, left]));

  test('is seen from the zone of the source', () => {
    // In Los Angeles it is Sunday still, in Auckland it is Tuesday.
    const west = { timeZone: 'America/Los_Angeles', filedAt: '2026-11-30T02:00:00.000Z' };
    expect(brief('Sunday 20:00', west)[0]).toBe('2026-11-30T04:00');
    expect(brief('Sunday 18:00', west)[0]).toBe('2026-12-07T02:00');
    const east = { timeZone: 'Pacific/Auckland', filedAt: '2026-11-30T23:00:00.000Z' };
    expect(brief('Tuesday', east)[0]).toBe('2026-12-07T11:00');
    expect(brief('Tuesday 12:01', east)[0]).toBe('2026-11-30T23:01');
  });

  test('means a time, and no instant, where nobody knows when the file was filed', () => {
    expect(brief('Friday', { filedAt: undefined })).toEqual(['timed', 'friday']);
    expect(brief('金曜日まで', { filedAt: undefined })).toEqual(['timed', 'まで']);
  });

  test.each(['friday', 'fri', 'freitag', 'vendredi', "п'ятниці", 'fredagen', 'segunda', 'pazara'])(
    '“%s” is one',
    word => expect(isWeekday(word)).toBe(true),
  );

  test.each(['', 'do', 'mo', 'fr', 'sa', 'dag', 'march', 'fridays'])('“%s” is none', word =>
    expect(isWeekday(word)).toBe(false),
  );
});

describe('a time of day', () => {
  /** Beside a date, that nothing else is to be understood. */
  test.each<Row>([
    ['noon', '12:00'],
    ['12 noon', '12:00'],
    ['正午', '12:00'],
    ['6pm', '18:00'],
    ['6 pm', '18:00'],
    ['6 p.m.', '18:00'],
    ['6 p. m.', '18:00'],
    ['6 am', '06:00'],
    ['6.30 a.m.', '06:30'],
    ['6:30pm', '18:30'],
    ['11.59pm', '23:59'],
    ['12 am', '00:00'],
    ['12 pm', '12:00'],
    ['1 am', '01:00'],
    ['1 pm', '13:00'],
    ['18h', '18:00'],
    ['18h30', '18:30'],
    ['6 h 30', '06:30'],
    ['6h05', '06:05'],
    ["6 o'clock", '06:00'],
    ['6 oclock', '06:00'],
    ['18uur', '18:00'],
    ['6 o’clock', '06:00'],
    ['18 heures', '18:00'],
    ['1 heure', '01:00'],
    ['18 horas', '18:00'],
    ['1 hora', '01:00'],
    ['6 uur', '06:00'],
    ['18 години', '18:00'],
    ['18 годині', '18:00'],
    ['18 часов', '18:00'],
    ['3 часа', '03:00'],
    ['18 hodin', '18:00'],
    ['6 बजे', '06:00'],
    ['1830 hrs', '18:30'],
    ['1830hrs', '18:30'],
    ['1830 hours', '18:30'],
    ['1830h', '18:30'],
    ['1830 uhr', '18:30'],
    ['0630z', '06:30'],
    ['0630 gmt', '06:30'],
    ['0630 et', '11:30'],
    ['0630 et please', '11:30', 'please'],
    ['1830 jst', '09:30'],
    ['1830 hrs jst', '09:30'],
    ['0030', '00:30'],
    ['0030 please', '00:30', 'please'],
    ['6 pm in the evening', '18:00'],
    ['10.30 p.m. in the evening', '22:30'],
    ['6:30 p. m. in the evening', '18:30'],
    ['6:05pm in the evening', '18:05'],
    ['1 pm in the afternoon', '13:00'],
    ['12 pm in the afternoon', '12:00'],
    ['1 am in the morning', '01:00'],
    ['12 am in the morning', '00:00'],
    ['6 p m in the evening', '18:00'],
    ['18h in the evening', '18:00', 'in the evening'],
    ['6:00 nachmittag', '18:00'],
    ['6:00 abend', '18:00'],
    ['6:00 م', '18:00'],
    ['11:00 ص', '11:00'],
    ['6:00 in the evening', '18:00'],
    ['6:00 in the afternoon', '18:00'],
    ['6:00 abends', '18:00'],
    ['6:30 du soir', '18:30'],
    ["6:00 de l'après-midi", '18:00'],
    ['midi', '12:00'],
    ['11:30 de la noche', '23:30'],
    ['12:30 in the afternoon', '12:30'],
    ['18:00 in the evening', '18:00'],
    ['午後6:00', '18:00'],
    ['6:00 вечора', '18:00'],
    ['6:00 مساء', '18:00'],
    ['6:00 in the morning', '06:00'],
    ['6:00 du matin', '06:00'],
    ['6:00 früh', '06:00'],
    ['午前6:00', '06:00'],
    ['6:00 утра', '06:00'],
    ['6:00 صباحا', '06:00'],
  ])('%s', (text, time, left = '') => {
    expect(brief(`${text} 2099-03-05`)).toEqual([`2099-03-05T${time}`, left]);
    expect(brief(`2099-03-05 ${text}`)).toEqual([`2099-03-05T${time}`, left]);
  });

  test.each<Row>([
    ['klo 6', '06:00', 'klo'],
    ['kl 6', '06:00', 'kl'],
    ['kl. 18', '18:00', 'kl.'],
    ['klockan 18', '18:00', 'klockan'],
    ['klokken 18', '18:00', 'klokken'],
    ['godz 18', '18:00', 'godz'],
    ['godz. 18', '18:00', 'godz.'],
    ['godzinie 18', '18:00', 'godzinie'],
    ['godziny 18', '18:00', 'godziny'],
    ['saat 18', '18:00', 'saat'],
    ['a las 18', '18:00', 'a las'],
    ['alle 18', '18:00', 'alle'],
    ['alle ore 18', '18:00', 'alle ore'],
    ['ore 18', '18:00', 'ore'],
    ['às 18', '18:00', 'às'],
    ['в 18', '18:00', 'в'],
    ['о 18', '18:00', 'о'],
    ['о 8, завтра', '08:00', 'о , завтра'],
    ['(klo 18)', '18:00', '(klo )'],
  ])('behind the word that leads an hour: %s', (text, time, left = '') => {
    expect(brief(`5 March 2099 ${text}`)).toEqual([`2099-03-05T${time}`, left]);
    expect(brief(`${text} on 5 March 2099`)[0]).toBe(`2099-03-05T${time}`);
  });

  test('midnight is the end of the day that is named', () => {
    expect(brief('midnight, 5 March 2099')).toEqual(['2099-03-06T00:00', ',']);
    expect(brief('5 March 2099, 12 midnight')).toEqual(['2099-03-06T00:00', ',']);
    expect(brief('2099-03-05 Mitternacht')).toEqual(['2099-03-06T00:00', '']);
  });

  test.each([
    '13 pm',
    '0 am',
    '6 in the evening',
    '6 in the morning',
    '1830',
    '1830 please',
    '1830 islands',
    '1830 hotels',
    '1830 boats',
    '0 pm in the evening',
    '13 pm in the evening',
    '9930 hrs',
    '1870 hrs',
    '6:99',
  ])('%s is none that is understood', text =>
    expect(readReleaseInstant(`${text} 2099-03-05`, { timeZone: 'UTC' }).at).toBeUndefined(),
  );

  test.each<Row>([
    ['18:00', 'timed'],
    ['until 6 pm', 'timed', 'until'],
    ['noon', 'timed'],
    ['when the minister stands up', '', 'when the minister stands up'],
    ['In Spring', '', 'in spring'],
    ['3月5日(木)18:00', '2027-03-05T18:00'],
    ['2099年3月5日（木）18:00', '2099-03-05T18:00'],
  ])('by itself: %s', (text, at, left = '') => expect(brief(text)).toEqual([at, left]));

  test('behind a word that leads an hour, a day is a day', () => {
    expect(brief('о 5 березня 2099', { language: 'uk' })).toEqual(['2099-03-05T00:00', 'о']);
    expect(brief('klo 18  ,  Friday')).toEqual(['2026-12-04T18:00', 'klo , friday']);
    expect(brief('klo 18 Friday')).toEqual(['2026-12-04T18:00', 'klo friday']);
    expect(brief('klo 18; Friday')).toEqual(['2026-12-04T18:00', 'klo ; friday']);
    expect(brief('klo 18 – Friday')).toEqual(['2026-12-04T18:00', 'klo – friday']);
    expect(brief('в 5 марта 2099')).toEqual(['2099-03-05T00:00', 'в']);
    expect(brief('kl 5/3/2099', { language: 'sv' })).toEqual(['2099-03-05T00:00', 'kl']);
    expect(brief('о 5.3.2099', { language: 'uk' })).toEqual(['2099-03-05T00:00', 'о']);
  });
});

describe('a part of a day without a time lasts until its end', () => {
  test.each<Row>([
    ['until Friday evening', '2026-12-05T00:00', 'until friday'],
    ['Friday afternoon', '2026-12-05T00:00', 'friday'],
    ['Freitag Abend', '2026-12-05T00:00', 'freitag'],
    ['vendredi après-midi', '2026-12-05T00:00', 'vendredi'],
    ['5 March 2099 in the afternoon', '2099-03-06T00:00'],
    ['5 March in the evening', '2027-03-06T00:00'],
    ['2099年3月5日午後', '2099-03-06T00:00'],
    ['3月5日午後', '2027-03-06T00:00'],
    ['Friday morning', '2026-12-04T12:00', 'friday'],
    ['5 March 2099 in the morning', '2099-03-05T12:00'],
    ['2099年3月5日午前', '2099-03-05T12:00'],
    ['end of day Friday', '2026-12-05T00:00', 'friday'],
    ['end of the day Friday', '2026-12-05T00:00', 'friday'],
    ['EOD Friday', '2026-12-05T00:00', 'friday'],
    ['COB 5 March 2099', '2099-03-06T00:00'],
    ['close of business on 5 March 2099', '2099-03-06T00:00', 'on'],
    ['close of play, Friday', '2026-12-05T00:00', ', friday'],
    ['end of play, Friday', '2026-12-05T00:00', ', friday'],
    ['end of business Friday morning', '2026-12-05T00:00', 'friday morning'],
    ['Monday tonight', '2026-12-01T00:00', 'monday'],
    // With a time, that counts.
    ['Friday evening 18:00', '2026-12-04T18:00', 'friday'],
    ['Friday morning 6:00', '2026-12-04T06:00', 'friday'],
    ['Friday 6 pm in the evening', '2026-12-04T18:00', 'friday'],
    ['5 March 2099 18 Uhr abends', '2099-03-05T18:00', 'abends'],
    ['2099年3月5日午後6時', '2099-03-05T18:00'],
    ['2099년 3월 5일 오후 6시', '2099-03-05T18:00'],
    ['2099年3月5日 午後 6 点', '2099-03-05T18:00'],
    // The year of our era, in Arabic.
    ['5 مارس 2099 م', '2099-03-05T00:00', 'م'],
    // Without a date there is no instant.
    ['this evening', '', 'this evening'],
    ['until COB', '', 'until cob'],
    ['6 in the evening on Friday', 'timed', '6 in the evening on friday'],
    ['Fridays codename cobalt', '', 'fridays codename cobalt'],
  ])('%s', (text, at, left = '') => expect(brief(text)).toEqual([at, left]));
});

describe('a zone', () => {
  test.each<Row>([
    ['Paris time', '05:00'],
    ['Eastern time', '11:00'],
    ['US Eastern', '11:00'],
    ['Eastern Standard Time', '11:00'],
    ['Central time', '12:00'],
    ['Mountain time', '13:00'],
    ['Pacific', '14:00'],
    ['UK time', '06:00'],
    ['Greenwich Mean Time', '06:00'],
    ['Central European Time', '05:00'],
    ['мск', '03:00'],
    ['за київським часом', '04:00'],
    ['北京时间', '22:00'],
    ['日本時間', '21:00'],
    ['한국시간', '21:00'],
    ['London time', '06:00'],
    ['London local time', '06:00'],
    ['New York time', '11:00'],
    ['please New York time', '11:00', 'please'],
    ['heure de Paris', '05:00'],
    ['hora de Madrid', '05:00'],
    ['ora di Rome', '05:00'],
    ['hora em Lisbon', '06:00'],
    ['Oslo tid', '05:00'],
    ['Berlin zeit', '05:00'],
    ['Helsinki aikaa', '04:00'],
    ['UTC', '06:00'],
    ['Atlantis time', '06:00', 'atlantis time'],
    ['please London time thanks', '06:00', 'please thanks'],
  ])('%s', (zone, time, left = '') => {
    const day = time >= '20:00' ? '2099-03-04' : '2099-03-05';
    expect(brief(`5 March 2099 6:00 ${zone}`)).toEqual([`${day}T${time}`, left]);
  });

  test('of a place counts before that of the source; another leaves that of the source', () => {
    const timeZone = 'Asia/Tokyo';
    expect(brief('5 March 2099 6:00', { timeZone })[0]).toBe('2099-03-04T21:00');
    expect(brief('5 March 2099 0630z', { timeZone })[0]).toBe('2099-03-05T06:30');
    expect(brief('5 March 2099 0630 hrs', { timeZone })[0]).toBe('2099-03-04T21:30');
    expect(brief('5 March 2099 6:00 Paris time', { timeZone })[0]).toBe('2099-03-05T05:00');
    expect(brief('5 March 2099 6:00 UK time', { timeZone })[0]).toBe('2099-03-05T06:00');
    expect(brief('5 March 2099 6:00 Atlantis time', { timeZone })[0]).toBe('2099-03-04T21:00');
    expect(brief('6:00 New York time 5 March', { timeZone })[0]).toBe('2027-03-05T11:00');
  });
});

test('a text that is too long for a date is not looked at', () => {
  const long = (length: number) => `Friday ${'x'.repeat(length - 7)}`;
  expect(brief(long(300))[0]).toBe('2026-12-04T00:00');
  expect(brief(long(301))).toEqual(['', long(301).toLowerCase()]);
});
