import { Kept } from './kept.ts';

/** Scripts that are written from right to left (ISO 15924; Unicode gives their letters the class R or AL). */
const RIGHT_TO_LEFT_SCRIPTS = new Set(
  `Adlm Arab Aran Armi Avst Chrs Cprt Elym Gara Hatr Hebr Hung Khar Lydi Mand Mani Mend Merc Mero Narb Nbat Nkoo Orkh
  Ougr Palm Phli Phlp Phnx Prti Rohg Samr Sarb Sogd Sogo Syrc Thaa Todr Yezi`.split(/\s+/),
);

/** Maximum number of tags whose forms are kept. A page asks for a tag at each date and label, and ICU parses it each time. */
const MAX_KEPT_TAGS = 500;

const tags = new Kept<string | undefined>(MAX_KEPT_TAGS);
const scripts = new Kept<string | undefined>(MAX_KEPT_TAGS);

/** Returns a language tag in its canonical form (BCP 47), or undefined if it is not valid. */
export function languageTag(tag: string): string | undefined {
  return tags.get(tag, () => canonical(tag));
}

function canonical(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * Reads a stated language in a common form: `uk`, `pt_BR`, `en-us,en`. Of several languages, the first is used. Returns
 * undefined for names such as "English".
 */
export function statedLanguage(stated: string | undefined): string | undefined {
  const [first = ''] = stated?.split(',', 1) ?? [];
  const tag = first.trim().replaceAll('_', '-');
  return /^[a-z]{2,3}(?:-|$)/i.test(tag) ? languageTag(tag) : undefined;
}

/** Returns the usual script of a language (ISO 15924), or undefined if it is not known. */
export function scriptOf(language: string): string | undefined {
  return scripts.get(language, () => {
    const tag = languageTag(language);
    return tag === undefined ? undefined : new Intl.Locale(tag).maximize().script;
  });
}

/** Returns the writing direction of a language, from the script in its tag or from its usual script. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT_SCRIPTS.has(scriptOf(language) ?? '') ? 'rtl' : 'ltr';
}
