import fc from 'fast-check';
import { excerpt, looksLikeMarkup, oneLine, printable } from '../../../functions/publish/content/text.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';
import { anyText, publishable, publishableLine } from './poison.ts';

test('printable text has every character that XML allows and no other', () => {
  fc.assert(fc.property(anyText(), text => expect(printable(text)).toBe(publishable(text))));
  for (let code = 0; code <= 0x10ffff; code++) {
    const character = String.fromCodePoint(code);
    if (printable(character) !== publishable(character)) throw new Error(`U+${code.toString(16)}`);
  }
});

test('a line has no breaks, no runs of spaces and no ends of spaces; other spaces stay', () => {
  fc.assert(fc.property(anyText(), text => expect(oneLine(text)).toBe(publishableLine(text))));
  expect(oneLine(' a\n\tb \u00A0c\u0007 ')).toBe('a b \u00A0c');
});

test('long runs of spaces take no longer than other text', async () => {
  const spaced = `a${' '.repeat(2_000_000)}b`;
  expect(await cpuMsOf(() => expect(oneLine(spaced)).toBe('a b'))).toBeLessThan(2_000);
});

test('an excerpt ends at a word and never inside a character', () => {
  expect(excerpt('one two three', 13)).toBe('one two three');
  expect(excerpt('one two three', 9)).toBe('one two…');
  expect(excerpt('👍👍👍👍', 3)).toBe('👍👍👍…');
  expect(excerpt('', 3)).toBe('');
});

test.each(['a <b> c', 'x </p', '<!-- c', '&amp;', 'a &#39; b', '&#x27;', '&nbsp;'])(
  '%s looks like markup',
  text => {
    expect(looksLikeMarkup(text)).toBe(true);
  },
);

test.each(['AT&T', '1 < 2 && 3 > 2', 'Q&A: yes; no', '<3', '5 &'])('%s does not', text => {
  expect(looksLikeMarkup(text)).toBe(false);
});
