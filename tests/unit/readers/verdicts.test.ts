import { FIRST_TEXT, HEADLINES } from '../../readers/copy.ts';
import type { Shown } from '../../readers/reader.ts';
import { difference, nothingNew, restored, withdrawn } from '../../readers/verdicts.ts';

const entry = (more: Partial<Shown> = {}): Shown => ({
  ...{ id: '1', title: HEADLINES.killed, author: '', content: `It happened, ${FIRST_TEXT}.`, date: '1' },
  recordings: [],
  ...more,
});

describe('a difference', () => {
  const before = [entry(), entry({ id: '2', title: 'Another one' })];

  test.each<[string, Shown[], string]>([
    ['none', before, 'nothing'],
    ['an entry that has left the feed', before.slice(1), 'nothing'],
    ['a story under another id', [...before, entry({ id: '3' })], '**1 new**'],
    ['a second entry of the same id', [...before, entry()], '**1 new**'],
    ['a story that was never shown', [...before, entry({ id: '3', title: 'A third one' })], '**1 new**'],
    ['a story that is unread', [entry({ unread: true }), entry({ id: '2', unread: false })], '**1 unread**'],
    ['another date', [entry({ date: '2' })], '**1 other dates**'],
  ])('%s', (_, after, said) => expect(nothingNew(difference(before, after))).toBe(said));

  test('tells a story that is shown again from one that was never shown', () => {
    const after = [...before, entry({ id: '3' }), entry({ id: '4', title: 'A fourth one' })];
    expect(difference(before, after)).toMatchObject({ again: 1, first: 1 });
  });

  test('says nothing of unread entries of a reader without such marks', () =>
    expect(difference(before, before).unread).toBeUndefined());
});

const NOTICE = entry({ title: `Withdrawn: ${HEADLINES.killed}`, content: 'This story was withdrawn.' });
const READER = { name: '', formats: [], shows: 'html', subscribe: () => Promise.reject() } as const;

test.each<[string, Shown[], string]>([
  ['no entry', [], 'gone'],
  ['its text', [entry()], '**whole story**'],
  ['its text under another headline', [{ ...NOTICE, content: FIRST_TEXT }], '**whole story**'],
  ['a notice', [NOTICE], 'notice'],
  ['its headline', [entry({ content: '' })], 'headline'],
  ['a notice beside its text', [NOTICE, entry()], '**whole story** and notice'],
])('a withdrawn story of which a reader shows %s', (_, entries, said) =>
  expect(withdrawn(entries, READER)).toBe(said),
);

test.each<[string, Shown[], string]>([
  ['once', [entry({ unread: false })], 'once'],
  ['once, unread', [entry({ unread: true })], 'unread'],
  ['twice', [entry(), entry({ id: '2' })], 'twice'],
  ['beside its notice', [NOTICE, entry()], 'beside a notice'],
  ['as a notice', [NOTICE], '**notice**'],
])('a restored story that a reader shows %s', (_, entries, said) =>
  expect(restored(entries, READER)).toBe(said),
);
