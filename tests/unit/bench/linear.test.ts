import { formatOf, make } from '../../../bench/linear/kind.ts';
import { KINDS, plainOf } from '../../../bench/linear/kinds.ts';

test('the first kind is plain HTML, and the first of each format is what people file', () => {
  expect(KINDS[0]?.name).toBe('html: plain');
  for (const kind of KINDS) {
    expect(formatOf(plainOf(kind))).toBe(formatOf(kind));
    expect(plainOf(kind).name).not.toContain('bait');
  }
  expect(new Set(KINDS.map(({ name }) => name)).size).toBe(KINDS.length);
});

test.each(KINDS.filter(({ pack }) => !pack))('$name is made in the size that is asked for', kind => {
  for (const size of [5_000, 100_000]) {
    const { length } = make(kind, size);
    expect(length).toBeLessThanOrEqual(size);
    expect(length).toBeGreaterThan(size - 600);
  }
});

test('a part that does not fit is left out, and what stands behind the parts is kept', () => {
  const kind = { name: 'x: y', key: 'a', before: '<', after: '>', part: (number: number) => `${number};` };
  expect(Buffer.from(make(kind, 8)).toString()).toBe('<0;1;2;>');
  expect(Buffer.from(make(kind, 9)).toString()).toBe('<0;1;2;>');
});
