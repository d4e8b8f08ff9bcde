import type { Term, TermContext } from '../../../functions/ingest/model/release-terms.ts';
import { readKeyed } from '../../../functions/ingest/release/keyed.ts';
import { keyOf } from '../../../functions/ingest/release/keys.ts';

/** What each key is about, and what it states with each value: one statement at a time. */

const DATE = '2099-03-05 06:00';
const AT = '2099-03-05T06:00';

/** A Monday. */
const CONTEXT: TermContext = { timeZone: 'UTC', language: 'en', filedAt: '2026-11-30T09:00:00.000Z' };

/** Terms in words: `until 2099-03-05T06:00`, `hold unclear`, `withdraw`. */
function brief(terms: readonly Term[]): string {
  return terms
    .map(term =>
      [term.kind, 'at' in term ? term.at.slice(0, 16) : term.kind === 'hold' ? term.why : '']
        .join(' ')
        .trim(),
    )
    .join(', ');
}

const stated = (key: string, value: unknown, isCopy = false, context: Partial<TermContext> = {}) =>
  brief(readKeyed(key, value, { ...CONTEXT, ...context }, isCopy));

describe('what a key is about', () => {
  test.each<[string, string]>([
    [
      'embargo',
      'embargo | Embargoed | press_embargo | x-embargo | x_embargo | X-Embargo | embargountil | embargo of the harbour story',
    ],
    [
      'start',
      'notBefore | not_before | notbefore | nicht vor | doNotPublishUntil | not_visible_before | no publicar antes | nicht veröffentlichen vor',
    ],
    [
      'start',
      'notForPublicationUntil | not_for_publication_before | off_the_record_until | unpublished_until',
    ],
    ['start', 'hidden_until | hideUntil | private-until | confidentialUntil | unlisted before'],
    ['start', 'publish_not_before | publish_story_not_before | publishNotBefore | veröffentlichen nicht vor'],
    ['start', 'published_from | publication_from | publishedFrom | published_up'],
    [
      'start',
      'publishAt | publish.at | publish:at | publish/at | publish  at | publishAT | PUBLISH_AT | publishat | x-publish-at | publish the',
    ],
    [
      'start',
      'release | releases | releases_at | release_date | release time | releaseat | release_by | go_live | goLive | live_at | lift | lifts_at | unlock_date',
    ],
    [
      'start',
      'schedule | scheduled | scheduled_for | schedule_date | available | available_from | broadcast | air_date | show_from | publishon | publishatdate',
    ],
    [
      'start',
      'start_date | startdate | starts_at | valid_from | effective_date | activation_date | displayed_from | post_date | publiceren-vanaf | earliest_publish | fecha_publicacion | gültig ab | gueltig_ab | GUELTIG_AB | veroeffentlichen_ab | disponible desde',
    ],
    ['start', 'publish at date time when | valid release | start schedule'],
    [
      'publication',
      'published_at | publishedDate | publish_date | publishDate | PublishDate | publication | publication_date | pub_date | pubdate | released_at | date of publication | print_date | use_date | Erscheinungstermin | veroeffentlichungsdatum | fecha de salida | datum_zverejneni | erscheint | дата публикации',
    ],
    [
      'expires',
      'expires | expires_at | not_after | not_published_after | approved_until | do not publish after | valid_until | visible_until | live_until | liveuntil | schedule until | start_until | unpublish | verfaellt | verfaellt_am | gültig bis',
    ],
    ['withdraw', 'withdraw | withdrawn_at | kill | killed | cancelled | is_cancelled'],
    ['hold', 'hold | on_hold | hold_until | holduntil'],
    [
      'draft',
      'draft | is_draft | isDraft | Draft | ist entwurf | est brouillon | es_borrador | é rascunho | è bozza',
    ],
    [
      'forbidden',
      'notForPublication | off_the_record | doNotPublish | not_published | not_live | not_ready | not_approved | not_to_be_published | no publicar | ne pas diffuser',
    ],
    [
      'status',
      'status | post_status | pubstatus | publication_status | release_status | publish_status | draft_status | hold_status | workflow_state | status_date',
    ],
    [
      'switch',
      'publish | published | public | live | is_live | online | ready | released | approved | publicado | est publié | veröffentlicht | es_publicado',
    ],
    [
      'hidden',
      'hidden | is_hidden | hidden_date | private | es_privado | secret | internal | unlisted | unpublished',
    ],
  ])('%s: %s', (kind, keys) => {
    for (const key of keys.split(' | ')) expect([key, keyOf(key)]).toEqual([key, kind]);
  });

  test.each([
    ' | x- | --- | a | the date | date | time | at | until | date_until | filler | abc',
    'eventDate | publisher | published_by | publish_harbour | harbour_draft | draft_date | draft_published | release_notes | status_of_the_post | xembargo | livestream | heldback',
    'published_after | print | use | public_use | sendung | pub',
    'start | starts | is_start | valid | display | post | send | disponible | gültig | validity',
    'immediate | immediate_release | publish_immediately_on | release at once on | not_hidden | not',
    'publish the at date time when day | geprueft | was_live | wasDraft | is | is_hold_harbour',
  ])('nothing: %s', keys => {
    for (const key of keys.split(' | ')) expect([key, keyOf(key)]).toEqual([key, undefined]);
  });

  test('a key longer than keys are is none', () => {
    expect(keyOf(`embargo ${'x'.repeat(52)}`)).toBe('embargo');
    expect(keyOf(`embargo ${'x'.repeat(53)}`)).toBeUndefined();
  });
});

/** Each row: key, value, meaning in a field, meaning in a line of copy where it differs. */
type Row = [key: string, value: unknown, field: string, line?: string];

function check(rows: Row[]): void {
  test.each(rows)('%s: %j means: %s', (key, value, field, line = field) => {
    expect([stated(key, value), stated(key, value, true)]).toEqual([field, line]);
  });
}

describe('an embargo', () => {
  check([
    ['embargo', 'none', 'clear'],
    ['embargo', false, 'clear'],
    ['embargo', 'lifted', 'clear'],
    ['embargo', DATE, `until ${AT}`],
    ['embargo', '2020-01-01', 'until 2020-01-01T00:00'],
    ['embargo', 'Friday', 'until 2026-12-04T00:00'],
    ['embargo', true, 'hold dated'],
    ['embargo', 'yes', 'hold dated'],
    ['embargo', 'after the keynote', 'hold unclear'],
    ['embargo', 'tbc', 'hold unclear'],
    ['embargo', 'what it means', 'hold unclear', ''],
    ['embargo', 'lifted 2099-03-05', 'hold unclear'],
    ['embargo', '2099-03-05 in the harbour', 'hold unclear'],
    ['embargo', '', ''],
    ['embargo', ' \n ', ''],
  ]);
});

describe('a start', () => {
  check([
    ['publish_at', DATE, `until ${AT}`],
    ['publish_at', 'no', ''],
    ['publish_at', 'yes', ''],
    ['publish_at', 'soon', 'hold unclear', ''],
    ['publishat', 'soon', 'hold unclear', ''],
    ['schedule_date', 'soon', 'hold unclear', ''],
    ['schedule', 'soon', ''],
    ['publish_at', 'after the keynote', 'hold unclear'],
    ['scheduled', 'yes', 'hold scheduled'],
    ['Scheduled', true, 'hold scheduled'],
    ['release', '4.2', ''],
    ['release', 'v4.2.1', ''],
    ['release', 'The Harbour Sessions', ''],
    ['release', 'tbc', 'hold unclear'],
    ['release_date', 'The Harbour Sessions', 'hold unclear', ''],
    // The date of a publication that is over.
    ['release_date', '2020-01-01', 'until 2020-01-01T00:00', ''],
    ['release_date', '2026-11-30 09:00', 'until 2026-11-30T09:00', ''],
    ['release_date', '2026-11-30 09:01', 'until 2026-11-30T09:01'],
    // Lines that a story has.
    ['available', DATE, `until ${AT}`, ''],
    ['Available from', DATE, `until ${AT}`, ''],
    ['visible from', DATE, `until ${AT}`, ''],
    ['live at', DATE, `until ${AT}`, ''],
    ['show from', DATE, `until ${AT}`, ''],
    ['active from', DATE, `until ${AT}`, ''],
    ['air date', DATE, `until ${AT}`, ''],
    ['lift', DATE, `until ${AT}`, ''],
    ['Broadcast', 'tbc', 'hold unclear', ''],
    ['start_date', DATE, `until ${AT}`, ''],
    ['startDate', DATE, `until ${AT}`, ''],
    ['start_date', 'tbc', ''],
    ['start_date', 'yes', ''],
    ['hidden until', DATE, `until ${AT}`],
    ['notForPublicationUntil', DATE, `until ${AT}`],
    ['publish_not_before', DATE, `until ${AT}`],
    ['published_from', DATE, `until ${AT}`],
  ]);

  test('where nobody knows when the file was filed, any date of a line counts', () => {
    expect(stated('release_date', '2020-01-01', true, { filedAt: undefined })).toBe('until 2020-01-01T00:00');
  });
});

describe('a date of publication', () => {
  check([
    ['publish_date', DATE, `until ${AT}`],
    ['Publish date', '2026-11-30 09:01', 'until 2026-11-30T09:01'],
    ['Publish date', '2026-11-30 09:00', ''],
    ['Veröffentlichungstermin', DATE, `until ${AT}`],
    ['publication', 'Harbour Weekly', ''],
    ['publish_date', 'no', ''],
    ...[
      'TBC',
      't.b.d.',
      'to be confirmed by the legal desk',
      'not yet',
      'n.n.b.',
      'noch offen',
      'à préciser',
      'por definir',
      'уточняется',
      '未定',
      'pending',
      'offen',
      '?',
      'xx.xx.2027',
      'DD/MM/YYYY',
    ].map((value): Row => ['Publish date', value, 'hold unclear']),
    ['Publish date', 'open seas', ''],
    ['Publish date', 'tbc by the harbour board and the old town', ''],
    ['Publish date', `to be confirmed ${'x'.repeat(80)}`, ''],
    // Other keys of a date of publication.
    ['Veröffentlichung', 'n.n.b.', 'hold unclear'],
    ['Live date', 'tbd', 'hold unclear'],
    ['Release', 'offen', 'hold unclear'],
    ['Publish', 'offen', 'hold stated', 'hold unclear'],
    ['Published', 'tbc', 'hold stated', 'hold unclear'],
    // Front matter has the dates of the story, and a line those of an event.
    ['date', 'tbc', 'hold unclear', ''],
    ['created', '?', 'hold unclear', ''],
    ['event_date', 'tbc', ''],
    ['Live', 'tbc', 'hold stated', ''],
    ['Online', 'tbc', 'hold stated', ''],
    ['Available', 'tbc', 'hold unclear', ''],
    ['Sendung', 'n.n.', ''],
    ['Published by', 'tbc', ''],
  ]);
});

describe('an expiry', () => {
  check([
    ['expires', DATE, `expires ${AT}`],
    ['expires', 'never', ''],
    ['expires', 'yes', 'hold unclear', ''],
    ['expires', '2100-12-31', 'expires 2100-12-31T00:00'],
    ['expires', '2101-01-01', ''],
    ['expires', '2100-02-31', 'hold unclear'],
    ['expires', '9999-12-31', ''],
    ['expires', '99999999-12-31', ''],
    ['expires', '999999999-12-31', 'hold unclear'],
    ['expires', '2099-02-31', 'hold unclear', 'hold unclear'],
    ['expires', 'on 9999-12-31', 'hold unclear', 'hold unclear'],
    ['expires', 'after the fair', 'hold unclear'],
    ['expires', 'the fair', 'hold unclear', ''],
  ]);
});

describe('a withdrawal, a hold', () => {
  check([
    ['killed', 'yes', 'withdraw'],
    ['killed', true, 'withdraw'],
    ['killed', 'no', ''],
    ['killed', DATE, `expires ${AT}`],
    ['killed', 'by the desk', 'hold unclear', ''],
    ['killed', 'tbc', 'hold unclear', ''],
    ['hold', 'yes', 'hold stated'],
    ['hold', 'no', ''],
    ['hold', DATE, `until ${AT}`],
    ['hold', 'after the keynote', 'hold unclear'],
    ['hold', 'the line', 'hold unclear', ''],
  ]);
});

describe('a draft, a ban, a hidden story', () => {
  check([
    ['draft', true, 'hold stated'],
    ['draft', 'yes', 'hold stated'],
    ['draft', 'no', ''],
    ['draft', 'final', ''],
    ['draft', 'published', ''],
    ['draft', 'publish', ''],
    ['draft', 'Done!', ''],
    ['draft', 'ready', ''],
    ['draft', '"live"', ''],
    ['draft', 'not final', 'hold stated', ''],
    ['draft', 'finally', 'hold stated', ''],
    ['draft', DATE, 'hold stated', ''],
    ['notForPublication', true, 'hold stated'],
    ['notForPublication', 'no', ''],
    ['notForPublication', 'done', ''],
    ['notForPublication', DATE, `until ${AT}`],
    ['notForPublication', 'ask Ann', 'hold stated', ''],
    ['hidden', true, 'hold stated'],
    ['hidden', 'no', ''],
    ['hidden', 'by the dunes', ''],
  ]);
});

describe('a switch', () => {
  check([
    ['published', false, 'hold stated'],
    ['published', 'no', 'hold stated'],
    ['published', 'yes', ''],
    ['published', true, ''],
    ['published', 'draft', 'hold stated', ''],
    ['published', 'breaking', ''],
    ['published', DATE, ''],
    ['publish', DATE, `until ${AT}`],
    ['Publish', DATE, `until ${AT}`],
    ['publier', DATE, `until ${AT}`],
    ['veröffentlichen', DATE, `until ${AT}`],
    ['live', DATE, `until ${AT}`, ''],
    ['Online', DATE, `until ${AT}`, ''],
    ['public', DATE, `until ${AT}`, ''],
    ['visible', DATE, `until ${AT}`, ''],
    ['ready', DATE, `until ${AT}`, ''],
    ['is_live', DATE, ''],
    ...[
      'released',
      'immediate',
      'immediately',
      'now',
      'at once',
      'over',
      'past',
      'ended',
      'lifted',
      'immediate release',
      'for immediate release',
      'sofort',
      'expired',
    ].map((value): Row => ['publish', value, '']),
    ['publish', 'never', 'hold stated'],
  ]);
});

describe('a status', () => {
  check([
    ['status', 'draft', 'hold stated'],
    ['status', 'Draft # not yet', 'hold stated'],
    ['status', 'pending', 'hold stated'],
    ['status', 'in_review', 'hold stated'],
    ['status', 'in-review', 'hold stated'],
    ['status', 'not ready', 'hold stated'],
    ['status', 'until Friday', 'hold stated'],
    ['status', 'on hold', 'hold stated'],
    ['status', 'on-hold', 'hold stated'],
    ['status', 'off the record', 'hold stated'],
    ['status', 'stat:withheld', 'hold stated'],
    ['status', 'hold:usable', ''],
    ['status', 'http://cv.iptc.org/newscodes/pubstatusg2/canceled', 'withdraw'],
    ['status', 'embargoed', 'hold dated'],
    ['status', 'embargo', 'hold dated'],
    ['status', 'not embargoed', 'clear'],
    ['status', 'no embargo', 'clear'],
    ['status', 'embargo lifted', 'clear'],
    ['status', 'embargo lifted 2099-03-05', 'clear'],
    ['status', 'embargoed, not published', 'hold dated'],
    ['status', 'embargo until 2099-03-05', 'until 2099-03-05T00:00'],
    ['status', 'hold until 2099-03-05', 'until 2099-03-05T00:00'],
    ['status', 'withdrawn', 'withdraw'],
    ['status', 'cancelled', 'withdraw'],
    ['status', 'deleted', 'withdraw'],
    ['status', 'not withdrawn', 'hold stated'],
    ['status', 'scheduled', 'hold scheduled'],
    ['status', 'published', ''],
    ['status', 'breaking', ''],
    ['status', true, ''],
  ]);
});

describe('a value', () => {
  test.each<[unknown, string]>([
    [true, 'hold stated'],
    [false, ''],
    [1, 'hold stated'],
    [0, ''],
    [1n, 'hold stated'],
    ['"yes"', 'hold stated'],
    ['“Yes”', 'hold stated'],
    ['«yes»', 'hold stated'],
    [' yes ', 'hold stated'],
    ['yes!', 'hold stated'],
    ['"«yes»"', 'hold stated'],
    ['no;.', ''],
    ['no  # not yet', ''],
    ['no # not\nyet', ''],
    ['no;', ''],
    ['no,', ''],
    ['no.', ''],
    ["'no'", ''],
    ['no # not yet', ''],
    ['no // not yet', ''],
    ['ＮＯ', ''],
    ['no#1', 'hold stated'],
    [null, ''],
    [undefined, ''],
    [{ yes: true }, ''],
    [new Date('2099-03-05T06:00:00Z'), 'hold stated'],
    [new Date(Number.NaN), 'hold stated'],
  ])('of a draft, %p, means: %s', (value, meaning) => expect(stated('draft', value)).toBe(meaning));

  test.each<[unknown, string]>([
    [new Date('2099-03-05T06:00:00Z'), AT],
    [4_076_546_400, '2099-03-07T06:00'],
    ['4076546400', '2099-03-07T06:00'],
    [4_076_546_400_000n, '2099-03-07T06:00'],
    ['1000000000', '2001-09-09T01:46'],
    ['20990305', '2099-03-05T00:00'],
    ['20990305T0600', AT],
    ['209903050600', AT],
    ['20990305T060000', AT],
    ['20990305060000', AT],
    ['2099-03-05T06:00', AT],
    ['""2099-03-05 06:00"";,', AT],
    ['2099-03-05 06:00  # late', AT],
    ['2099-03-05, 06:00', AT],
    ['2099-03-05 "06:00"', AT],
    ['20990305T060000Z', AT],
    ['20990305T060000 Z', AT],
    ['20990305T060000.123Z', AT],
    ['20990305T0700+0100', AT],
    ['20990305T0700+01:00', AT],
    ['20990305T0100-0500', AT],
    ['"2099-03-05 06:00"', AT],
    ['“2099-03-05 06:00”,', AT],
    ['2099-03-05 06:00;', AT],
    ['2099-03-05 06:00 # late', AT],
    ['2099-03-05 06:00 // late', AT],
    ['2099-03-05 06:00 GMT', AT],
    ['until 2099-03-05 06:00', AT],
    ['Thursday 2099-03-05 06:00', AT],
  ])('of an embargo, %p, is an instant', (value, at) => expect(stated('embargo', value)).toBe(`until ${at}`));

  test.each([
    '407654640',
    '94076546400',
    '94076546400000',
    '40765464009',
    '40765464000',
    '5076546400',
    '40765464000000',
    '20990305T06000',
    '120990305',
    '20990305T0600 +0100 or so',
    '2099-03-05 06:00 or so',
    new Date(Number.NaN),
  ])('of an embargo, %p, is no instant', value => expect(stated('embargo', value)).toBe('hold unclear'));

  test('is quoted with its key, on one line, and cut where it is long', () => {
    const quoteOf = (value: unknown) => readKeyed('embargo', value, CONTEXT).map(({ quote }) => quote);
    expect(quoteOf(' until\n  the  vote ')).toEqual(['embargo: until the vote']);
    expect(quoteOf('x'.repeat(301))).toEqual([`embargo: ${'x'.repeat(300)}`]);
    expect(quoteOf(true)).toEqual(['embargo: true']);
    expect(quoteOf('none')).toEqual(['embargo: none']);
    expect(quoteOf(new Date(0))).toEqual(['embargo: 1970-01-01T00:00:00.000Z']);
    expect(quoteOf(new Date(Number.NaN))).toEqual(['embargo: an impossible date']);
    expect(quoteOf(new Map([['note', 'x']]))).toEqual(['embargo note: x']);
  });
});

describe('what a value of a line has to look like', () => {
  test.each([
    'until the vote',
    'strictly until the vote',
    'after the keynote',
    'when the minister speaks',
    'once signed',
    'pending',
    'TBD',
    'tba',
    'nach der Rede',
    'après le discours',
    'the harbour fair on Friday or so',
    'tomorrow in the harbour',
    'until the vote? Or so',
    'not for publication',
    'one two three four five six seven 8',
  ])('“%s” holds', value => expect(stated('hold', value, true)).toBe('hold unclear'));

  test.each([
    'the line',
    'the vote until',
    'the keynote after',
    'one two three four five six seven eight 9',
    'until the vote?',
    '4',
    'v4',
    '42',
    '4.21',
    '4.2',
    '!',
  ])('“%s” does not', value => expect(stated('hold', value, true)).toBe(''));
});

describe('fields within fields', () => {
  const map = (fields: Record<string, unknown>) => new Map(Object.entries(fields));

  test.each<[string, unknown, string]>([
    ['embargo', map({ until: DATE }), `until ${AT}`],
    ['publish', map({ at: DATE }), `until ${AT}`],
    ['release', map({ embargo: map({ until: DATE }) }), `until ${AT}`],
    ['harbour', map({ embargo: DATE }), `until ${AT}`],
    ['harbour', map({ until: DATE }), ''],
    ['harbour', map({ draft: true, embargo: DATE }), `hold stated, until ${AT}`],
    ['embargo', map({ draft: true }), 'hold stated'],
    ['embargo', map({ note: 'ask Ann' }), 'hold unclear'],
    ['embargo', map({ note: null }), 'hold unclear'],
    ['embargo', map({}), ''],
    ['hold', map({ note: null }), ''],
    ['embargo', map({ '': DATE }), `until ${AT}`],
    ['embargo', new Map([[7, DATE]]), `until ${AT}`],
    ['embargo', [DATE, 'none'], `until ${AT}, clear`],
    ['embargo', [], ''],
    ['embargo', [null], ''],
    ['embargo', [map({ until: DATE })], `until ${AT}`],
    ['harbour', [DATE], ''],
    ['harbour', [map({ embargo: DATE })], `until ${AT}`],
    ['harbour', [map({ status: 'draft', note: 'x' })], ''],
    // Objects that name their statement.
    ['flags', [map({ name: 'embargo', until: DATE })], `hold dated, until ${AT}`],
    ['flags', [map({ type: 'draft', by: 'Ann' }), 'urgent'], 'hold stated'],
    ['flags', [map({ name: 'draft', active: 'no' })], ''],
    ['flags', [map({ name: 'draft', active: 'yes' })], 'hold stated, hold stated'],
    ['flags', map({ id: 'urgent', label: 'draft' }), 'hold stated'],
    ['status', map({ id: 3, label: 'In review' }), 'hold stated'],
    ['harbour', [map({ key: 'embargo', value: DATE })], `until ${AT}`],
    ['harbour', [map({ type: 'embargo', date: DATE })], `until ${AT}`],
    ['harbour', [map({ name: 'publish_at', value: DATE })], `until ${AT}`],
    ['harbour', [map({ name: 'Release', date: DATE })], ''],
    ['harbour', [map({ name: 'embargo' })], ''],
    ['harbour', map({ name: 'draft', value: true }), 'hold stated'],
    ['authors', [map({ name: 'Hold', value: true })], ''],
    ['embargo', map({ name: 'harbour', until: DATE }), `hold unclear, until ${AT}`],
    ['draft', map({ value: true }), 'hold stated'],
    ['published', map({ value: false }), 'hold stated'],
    ['embargo', map({ enabled: false }), 'clear'],
  ])('%s: %p', (key, value, meaning) => expect(stated(key, value)).toBe(meaning));

  test('count six deep, and twenty beside each other', () => {
    const deep = (levels: number): unknown => (levels === 0 ? DATE : [deep(levels - 1)]);
    expect(stated('embargo', deep(6))).toBe(`until ${AT}`);
    expect(stated('embargo', deep(7))).toBe('');
    const many = (count: number) =>
      map(Object.fromEntries([...Array(count).keys()].map(at => [`n${at}`, 'x'])));
    expect(readKeyed('embargo', many(20), CONTEXT)).toHaveLength(20);
    expect(readKeyed('embargo', many(21), CONTEXT)).toHaveLength(20);
  });
});
