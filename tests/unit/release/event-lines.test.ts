import { readLine } from './read-lines.ts';

describe('a line whose end is an event', () => {
  test.each([
    ['Not before the AGM ends', 'unclear: hold unclear'],
    ['Not before AGM', 'unclear: hold unclear'],
    ['Release after the AGM', 'unclear: hold unclear'],
    ['Release once the verdict is read', 'unclear: hold unclear'],
    ['Embargo expires at the close of the conference', 'unclear: hold unclear'],
    ['Embargo ends with the speech', 'sure: hold line'],
    ['Embargo is lifted after the keynote', 'unclear: hold unclear'],
    ['Embargo lifts when the minister stands up', 'unclear: hold unclear'],
    ['L’embargo prend fin à l’issue de la conférence', 'unclear: hold unclear'],
    ['Sperrfrist endet mit Beginn der Rede', 'unclear: hold unclear'],
    // The verb stands last in Turkish and first in Arabic, and no word is apart in Japanese.
    ['Ambargo toplantı bitince kalkar', 'unclear: hold unclear'],
    ['ينتهي الحظر بعد المؤتمر', 'unclear: hold unclear'],
    ['解禁は総会終了後', 'unclear: hold unclear'],
    ['Not published until the AGM', 'unclear: hold unclear'],
    ['NFP until the vote', 'unclear: hold unclear'],
    ['Hold until polls close', 'bare: hold unclear'],
    ['Hold until polls close?', 'bare: hold unclear'],
    ['Hold until polls close, please', 'unclear: hold unclear'],
    ['HOLD FOR VERDICT', 'unclear: hold unclear'],
    ['HOLD FOR VERDICT TODAY', 'unclear: hold unclear'],
    // News, and headlines.
    ['Not before the war ends, general says', ''],
    ['Grain embargo ends with the treaty', ''],
    ['Embargo on oil expires at the end of the year', ''],
    ['Embargo ends after nine months', ''],
    ['Embargo, which ends with the treaty', ''],
    ['Embargo holds the harbour', ''],
    ['Draft ends with the speech', ''],
    ['総会終了', ''],
    ['Hold until the polls in Bramsey close', ''],
    ['Hold the line until polls close', ''],
    ['HOLD FOR THE SECOND VERDICT IN BRAMSEY', ''],
    ['Hold for verdict', ''],
    ['DRAFT FOR VERDICT', ''],
  ])('%s: %s', (line, meaning) => expect(readLine(line)).toBe(meaning));
});
