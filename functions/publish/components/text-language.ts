/** A language (BCP 47) and the direction in which it is written. */
export interface TextLanguage {
  language: string;
  direction: 'ltr' | 'rtl';
}

/** `lang` and `dir` attributes of an element whose language differs from its surroundings. */
export type LanguageAttributes = { lang?: string; dir?: 'ltr' | 'rtl' };

/** The `lang` and `dir` attributes of an inner element that differ from those of the outer one. */
export function languageAttributes(inner: TextLanguage, outer: TextLanguage): LanguageAttributes {
  return {
    ...(inner.language === outer.language ? {} : { lang: inner.language }),
    ...(inner.direction === outer.direction ? {} : { dir: inner.direction }),
  };
}
