import { timeLeft } from '../../../cli/output/terminal.ts';

test.each([
  [0, ' 0s'],
  [7, ' 7s'],
  [200, ' 3m20s'],
  ['INF', 'some time'],
  ['NULL', 'some time'],
])('a bar tells of %j seconds as %j', (seconds, said) => {
  expect(timeLeft(seconds, { autopaddingChar: ' ' }, 5)).toBe(said);
});
