/** A language (BCP 47) and the direction in which it is written. */
export interface TextLanguage {
  language: string;
  direction: 'ltr' | 'rtl';
}

/** Attributes of an element whose language or direction differs from its surroundings. */
export type LanguageAttributes = { lang?: string; dir?: 'ltr' | 'rtl' };

/** Attributes of an element that differ from those of the elements around it. */
export function languageAttributes(inner: TextLanguage, outer: TextLanguage): LanguageAttributes {
  return {
    ...(inner.language === outer.language ? {} : { lang: inner.language }),
    ...(inner.direction === outer.direction ? {} : { dir: inner.direction }),
  };
}
