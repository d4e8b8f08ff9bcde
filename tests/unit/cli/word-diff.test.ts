import fc from 'fast-check';
import { type DiffPart, wordDiff } from '../../../cli/desk/backend/word-diff.ts';

const textOf = (parts: readonly DiffPart[], other: DiffPart['kind']) =>
  parts
    .filter(({ kind }) => kind !== other)
    .map(({ text }) => text)
    .join('');

test('a comparison holds both texts whole', () => {
  const words = fc
    .array(fc.constantFrom('the', 'ferry', 'sails', '.', 'не', '港が再開', 'العبّارة', '\n', ' '), {
      maxLength: 30,
    })
    .map(list => list.join(' '));
  fc.assert(
    fc.property(words, words, fc.constantFrom('en', 'ja', 'x-none'), (before, after, language) => {
      const parts = wordDiff(before, after, language);
      expect(textOf(parts, 'added')).toBe(before);
      expect(textOf(parts, 'removed')).toBe(after);
      expect(parts.every(({ text }) => text !== '')).toBe(true);
      expect(parts.some(({ kind }, index) => kind === parts[index + 1]?.kind)).toBe(false);
    }),
  );
});

test.each([
  ['The ferry sails again.', 'The ferry sails no more.', 'en', 'The ferry sails [again>no more].'],
  ['The ferry sails.', 'The old ferry sails.', 'en', 'The [>old ]ferry sails.'],
  ['One two three', 'Four five six', 'en', '[One two three>Four five six]'],
  ['冬の後に港が再開した', '冬の後に港が閉鎖した', 'ja', '冬の後に港が[再開>閉鎖]した'],
  ['Same', 'Same', 'en', 'Same'],
  ['', 'New', 'en', '[>New]'],
])('%s → %s', (before, after, language, shown) => {
  const parts = wordDiff(before, after, language);
  const text = parts
    .map(({ text, kind }) => (kind === 'same' ? text : kind === 'removed' ? `[${text}>]` : `[>${text}]`))
    .join('')
    .replaceAll('>][>', '>');
  expect(text).toBe(shown);
});

test('long texts without a common word are replaced as a whole, in little time', () => {
  const long = (letter: string) => Array.from({ length: 5_000 }, (_, at) => `${letter}${at}`).join(' ');
  expect(wordDiff(`Ferry ${long('a')}`, `Ferry ${long('b')}`, 'en').map(({ kind }) => kind)).toEqual([
    'same',
    'removed',
    'added',
  ]);
});
