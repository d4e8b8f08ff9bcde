import type { Article } from '../../shared/model/article.ts';
import { article, instant } from './articles.ts';
import type { Desk } from './desk.ts';

/** A live article without tags, whose id, words and dates tell its number. */
function numbered(number: number, fields: Partial<Article> = {}): Article {
  const id = `id${String(number).padStart(5, '0')}`;
  return article({
    id,
    guid: `urn:test:${id}`,
    headline: `Story ${number}`,
    publishedAt: instant(number),
    updatedAt: instant(number),
    permalink: `articles/story-${id}.html`,
    tags: [],
    // Stories with the same content would be duplicates of each other.
    contentHash: `hash of ${id}`,
    ...fields,
  });
}

/** Puts a numbered article into the table as ingest would, without a file. */
export async function store(desk: Desk, number: number, fields: Partial<Article> = {}): Promise<Article> {
  const record = numbered(number, fields);
  expect(await desk.articles.replace(undefined, record)).toBe(true);
  return record;
}

/** Puts the next version of an article into the table. */
export async function change(desk: Desk, record: Article, fields: Partial<Article>): Promise<Article> {
  const next = { ...record, ...fields, version: record.version + 1 };
  expect(await desk.articles.replace(record, next)).toBe(true);
  return next;
}
