type Done = (error: Error | null) => void;

/** A range of keys, in the options of LevelDB. */
interface Range {
  gt?: string;
  gte?: string;
  lt?: string;
  lte?: string;
  reverse?: boolean;
  /** A negative number means no limit. */
  limit?: number;
}

/** Values by key, as the engine stores them. */
export interface Values {
  /** Runs a task while no other task holds the key. */
  lock(key: string, task: (release: <F>(callback: F) => F) => void): void;
  get(key: string, callback: (error: Error | null, value?: unknown) => void): void;
  put(key: string, value: unknown, callback: Done): void;
  del(key: string, callback: Done): void;
  batch(operations: readonly { type: 'put' | 'del'; key: string; value?: unknown }[], callback: Done): void;
  createKeyStream(range?: Range): object;
  createValueStream(range?: Range): object;
}

/**
 * Values in memory. The engine's own store for memory copies each value as JSON and waits for several turns of the
 * event loop at each access. This store needs no copy, because the engine never changes a value that it has stored.
 */
export class MemoryValues implements Values {
  readonly lock: Values['lock'];
  readonly #values = new Map<string, unknown>();
  /** All keys, sorted. */
  readonly #keys: string[] = [];

  constructor(lock: Values['lock']) {
    this.lock = lock;
  }

  get(key: string, callback: (error: Error | null, value?: unknown) => void): void {
    callback(null, this.#values.get(key));
  }

  put(key: string, value: unknown, callback: Done): void {
    if (!this.#values.has(key)) this.#keys.splice(this.#indexOf(key), 0, key);
    this.#values.set(key, value);
    callback(null);
  }

  del(key: string, callback: Done): void {
    if (this.#values.delete(key)) this.#keys.splice(this.#indexOf(key), 1);
    callback(null);
  }

  batch(operations: Parameters<Values['batch']>[0], callback: Done): void {
    const done = () => undefined;
    for (const { type, key, value } of operations) {
      if (type === 'put') this.put(key, value, done);
      else this.del(key, done);
    }
    callback(null);
  }

  createKeyStream(range: Range = {}): object {
    return new ValueStream(this.#within(range));
  }

  createValueStream(range: Range = {}): object {
    return new ValueStream(this.#within(range).map(key => this.#values.get(key)));
  }

  #within({ gt, gte, lt, lte, reverse = false, limit = -1 }: Range): string[] {
    let from = gte === undefined ? 0 : this.#indexOf(gte);
    if (gt !== undefined) from = Math.max(from, this.#indexAfter(gt));
    let to = lt === undefined ? this.#keys.length : this.#indexOf(lt);
    if (lte !== undefined) to = Math.min(to, this.#indexAfter(lte));
    const end = Math.max(from, to);
    if (limit < 0) return reverse ? this.#keys.slice(from, end).reverse() : this.#keys.slice(from, end);
    return reverse
      ? this.#keys.slice(Math.max(from, end - limit), end).reverse()
      : this.#keys.slice(from, Math.min(end, from + limit));
  }

  /** Index of the first key that is equal to `key` or greater. */
  #indexOf(key: string): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#keys[middle] ?? '') < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #indexAfter(key: string): number {
    const at = this.#indexOf(key);
    return this.#keys[at] === key ? at + 1 : at;
  }
}

/**
 * The part of a stream that the engine uses. A stream of Node costs more than the whole query. The engine adds two
 * listeners for values, and removes the first one from a stream of Node. Here the second one replaces the first.
 */
class ValueStream {
  readonly #listeners = new Map<string, (value?: unknown) => void>();
  #isDestroyed = false;

  constructor(values: readonly unknown[]) {
    queueMicrotask(() => {
      for (const value of values) {
        if (this.#isDestroyed) return;
        this.#listeners.get('data')?.(value);
      }
      this.#listeners.get('end')?.();
    });
  }

  on(event: string, listener: (value?: unknown) => void): void {
    this.#listeners.set(event, listener);
  }

  /** The engine calls this when it has read enough. It also calls {@link destroy}, which is enough here. */
  emit(): void {}

  removeAllListeners(): void {}

  destroy(): void {
    this.#isDestroyed = true;
  }
}
