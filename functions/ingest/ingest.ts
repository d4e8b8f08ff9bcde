import type { ArticleRecord, ParsedArticle, Source } from '../../shared/article.ts';
import { isArticle } from '../../shared/article.ts';
import type { Articles } from '../../shared/articles.ts';
import { articleId } from '../../shared/identity.ts';
import { type Bucket, ObjectTooLarge, type StoredObject } from '../../shared/objects.ts';
import { Rejection } from '../../shared/rejection.ts';
import type { Settings } from '../../shared/settings.ts';
import { moveLargeBody } from './body.ts';
import { storable } from './bounds.ts';
import { composeArticle, composeRejected, composeTombstone } from './compose.ts';
import type { ParseArticle } from './formats/reader.ts';
import { recognizeNear } from './near-duplicates.ts';
import type { SourceEvent } from './s3-event.ts';
import { orderOf, type Stored, store } from './store.ts';

/** What ingest needs. Everything that touches the world is in here, so that tests can pass their own. */
export interface IngestDeps {
  articles: Articles;
  /** The bucket of this name, to read sources from. */
  intake(bucket: string): Bucket;
  archive: Bucket;
  settings: Settings;
  parse: ParseArticle;
  /** Version of the parser; a record made by another one is made anew when its event comes again. */
  parserVersion: string;
  /** RFC 3339, UTC, milliseconds. */
  now(): string;
}

/** What became of one event. */
export interface Outcome {
  outcome:
    | 'live'
    | 'scheduled'
    | 'withdrawn'
    | 'duplicate'
    | 'rejected'
    | 'deleted'
    /** The article is what it was. */
    | 'unchanged'
    /** A newer event of the same source came first. */
    | 'stale'
    /** The object is gone already; the event of its deletion follows. */
    | 'gone'
    /** A folder marker: no file at all. */
    | 'ignored';
  id: string;
  record?: ArticleRecord;
  /** Why the upload was rejected, also where an earlier article of the source stays. */
  rejection?: Rejection;
}

/**
 * Handles one event of one object: fetch, parse, store. Repeating it changes nothing, and events of one
 * key may come in any order.
 * @throws CopydeskError where something else failed than the file: the event must be delivered again
 */
export async function ingest(event: SourceEvent, deps: IngestDeps): Promise<Outcome> {
  const id = articleId(event.bucket, event.key);
  // What consoles and sync tools write to show a folder.
  if (event.kind === 'created' && event.size === 0 && event.key.endsWith('/'))
    return { outcome: 'ignored', id };
  if (event.kind === 'removed') return remove(event, id, deps);
  return upload(event, id, deps);
}

async function remove(event: SourceEvent, id: string, deps: IngestDeps): Promise<Outcome> {
  const { bucket, key, sequencer, at } = event;
  const stored = await store(deps.articles, changeOf(event, id, deps), async current =>
    composeTombstone(current, { bucket, key, sequencer, uploadedAt: at }, deps.now()),
  );
  return { outcome: stored.kind === 'stale' ? 'stale' : 'deleted', id, record: stored.record };
}

async function upload(event: SourceEvent, id: string, deps: IngestDeps): Promise<Outcome> {
  const change = changeOf(event, id, deps);
  const known = await deps.articles.getForWrite(id);
  if (orderOf(known, change) === 'stale') return { outcome: 'stale', id };
  const read = await readSource(event, deps);
  if (read === 'gone') return event.kind === 'created' ? { outcome: 'gone', id } : remove(event, id, deps);

  const { source, parsed } = read;
  const stored = await store(deps.articles, change, async current => {
    if (parsed instanceof Rejection)
      return composeRejected(current, parsed, source, deps.parserVersion, deps.now());
    const article = composeArticle(current, parsed, source, deps.now());
    const recognized = await recognizeNear(deps.articles, article, current, deps.settings.duplicates);
    return moveLargeBody(recognized, deps.archive);
  });
  return outcomeOf(stored, id, parsed instanceof Rejection ? parsed : undefined);
}

function changeOf(event: SourceEvent, id: string, deps: IngestDeps) {
  return { id, sequencer: event.sequencer, parserVersion: deps.parserVersion, now: deps.now() };
}

/** The source as S3 has it, and what the parser makes of it. */
async function readSource(
  event: SourceEvent,
  deps: IngestDeps,
): Promise<{ source: Source; parsed: ParsedArticle | Rejection } | 'gone'> {
  const source: Source = {
    bucket: event.bucket,
    key: event.key,
    versionId: event.versionId,
    etag: event.etag,
    size: event.size,
    sequencer: event.sequencer,
    uploadedAt: event.at,
  };
  if (event.keyIsBroken)
    return {
      source,
      parsed: new Rejection('bad-key', 'Its name is not valid UTF-8.', { subject: event.key }),
    };
  const maxBytes = deps.settings.limits.fileBytes;
  try {
    const versionId = event.kind === 'created' ? event.versionId : undefined;
    const object = await deps.intake(event.bucket).get(event.key, { versionId, maxBytes });
    if (object === undefined) return 'gone';
    return {
      source: {
        ...source,
        versionId: object.versionId ?? source.versionId,
        etag: object.etag.replaceAll('"', ''),
        size: object.bytes.length,
        contentType: object.contentType,
        savedAt: savedAt(object.metadata),
      },
      parsed: await parseObject(event.key, object, deps),
    };
  } catch (error) {
    if (!(error instanceof ObjectTooLarge)) throw error;
    const message = `It has ${megabytes(error.size)} MB; the limit is ${megabytes(maxBytes)} MB.`;
    return { source, parsed: new Rejection('too-large', message, { subject: event.key, cause: error }) };
  }
}

async function parseObject(
  key: string,
  object: StoredObject,
  { parse, settings }: IngestDeps,
): Promise<ParsedArticle | Rejection> {
  try {
    const { bytes, contentType, metadata } = object;
    return await parse({ bytes, key, contentType, metadata }, settings);
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
}

function outcomeOf(stored: Stored, id: string, rejection: Rejection | undefined): Outcome {
  const { kind, record } = stored;
  if (kind === 'stale') return { outcome: 'stale', id };
  if (rejection !== undefined) return { outcome: 'rejected', id, record, rejection };
  if (kind === 'repeat') return { outcome: 'unchanged', id, record };
  const { before } = stored;
  const unchanged =
    before !== undefined &&
    isArticle(before) &&
    isArticle(record) &&
    before.revision === record.revision &&
    before.status === record.status;
  return { outcome: unchanged ? 'unchanged' : (record.status as Outcome['outcome']), id, record };
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 });
}

/**
 * When the file was last saved: `mtime` in the object's metadata, seconds since 1970, as rclone and our own
 * uploads set it.
 */
function savedAt({ mtime = '' }: Record<string, string>): string | undefined {
  if (!/^\d{1,12}(\.\d{1,9})?$/.test(mtime)) return undefined;
  return storable(new Date(Number(mtime) * 1000).toISOString());
}
