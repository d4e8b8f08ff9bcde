import fc from 'fast-check';
import { summarize } from '../../../functions/ingest/article/summary.ts';
import { withoutDateline } from '../../../functions/ingest/text/dateline.ts';
import { sentencesOf } from '../../../functions/ingest/text/sentences.ts';
import { PAGE_LIST_LABELS, RELATED_LABELS } from '../../../functions/ingest/words/related-labels.ts';

it('a line that is no sentence is not run on into the next', () => {
  expect(summarize(['First sketch of the bridge', 'Second sketch of the bridge'], 'en')).toBe(
    'First sketch of the bridge',
  );
});

it('a place or a kicker before the first sentence is no part of the summary', () => {
  expect(summarize(['Harbour', 'The ferry sails again. It is full.'], 'en')).toBe(
    'The ferry sails again. It is full.',
  );
});

it('scripts without spaces get none between two sentences', () => {
  expect(summarize(['橋が開いた。船は止まる。'], 'ja')).toBe('橋が開いた。船は止まる。');
});

describe('a summary in Chinese or Japanese begins with a whole sentence', () => {
  const FIRST =
    '金曜日の朝、漁船がまだ霧のなかにあるうちに、最初のボランティアたちが岸壁から土のうを運び出し始めた。';

  it.each([
    '「四十年でこんなことは初めてだ」と港長は話した。',
    '『報告書』は来週出る。',
    '（関連記事2面）議会は紛糾した。',
    '“四十年来从没见过。”',
  ])('an opening mark belongs to the sentence after it: %s', second => {
    for (const language of ['ja', 'zh', 'zh-TW', 'en'])
      expect(sentencesOf(FIRST + second, language)).toEqual([FIRST, second]);
    expect(summarize([FIRST + second], 'ja')).toBe(FIRST + second);
  });

  it('the sentence of a quotation goes on after it', () => {
    expect(sentencesOf('「もう限界だ。」と住民は語った。市長は黙った。', 'ja')).toEqual([
      '「もう限界だ。」と住民は語った。',
      '市長は黙った。',
    ]);
    expect(sentencesOf('「来た。」その後、雨。', 'ja')).toEqual(['「来た。」', 'その後、雨。']);
  });

  it('a short line is a label by what it says, not by its number of characters', () => {
    expect(summarize(['社会', '橋が開いた。'], 'ja')).toBe('橋が開いた。');
    expect(
      summarize(['港の橋が三年ぶりに開通し市長や住民ら三百人が式典で祝った', '船は止まる。'], 'ja'),
    ).toMatch(/^港の橋/);
  });

  it('no mark of a sentence is lost or moved away from its text', () => {
    const marks = fc.constantFrom(...'橋雨市。！？「」『』（）“”… abc.');
    fc.assert(
      fc.property(
        fc.array(marks, { maxLength: 40 }),
        fc.constantFrom('ja', 'zh', 'de'),
        (chars, language) => {
          const text = chars.join('');
          expect(sentencesOf(text, language).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        },
      ),
    );
  });
});

it.each([
  ['MARROW, Nov 5 (Gazette) — The lido stays open.', 'The lido stays open.'],
  ['MARROW, England, Nov 5 (Gazette) — The lido stays open.', 'The lido stays open.'],
  ['Marrow, Nov 5 (Gazette) — The lido stays open.', 'The lido stays open.'],
  ['BERLIN, 5. November (Kurier) - Das Freibad bleibt offen.', 'Das Freibad bleibt offen.'],
  [
    'UNESCO (the cultural body) said on Monday that the pier is safe.',
    'UNESCO (the cultural body) said on Monday that the pier is safe.',
  ],
])('an agency that nobody knows is told from an explanation: %s', (text, expected) => {
  expect(withoutDateline(text)).toBe(expected);
});

it('no label of related stories stands in two tables', () => {
  expect([...RELATED_LABELS].filter(label => PAGE_LIST_LABELS.has(label))).toEqual([]);
  for (const label of [...RELATED_LABELS, ...PAGE_LIST_LABELS]) expect(label).toBe(label.toLowerCase());
});
