import * as z from 'zod/mini';
import { Article } from '../../../shared/model/article.ts';

/** An article in an edition: only the fields that feeds and front pages show, in this order. */
export const Entry = z.strictObject(
  z.pick(Article, {
    id: true,
    guid: true,
    version: true,
    revision: true,
    headline: true,
    dek: true,
    authors: true,
    publishedAt: true,
    updatedAt: true,
    language: true,
    direction: true,
    section: true,
    tags: true,
    summary: true,
    summaryStated: true,
    bodyHtml: true,
    bodyKey: true,
    image: true,
    canonicalUrl: true,
    siteName: true,
    permalink: true,
    attachments: true,
    media: true,
    readingMinutes: true,
    correction: true,
    pinned: true,
  }).shape,
);
export type Entry = z.infer<typeof Entry>;

/** Compares by date, newest first, and then by id, so that the order does not depend on arrival. */
export function byNewest(a: Pick<Entry, 'publishedAt' | 'id'>, b: Pick<Entry, 'publishedAt' | 'id'>): number {
  if (a.publishedAt !== b.publishedAt) return a.publishedAt < b.publishedAt ? 1 : -1;
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}

/** An article with the body that its page shows. */
export type FullArticle = Article & { bodyHtml: string };
