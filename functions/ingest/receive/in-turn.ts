import { setImmediate } from 'node:timers/promises';

/**
 * Makes a queue for work that uses a whole processor. Jobs run one after the other, in the order of the
 * calls. Between two jobs the event loop handles answers that have arrived. Otherwise a call's time limit,
 * which the work has delayed, would end a call whose answer is already there.
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
