/** Marks that windows-1250, -1251 and -1252 have alike, and the euro sign. */
export const COMMON_MARKS: ReadonlySet<string> = new Set('‚„…†‡‰‹‘’“”•–—™›€\u00a0§©«¬\u00ad®°±µ¶·»');

/**
 * Letters and signs beyond ASCII that articles in a language of the West have in windows-1252. English has only those
 * of its foreign words that another encoding is not likely to make: “ñ” may be a Polish “ń” there.
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
