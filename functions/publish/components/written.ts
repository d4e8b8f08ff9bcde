/** A language (BCP 47) and the direction in which it is written. */
export interface Written {
  language: string;
  direction: 'ltr' | 'rtl';
}

/** `lang` and `dir` of something, where they are not those of what it is in. */
export function languageAttributes(inner: Written, outer: Written): { lang?: string; dir?: 'ltr' | 'rtl' } {
  return {
    ...(inner.language === outer.language ? {} : { lang: inner.language }),
    ...(inner.direction === outer.direction ? {} : { dir: inner.direction }),
  };
}

/** `lang` and `dir` of words that are not in the language of what they are in. */
export type Chrome = ReturnType<typeof languageAttributes>;
