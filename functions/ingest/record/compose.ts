import { isDeepStrictEqual } from 'node:util';
import type { Rejection } from '../../../shared/errors/rejection.ts';
import {
  type Article,
  type ArticleRecord,
  type Content,
  isArticle,
  isKilled,
  type Media,
  type ParsedArticle,
  type PublishedFrom,
  type Rejected,
  type Source,
  type Tombstone,
  type Unpacked,
} from '../../../shared/model/article.ts';
import { isSameUpload, keepingEdits } from '../../../shared/model/edited.ts';
import { articleGuid, articleId, slug } from '../../../shared/model/identity.ts';
import { minhash } from '../../../shared/model/minhash.ts';
import { isOnHold, isStated, statusAt } from '../../../shared/model/schedule.ts';
import { hasWords } from '../text/characters.ts';
import { bounded } from './bounds.ts';

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
  'correction',
  'image',
  'related',
  'canonicalUrl',
  'siteName',
  'attachments',
  'contentHash',
] as const satisfies readonly (keyof Content)[];

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
  const { bodyText, format, charset, publishedAt, publishedFrom, modifiedAt, ...content } = bounded(parsed);
  const before = current && hasStory(current) ? current : undefined;
  const base = identityOf(current, source, now);
  const isNotice = !hasWords(bodyText);
  if (isNotice && before !== undefined)
    return afterNotice(before, { ...base, source: { ...source, format, charset } }, content, now);
  const dates = datesOf(before, { publishedAt, publishedFrom, embargoUntil: content.embargoUntil }, source);
  const release = releaseOf(before, content, source);
  const parsedAnew = {
    ...base,
    ...content,
    ...dates,
    ...release,
    ...(before?.restored && { restored: before.restored }),
    ...namesOf(current, base.id, content.headline),
    // Files without words tell no story, and so not the same one.
    contentHash: isNotice ? `none-${base.id}` : content.contentHash,
    nearHash: content.nearHash ?? minhash(bodyText),
    source: { ...source, format, charset },
    ...statusAt({ ...content, ...dates, ...release }, now, current),
    // Counted below.
    revision: 1,
    updatedAt: dates.publishedAt,
  };
  const draft = keepingEdits(parsedAnew, current);
  if (isNotice) return { ...draft, revision: keptOf(current).revision ?? 0 };
  const changed =
    before === undefined ||
    REVISED_BY.some(field => !same(before[field], draft[field])) ||
    !same(namedMedia(before), namedMedia(draft));
  const seen = seenAt(current, now);
  if (!changed)
    return {
      ...draft,
      revision: before.revision,
      updatedAt: seen ?? firstUpdatedAt(dates.publishedAt, modifiedAt, source),
    };
  return {
    ...draft,
    revision: (keptOf(current).revision ?? 0) + 1,
    updatedAt:
      seen === undefined
        ? firstUpdatedAt(dates.publishedAt, modifiedAt, source)
        : laterThan(seen, source.uploadedAt),
  };
}

/** Whether a record holds a story, and not only a cancellation that came before it. */
function hasStory(record: ArticleRecord): record is Article {
  return isArticle(record) && record.revision > 0;
}

/**
 * The article after a file without words that withdraws or holds it: its words stay in the table, and what the file
 * says of the release counts from now on.
 */
function afterNotice(
  before: Article,
  base: Pick<Article, 'id' | 'guid' | 'source' | 'version' | 'ingestedAt'>,
  notice: Omit<Content, 'bodyHtml'>,
  now: string,
): Article {
  const { withdraw, hold, embargoUntil = before.embargoUntil, expiresAt = before.expiresAt } = notice;
  const {
    duplicateOf: _,
    withdrawnBy: __,
    refused: ___,
    left: ____,
    released: _____,
    wire,
    ...story
  } = before;
  const { warnings, parserVersion } = notice;
  const release = releaseOf(before, notice, base.source);
  const terms = { withdraw, hold, embargoUntil, expiresAt, wire: notice.wire ?? wire };
  const next = { ...story, ...base, ...terms, warnings, parserVersion, ...release };
  return { ...next, ...statusAt(next, now, before) };
}

/**
 * What an editor's release of the article makes of its next version: the same hold stays released. Another hold,
 * or the same one after a version without it, holds the story again. A later parser may word the hold of the same
 * upload differently: that upload stays released.
 */
function releaseOf(
  before: Article | undefined,
  { hold, warnings }: Pick<Content, 'hold' | 'warnings'>,
  source: Source,
): Partial<Pick<Article, 'released' | 'warnings'>> {
  if (before?.released === undefined || hold === undefined) return {};
  if (isOnHold({ hold, released: before.released }) && !isSameUpload(before, source)) return {};
  return { released: hold, warnings: warnings.filter(warning => warning !== hold) };
}

/** The record of a rejected upload. A good article or picture stays as it was, and carries the warning. */
export function composeRejected(
  current: ArticleRecord | undefined,
  rejection: Rejection,
  source: Source,
  parserVersion: string,
  now: string,
): Article | Media | Rejected {
  const { version, ...base } = identityOf(current, source, now);
  if (current && (isArticle(current) || current.status === 'media')) {
    const warning = `${REJECTED_LATER}: ${rejection.message}`;
    const warnings = [...current.warnings.filter(text => !text.startsWith(REJECTED_LATER)), warning];
    // The version that is shown remains the good one; only the order of events moves on.
    return {
      ...current,
      version,
      parserVersion,
      warnings,
      source: { ...current.source, sequencer: source.sequencer },
      refused: { versionId: source.versionId, etag: source.etag },
    };
  }
  const reason = { code: rejection.code, message: rejection.message };
  return {
    ...base,
    ...keptOf(current),
    updatedAt: seenAt(current, now),
    version,
    source,
    status: 'rejected',
    reason,
    warnings: [],
    parserVersion,
  };
}

/** The tombstone of a deleted source. It keeps what its article was called, in case the key comes back. */
export function composeTombstone(
  current: ArticleRecord | undefined,
  source: Pick<Source, 'bucket' | 'key' | 'sequencer' | 'uploadedAt'>,
  now: string,
): Tombstone {
  const gone: Source = { etag: '', size: 0, ...current?.source, ...source };
  return {
    ...identityOf(current, gone, now),
    ...keptOf(current),
    updatedAt: seenAt(current, now),
    source: gone,
    status: 'deleted',
  };
}

/** The record of an archive, of whose files each has a record of its own. */
export function composeUnpacked(
  current: ArticleRecord | undefined,
  archive: Pick<Unpacked, 'source' | 'members' | 'warnings' | 'parserVersion' | 'unfinished'>,
  now: string,
): Unpacked {
  return {
    ...identityOf(current, archive.source, now),
    ...keptOf(current),
    updatedAt: seenAt(current, now),
    ...archive,
    status: 'unpacked',
  };
}

/** The record of a picture or recording. */
export function composeMedia(
  current: ArticleRecord | undefined,
  media: Pick<Media, 'source' | 'file' | 'parserVersion'>,
  now: string,
): Media {
  return {
    ...identityOf(current, media.source, now),
    ...keptOf(current),
    updatedAt: seenAt(current, now),
    ...media,
    warnings: [],
    status: 'media',
  };
}

/** What outlives the article of a key: its address, how often it was revised, and that it was killed. */
function keptOf(
  current: ArticleRecord | undefined,
): Pick<Tombstone, 'slug' | 'permalink' | 'revision' | 'killed'> {
  if (current === undefined) return {};
  const killed = isKilled(current) && { killed: true };
  // Nobody was told of a story that was cancelled before it came: its name is not known yet.
  if (isArticle(current) && !hasStory(current)) return { ...killed };
  const { slug, permalink, revision } = current;
  return { slug, permalink, revision, ...killed };
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

function namesOf(current: ArticleRecord | undefined, id: string, headline: string) {
  const { slug: kept, permalink } = keptOf(current);
  if (kept !== undefined && permalink !== undefined) return { slug: kept, permalink };
  const made = slug(headline, 'article');
  return { slug: made, permalink: `articles/${made}-${id}.html` };
}

function datesOf(
  before: Article | undefined,
  parsed: {
    publishedAt?: string | undefined;
    publishedFrom?: PublishedFrom | undefined;
    embargoUntil?: string | undefined;
  },
  source: Source,
): Pick<Article, 'publishedAt' | 'publishedFrom'> {
  const { publishedAt, publishedFrom = 'document', embargoUntil } = parsed;
  const { savedAt, uploadedAt } = source;
  // What was held is not older than the upload that ends the hold.
  const kept =
    before !== undefined && before.status !== 'held' && !isStated(before.publishedFrom)
      ? { publishedAt: before.publishedAt, publishedFrom: before.publishedFrom }
      : savedAt !== undefined && savedAt <= uploadedAt
        ? { publishedAt: savedAt, publishedFrom: 'file' as const }
        : { publishedAt: uploadedAt, publishedFrom: 'upload' as const };
  const dates = publishedAt === undefined ? kept : { publishedAt, publishedFrom };
  // What was under embargo was not published before its end, whatever date the copy bears.
  return embargoUntil !== undefined && embargoUntil > dates.publishedAt
    ? { publishedAt: embargoUntil, publishedFrom: 'embargo' }
    : dates;
}

/** When an article says that it was changed last, before readers have seen it. */
function firstUpdatedAt(publishedAt: string, modifiedAt: string | undefined, source: Source): string {
  const modified = modifiedAt !== undefined && modifiedAt <= source.uploadedAt ? modifiedAt : publishedAt;
  return modified > publishedAt ? modified : publishedAt;
}

/**
 * The latest instant of which readers can have been told that the article of a key changed then: feeds show the later one
 * of `updatedAt` and `publishedAt`. An embargo that has not ended was never shown.
 */
function seenAt(current: ArticleRecord | undefined, now: string): string | undefined {
  if (current === undefined) return undefined;
  if (!isArticle(current)) return current.updatedAt;
  const { status, updatedAt, publishedAt } = current;
  if (status === 'live' || publishedAt <= now) return updatedAt > publishedAt ? updatedAt : publishedAt;
  // The first version has no date but that which has not come.
  return updatedAt === publishedAt ? undefined : updatedAt;
}

/**
 * Feeds move entries with equal instants apart by milliseconds: a correction of the same instant comes a whole second
 * later, so that an entry never goes back.
 */
const CORRECTION_STEP_MS = 1_000;

/** An instant, or a later one where readers have been told of that or a later one before. */
function laterThan(seen: string, instant: string): string {
  return instant > seen ? instant : new Date(Date.parse(seen) + CORRECTION_STEP_MS).toISOString();
}

/** The media that a story names; whether they are there is no change of it. */
function namedMedia({ media = [] }: Pick<Content, 'media'>): unknown {
  return media.filter(({ as }) => as !== 'beside').map(({ file: _, ...use }) => use);
}

/** Equality as the table would see it: the order of fields does not count, nor do undefined ones. */
function same(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(stored(a), stored(b));
}

function stored(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value)) : value;
}
