import { shownBy } from '../../../shared/duplicates/move.ts';
import type { Rejection } from '../../../shared/errors/rejection.ts';
import {
  type Article,
  type ArticleRecord,
  type Content,
  canBeMoved,
  type EmbeddedFile,
  isArticle,
  isKilled,
  type Media,
  type MediaUse,
  type ParsedArticle,
  type PublishedFrom,
  type Rejected,
  type Source,
  type Tombstone,
  type Unpacked,
} from '../../../shared/model/article.ts';
import { isSameUpload, keepingEdits } from '../../../shared/model/edited.ts';
import { articleGuid, articleId } from '../../../shared/model/identity.ts';
import { minhash } from '../../../shared/model/minhash.ts';
import { ownPageOf, ownPermalink } from '../../../shared/model/own-page.ts';
import { isRevised, isSameStored, laterThan, shownUpdate } from '../../../shared/model/revised.ts';
import { isOnHold, isStated, statusAt } from '../../../shared/model/schedule.ts';
import { slug } from '../../../shared/model/slug.ts';
import type { ComposeContext } from '../model/ingest-deps.ts';
import { hasWords } from '../text/characters.ts';
import { bounded } from './bounds.ts';

/**
 * Makes the next record of a source that is uploaded, rejected or deleted. The functions are pure: they take
 * the current record and the event, and return the next record.
 */

/** Beginning of the warning of an article whose latest upload was rejected. */
const REJECTED_LATER = 'A later upload was rejected';

/**
 * Makes the article of a parsed upload. It keeps the slug and the permalink of the first upload of its key.
 * It also keeps the date of the first upload if the source states none. The revision increases only if
 * readers can see a difference.
 */
export function composeArticle(
  current: ArticleRecord | undefined,
  parsed: ParsedArticle,
  source: Source,
  context: ComposeContext,
): Article {
  const { now } = context;
  const { bodyText, format, charset, publishedAt, publishedFrom, modifiedAt, embeddedFiles, ...content } =
    bounded(parsed);
  const before = current && hasStory(current) ? current : undefined;
  const base = identityOf(current, source, context);
  const isNotice = !hasWords(bodyText);
  if (isNotice && before !== undefined)
    return afterNotice(before, { ...base, source: { ...source, format, charset } }, content, now);
  const dates = datesOf(before, { publishedAt, publishedFrom, embargoUntil: content.embargoUntil }, source);
  const release = { ...releaseOf(before, content, source), ...editorHoldOf(current) };
  const parsedAnew = {
    ...base,
    ...content,
    ...dates,
    ...release,
    ...(before?.restored && { restored: before.restored }),
    ...(before?.notice && { notice: before.notice }),
    ...embeddedIds(current, embeddedFiles, context),
    ...namesOf(current, base, content, context.language),
    // Files without words hold no story, so they are not duplicates of each other.
    contentHash: isNotice ? `none-${base.id}` : content.contentHash,
    nearHash: content.nearHash ?? minhash(bodyText),
    source: { ...source, format, charset },
    status: 'live' as const,
    // The status and the revision are set below.
    revision: 1,
    updatedAt: dates.publishedAt,
  };
  const edited = keepingEdits(parsedAnew, current);
  const draft: Article = { ...edited, ...statusAt(edited, now, current) };
  if (isNotice) return { ...draft, revision: keptOf(current).revision ?? 0 };
  const changed =
    before === undefined || isRevised(before, draft) || !isSameStored(namedMedia(before), namedMedia(draft));
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

/** Maximum number of ids of former embedded files in a record. They are kept for a function that was interrupted. */
const MAX_UNEMBEDDED = 200;

/** Ids of the pictures in a document, and of those of its versions before that it does not hold any more. */
function embeddedIds(
  current: ArticleRecord | undefined,
  files: readonly EmbeddedFile[] = [],
  { namespace }: ComposeContext,
): Pick<Article, 'embedded' | 'unembedded'> {
  const embedded = files.map(({ key }) => articleId(namespace, key));
  const unembedded = [...(current?.embedded ?? []), ...(current?.unembedded ?? [])]
    .filter((id, at, all) => !embedded.includes(id) && all.indexOf(id) === at)
    .slice(0, MAX_UNEMBEDDED);
  return { ...(embedded.length > 0 && { embedded }), ...(unembedded.length > 0 && { unembedded }) };
}

/** Whether a record holds a story. A cancellation that came before its story holds none. */
function hasStory(record: ArticleRecord): record is Article {
  return isArticle(record) && record.revision > 0;
}

/**
 * The article after the upload of a file without words that withdraws or holds the article. The words of the article
 * stay in the table, and the release terms of the file apply.
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
 * Applies an editor's release of an article to its next version. The same hold stays released. Another hold, or the
 * same hold after a version without it, holds the story again. The same upload stays released if a new parser describes
 * its hold in other words.
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

/**
 * Makes the record of a rejected upload. An earlier article or picture of the key stays and gets a warning.
 */
export function composeRejected(
  current: ArticleRecord | undefined,
  rejection: Rejection,
  source: Source,
  parserVersion: string,
  context: ComposeContext,
): Article | Media | Rejected {
  const { version, ...base } = identityOf(current, source, context);
  if (current && (isArticle(current) || current.status === 'media')) {
    const warning = `${REJECTED_LATER}: ${rejection.message}`;
    const warnings = [...current.warnings.filter(text => !text.startsWith(REJECTED_LATER)), warning];
    // The site keeps showing the earlier version. Only the sequencer changes.
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
    updatedAt: seenAt(current, context.now),
    version,
    source,
    status: 'rejected',
    reason,
    warnings: [],
    parserVersion,
  };
}

/**
 * Makes the tombstone of a deleted source. It keeps the article's slug and permalink, because the key can come back.
 */
export function composeTombstone(
  current: ArticleRecord | undefined,
  source: Pick<Source, 'bucket' | 'key' | 'sequencer' | 'uploadedAt'>,
  context: ComposeContext,
): Tombstone {
  const gone: Source = { etag: '', size: 0, ...current?.source, ...source };
  return {
    ...identityOf(current, gone, context),
    ...keptOf(current),
    updatedAt: seenAt(current, context.now),
    source: gone,
    status: 'deleted',
    was: shownUntilNow(current),
  };
}

/** What a deleted file showed, for a file that continues its article. */
function shownUntilNow(current: ArticleRecord | undefined): Tombstone['was'] {
  if (current?.status === 'deleted') return current.was;
  return current?.status === 'live' && canBeMoved(current) ? shownBy(current) : undefined;
}

/** Makes the record of a zip. Each file of the zip has its own record. */
export function composeUnpacked(
  current: ArticleRecord | undefined,
  zip: Pick<Unpacked, 'source' | 'members' | 'warnings' | 'parserVersion' | 'unfinished'>,
  context: ComposeContext,
): Unpacked {
  return {
    ...identityOf(current, zip.source, context),
    ...keptOf(current),
    updatedAt: seenAt(current, context.now),
    ...zip,
    status: 'unpacked',
  };
}

/** Makes the record of a picture or recording. */
export function composeMedia(
  current: ArticleRecord | undefined,
  media: Pick<Media, 'source' | 'file' | 'parserVersion'>,
  context: ComposeContext,
): Media {
  return {
    ...identityOf(current, media.source, context),
    ...keptOf(current),
    updatedAt: seenAt(current, context.now),
    ...media,
    warnings: [],
    status: 'media',
  };
}

function editorHoldOf(current: ArticleRecord | undefined): Pick<Tombstone, 'editorHold'> {
  return current?.editorHold === undefined ? {} : { editorHold: current.editorHold };
}

/** Fields of a key that outlive its article: the address, the revision, and whether it was killed or held by an editor. */
function keptOf(
  current: ArticleRecord | undefined,
): Pick<Tombstone, 'slug' | 'permalink' | 'revision' | 'aliases' | 'killed' | 'editorHold'> {
  if (current === undefined) return {};
  const killed = { ...(isKilled(current) && { killed: true }), ...editorHoldOf(current) };
  // A story that was cancelled before it came was never published, so it has no address yet.
  if (isArticle(current) && !hasStory(current)) return { ...killed };
  const { slug, permalink, revision, aliases } = current;
  return { slug, permalink, revision, ...(aliases && { aliases }), ...killed };
}

function identityOf(current: ArticleRecord | undefined, source: Source, { namespace, now }: ComposeContext) {
  // The record of a moved file has the id and the guid of its first key.
  return {
    id: current?.id || articleId(namespace, source.key),
    guid: current?.guid || articleGuid(namespace, source.key),
    source,
    version: (current?.version ?? 0) + 1,
    ingestedAt: now,
    ...(current?.forwards && { forwards: current.forwards }),
  };
}

function namesOf(
  current: ArticleRecord | undefined,
  { id, source }: Pick<Article, 'id' | 'source'>,
  { headline, language }: Pick<Article, 'headline' | 'language'>,
  siteLanguage: string,
) {
  const { slug: kept, permalink } = keptOf(current);
  if (kept !== undefined && permalink !== undefined) return { slug: kept, permalink };
  const page = ownPageOf(source.key, siteLanguage);
  if (page !== undefined && 'path' in page) return { slug: page.path, permalink: ownPermalink(page.path) };
  const made = slug(headline, 'article', language);
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
  // A held story gets the date of the upload that ends the hold, not an earlier date.
  const kept =
    before !== undefined && before.status !== 'held' && !isStated(before.publishedFrom)
      ? { publishedAt: before.publishedAt, publishedFrom: before.publishedFrom }
      : savedAt !== undefined && savedAt <= uploadedAt
        ? { publishedAt: savedAt, publishedFrom: 'file' as const }
        : { publishedAt: uploadedAt, publishedFrom: 'upload' as const };
  const dates = publishedAt === undefined ? kept : { publishedAt, publishedFrom };
  // A story under embargo was not published before the end of the embargo, even if the copy states an earlier
  // date.
  return embargoUntil !== undefined && embargoUntil > dates.publishedAt
    ? { publishedAt: embargoUntil, publishedFrom: 'embargo' }
    : dates;
}

/** The date of the last change, for an article that readers have not seen yet. */
function firstUpdatedAt(publishedAt: string, modifiedAt: string | undefined, source: Source): string {
  const modified = modifiedAt !== undefined && modifiedAt <= source.uploadedAt ? modifiedAt : publishedAt;
  return modified > publishedAt ? modified : publishedAt;
}

/**
 * The latest date of change that feeds can have shown for a key. Feeds show the later one of `updatedAt` and
 * `publishedAt`. The end of an embargo that is still in force was never shown.
 */
function seenAt(current: ArticleRecord | undefined, now: string): string | undefined {
  if (current === undefined) return undefined;
  if (!isArticle(current)) return current.updatedAt;
  const { status, updatedAt, publishedAt } = current;
  if (status === 'live' || publishedAt <= now) return shownUpdate(current);
  // An article without changes has only the date in the future, which feeds have not shown.
  return updatedAt === publishedAt ? undefined : updatedAt;
}

/** The media that a story names, without size and type, because a picture that arrives does not change the story. */
/** Whether the source of an article names a medium. The others have the name of the story or of a recording. */
export function isNamed({ as }: MediaUse): boolean {
  return as !== 'beside' && as !== 'transcript';
}

function namedMedia({ media = [] }: Pick<Content, 'media'>): unknown {
  return media.filter(isNamed).map(({ file: _, ...use }) => use);
}
