import { directionOf, languageTag, statedLanguage } from '../../../shared/text/language-tag.ts';

test.each(
  // By its usual script; by the script that the tag states; by the script that is usual in the region.
  'ar fa ur he yi ps ckb sd ug ks dv syr nqo rhg sam mid iw arc az-Arab ku-Arab ff-Adlm ur-Aran pa-PK uz-AF az-IR ky-CN fa-AF fa-IR uz-Arab'.split(
    ' ',
  ),
)('%s is written from right to left', language => {
  expect(directionOf(language)).toBe('rtl');
});

test.each(
  'en uk el ja ku tr az pa ms ha uz-UZ pa-IN ar-Latn ur-Deva he-Latn yi-Latn ks-Deva sd-Deva fa-Cyrl sd-IN ku-Latn'.split(
    ' ',
  ),
)('%s is written from left to right', language => {
  expect(directionOf(language)).toBe('ltr');
});

test.each(['', 'x', 'pt_BR', 'English (UK)'])('"%s" is no language tag', tag => {
  expect(languageTag(tag)).toBeUndefined();
  expect(directionOf(tag)).toBe('ltr');
});

test.each([
  ['uk', 'uk'],
  [' pt_br ', 'pt-BR'],
  ['zh_hant_TW', 'zh-Hant-TW'],
  ['en-us,en', 'en-US'],
  ['iw', 'he'],
  ['fil', 'fil'],
])('a file that states %s states %s', (stated, tag) => {
  expect(statedLanguage(stated)).toBe(tag);
});

test.each(['English', 'deutsch', 'en_US.UTF-8', ',', 'de-', undefined])('%s states no language', stated => {
  expect(statedLanguage(stated)).toBeUndefined();
});
