import { openArchive } from '../../../bench/publish/cost.ts';
import { checkPages } from '../../../functions/publish/check/compare.ts';
import { startWork } from '../../../functions/publish/check/rebuild-work.ts';
import type { Article } from '../../../shared/model/article.ts';

/** Pages of the history that the daily check compares with the table, in an archive in memory. */

const KEYS = ['sitemaps/000000.json', 'history/000000.json'];

const open = () => {
  const { archive, articles, deps, records } = openArchive(300);
  return {
    article: async (number: number) => (await articles.get(archive.idOf(number))) as Article,
    /** Changes an article as if its change record had been lost. */
    async change(record: Article, fields: Partial<Article>) {
      const next = { ...record, ...fields, version: record.version + 1 };
      expect(await articles.replace(record, next)).toBe(true);
      records.length = 0;
    },
    async check() {
      const work = startWork(async () => undefined);
      const current = await checkPages(KEYS, deps, work);
      return { work, current };
    },
    async stored(key: string) {
      const object = await deps.storage.get(key);
      return object && Buffer.from(object.bytes).toString();
    },
  };
};

test('an old article whose kill was lost leaves every document, and no other article is published', async () => {
  const { article, change, check, stored } = open();
  const killed = await article(7);
  const day = `days/${killed.publishedAt.slice(0, 10)}/0000.json`;
  for (const key of [...KEYS, day])
    expect([key, (await stored(key))?.includes(killed.id)]).toEqual([key, true]);
  await change(killed, { status: 'withdrawn' });
  const { work, current } = await check();
  expect(work.articles).toBe(1);
  expect(current.has(killed.id)).toBe(false);
  expect(current.size).toBe(299);
  for (const key of [...KEYS, day])
    expect([key, (await stored(key))?.includes(killed.id)]).toEqual([key, false]);
});

test('an old article whose correction was lost is corrected', async () => {
  const { article, change, check, stored } = open();
  const corrected = await article(9);
  await change(corrected, { headline: 'The corrected headline' });
  const { work } = await check();
  expect(work.articles).toBe(1);
  expect(await stored('history/000000.json')).toContain('The corrected headline');
});

test('pages that are what the table says cause no work', async () => {
  const { check } = open();
  const { work, current } = await check();
  expect(work).toMatchObject({ articles: 0, files: 0, errors: 0 });
  expect(current.size).toBe(300);
});
