import fc from 'fast-check';
import { lookupKeys, minhash, resemblance } from '../../../shared/model/minhash.ts';

/** A text of this many different words, which no other seed shares. */
function text(seed: string, words: number): string[] {
  return Array.from({ length: words }, (_, index) => `${seed}${(index * 7919) % 10_007}`);
}

function minhashOf(words: readonly string[]): string {
  return minhash(words.join(' ')) ?? '';
}

test('a text resembles itself wholly, and another not at all', () => {
  const one = minhashOf(text('a', 300));
  expect(resemblance(one, one)).toBe(1);
  expect(resemblance(one, minhashOf(text('b', 300)))).toBe(0);
});

test('case, punctuation and white space do not count', () => {
  const words = text('a', 100);
  expect(minhash(words.join(', ').toUpperCase())).toBe(minhash(words.join('\n')));
});

test('the estimate is near the truth', () => {
  for (const changed of [0, 1, 3, 10, 30]) {
    const words = text('a', 600);
    const other = words.map((word, index) => (index % 60 < changed ? `new${index}` : word));
    const shingles = (list: string[]) =>
      new Set(list.slice(4).map((_, at) => list.slice(at, at + 5).join(' ')));
    const [inOne, inOther] = [shingles(words), shingles(other)];
    const shared = [...inOne].filter(shingle => inOther.has(shingle)).length;
    const truth = shared / (inOne.size + inOther.size - shared);
    expect(Math.abs(resemblance(minhashOf(words), minhashOf(other)) - truth)).toBeLessThan(0.2);
  }
});

test('a story with a typing error mended is looked up under a key that it shares', () => {
  let found = 0;
  for (let story = 0; story < 200; story++) {
    const words = text(`s${story}x`, 200);
    const mended = words.with(100, 'mended');
    const keys = lookupKeys(minhashOf(words));
    if (lookupKeys(minhashOf(mended)).some(key => keys.includes(key))) found++;
  }
  expect(found).toBeGreaterThanOrEqual(198);
});

test('scripts without spaces are compared too', () => {
  const story =
    '港口大桥将于春季提前一年开放，通行费将减半，市议会周四宣布。这座大桥连接旧城与外岛，建设历时六年。';
  const mended = story.replace('六年', '七年');
  expect(resemblance(minhash(story) ?? '', minhash(mended) ?? '')).toBeGreaterThan(0.5);
});

test('a text of a few words is too short to compare', () => {
  expect(minhash('Ferry sails at noon')).toBeUndefined();
});

test('any text has a fingerprint or none, and resembles itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), any => {
      const made = minhash(any);
      if (made !== undefined) expect(resemblance(made, made)).toBe(1);
    }),
  );
});
