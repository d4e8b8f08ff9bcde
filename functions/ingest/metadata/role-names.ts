import { AUTHOR_CLASSES, DATE_CLASSES } from '../words/html/metadata.ts';

// Bits of the roles that an element has by its class and id.
export const AUTHOR_ROLE = 1;
export const DATE_ROLE = 2;
export const HEADLINE_ROLE = 4;
export const DEK_ROLE = 8;

const HEADLINE_NAMES =
  /(?:^|[\s_-])(?:entry-?title|post-?title|article-?title|article-?headline|story-?headline|headline|articletitle|page-?title|content-?heading|item-?title|titre|titolo)(?:$|[\s_-])/i;
const DEK_NAMES =
  /(?:^|[\s_-])(?:dek|standfirst|sub-?headline|sub-?head|article-?subtitle|entry-?subtitle|chapo)(?:$|[\s_-])/i;

/** Matches the microformat class of a name. In other classes, `fn-` stands for a function. */
const NAME_CLASS = /(?:^|\s)fn(?:$|\s)/i;

/**
 * Trigrams for a fast check before the slow patterns. Each name of a role holds one of them or a letter
 * outside ASCII. Few other names hold one. A hyphen stands for the start of the name and for any character
 * except a letter.
 */
const ROLE_TRIGRAMS =
  'byl by- aut dac yaz rfa wri gna irm jou epo tri -fn mpo ubm dat fec tim ubl ste rea plo itl itr ito adl adi dek ndf ubh ub- hap';

/** Number of bits of a symbol, which is one of 26 letters or no letter. */
const SYMBOL_BITS = 5;
/** Mask for the bits of three symbols. */
const TRIGRAM_MASK = 0x7fff;

/** One bit for each possible trigram. The 4 KiB stay in the processor's cache. */
const TRIGRAM_BITMAP = new Uint32Array((TRIGRAM_MASK + 1) / 32);
for (const mark of ROLE_TRIGRAMS.split(' ')) {
  let code = 0;
  for (const character of mark) code = (code << SYMBOL_BITS) | symbolOf(character.charCodeAt(0));
  TRIGRAM_BITMAP[code >>> 5] = (TRIGRAM_BITMAP[code >>> 5] ?? 0) | (1 << (code & 31));
}

/** Writes `authorList` as `author-List`, so that patterns find whole words. */
export function withHyphens(names: string): string {
  return names.replace(/(?<=[a-z])(?=[A-Z][a-z])/g, '-');
}

/** Returns the bits of the roles that a class or an id names. */
export function rolesOf(names: string): number {
  const words = withHyphens(names);
  return (
    (AUTHOR_CLASSES.test(words) || NAME_CLASS.test(names) ? AUTHOR_ROLE : 0) |
    (DATE_CLASSES.test(words) ? DATE_ROLE : 0) |
    (HEADLINE_NAMES.test(names) ? HEADLINE_ROLE : 0) |
    (DEK_NAMES.test(names) ? DEK_ROLE : 0)
  );
}

/** False for most names without a role, and true for all names with one. It is much faster than `rolesOf`. */
export function mayHaveRole(names: string): boolean {
  let last = 0;
  for (let index = 0; index < names.length; index += 1) {
    const code = names.charCodeAt(index);
    if (code >= 128) return true;
    last = ((last << SYMBOL_BITS) | symbolOf(code)) & TRIGRAM_MASK;
    if (((TRIGRAM_BITMAP[last >>> 5] ?? 0) >>> (last & 31)) & 1) return true;
  }
  return false;
}

/** Returns 1 to 26 for ASCII letters of either case, and 0 for other characters. */
function symbolOf(code: number): number {
  const letter = (code | 32) - 96;
  return letter >= 1 && letter <= 26 ? letter : 0;
}
