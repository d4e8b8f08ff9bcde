/** Keys of a bucket in the order of S3's lists: by their UTF-8 bytes. */
export class KeyOrder {
  readonly #keys: string[];

  constructor(keys: Iterable<string>) {
    this.#keys = [...keys].sort(compareUtf8);
  }

  add(key: string): void {
    const at = this.#from(key);
    if (this.#keys[at] !== key) this.#keys.splice(at, 0, key);
  }

  delete(key: string): void {
    const at = this.#from(key);
    if (this.#keys[at] === key) this.#keys.splice(at, 1);
  }

  *startingAt(key: string): Generator<string> {
    for (let at = this.#from(key); at < this.#keys.length; at++) yield this.#keys[at] ?? '';
  }

  #from(key: string): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareUtf8(this.#keys[middle] ?? '', key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * Compares strings by their UTF-8 bytes. The order is that of `<`, except that surrogates (characters from U+10000 on)
 * come after U+E000 to U+FFFF.
 */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return weight(left) - weight(right);
  }
  return a.length - b.length;
}

function weight(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
