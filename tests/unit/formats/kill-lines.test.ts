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
  'Please kill AGX0077. The story is wrong.',
  'Please withdraw story AGX0077.',
  'Prière d’annuler la dépêche AGX0077.',
  'Veuillez ne pas utiliser la dépêche AGX0077.',
  'Bitte verwenden Sie die Meldung bdt0472 nicht.',
  'Se ruega anular la noticia EFE0214, es errónea.',
  'Si prega di annullare la notizia ANS0133.',
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
  'Please Kill Me, the musical',
  'Report: flight LH400 cancelled after storm',
  'Vol AF1234 annulé après la tempête',
  'Do not use form AB1234, council says',
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

const BODY =
  '   KERROW (ag) - The tram depot at Kerrow Cross, empty since the line closed in 2011, is to be turned into a public swimming hall, the borough decided on Monday night.\r\n   Builders will start in April with the roof.\r\n';

/** A message with lines between its number and its text. */
const headed = (header: string, body = `Depot to become pool =\r\n\r\n${BODY}`): string =>
  `\x01AGX0077 4 POL 0120\r\n\r\n${header}\r\n\r\n\x02${body}\x03\r\n011200 DEC 26\x04`;

const UNTIL_MARCH = '2099-03-05T00:00:00.000Z';

test.each([
  ['Ellery-harbour/EMBARGOED UNTIL 5 MARCH 2099', UNTIL_MARCH],
  ['Depot/\r\nEMBARGOED UNTIL 5 MARCH 2099', UNTIL_MARCH],
  ['Depot/Sperrfrist 5. März 2099', UNTIL_MARCH],
  ['Halle/ne pas diffuser avant le 5 mars 2099', UNTIL_MARCH],
  ['EMBARGO\r\n5 MARCH 2099', UNTIL_MARCH],
  ['bc-depot \x11EMBARGO UNTIL 25/3/2099', '2099-03-25T00:00:00.000Z'],
  ['Depot/HOLD FOR LEGAL', 'hold'],
  ['NOT FOR PUBLICATION', 'hold'],
  ['Depot/KILL', 'withdraw'],
  ['KILL Depot/', 'withdraw'],
  ['ANNULATION', 'withdraw'],
  ['ANNULATION Halle aux grains', 'withdraw'],
  ['Depot/', 'live'],
  ['IRAN/EMBARGO/', 'live'],
  ['Iran-embargo', 'live'],
  ['Mafia/draft law', 'live'],
  ['KILL BILL/', 'live'],
  ['FLIGHTS CANCELLED/', 'live'],
  ['Irak/WITHDRAWAL OF TROOPS', 'live'],
])('a term above the text of a message counts: %j: %s', async (header, expected) => {
  const article = await parseArticle({ bytes: Buffer.from(headed(header)), key: 'wire/item' });
  expect(article.withdraw ? 'withdraw' : article.hold ? 'hold' : (article.embargoUntil ?? 'live')).toBe(
    expected,
  );
  expect(article.headline).toBe('Depot to become pool');
});

test.each([
  ['Depot/KILL', 'Please kill AGX0077.', 'Depot'],
  ['KILL Depot/', '   Please kill AGX0077. The story is wrong.', 'Depot'],
  ['ANNULATION', '   Prière d’annuler la dépêche AGX0077.', 'ANNULATION'],
  ['', 'Achtung: Bitte verwenden Sie die Meldung AGX0077 nicht. Sie ist falsch. =', 'Item'],
])('a request to kill a message is no story: %j, %j', async (header, body, headline) => {
  const text = headed(header, `${body}\r\n`);
  expect(await parseArticle({ bytes: Buffer.from(text), key: 'wire/item' })).toMatchObject({
    withdraw: true,
    headline,
    bodyHtml: '',
  });
});

test.each([
  ['Eds: hold pending checks.', true],
  ['Eds: Adds quote. With photos.', false],
  ['Keywords: embargo, draft', false],
])('a note below the text of a message is read: %s', async (note, isHeld) => {
  const text = headed('Depot/', `Depot to become pool =\r\n\r\n${BODY}${note}\r\n`);
  const article = await parseArticle({ bytes: Buffer.from(text), key: 'wire/item' });
  expect(article.hold !== undefined).toBe(isHeld);
  expect(article.bodyText).not.toContain(note);
});

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
