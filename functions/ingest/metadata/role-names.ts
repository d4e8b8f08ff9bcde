import { AUTHOR_CLASSES, DATE_CLASSES } from '../words/html-metadata.ts';

/** What the class and id of an element say that it holds: bits. */
export const AUTHOR = 1;
export const DATE = 2;
export const HEADLINE = 4;
export const DEK = 8;

const HEADLINE_NAMES =
  /(?:^|[\s_-])(?:entry-?title|post-?title|article-?title|article-?headline|story-?headline|headline|articletitle|page-?title|content-?heading|item-?title|titre|titolo)(?:$|[\s_-])/i;
const DEK_NAMES =
  /(?:^|[\s_-])(?:dek|standfirst|sub-?headline|sub-?head|article-?subtitle|entry-?subtitle|chapo)(?:$|[\s_-])/i;

/**
 * Each name of a role has one of these, or letters that are not ASCII. A hyphen stands for all that is no letter, and for
 * the beginning. Few other names have any, and the patterns are slow.
 */
const MARKS =
  'byl by- aut dac yaz rfa wri gna irm jou epo tri -fn mpo ubm dat fec tim ubl ste rea plo itl itr ito adl adi dek ndf ubh ub- hap';

/** Bits of a symbol, one of 26 letters or none; and all bits of three. */
const BITS = 5;
const THREE = 0x7fff;

/** A bit for each three symbols: small enough for the processor to keep at hand. */
const MARKED = new Uint32Array((THREE + 1) / 32);
for (const mark of MARKS.split(' ')) {
  let code = 0;
  for (const character of mark) code = (code << BITS) | symbolOf(character.charCodeAt(0));
  MARKED[code >>> 5] = (MARKED[code >>> 5] ?? 0) | (1 << (code & 31));
}

/** The roles that the names in a class or an id give an element. */
export function rolesOf(names: string): number {
  return (
    (AUTHOR_CLASSES.test(names) ? AUTHOR : 0) |
    (DATE_CLASSES.test(names) ? DATE : 0) |
    (HEADLINE_NAMES.test(names) ? HEADLINE : 0) |
    (DEK_NAMES.test(names) ? DEK : 0)
  );
}

/** False for most names that have no role: a cheap look at their letters. */
export function mayHaveRole(names: string): boolean {
  let last = 0;
  for (let index = 0; index < names.length; index += 1) {
    const code = names.charCodeAt(index);
    if (code >= 128) return true;
    last = ((last << BITS) | symbolOf(code)) & THREE;
    if (((MARKED[last >>> 5] ?? 0) >>> (last & 31)) & 1) return true;
  }
  return false;
}

/** 1 to 26 for ASCII letters of either case; 0 for the rest. */
function symbolOf(code: number): number {
  const letter = (code | 32) - 96;
  return letter >= 1 && letter <= 26 ? letter : 0;
}
