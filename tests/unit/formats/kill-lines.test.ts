import { isKillLine, isKillSlug, withoutKill } from '../../../functions/ingest/formats/wire/kill-lines.ts';
import { parseArticle } from '../../../functions/ingest/parse.ts';

test.each([
  'KILL',
  '*** KILL *** KILL *** KILL ***',
  'MANDATORY KILL',
  'BULLETIN KILL',
  'MANDATORY ELIMINATION',
  'EDITORS: PLEASE KILL THIS STORY',
  'ADVISORY: STORY WITHDRAWN',
  'Bulletin Kill',
  'KILL: BC-Ferry',
  'KILL BC-FERRY',
  'KILL coa0471'.toUpperCase(),
  'MANDATORY KILL - Ferry crew rescued',
  'WITHDRAWAL: Ferry crew rescued',
  'Eds: Kill BC-Ferry.',
  'EDITORS: Please withdraw the story on the ferry sent at 0645.',
  '(Editors: The story slugged BC-Ferry, sent on Monday, has been withdrawn.)',
])('“%s” kills', line => expect(isKillLine(line)).toBe(true));

test.each([
  'WITHDRAWAL OF TROOPS BEGINS',
  'KILLED IN ACTION, REMEMBERED AT HOME',
  'Kill Bill returns to cinemas',
  'KILLER WHALES SINK YACHT',
  'CANCELLED FLIGHTS STRAND THOUSANDS',
  'Eds: Adds quote on killed soldiers.',
  'Eds: UPDATES with report on withdrawn troops.',
  'The report was withdrawn on Monday, the ministry said.',
  'RETRACTED STUDY WAS CITED 400 TIMES',
])('“%s” does not', line => expect(isKillLine(line)).toBe(false));

test.each([
  ['BC-Ferry-KILL', true, 'BC-Ferry'],
  ['bc-ferry-kill', true, 'bc-ferry'],
  ['AM-Ferry, Kill, 0340', true, 'AM-Ferry, 0340'],
  ['BC-KILL--Ferry', true, 'BC-Ferry'],
  ['BC-Ferry, ELIMINATION', true, 'BC-Ferry'],
  ['BC-Eliminations', false, 'BC-Eliminations'],
  ['BC-Killer-Whales', false, 'BC-Killer-Whales'],
  ['BC-Kill-Bill-Review', false, undefined],
])('the slug %s: %s', (slug, kills, name) => {
  expect(isKillSlug(slug)).toBe(kills);
  if (name !== undefined) expect(withoutKill(slug)).toBe(name);
});

const g2 = (status: string, rest = '') =>
  `<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1"><itemMeta><pubStatus ${status}/>${rest}</itemMeta></newsItem>`;

/** Each is all that the agency sends. */
const BARE: [string, string, 'withdraw' | 'hold'][] = [
  ['NewsML-G2', g2('qcode="stat:canceled"'), 'withdraw'],
  ['NewsML-G2 by address', g2('uri="http://cv.iptc.org/newscodes/pubstatusg2/canceled"'), 'withdraw'],
  ['NewsML-G2, withheld', g2('qcode="stat:withheld"'), 'hold'],
  ['NewsML-G2 by signal', g2('qcode="stat:usable"', '<signal qcode="sig:kill"/>'), 'withdraw'],
  ['NewsML-G2 by a note', g2('qcode="stat:usable"', '<edNote>MANDATORY KILL</edNote>'), 'withdraw'],
  ['a package', g2('qcode="stat:canceled"').replaceAll('newsItem', 'packageItem'), 'withdraw'],
  [
    'NewsML-G2 in a message',
    `<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>${g2('qcode="stat:canceled"')}</itemSet></newsMessage>`,
    'withdraw',
  ],
  [
    'NewsML 1',
    '<NewsML><NewsItem><NewsManagement><Status FormalName="Canceled"/></NewsManagement></NewsItem></NewsML>',
    'withdraw',
  ],
  ['NITF', '<nitf><head><docdata management-status="canceled"/></head></nitf>', 'withdraw'],
  ['NITF, withheld', '<nitf><head><docdata management-status="withheld"/></head><body/></nitf>', 'hold'],
  ['ninjs', '{"uri":"urn:1","pubstatus":"canceled"}', 'withdraw'],
  ['ninjs, withheld', '{"uri":"urn:1","pubstatus":"withheld","type":"text"}', 'hold'],
  ['ninjs with capitals', '{"uri":"urn:1","pubStatus":"canceled"}', 'withdraw'],
  [
    'ninjs of Superdesk',
    '{"guid":"urn:1","type":"text","versioncreated":"2026-11-01T10:00:00Z","state":"killed","body_html":""}',
    'withdraw',
  ],
  ['ANPA', '\x16\x01a0123\x1frxbt-\r\nr i \x13BC-Ferry-KILL \x11\r\n\x02\r\n\x03\x04', 'withdraw'],
  ['IPTC 7901', '\x01coa0471 4 i 118\r\n\x02KILL KILL KILL\r\n\x03\x04', 'withdraw'],
  ['IPTC 7901 in German', '\x01bdt0214 3 ku 96 dpa\r\n\x02ANNULLIERUNG\r\n\x03\x04', 'withdraw'],
  ['IPTC 7901 in Spanish', '\x01efe0214 3 int 96\r\n\x02ANULADA - ANULADA\r\n\x03\x04', 'withdraw'],
  ['a telex', 'ZCZC COA0471 4 I 118\n\nKILL KILL KILL\n\nNNNN\n', 'withdraw'],
  ['a message without a number', '\x02KILL BC-FERRY\x03', 'withdraw'],
  ['typesetting marks', '^BC-Ferry, KILL, 0340<\r\n^Eds: Kill BC-Ferry.<\r\n', 'withdraw'],
];

test.each(BARE)('%s: an item without headline and body is no empty file', async (_, text, order) => {
  const article = await parseArticle({ bytes: Buffer.from(text), key: 'wire/item' });
  expect(article).toMatchObject({ wordCount: 0, bodyHtml: '' });
  expect(article.headline).not.toBe('');
  expect(article.withdraw ?? false).toBe(order === 'withdraw');
  expect(article.hold !== undefined).toBe(order === 'hold');
});

test.each([
  ['NewsML-G2', g2('qcode="stat:canceled"', '<link rel="irel:evolvedFrom" residref="urn:0"/>')],
  [
    'NewsML-G2 by address',
    g2(
      'qcode="stat:canceled"',
      '<link rel="http://cv.iptc.org/newscodes/itemrelation/previousVersion" residref="urn:0"/>',
    ),
  ],
  ['NewsML-G2 by element', g2('qcode="stat:canceled"', '<evolvedFrom>urn:0</evolvedFrom>')],
  [
    'NITF',
    '<nitf><head><docdata management-status="canceled" management-doc-idref="urn:0"><doc-id id-string="urn:1"/></docdata></head></nitf>',
  ],
  ['ninjs', '{"uri":"urn:1","pubstatus":"canceled","evolvedFrom":"urn:0"}'],
  ['ninjs with an item', '{"uri":"urn:1","pubstatus":"canceled","replaces":[{"uri":"urn:0"}]}'],
])('%s: names its own item and the one that it follows', async (_, text) => {
  const { wire } = await parseArticle({ bytes: Buffer.from(text), key: 'wire/item' });
  expect(wire).toMatchObject({ ids: ['urn:1'], cancels: ['urn:1', 'urn:0'] });
  const usable = text.replace('canceled', 'withheld');
  expect((await parseArticle({ bytes: Buffer.from(usable), key: 'wire/item' })).wire?.cancels).toEqual([]);
});

test.each([
  g2('qcode="stat:usable"'),
  '<nitf><head><docdata management-status="usable"/></head></nitf>',
  '{"uri":"urn:1","pubstatus":"usable"}',
  '\x01coa0471 4 i 118\r\n\x02\r\n\x03\x04',
])('an empty item that is usable is rejected: %s', async text => {
  await expect(parseArticle({ bytes: Buffer.from(text), key: 'wire/item' })).rejects.toMatchObject({
    code: 'empty',
  });
});

test('a story that came by telex is a story', async () => {
  const text =
    'ZCZC COA0471 4 I 118\nFerry crew rescued after night at sea\nBy RUTH PALMER\n   HARWICH, England (AP) - Six crew of a small ferry were rescued on Monday after a night adrift.\nNNNN\n';
  const article = await parseArticle({ bytes: Buffer.from(text), key: 'wire/item' });
  expect(article).toMatchObject({ format: 'wire', headline: 'Ferry crew rescued after night at sea' });
  expect(article.withdraw).toBeUndefined();
  expect(article.bodyText).not.toMatch(/ZCZC|NNNN/);
});
