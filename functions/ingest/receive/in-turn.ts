import { setImmediate } from 'node:timers/promises';

/**
 * Makes a queue for work that uses a whole processor. Jobs run one after the other, in the order of the
 * calls. Between two jobs the event loop handles answers from AWS that have arrived. Without this pause, the
 * time limit of an AWS call could fire before its answer is read.
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
