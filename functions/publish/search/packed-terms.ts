import { hashOf } from './terms.ts';

/**
 * Hashes of terms, sorted and stored as differences in the code of Golomb and Rice, in base64. The first character tells
 * the number of low bits of each difference.
 */
export type PackedTerms = string;

/**
 * Bits of a hash. A text of 300 terms then seems to have a term that it has not in one of 3,500 cases, and takes about 13
 * bits a term. With 16 bits one article of an index document would be shown wrongly for each fifth word.
 */
const HASH_BITS = 20;

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES: ReadonlyMap<string, number> = new Map([...BASE64].map((char, value) => [char, value]));

/** Packs the hashes of terms. */
export function packTerms(terms: Iterable<string>): PackedTerms {
  const hashes = [...new Set([...terms].map(shortHash))].sort((a, b) => a - b);
  const lowBits = Math.max(
    0,
    Math.floor(Math.log2((2 ** HASH_BITS / Math.max(1, hashes.length)) * Math.LN2)),
  );
  let packed = BASE64.charAt(lowBits);
  let six = 0;
  let count = 0;
  const add = (bit: number) => {
    six = six * 2 + bit;
    if (++count < 6) return;
    packed += BASE64.charAt(six);
    six = 0;
    count = 0;
  };
  let last = -1;
  for (const hash of hashes) {
    const difference = hash - last - 1;
    for (let high = difference >>> lowBits; high > 0; high--) add(1);
    add(0);
    for (let bit = lowBits - 1; bit >= 0; bit--) add((difference >>> bit) & 1);
    last = hash;
  }
  // The unused bits at the end begin a number that never ends.
  while (count > 0) add(1);
  return packed;
}

/** Whether packed terms have a term. They seldom seem to have another one. */
export function hasTerm(hashes: ReadonlySet<number>, term: string): boolean {
  return hashes.has(shortHash(term));
}

/** The hashes of packed terms. */
export function unpackTerms(packed: PackedTerms): Set<number> {
  const lowBits = VALUES.get(packed.charAt(0)) ?? 0;
  const hashes = new Set<number>();
  let last = -1;
  let high = 0;
  let low = 0;
  /** Low bits that are still to be read; -1 while the high part is read. */
  let left = -1;
  const finish = () => {
    last += 1 + high * 2 ** lowBits + low;
    hashes.add(last);
    high = 0;
    low = 0;
    left = -1;
  };
  for (let at = 1; at < packed.length; at++) {
    const six = VALUES.get(packed.charAt(at)) ?? 0;
    for (let bit = 5; bit >= 0; bit--) {
      const value = (six >>> bit) & 1;
      if (left < 0) {
        if (value === 1) high++;
        else if (lowBits === 0) finish();
        else left = lowBits;
      } else {
        low = low * 2 + value;
        if (--left === 0) finish();
      }
    }
  }
  return hashes;
}

function shortHash(term: string): number {
  return hashOf(term) >>> (32 - HASH_BITS);
}
