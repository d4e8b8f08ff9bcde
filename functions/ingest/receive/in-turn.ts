import { setImmediate } from 'node:timers/promises';

/** A queue for work that uses a whole processor. Jobs run one after the other, in the order of the calls. */
export interface Turns {
  <T>(work: () => Promise<T>): Promise<T>;
  /** Resolves once no job waits or runs. */
  idle(): Promise<void>;
}

/**
 * Makes a queue. Between two jobs the event loop handles answers from AWS that have arrived. Without this pause, the
 * time limit of an AWS call could fire before its answer is read.
 */
export function inTurn(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  const turns = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(async () => {
      await setImmediate();
      return work();
    });
    last = mine.catch(() => undefined);
    return mine;
  };
  const idle = async () => {
    for (let seen: unknown; seen !== last; ) {
      seen = last;
      await last;
    }
  };
  return Object.assign(turns, { idle });
}
