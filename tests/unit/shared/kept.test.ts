import { Kept } from '../../../shared/text/kept.ts';

test('a value is made once, also if it is undefined', () => {
  const kept = new Kept<number | undefined>(2);
  const make = jest.fn(() => undefined);
  expect([kept.get('a', make), kept.get('a', make)]).toEqual([undefined, undefined]);
  expect(make).toHaveBeenCalledTimes(1);
});

test('each key has its own value', () => {
  const kept = new Kept<string>(2);
  expect(['a', 'b', 'a'].map(key => kept.get(key, () => key))).toEqual(['a', 'b', 'a']);
});

test('the oldest value is forgotten first', () => {
  const kept = new Kept<number>(2);
  let made = 0;
  for (const key of ['a', 'b', 'c']) kept.get(key, () => ++made);
  expect(kept.get('b', () => ++made)).toBe(2);
  expect(kept.get('c', () => ++made)).toBe(3);
  expect(kept.get('a', () => ++made)).toBe(4);
});

test('the weights of the kept values are at most the maximum', () => {
  const kept = new Kept<string>(10, value => value.length);
  const isKept = (key: string) => kept.get(key, () => '') !== '';
  kept.get('a', () => '1234');
  kept.get('b', () => '123456');
  kept.get('c', () => '1');
  expect(['a', 'b', 'c'].map(isKept)).toEqual([false, true, true]);
});

test('a value above the maximum is not kept, and the others stay', () => {
  const kept = new Kept<string>(10, value => value.length);
  kept.get('a', () => '1234');
  kept.get('b', () => '12345678901');
  expect(kept.get('b', () => 'again')).toBe('again');
  expect(kept.get('a', () => 'again')).toBe('1234');
});

test('what cannot be made is tried again', () => {
  const kept = new Kept<number>(2);
  const fail = () => {
    throw new Error('no');
  };
  expect(() => kept.get('a', fail)).toThrow('no');
  expect(kept.get('a', () => 1)).toBe(1);
});
