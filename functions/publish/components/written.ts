import { scriptOf } from '../../../shared/text/language-tag.ts';

const RIGHT_TO_LEFT_SCRIPTS = new Set([
  'Adlm',
  'Arab',
  'Hebr',
  'Mand',
  'Mend',
  'Nkoo',
  'Rohg',
  'Samr',
  'Syrc',
  'Thaa',
]);

/** The direction in which a language is usually written. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT_SCRIPTS.has(scriptOf(language) ?? '') ? 'rtl' : 'ltr';
}

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
