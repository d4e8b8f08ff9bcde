import type { Term, TermContext } from '../../../functions/ingest/model/release-terms.ts';
import { readKeyed } from '../../../functions/ingest/release/keyed.ts';
import { readTermLine } from '../../../functions/ingest/release/line.ts';
import { splitTerms } from '../../../functions/ingest/release/split-terms.ts';

/** A Monday. */
const CONTEXT: TermContext = { timeZone: 'UTC', language: 'en', filedAt: '2026-11-30T09:00:00.000Z' };

/** What terms come to, in a word: an instant, `hold`, `withdraw`, `clear`. */
function brief(terms: readonly Term[] | undefined): string {
  return (terms ?? []).map(term => ('at' in term ? term.at.slice(0, 16) : term.kind)).join(' ');
}

test.each([
  ['EMBARGOED UNTIL 00:01 GMT, 5 March 2099', '2099-03-05T00:01'],
  ['Strictly embargoed until 6.30 a.m. ET, March 5, 2099', '2099-03-05T11:30'],
  ['00:01 GMT Friday 6 March 2099 EMBARGO', '2099-03-06T00:01'],
  ['Embargo: noon, 5 March 2099', '2099-03-05T12:00'],
  ['Embargo: midnight, 5 March 2099', '2099-03-06T00:00'],
  ['FOR RELEASE AT 0600 BST 5 JUNE 2099', '2099-06-05T05:00'],
  ['For release: 10:00 London time, 5 June 2099', '2099-06-05T09:00'],
  ['Not for publication before 6pm CEST on 5 June 2099', '2099-06-05T16:00'],
  ['Embargo: 5 March 2099 at 6:00 in the evening', '2099-03-05T18:00'],
  ['Hold for release until 3/4/2099', '2099-04-03T00:00'],
  ['Do not publish before Friday', '2026-12-04T00:00'],
  ['EMBARGOED UNTIL 08:00 MONDAY', '2026-12-07T08:00'],
  ['Under embargo until 12 January, 6 a.m.', '2027-01-12T06:00'],
  ['Embargo until Thursday 26 November', '2026-11-26T00:00'],
  ['Sperrfrist: Freitag, 18 Uhr', '2026-12-04T18:00'],
  ['Sous embargo jusqu’au 5 mars 2099 à 18h30', '2099-03-05T18:30'],
  ['Embargado hasta el 5 de marzo de 2099 a las 18:00', '2099-03-05T18:00'],
  ['Embargado até 5 de março de 2099, 6h', '2099-03-05T06:00'],
  ['Sotto embargo fino alle ore 12 del 5 marzo 2099', '2099-03-05T12:00'],
  ['Onder embargo tot 5 maart 2099, 6.00 uur', '2099-03-05T06:00'],
  ['Under embargo till den 5 mars 2099 kl. 06.00', '2099-03-05T06:00'],
  ['Klausuleret til den 5. marts 2099 kl. 6.00', '2099-03-05T06:00'],
  ['Julkaisukielto 5.3.2099 klo 6.00 asti', '2099-03-05T06:00'],
  ['Embargo do 5 marca 2099, godz. 6:00', '2099-03-05T06:00'],
  ['Embargo do 5. března 2099', '2099-03-05T00:00'],
  ['Ембарго до 5 березня 2099, 06:00', '2099-03-05T06:00'],
  ['Не публікувати до п’ятниці', '2026-12-04T00:00'],
  ['Эмбарго до 5 марта 2099 года', '2099-03-05T00:00'],
  ['5 Mart 2099 saat 06:00’ya kadar ambargolu', '2099-03-05T06:00'],
  ['محظور النشر حتى 5 مارس 2099', '2099-03-05T00:00'],
  ['אמברגו עד 5 במרץ 2099', '2099-03-05T00:00'],
  ['تحت ممنوعیت انتشار تا ۵ مارس ۲۰۹۹', '2099-03-05T00:00'],
  ['5 मार्च 2099 तक प्रतिबंधित', '2099-03-05T00:00'],
  ['2099年3月5日午前6時解禁', '2099-03-05T06:00'],
  ['2099년 3월 5일까지 엠바고', '2099-03-05T00:00'],
  ['禁发至2099年3月5日', '2099-03-05T00:00'],
  ['Expires 5 March 2099', '2099-03-05T00:00'],
  ['HOLD FOR RELEASE', 'hold'],
  ['[DRAFT]', 'hold'],
  ['*** NOT FOR PUBLICATION ***', 'hold'],
  ['Draft – not for publication', 'hold'],
  ['EMBARGOED UNTIL THE MINISTER STANDS UP', 'hold'],
  ['Embargo: until the speech is over', 'hold'],
  ['EMBARGOED UNTIL 31 February 2099', 'hold'],
  ['Embargo: 5 March 2099, 06:00 Atlantis time', 'hold'],
  ['Nicht zur Veröffentlichung bestimmt', 'hold'],
  ['Ne pas diffuser', 'hold'],
  ['請勿發布', 'hold'],
  ['보도 금지', 'hold'],
  ['Embargo 7am tomorrow', 'hold'],
  ['Hold until further notice', 'hold'],
  ['Achtung: Sperrfrist beachten!', 'hold'],
  ['2099年3月5日(木)午前0時以降に公開', '2099-03-05T00:00'],
  ['金曜日まで公開禁止', '2026-12-04T00:00'],
  ['This story has been withdrawn', 'withdraw'],
  ['MANDATORY KILL', 'withdraw'],
  ['Embargo | Friday', '2026-12-04T00:00'],
  ['NOT BEFORE COB', 'hold'],
  ['Υπό εμπάργκο έως 5.3.2099', '2099-03-05T00:00'],
  ['Story withdrawn', 'withdraw'],
  ['Embargo: none', 'clear'],
  ['FOR IMMEDIATE RELEASE', ''],
  // Agencies write “advance” copy for an edition.
  ['For Sunday papers, 7 March 2027', '2027-03-07T00:00'],
  ['Advance for release at 6 a.m. Monday, March 8, 2027', '2027-03-08T06:00'],
  ['Frei für die Sonntagsausgaben vom 7. März 2027', '2027-03-07T00:00'],
  ['新聞は３月５日付夕刊、テレビ・ラジオ・インターネットは午後３時以降解禁', '2027-03-05T15:00'],
  ['2027. 3. 5.(금) 조간부터 보도하여 주시기 바랍니다', '2027-03-05T00:00'],
  ["Per l'uso dopo le ore 20 del 5 marzo 2027", '2027-03-05T20:00'],
  ['Veröffentlichung frühestens am 5. März 2027 um 18 Uhr', '2027-03-05T18:00'],
  ['Публікація дозволена з 5 березня 2027 року, 9:00', '2027-03-05T09:00'],
  ['Sperret for publisering til 5. mars 2027 kl. 06.00', '2027-03-05T06:00'],
  ['Die Sperrfrist gilt bis Freitag, 5. März 2027, 6 Uhr', '2027-03-05T06:00'],
  ['2027年3月5日午後3時まで報道を控えてください', '2027-03-05T15:00'],
  ['禁止在2027年3月5日前发布', '2027-03-05T00:00'],
  ['**Embargo:** 5 March 2099', '2099-03-05T00:00'],
  ['E M B A R G O E D', 'hold'],
  ['À ne pas diffuser avant la conférence de presse', 'hold'],
  ['Please do not share or publish until the result is announced', 'hold'],
  ['Achtung Redaktionen: Sperrfrist Rede, es gilt das gesprochene Wort', 'hold'],
  ['Nur zur internen Verwendung – nicht zur Veröffentlichung', 'hold'],
  ['For approval', 'hold'],
  ['EMBARGO LIFTED – FREE FOR USE', ''],
  ['Do not share with children', ''],
  ['Earliest ferry sails at dawn', ''],
  ['Do not share your password until help comes', ''],
])('the line “%s” means: %s', (line, meaning) => {
  expect(brief(readTermLine(line, CONTEXT)?.terms)).toBe(meaning);
});

test('a weekday means nothing where nobody knows when the file was filed', () => {
  const context = { timeZone: 'UTC', language: 'en' };
  expect(brief(readTermLine('EMBARGOED UNTIL FRIDAY', context)?.terms)).toBe('hold');
});

test.each([
  ['EMBARGOED until 1 January 2099: Ferry sold', 'Ferry sold', '2099-01-01T00:00'],
  ['Ferry sold (under embargo until 1 January 2099)', 'Ferry sold', '2099-01-01T00:00'],
  ['Ferry sold – NOT FOR PUBLICATION', 'Ferry sold', 'hold'],
  ['[HOLD] Ferry sold', 'Ferry sold', 'hold'],
  ['KILL: Ferry sold', 'Ferry sold', 'withdraw'],
  ['EMBARGO! Ferry sold', 'Ferry sold', 'hold'],
  ['🚨 EMBARGO 🚨 Ferry sold', 'Ferry sold', 'hold'],
  ['>> HOLD FOR RELEASE << Ferry sold', 'Ferry sold', 'hold'],
  ['SPERRFRIST Freitag 18 Uhr / Ferry sold', 'Ferry sold', '2026-12-04T18:00'],
  ['EMBARGO\u00a0· Ferry sold', 'Ferry sold', 'hold'],
  ['E\u00admbargoed · Ferry sold', 'Ferry sold', 'hold'],
  ['“EMBARGO” Ferry sold', 'Ferry sold', 'hold'],
  ['EMBARGO Ferry sold', 'Ferry sold', 'hold'],
  ['Ferry sold *NOT FOR PUBLICATION*', 'Ferry sold', 'hold'],
])('a headline is parted from its term: %s', (line, headline, meaning) => {
  const split = splitTerms(line, CONTEXT);
  expect([split?.text, brief(split?.terms)]).toEqual([headline, meaning]);
});

test.each([
  'Draft: islanders pick a captain',
  'Embargo: what it means',
  'On hold: the bridge that never was',
  'Unter Embargo: Wie ein Hafen zehn Jahre überlebte',
  'アユ釣り、6月1日解禁',
])('no term is parted from “%s”', line => expect(splitTerms(line, CONTEXT)).toBeUndefined());

const AT = '2099-03-05T06:00';

test.each([
  'publishAt | publish_at | publish-at | publishat | Publish At | PUBLISH_AT | notBefore | not-before | notbefore',
  'embargo | embargoUntil | embargo_until | embargountil | Embargoed Until | releaseDate | release-time | release_at',
  'valid_from | startDate | start_date | gültig_ab | gueltig-ab | disponible_desde | activationDate | publish_up',
  'begin | launch_date | open_from | opens_at | run_date | visible_after | visible after | delay_until | wait_until',
  'web_publish_date | cms_publish_at | wp_publish_at | site_live_from | publish_to_homepage_at | mise_en_ligne',
  'sichtbar_ab | widoczne_od | zichtbaar_vanaf | synlig_från | показувати_з | freischalten_am | fecha_lanzamiento | 公開日時 | 게시일',
  'goLive | go_live | golive | scheduled | scheduled_for | publish | holdUntil | availableFrom | x-embargo',
  'Sperrfrist | sperrfrist_bis | embargo jusqu’au | embargoHasta | embargo_até | ЕмбаргоДо | ambargo | エンバーゴ | 엠바고',
])('keys that name an instant, however they are spelled: %s', names => {
  for (const key of names.split(' | '))
    expect([key, brief(readKeyed(key, '2099-03-05 06:00', CONTEXT))]).toEqual([key, AT]);
});

test.each<[string, unknown, string]>([
  ['embargo', true, 'hold'],
  ['start', '2099-03-05', ''],
  ['eventDate', '2099-03-05', ''],
  ['concert_date', '2099-03-05', ''],
  ['film_release', '2099-03-05', ''],
  ['registration_opens', '2099-03-05', ''],
  ['copyright_until', '2099-03-05', ''],
  ['visible_from', '2020-01-01', '2020-01-01T00:00'],
  ['widoczne_od', '2020-01-01', ''],
  ['widoczne_od', 'morza', ''],
  ['open_from', 'noon', ''],
  ['publish_at', '2099-02-30', 'hold'],
  ['embargo', '31/31/2099', 'hold'],
  ['embargo', 'after 2099-03-05', 'hold'],
  ['embargo', 'nach Freitag', 'hold'],
  ['hold', 'lifted', ''],
  ['start_date', 'in spring', ''],
  ['embargo', 'tomorrow', 'hold'],
  ['embargo', '2099-03-05 06:00 or so', 'hold'],
  ['embargo', 4_076_546_400, '2099-03-07T06:00'],
  ['embargo', '20990305T060000Z', AT],
  ['embargo', new Map([['until', '2099-03-05 06:00']]), AT],
  ['embargo', ['none', '2099-03-05 06:00'], `clear ${AT}`],
  ['embargo', 'lifted', 'clear'],
  ['embargo', 'off', 'clear'],
  ['embargo', null, ''],
  ['draft', 1, 'hold'],
  ['draft', 'yes', 'hold'],
  ['is_draft', 'TRUE', 'hold'],
  ['draft', 'false', ''],
  ['draft', 0, ''],
  ['published', false, 'hold'],
  ['published', '2020-01-01', ''],
  ['publish', 'no', 'hold'],
  ['public', 'off', 'hold'],
  ['private', 'true', 'hold'],
  ['notForPublication', true, 'hold'],
  ['status', 'draft # not yet', 'hold'],
  ['status', 'In Review', 'hold'],
  ['state', 'on-hold', 'hold'],
  ['pubStatus', 'stat:withheld', 'hold'],
  ['pubstatus', 'http://cv.iptc.org/newscodes/pubstatusg2/canceled', 'withdraw'],
  ['status', 'spiked', 'withdraw'],
  ['статус', 'чернетка', 'hold'],
  ['状态', '待审核', 'hold'],
  ['status', 'published', ''],
  ['status', 'breaking', ''],
  ['expires', '2099-03-05', '2099-03-05T00:00'],
  ['unpublish_at', '2099-03-05', '2099-03-05T00:00'],
  ['expires', 'never', ''],
  ['expires', '9999-12-31', ''],
  ['expires', 'after the fair', 'hold'],
  ['killed', 'true', 'withdraw'],
  ['withdrawn', 'no', ''],
  ['title', 'Embargo lifted', ''],
  ['publisher', 'Harbour News', ''],
  ['publication', 'The Herald', ''],
  ['date', '2099-03-05', ''],
  ['release', '4.2', ''],
  ['layout', 'draft', ''],
])('the field %s: %j means: %s', (key, value, meaning) => {
  expect(brief(readKeyed(key, value, CONTEXT))).toBe(meaning);
});
