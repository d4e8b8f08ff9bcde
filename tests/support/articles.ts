import type { ComposeContext } from '../../functions/ingest/model/ingest-deps.ts';
import type { Article, ParsedArticle, Source } from '../../shared/model/article.ts';
import { articleGuid, articleId } from '../../shared/model/identity.ts';

/** An instant a number of seconds after the first of November 2026. */
export function instant(seconds: number): string {
  return new Date(Date.UTC(2026, 10, 1) + seconds * 1000).toISOString();
}

/** A source as S3 would describe it. */
export function source(fields: Partial<Source> = {}): Source {
  return {
    bucket: 'intake',
    key: 'world/story.txt',
    etag: 'e1',
    size: 100,
    sequencer: '01',
    uploadedAt: instant(0),
    ...fields,
  };
}

/** The context of a record that is composed at an instant. */
export function composedAt(now: string): ComposeContext {
  return { namespace: 'copydesk', language: 'en', now };
}

/** What the parser makes of a small story. */
export function parsed(fields: Partial<ParsedArticle> = {}): ParsedArticle {
  return {
    headline: 'Harbour reopens',
    headlineFrom: 'text',
    authors: [{ name: 'Ada Quill' }],
    language: 'en',
    direction: 'ltr',
    section: 'world',
    tags: ['Ports'],
    summary: 'The harbour has reopened.',
    keyPoints: [],
    bodyHtml: '<p>The harbour has reopened.</p>',
    bodyText: 'The harbour has reopened.',
    wordCount: 4,
    readingMinutes: 1,
    related: [],
    attachments: [],
    contentHash: 'hash-1',
    parserVersion: '1',
    warnings: [],
    format: 'text',
    charset: 'utf-8',
    ...fields,
  };
}

/** A live article. */
export function article(fields: Partial<Article> = {}): Article {
  const { bodyText: _, format: __, charset: ___, embeddedFiles: ____, ...content } = parsed();
  const key = fields.source?.key ?? 'world/story.txt';
  const id = fields.id ?? articleId('copydesk', key);
  return {
    ...content,
    id,
    guid: articleGuid('copydesk', key),
    source: source({ key }),
    status: 'live',
    version: 1,
    revision: 1,
    publishedAt: instant(0),
    publishedFrom: 'upload',
    updatedAt: instant(0),
    ingestedAt: instant(1),
    slug: 'harbour-reopens',
    permalink: `articles/harbour-reopens-${id}.html`,
    ...fields,
  };
}
