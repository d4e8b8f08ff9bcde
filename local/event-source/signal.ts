/** Lets loops wait for an event or for a time-out. */
export class Signal {
  #waiters = new Set<() => void>();

  /** Ends every current `wait`. */
  notify(): void {
    const waiters = this.#waiters;
    this.#waiters = new Set();
    for (const wake of waiters) wake();
  }

  /** Resolves at the next `notify`, at the latest after `ms` milliseconds. Without `ms` there is no limit. */
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
