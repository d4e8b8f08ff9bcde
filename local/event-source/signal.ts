/** Lets loops wait for something to happen, or for a time to pass, whichever is first. */
export class Signal {
  #waiters = new Set<() => void>();

  /** Wakes all who wait now. */
  notify(): void {
    const waiters = this.#waiters;
    this.#waiters = new Set();
    for (const wake of waiters) wake();
  }

  /** Resolves at the next `notify`, or after `ms`. */
  async wait(ms?: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    let wake: () => void = () => undefined;
    await new Promise<void>(resolve => {
      wake = resolve;
      this.#waiters.add(resolve);
      if (ms !== undefined) timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
    this.#waiters.delete(wake);
  }
}
