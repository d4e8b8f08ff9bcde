/** Words of dates that Intl does not know. All lower-case. */

/** Languages whose month and weekday names are recognised. */
export const DATE_LANGUAGES: readonly string[] = [
  ...['en', 'uk', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'pl', 'ru', 'sv', 'nb', 'da', 'fi', 'cs', 'sk', 'hu', 'ro', 'el'],
  ...['tr', 'bg', 'sr', 'hr', 'sl', 'lt', 'lv', 'et', 'ca', 'be', 'ar', 'he', 'fa', 'id', 'vi', 'hi'],
];

/** Short forms that newsrooms use and Intl does not: month number from 1. */
export const MONTH_ABBREVIATIONS: ReadonlyMap<string, number> = new Map([
  ...['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'].map(
    (name, index): [string, number] => [name, index + 1],
  ),
  ['sept', 9],
  ['febr', 2],
  ['mär', 3],
  ['mrz', 3],
  ['févr', 2],
  ['fev', 2],
  ['avr', 4],
  ['juil', 7],
  ['août', 8],
  ['aout', 8],
  ['déc', 12],
  ['ene', 1],
  ['abr', 4],
  ['ago', 8],
  ['dic', 12],
  ['gen', 1],
  ['mag', 5],
  ['giu', 6],
  ['lug', 7],
  ['set', 9],
  ['ott', 10],
  ['мая', 5],
]);

/** Hours east of Greenwich of abbreviated zones; a name is a zone that knows its own summer time. */
export const ZONES: ReadonlyMap<string, number | string> = new Map<string, number | string>([
  ['z', 0],
  ['gmt', 0],
  ['ut', 0],
  ['utc', 0],
  ['wet', 0],
  ['bst', 1],
  ['west', 1],
  ['cet', 1],
  ['mez', 1],
  ['cest', 2],
  ['mesz', 2],
  ['eet', 2],
  ['sast', 2],
  ['eest', 3],
  ['msk', 3],
  ['gst', 4],
  ['ist', 5.5],
  ['hkt', 8],
  ['sgt', 8],
  ['awst', 8],
  ['jst', 9],
  ['kst', 9],
  ['aest', 10],
  ['aedt', 11],
  ['nzst', 12],
  ['nzdt', 13],
  ['est', -5],
  ['edt', -4],
  ['cst', -6],
  ['cdt', -5],
  ['mst', -7],
  ['mdt', -6],
  ['pst', -8],
  ['pdt', -7],
  ['akst', -9],
  ['akdt', -8],
  ['hst', -10],
  ['et', 'America/New_York'],
  ['ct', 'America/Chicago'],
  ['mt', 'America/Denver'],
  ['pt', 'America/Los_Angeles'],
]);

/** Words between the parts of a date that add nothing. */
export const DATE_FILLERS: ReadonlySet<string> = new Set([
  ...['at', 'on', 'of', 'the', 'um', 'am', 'den', 'uhr', 'le', 'à', 'a', 'de', 'del', 'el', 'las', 'los', 'alle', 'ore', 'il'],
  ...['kl', 'klo', 'h', 'hs', 'hrs', 'hours', 'о', 'об', 'р', 'року', 'рік', 'г', 'год', 'года', 'в', 'roku', 'r', 'g', 'às'],
  ...['τις', 'στις', 'ngày', 'lúc', 'pukul', 'tanggal', 'saat', 'time', 'local', 'ora', 'óra', 'do', 'da', 'em', 'du', 'годині'],
  ...['published', 'updated', 'posted', 'last', 'date', 'first', 'modified', 'veröffentlicht', 'aktualisiert', 'stand'],
  ...['publié', 'mis', 'jour', 'publicado', 'actualizado', 'pubblicato', 'aggiornato', 'опубліковано', 'оновлено'],
  ...['опубликовано', 'обновлено', 'дата', 'data', 'datum', 'fecha'],
]);
