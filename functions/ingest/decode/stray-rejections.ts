type Listener = NodeJS.UnhandledRejectionListener;

const EVENT = 'unhandledRejection';

/** Number of calls that run, and the listeners that they have replaced. */
let running = 0;
let replaced: Listener[] = [];
let isStrayError: (reason: unknown) => boolean = () => false;

/**
 * Runs a third-party package that leaves rejected promises without a handler. Such a promise would end the process, and
 * with it the work on other files. Other rejections go to the listeners that were there before.
 * @param isStray whether a reason is an error of the package
 */
export async function withoutStrayRejections<T>(
  isStray: (reason: unknown) => boolean,
  run: () => Promise<T>,
): Promise<T> {
  isStrayError = isStray;
  if (running++ === 0) {
    replaced = process.listeners(EVENT);
    process.removeAllListeners(EVENT);
    process.on(EVENT, ignoreStray);
  }
  try {
    return await run();
  } finally {
    // Node reports a rejection after the microtasks that follow it.
    await new Promise(resolve => setImmediate(resolve));
    if (--running === 0) {
      process.removeListener(EVENT, ignoreStray);
      for (const listener of replaced) process.on(EVENT, listener);
    }
  }
}

/** Without other listeners, an error that is thrown here ends the process, as Node does by itself. */
function ignoreStray(...[reason, promise]: Parameters<Listener>): void {
  if (isStrayError(reason)) return;
  if (replaced.length === 0) throw reason;
  for (const listener of replaced) listener(reason, promise);
}
