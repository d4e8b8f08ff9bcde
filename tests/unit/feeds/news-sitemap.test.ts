import { newsSitemap } from '../../../functions/publish/views/renditions.ts';
import { SITE, sampleEntry } from './sample.ts';

test('a news sitemap holds what was published at most two days before the newest', () => {
  const entries = ['2026-11-05T12:00:00.000Z', '2026-11-03T12:00:00.000Z', '2026-11-03T11:59:59.999Z'].map(
    (publishedAt, number) => sampleEntry({ publishedAt, permalink: `articles/${number}.html` }),
  );
  const { key, body } = newsSitemap(entries, SITE);
  expect(key).toBe('sitemap-news.xml');
  expect(String(body).match(/articles\/\d/g)).toEqual(['articles/0', 'articles/1']);
  expect(body).toContain('xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"');
  expect(body).toContain('<news:name>The Daily Proof</news:name>');
  expect(body).toContain('<news:publication_date>2026-11-05T12:00:00Z</news:publication_date>');
  expect(body).toContain('<news:title>Bridge opens after nine years</news:title>');
});

test.each([
  ['pt-BR', 'pt'],
  ['zh-Hant', 'zh-tw'],
  ['zh-TW', 'zh-tw'],
  ['zh', 'zh-cn'],
  ['not a tag', 'en'],
])('the language %s is %s there', (language, code) => {
  expect(newsSitemap([sampleEntry({ language })], SITE).body).toContain(
    `<news:language>${code}</news:language>`,
  );
});

test('a site without articles has an empty one', () => {
  expect(newsSitemap([], SITE).body).not.toContain('<url>');
});
