/** Marks that windows-1250, windows-1251 and windows-1252 share, and the euro sign. */
export const COMMON_MARKS: ReadonlySet<string> = new Set('‚„…†‡‰‹‘’“”•–—™›€\u00a0§©«¬\u00ad®°±µ¶·»');

/**
 * Non-ASCII letters and signs that articles in a Western language use in windows-1252. English has only
 * letters of foreign words that are certain: “ñ” is not in its list because the byte can be a Polish “ń”.
 */
export const WESTERN_LETTERS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    en: 'àáâäçéèêëíïîóôöúü£',
    fr: 'àâæçéèêëîïôùûüÿœ',
    de: 'äöüßé',
    es: 'áéíñóúü¡¿ªº',
    pt: 'áâãàçéêíóôõúüªº',
    it: 'àèéìíòóùú',
    nl: 'áäéèëêïíóöüú',
    sv: 'åäöéü',
    da: 'æøåéèêóòôöäü',
    nb: 'æøåéèêóòôöäü',
    nn: 'æøåéèêóòôöäü',
    no: 'æøåéèêóòôöäü',
    fi: 'äöåé',
    is: 'áðéíóúýþæö',
    ca: 'àçèéíïòóúü',
    gl: 'áéíñóúü',
  }).map(([language, letters]) => [language, new Set(letters)]),
);
