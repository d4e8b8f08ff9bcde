/** Scripts that are written from right to left (ISO 15924; Unicode gives their letters the class R or AL). */
const RIGHT_TO_LEFT_SCRIPTS = new Set(
  'Adlm Arab Aran Armi Avst Chrs Cprt Elym Gara Hatr Hebr Hung Khar Lydi Mand Mani Mend Merc Mero Narb Nbat Nkoo Orkh Ougr Palm Phli Phlp Phnx Prti Rohg Samr Sarb Sogd Sogo Syrc Thaa Todr Yezi'.split(
    ' ',
  ),
);

/** A language tag in its canonical form (BCP 47); undefined where it is none. */
export function languageTag(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * The language that a file states, as people and programs write it: `uk`, `pt_BR`, `en-us,en`. Of several the first.
 * Undefined for names such as "English", which a tag of that many letters could be but is not.
 */
export function statedLanguage(stated: string | undefined): string | undefined {
  const [first = ''] = stated?.split(',', 1) ?? [];
  const tag = first.trim().replaceAll('_', '-');
  return /^[a-z]{2,3}(?:-|$)/i.test(tag) ? languageTag(tag) : undefined;
}

/** The script in which a language is usually written (ISO 15924); undefined where that is not known. */
export function scriptOf(language: string): string | undefined {
  const tag = languageTag(language);
  return tag === undefined ? undefined : new Intl.Locale(tag).maximize().script;
}

/** The direction in which a language is written: that of the script which its tag states, else of its usual one. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT_SCRIPTS.has(scriptOf(language) ?? '') ? 'rtl' : 'ltr';
}
