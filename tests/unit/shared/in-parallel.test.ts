import { setTimeout } from 'node:timers/promises';
import { inParallel } from '../../../shared/errors/in-parallel.ts';

/** Work on many items, of which one fails while others run. */
test('after an error no work begins, and none is left running', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const work = async (item: number) => {
    begun.push(item);
    // The first one ends last.
    await setTimeout(item === 0 ? 20 : 1);
    if (item === 1) throw new Error('the table is away');
    ended.push(item);
  };
  await expect(inParallel([0, 1, 2, 3, 4, 5], work, { concurrency: 2 })).rejects.toThrow('the table is away');
  expect(begun).toEqual([0, 1]);
  expect(ended).toEqual([0]);
});

test('without an error it gives the results in the order of the items', async () => {
  const slowFirst = async (item: number) => {
    await setTimeout(item === 1 ? 5 : 0);
    return item * 2;
  };
  expect(await inParallel([1, 2, 3], slowFirst, { concurrency: 3 })).toEqual([2, 4, 6]);
});
