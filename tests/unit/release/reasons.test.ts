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
