/**
 * Fingerprints for finding near duplicates: a bottom-k MinHash, the smallest hashes of the shingles of a text (Broder,
 * "On the resemblance and containment of documents", 1997). The shared part of two fingerprints estimates the shared
 * part of the shingles.
 */

/** Number of words in a shingle. A typing error changes five shingles, and five equal words are rarely a coincidence. */
const SHINGLE_WORDS = 5;

/** Number of characters in a shingle of a script without spaces. It is about as much text as five words. */
const SHINGLE_CHARACTERS = 8;

/** Number of hashes in a fingerprint. With 64, two of three estimates have an error below 0.05. */
const FINGERPRINT_HASHES = 64;

/**
 * Number of hashes by which a text is looked up. If two texts share 90 % of their shingles, they have one of three hashes
 * in common in 99.9 % of cases. Each hash costs a write and a query per new article.
 */
const LOOKUP_KEYS = 3;

/** Minimum number of shingles of a text that can be compared. */
const MIN_SHINGLES = 20;

/** Scripts that write words without spaces between them. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/**
 * Makes the fingerprint of a plain text: hashes of eight hexadecimal digits each, the smallest first, with dots between
 * them. Case, punctuation and white space have no effect.
 * @returns undefined if the text is too short
 */
export function minhash(text: string): string | undefined {
  const hashes = new Set<number>();
  for (const shingle of shingles(text)) hashes.add(hash(shingle));
  if (hashes.size < MIN_SHINGLES) return undefined;
  const smallest = [...Uint32Array.from(hashes).sort().subarray(0, FINGERPRINT_HASHES)];
  return smallest.map(value => value.toString(16).padStart(8, '0')).join('.');
}

/** Returns the hashes by which a text is entered and looked up. The list is empty if there is no fingerprint. */
export function lookupKeys(fingerprint: string | undefined): string[] {
  return fingerprint === undefined ? [] : fingerprint.split('.').slice(0, LOOKUP_KEYS);
}

/** Estimates the share of common shingles of two texts from their fingerprints, from 0 to 1. */
export function resemblance(a: string, b: string): number {
  const inA = new Set(a.split('.'));
  const inB = new Set(b.split('.'));
  const union = [...new Set([...inA, ...inB])].sort().slice(0, Math.max(inA.size, inB.size));
  return union.filter(value => inA.has(value) && inB.has(value)).length / union.length;
}

function* shingles(text: string): Generator<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const unspaced = UNSPACED.test(text.slice(0, 2_000));
  const units = unspaced ? [...words.join('')] : words;
  const length = unspaced ? SHINGLE_CHARACTERS : SHINGLE_WORDS;
  for (let at = 0; at + length <= units.length; at++) yield units.slice(at, at + length).join(' ');
}

/** FNV-1a with the final mixing of MurmurHash3. Without it the small values are not evenly distributed. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
