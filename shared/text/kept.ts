/**
 * Values that are slow to make, kept by a key that says all that they depend on. The oldest are forgotten first.
 * @example
 * ```ts
 * import { Kept } from './kept.ts';
 *
 * const lengths = new Kept<number>(2);
 * console.log(lengths.get('abc', () => 3), lengths.get('abc', () => 0)); // 3 3
 * ```
 */
export class Kept<Value> {
  readonly #values = new Map<string, Value>();
  readonly #max: number;
  readonly #weigh: (value: Value, key: string) => number;
  #weight = 0;

  /**
   * @param max maximum weight of all values. A value above it is made each time
   * @param weigh the weight of a value, which never changes. Default: 1
   */
  constructor(max: number, weigh: (value: Value, key: string) => number = () => 1) {
    this.#max = max;
    this.#weigh = weigh;
  }

  /** The value of a key. It is made at the first request, and again after it was forgotten. */
  get(key: string, make: () => Value): Value {
    const known = this.#values.get(key);
    if (known !== undefined || this.#values.has(key)) return known as Value;
    const value = make();
    const weight = this.#weigh(value, key);
    if (weight > this.#max) return value;
    this.#values.set(key, value);
    this.#weight += weight;
    for (const [oldest, forgotten] of this.#values) {
      if (this.#weight <= this.#max) break;
      this.#values.delete(oldest);
      this.#weight -= this.#weigh(forgotten, oldest);
    }
    return value;
  }
}
