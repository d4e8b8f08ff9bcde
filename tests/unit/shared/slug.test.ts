import fc from 'fast-check';
import { LABELS } from '../../../functions/publish/words/labels-table.ts';
import { fileSlug, slug } from '../../../shared/model/slug.ts';
import { webAddress } from '../../../shared/text/web-address.ts';

const LANGUAGES = [...Object.keys(LABELS), 'th', 'bn', 'km', 'az', 'not a language'];

test('a slug is a safe path segment of limited length, in every language', () => {
  const letters = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 120 }),
    fc
      .array(fc.constantFrom(...'港橋がபதิ์हिंक्षبתёїşßæ&/.%? \u0301\u200d☕️😀Ａ'), { maxLength: 300 })
      .map(list => list.join('')),
  );
  fc.assert(
    fc.property(letters, fc.constantFrom(...LANGUAGES), (text, language) => {
      const made = slug(text, 'article', language);
      expect(made).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}\p{M}-]*$/u);
      expect(made).toBe(made.normalize('NFC'));
      expect(made).not.toMatch(/--|-$/);
      expect(made.length).toBeLessThanOrEqual(80);
      // The name of a file has the slug, the id of 16 characters and an ending.
      expect(Buffer.byteLength(`${made}-0123456789abcdef.html`)).toBeLessThanOrEqual(255);
      // An address is ASCII, and leads back to the key.
      const address = webAddress(`https://a.example/articles/${made}.html`) ?? '';
      expect(address).toMatch(/^[!-~]+$/);
      expect(decodeURIComponent(new URL(address).pathname)).toBe(`/articles/${made}.html`);
    }),
  );
});

test.each([
  ['tr', 'Kültür, sahne ve edebiyat', 'kultur-sahne-ve-edebiyat'],
  ['tr', 'Şükrü Özdöl IĞDIR’da İstanbul’u anlattı', 'sukru-ozdol-igdir-da-istanbul-u-anlatti'],
  ['uk', 'Громади, думки та дискусії', 'hromady-dumky-ta-dyskusii'],
  ['uk', 'Ґалина Щербань: об’єднані п’ять', 'galyna-shcherban-obiednani-piat'],
  ['uk', 'Їжакевич і Юрій згадали Згурського з Києва', 'yizhakevych-i-yurii-zghadaly-zghurskoho-z-kyieva'],
  ['ru', 'Война и мир', 'voyna-i-mir'],
  ['sv', 'Öl på ön i Ängelholm', 'ol-pa-on-i-angelholm'],
  ['fi', 'Työpäivä päättyi Öölannissa', 'tyopaiva-paattyi-oolannissa'],
  ['da', 'Ærø får ny å', 'aeroe-faar-ny-aa'],
  ['nb', 'Blåbær på Røros', 'blaabaer-paa-roeros'],
  ['de', 'Größe der Übung', 'groesse-der-uebung'],
  ['de', 'Politik & Gesellschaft', 'politik-gesellschaft'],
  ['es', 'El pingüino de Güéjar', 'el-pinguino-de-guejar'],
  ['en', 'YouTube, McDonald’s and iPhone', 'youtube-mcdonalds-and-iphone'],
  ['el', 'Αθήνα', 'athina'],
  ['ja', 'なぜ気仙沼行きの渡船は、AIで動くのか', 'なぜ気仙沼行きの渡船は-aiで動くのか'],
  ['zh-TW', '港口洪水警報解除，居民陸續返家', '港口洪水警報解除-居民陸續返家'],
  ['hi', 'बंदरगाह का 140 साल पुराना पुल', 'बंदरगाह-का-140-साल-पुराना-पुल'],
  ['he', 'נעמה ג׳ורג׳י חוזרת', 'נעמה-ג-ורג-י-חוזרת'],
  ['ar', 'مدينة الميناء 2026', 'مدينة-الميناء-2026'],
  ['fa', 'می‌شود', 'می-شود'],
  ['th', 'น้ำท่วมท่าเรือ', 'น้ำท่วมท่าเรือ'],
  ['ko', '항구의 다리', '항구의-다리'],
])('an address is spelt as in its language: %s %s', (language, text, expected) => {
  expect(slug(text, 'article', language)).toBe(expected.normalize('NFC'));
  // Composed and decomposed letters have one address.
  expect(slug(text.normalize('NFD'), 'article', language)).toBe(expected.normalize('NFC'));
});

test('a slug is cut at a word, and a long word at a whole letter', () => {
  expect(slug('word '.repeat(40), 'article')).toBe(Array(16).fill('word').join('-'));
  const [first, second] = ['a'.repeat(40), 'b'.repeat(39)];
  expect(slug(`${first} ${second}`, 'article')).toBe(`${first}-${second}`);
  expect(slug(`${first} ${second}b`, 'article')).toBe(first);
  expect(slug('a'.repeat(300), 'article')).toBe('a'.repeat(80));
  expect(slug('港'.repeat(100), 'article')).toBe('港'.repeat(60));
  expect(slug('हिं'.repeat(60), 'article')).toMatch(/^(?:हिं)+$/);
  expect(slug('… — !', 'article')).toBe('article');
});

test('names of media files stay ASCII, because stored articles name them', () => {
  expect([fileSlug('IMG_MyPhoto'), fileSlug('港 & pier'), fileSlug('橋')]).toEqual([
    'img-my-photo',
    'and-pier',
    'file',
  ]);
});
