import { parseArticle } from '../../../functions/ingest/parse.ts';
import { parted, readLine } from './read-lines.ts';

describe('a line that holds the story, with a reason or in other words', () => {
  test.each([
    'HOLD for clearance by legal',
    'HOLD pending legal checks',
    'Hold pending legal',
    'HOLD - awaiting sign-off',
    'ON HOLD pending further checks',
    'Hold for approval by press office',
    'Hold – not yet subbed',
    'HOLD – not yet cleared',
    'On hold: waiting for lawyers',
    'Hold pending talks',
    'AWAITING LEGAL SIGN-OFF',
    'Awaiting editor approval',
    'Warten auf Freigabe',
    'En attente de validation juridique',
    'Pendiente de aprobación legal',
    'Wacht op goedkeuring',
    'HOLD – afventer juridisk tjek',
    'Embargo after the keynote',
    'Embargo after the vote',
    'Bitte nicht verwenden',
    'Ne pas utiliser',
    'Nicht vor Freigabe veröffentlichen',
    'Nicht ohne Freigabe veröffentlichen',
    '稿件未审，请勿发布',
    '取扱注意・未公表',
    'Publiceringsförbud till 5 mars 2099',
    'Veröffentlichungsverbot bis 5. März 2099',
    'प्रकाशन हेतु नहीं',
    'Zárolt: 2099. március 5.',
    'LEGAL – DO NOT RUN',
  ])('%s', line => expect(readLine(line)).toMatch(/(?:hold|until) /));

  test.each([
    'Hold for applause at the ferry dock',
    'Hold pending talks in the strike, unions told',
    'Hold on approval of the new ferry',
    'Ferry plan on hold pending checks',
    'Awaiting the verdict',
    'Awaiting approval from the town council',
    'Pending approval of the council, the market stays shut',
    'Draft approval',
    'Embargo after the war hits farmers',
    'Bitte nicht füttern',
    'DO NOT RUN IN THE HALL',
    'Nicht verwenden: diese Dämmstoffe',
    'Nicht vor Gericht',
    '未公表の資料が見つかった',
    'Zárolt számlák',
  ])('is no term: %s', line => expect(readLine(line)).toBe(''));

  test('a reason can follow the notice at the end of a subject', () => {
    expect(parted("Budget voté – Ne pas publier en l'état – chiffres à vérifier", true)).toEqual([
      'Budget voté',
      'hold line',
    ]);
  });
});

describe('a word for an embargo in spaced letters or with an error', () => {
  test.each([
    'E M B A R G O E D until 5 March 2099',
    'E.M.B.A.R.G.O.E.D. until 5 March 2099',
    'E M B A R G O   U N T I L   5 March 2099',
    'S P E R R F R I S T : 5. März 2099',
    'E-M-B-A-R-G-O 5 March 2099',
    'EMBARGOE: 5 March 2099',
    'Embrago: 5 March 2099',
    'EMBAGO UNTIL 5 MARCH 2099',
    'SPERFRIST: 5. März 2099',
    'Sperrfirst: 5. März 2099',
    'SPERRFRIST 5. Maerz 2099',
  ])('%s', line => expect(readLine(line)).toMatch(/^sure: until 2099-03-0/));
  test.each(['EMABRGOED', 'EMBARGED', 'EMBARGGO'])('%s', line =>
    expect(readLine(line)).toBe('sure: hold line'),
  );
  test.each([
    'EMBARKED',
    'Embarked on 5 March 2099',
    'Embarco: 5 marzo 2099',
    'I M A G I N E',
    'Sparfrist: 5. März 2099',
    'Embargoes: the rules explained',
    'EMBARGA NA ROPU SKONCZONE',
    'EMBARGOT PURETAAN',
  ])('is no term: %s', line => expect(readLine(line)).toBe(''));
  test('a date with an umlaut as two letters is no headline', () =>
    expect(parted('SPERRFRIST 05. Maerz 2099 1800')).toBeUndefined());
});

describe('labels below the story', () => {
  const prose =
    'The harbour board voted on Monday to widen the old fish market so that forty stalls can stand there, its chair said.';
  const read = async (box: string) => {
    const bytes = Buffer.from(
      `Old fish market to be widened\n\n${prose}\n\n${prose.replace('Monday', 'Friday')}\n\n${box}\n`,
    );
    const { hold, withdraw, embargoUntil, bodyText } = await parseArticle({
      bytes,
      key: 'a.txt',
      filedAt: '2026-12-01T09:00:00.000Z',
    });
    return { isLive: !hold && !withdraw && !embargoUntil, bodyText };
  };

  test.each([
    'Status: cancelled\nRoute: 7\nOperator: Island Buses',
    'Route: 7\nStatus: withdrawn\nOperator: Island Buses',
    'Status: draft\nBill: 7\nSponsor: Ann Lee',
    'Hold: 3 lanes\nPool: 25 m',
    'Go-live: 5 March 2099\nPlayers: 4',
    'Spieldauer: 12 Stunden\nVeröffentlichung: 5. März 2099',
    'Release date: 5 March 2099\nPublisher: Sea Press\nPages: 210',
  ])('are data of the story: %j', async box => {
    const { isLive, bodyText } = await read(box);
    expect(isLive).toBe(true);
    for (const line of box.split('\n')) expect(bodyText).toContain(line);
  });

  test.each([
    'Status: draft',
    'Status: cancelled\nRoute: 7',
    'Status: cancelled\nSlug: market\nRoute: 7\nOperator: Island Buses',
    'Status: draft\nEditor: Ann Lee\nWords: 210',
    'Hold: yes\nPool: 25 m',
    'Go-live: 5 March 2099\nContact: Ann Lee',
    'Embargo: 5 March 2099\nRoute: 7\nOperator: Island Buses',
  ])('are release terms: %j', async box => expect((await read(box)).isLive).toBe(false));
});
