import { summarize } from '../../../functions/ingest/article/summary.ts';
import { withoutDateline } from '../../../functions/ingest/text/dateline.ts';
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
