import { isDeepStrictEqual } from 'node:util';
import type {
  Article,
  ArticleRecord,
  Content,
  ParsedArticle,
  Rejected,
  Source,
  Tombstone,
} from '../../shared/article.ts';
import { isArticle } from '../../shared/article.ts';
import { articleGuid, articleId, slug } from '../../shared/identity.ts';
import type { Rejection } from '../../shared/rejection.ts';
import { statusAt } from '../../shared/schedule.ts';

/**
 * What becomes of a record when its source is uploaded, rejected or deleted. Pure: from the record as it is
 * and the event to the record as it is to be.
 */

/** Fields by which readers would tell two versions apart; a difference in any of them is a revision. */
const REVISED_BY = [
  'headline',
  'dek',
  'authors',
  'dateline',
  'language',
  'direction',
  'section',
  'tags',
  'summary',
  'keyPoints',
  'image',
  'related',
  'canonicalUrl',
  'siteName',
  'attachments',
  'contentHash',
] as const satisfies readonly (keyof Content)[];

/** Longest lists of a record, so that an item stays below DynamoDB's 400 KB whatever a source holds. */
const LONGEST = {
  related: 100,
  keyPoints: 50,
  tags: 50,
  authors: 50,
  attachments: 100,
  warnings: 50,
} as const;

/** Dates that the copy itself does not state; they stay as they are when it is corrected. */
const UNSTATED = new Set(['upload', 'file']);

/** Begins the warning of an article whose latest upload was rejected. */
const REJECTED_LATER = 'A later upload was rejected';

/**
 * The article of a parsed upload. Its slug, permalink and (where the source states none) its date are those
 * of the first upload of the key; its revision counts up only when readers could see a difference.
 * @param now RFC 3339; only decides what is scheduled or expired, and `ingestedAt`
 */
export function composeArticle(
  current: ArticleRecord | undefined,
  parsed: ParsedArticle,
  source: Source,
  now: string,
): Article {
  const { bodyText: _, format, charset, publishedAt: stated, publishedFrom, modifiedAt, ...content } = parsed;
  const before = current && isArticle(current) ? current : undefined;
  const base = identityOf(current, source, now);
  const dates = datesOf(before, { stated, publishedFrom, embargoUntil: content.embargoUntil }, source);
  const named = namesOf(current, base.id, parsed);
  const draft = {
    ...base,
    ...bounded(content),
    ...dates,
    ...named,
    source: { ...source, format, charset },
    status: 'live' as const,
  };
  const changed = before === undefined || REVISED_BY.some(field => !same(before[field], draft[field]));
  const revision = (before?.revision ?? (current && 'revision' in current ? current.revision : 0) ?? 0) + 1;
  const article: Article = changed
    ? { ...draft, revision, updatedAt: updatedAt(before, dates.publishedAt, modifiedAt, source) }
    : { ...draft, revision: before.revision, updatedAt: before.updatedAt };
  if (before !== undefined && before.contentHash !== article.contentHash)
    article.leftHash = before.contentHash;
  return { ...article, status: statusAt(article, now, before) };
}

/** The record of a rejected upload. A good article stays as it was, and carries the warning. */
export function composeRejected(
  current: ArticleRecord | undefined,
  rejection: Rejection,
  source: Source,
  parserVersion: string,
  now: string,
): Article | Rejected {
  const { version, ...base } = identityOf(current, source, now);
  if (current && isArticle(current)) {
    const warning = `${REJECTED_LATER}: ${rejection.message}`;
    const warnings = [...current.warnings.filter(text => !text.startsWith(REJECTED_LATER)), warning];
    // The version that is shown remains the good one; only the order of events moves on.
    return {
      ...current,
      version,
      parserVersion,
      warnings,
      source: { ...current.source, sequencer: source.sequencer },
    };
  }
  const reason = { code: rejection.code, message: rejection.message };
  return { ...base, version, source, status: 'rejected', reason, warnings: [], parserVersion };
}

/** The tombstone of a deleted source. It keeps the names of its article, in case the key comes back. */
export function composeTombstone(
  current: ArticleRecord | undefined,
  source: Pick<Source, 'bucket' | 'key' | 'sequencer' | 'uploadedAt'>,
  now: string,
): Tombstone {
  const gone: Source = { etag: '', size: 0, ...current?.source, ...source };
  const base = identityOf(current, gone, now);
  const names =
    current && current.status !== 'rejected'
      ? { slug: current.slug, permalink: current.permalink, revision: current.revision }
      : {};
  const leftHash = current && isArticle(current) ? current.contentHash : current?.leftHash;
  return { ...base, ...names, ...(leftHash !== undefined && { leftHash }), source: gone, status: 'deleted' };
}

function identityOf(current: ArticleRecord | undefined, source: Source, now: string) {
  return {
    id: articleId(source.bucket, source.key),
    guid: articleGuid(source.bucket, source.key),
    source,
    version: (current?.version ?? 0) + 1,
    ingestedAt: now,
  };
}

function namesOf(current: ArticleRecord | undefined, id: string, parsed: ParsedArticle) {
  if (
    current &&
    current.status !== 'rejected' &&
    current.slug !== undefined &&
    current.permalink !== undefined
  )
    return { slug: current.slug, permalink: current.permalink };
  const made = slug(parsed.headline, 'article');
  return { slug: made, permalink: `articles/${made}-${id}.html` };
}

function datesOf(
  before: Article | undefined,
  parsed: {
    stated?: string | undefined;
    publishedFrom?: string | undefined;
    embargoUntil?: string | undefined;
  },
  source: Source,
): Pick<Article, 'publishedAt' | 'publishedFrom'> {
  const { stated, publishedFrom = 'document', embargoUntil } = parsed;
  const { savedAt, uploadedAt } = source;
  const kept =
    before !== undefined && UNSTATED.has(before.publishedFrom)
      ? { publishedAt: before.publishedAt, publishedFrom: before.publishedFrom }
      : savedAt !== undefined && savedAt <= uploadedAt
        ? { publishedAt: savedAt, publishedFrom: 'file' }
        : { publishedAt: uploadedAt, publishedFrom: 'upload' };
  const dates = stated === undefined ? kept : { publishedAt: stated, publishedFrom };
  // What was under embargo was not published before its end, whatever date the copy bears.
  return embargoUntil !== undefined && embargoUntil > dates.publishedAt
    ? { publishedAt: embargoUntil, publishedFrom: 'embargo' }
    : dates;
}

/** Later than any `updatedAt` before it, so that readers see each correction as news of the same entry. */
function updatedAt(
  before: Article | undefined,
  publishedAt: string,
  modifiedAt: string | undefined,
  source: Source,
): string {
  if (before === undefined) {
    const modified = modifiedAt !== undefined && modifiedAt <= source.uploadedAt ? modifiedAt : publishedAt;
    return modified > publishedAt ? modified : publishedAt;
  }
  if (source.uploadedAt > before.updatedAt) return source.uploadedAt;
  return new Date(Date.parse(before.updatedAt) + 1).toISOString();
}

function bounded<T extends Content>(content: T): T {
  const result = { ...content };
  for (const field of Object.keys(LONGEST) as (keyof typeof LONGEST)[]) {
    const list = result[field];
    const most = LONGEST[field];
    if (list.length <= most) continue;
    Object.assign(result, { [field]: list.slice(0, most) });
    if (field !== 'warnings')
      result.warnings = [
        ...result.warnings,
        `Only the first ${most} of ${list.length} in ${field} were kept.`,
      ];
  }
  return result;
}

/** Equality as the table would see it: the order of fields does not count, nor do undefined ones. */
function same(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(stored(a), stored(b));
}

function stored(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value)) : value;
}
