import * as z from 'zod/mini';
import { Article } from '../../../shared/model/article.ts';

/** Fields of an article that feeds and front pages show. An edition stores only these. */
export const ENTRY_FIELDS = [
  'id',
  'guid',
  'version',
  'revision',
  'headline',
  'dek',
  'authors',
  'publishedAt',
  'updatedAt',
  'language',
  'direction',
  'section',
  'tags',
  'summary',
  'summaryStated',
  'bodyHtml',
  'bodyKey',
  'image',
  'canonicalUrl',
  'siteName',
  'permalink',
  'attachments',
  'media',
  'readingMinutes',
  'correction',
  'pinned',
] as const satisfies readonly (keyof Article)[];

type EntryField = (typeof ENTRY_FIELDS)[number];

/** An article in an edition, with the fields in {@link ENTRY_FIELDS} in that order. */
export const Entry = z.object(
  Object.fromEntries(ENTRY_FIELDS.map(field => [field, Article.shape[field]])) as Pick<
    typeof Article.shape,
    EntryField
  >,
);
export type Entry = z.infer<typeof Entry>;

/** Compares by date, newest first, and then by id, so that the order never depends on arrival. */
export function byNewest(a: Pick<Entry, 'publishedAt' | 'id'>, b: Pick<Entry, 'publishedAt' | 'id'>): number {
  if (a.publishedAt !== b.publishedAt) return a.publishedAt < b.publishedAt ? 1 : -1;
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}

/** An article with the body that its page shows. */
export type FullArticle = Article & { bodyHtml: string };
