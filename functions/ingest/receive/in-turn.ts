import { setImmediate } from 'node:timers/promises';

/**
 * Makes a queue for work that takes a whole processor: one piece after the other, in the order in which they come.
 * Between two of them, what has arrived from elsewhere is looked at: otherwise the time limits of calls, which the work
 * has held up, would end those whose answer is there already.
 */
export function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return work => {
    const mine = last.then(async () => {
      await setImmediate();
      return work();
    });
    last = mine.catch(() => undefined);
    return mine;
  };
}
