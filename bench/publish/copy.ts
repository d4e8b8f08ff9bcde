import type { Article } from '../../shared/model/article.ts';
import { articleGuid, articleId } from '../../shared/model/identity.ts';

/** A live article as ingest would have stored it, from nothing but its key and what is given. */
export function liveArticle(key: string, publishedAt: string, fields: Partial<Article> = {}): Article {
  const id = fields.id ?? articleId('copydesk', key);
  return {
    id,
    guid: articleGuid('copydesk', key),
    source: {
      bucket: 'intake',
      key,
      etag: '0123456789abcdef0123456789abcdef',
      size: 5_000,
      sequencer: '0000000000000001',
      uploadedAt: publishedAt,
      format: 'markdown',
      charset: 'utf-8',
    },
    status: 'live',
    version: 1,
    revision: 1,
    headline: `Story ${key}`,
    headlineFrom: 'front-matter',
    authors: [],
    language: 'en',
    direction: 'ltr',
    section: 'World',
    tags: [],
    summary: `What happened in ${key}.`,
    keyPoints: [],
    bodyHtml: `<p>What happened in ${key}.</p>`,
    wordCount: 4,
    readingMinutes: 1,
    related: [],
    attachments: [],
    contentHash: id,
    parserVersion: '1',
    warnings: [],
    publishedAt,
    publishedFrom: 'front-matter',
    updatedAt: publishedAt,
    ingestedAt: publishedAt,
    slug: `story-${id}`,
    permalink: `articles/story-${id}.html`,
    ...fields,
  };
}
