import fc from 'fast-check';
import {
  articleGuid,
  articleId,
  authorPath,
  padSequencer,
  pagePath,
  sectionPath,
  tagPath,
} from '../../../shared/model/identity.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/settings.ts';

test('ids and guids of a key are what they always were', () => {
  // Written down, because a change here delivers every article again to every subscriber.
  const { namespace } = DEFAULT_SETTINGS.articles;
  expect(articleId(namespace, 'a.txt')).toBe('vadmemnnxv65b6eb');
  expect(articleGuid(namespace, 'a.txt')).toBe('urn:uuid:7873d8da-613b-55d6-ada1-b08a8b54409d');
});

test('the name of the intake bucket of an older version as namespace keeps its ids and guids', () => {
  // An older version made these of the bucket "intake".
  expect(articleId('intake', 'a.txt')).toBe('giylzze7ivmmtoiv');
  expect(articleGuid('intake', 'a.txt')).toBe('urn:uuid:f1374bc2-722f-59b3-95dd-ca887cd02d6f');
});

test('folders are safe path segments whatever the name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      for (const made of [sectionPath(text, 'en'), tagPath(text, 'en')]) {
        expect(made).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}\p{M}-]*$/u);
        expect(made).toBe(made.normalize('NFC'));
      }
    }),
  );
});

test.each(['articles', 'Tags', 'AUTHORS', 'sitemaps'])(
  'a section named %s does not shadow a folder of the site',
  name => {
    expect(sectionPath(name, 'en')).toMatch(/-section$/);
  },
);

test('names keep the letters of their script, so readers can tell folders apart', () => {
  expect([
    tagPath('まちづくりと交通', 'en'),
    tagPath('राजनीति', 'en'),
    tagPath('חדשות העיר', 'en'),
    tagPath('ข่าวท่าเรือ', 'en'),
  ]).toEqual(['まちづくりと交通', 'राजनीति', 'חדשות-העיר', 'ข่าวท่าเรือ']);
  expect(tagPath('ＡＩと港', 'en')).toBe(tagPath('AIと港', 'en'));
  expect([
    sectionPath('YouTube', 'en'),
    sectionPath('McDonald’s', 'en'),
    sectionPath('Arts & Culture', 'en'),
  ]).toEqual(['youtube', 'mcdonalds', 'arts-and-culture']);
});

test('only English writes an ampersand as its word', () => {
  const folders = (language: string) => [
    sectionPath('Politik & Gesellschaft', language),
    tagPath('Ciència & art', language),
    authorPath('Nowak & Synowie', language),
    pagePath('Büro & Anfahrt', language),
  ];
  for (const language of ['de', 'pl', 'ru', 'de-AT'])
    expect(folders(language)).toEqual([
      'politik-gesellschaft',
      'ciencia-art',
      'nowak-synowie',
      'buero-anfahrt',
    ]);
  expect(folders('en-GB')[0]).toBe('politik-and-gesellschaft');
  expect(sectionPath('Politik ＆ Kultur', 'de')).toBe('politik-kultur');
});

test('tags in scripts with letters of their own do not share a folder', () => {
  expect(tagPath('日本', 'en')).not.toBe(tagPath('中国', 'en'));
  expect(tagPath('東京 2026', 'en')).not.toBe(tagPath('大阪 2026', 'en'));
  expect(tagPath('חיפה 2026', 'en')).not.toBe(tagPath('2026', 'en'));
});

test('names whose letters are all transliterated have folders without a digest', () => {
  const paths = ['Київ сьогодні', 'Αθήνα', 'Երևան', 'თბილისი', 'Größe', 'Đà Nẵng'].map(name =>
    tagPath(name, 'en'),
  );
  expect(paths).toEqual(['kiyiv-sogodni', 'athina', 'yeryevan', 'tbilisi', 'groesse', 'da-nang']);
});

test('sequencers compare once the shorter is padded', () => {
  expect(padSequencer('0055AED6DCD90281E5') < padSequencer('0055AED6DCD90281E51')).toBe(true);
  expect(padSequencer('0a')).toBe(padSequencer('0A00'));
});
