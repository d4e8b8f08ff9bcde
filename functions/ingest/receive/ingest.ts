import type { Bucket } from '../../../shared/aws/bucket.ts';
import { canonicalsOf } from '../../../shared/duplicates/duplicates.ts';
import { recognizeSimilar } from '../../../shared/duplicates/similarity.ts';
import { contention } from '../../../shared/errors/contention.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';
import {
  type Article,
  type ArticleRecord,
  isArticle,
  type ParsedArticle,
  type Source,
} from '../../../shared/model/article.ts';
import { articleId } from '../../../shared/model/identity.ts';
import { nextChangeOf } from '../../../shared/model/schedule.ts';
import { isSystemFile } from '../../../shared/model/system-files.ts';
import type { FunctionSettings } from '../../../shared/settings/settings.ts';
import type { Articles } from '../../../shared/table/articles.ts';
import { isMedia } from '../media/strip-media.ts';
import type { ParseArticle } from '../model/format-reader.ts';
import { bounded } from '../record/bounds.ts';
import { noteWireItem, withCancellations, withCancelled } from '../record/cancellations.ts';
import { composeArticle, composeRejected, composeTombstone } from '../record/compose.ts';
import { moveLargeBody } from '../record/large-body.ts';
import { referTo, storeAndSettle, withMedia } from '../record/link-media.ts';
import { orderOf, type Stored } from '../record/store.ts';
import { storeMedia } from '../record/store-media.ts';
import { isArchive } from '../zip/members.ts';
import { membersOf, removeMembers, unpack } from '../zip/unpack.ts';
import { readSource, tryToParse } from './read-source.ts';
import type { SourceEvent } from './s3-event.ts';

/** What ingest needs. Everything that touches the world is in here, so that tests can pass their own. */
export interface IngestDeps {
  articles: Articles;
  /** The bucket of this name, to read sources from. */
  intake(bucket: string): Bucket;
  archive: Bucket;
  settings: FunctionSettings;
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
    | 'held'
    | 'withdrawn'
    | 'duplicate'
    | 'rejected'
    | 'deleted'
    /** An archive: `members` says what became of its files. */
    | 'unpacked'
    /** A picture or recording that articles can show. */
    | 'media'
    /** The article is what it was. */
    | 'unchanged'
    /** A newer event of the same source came first. */
    | 'stale'
    /** The object is gone already; the event of its deletion follows. */
    | 'gone'
    /** No copy: a folder marker, or a file that systems and editors leave. */
    | 'ignored';
  id: string;
  record?: ArticleRecord;
  /** Why the upload was rejected, also where an earlier article of the source stays. */
  rejection?: Rejection;
  /** Why the file was ignored. */
  ignored?: string;
  /** Key of the file that is shown instead of a duplicate. */
  duplicateOfKey?: string | undefined;
  members?: Outcome[];
}

const LEFT_BY_PROGRAM = 'Its name is that of a file which a system or an editor leaves: it is no copy.';

/**
 * Handles one event of one object: fetch, parse, store. Repeating it changes nothing, and events of one
 * key may come in any order.
 * @throws CopydeskError where something else failed than the file: the event must be delivered again
 */
export async function ingest(event: SourceEvent, deps: IngestDeps): Promise<Outcome> {
  const id = articleId(event.bucket, event.key);
  // What consoles and sync tools write to show a folder.
  if (event.kind === 'created' && event.size === 0 && event.key.endsWith('/'))
    return { outcome: 'ignored', id, ignored: 'It is a folder, not a file.' };
  if (event.kind === 'created' && isSystemFile(event.key))
    return { outcome: 'ignored', id, ignored: LEFT_BY_PROGRAM };
  const known = await deps.articles.getForWrite(id);
  if (known === undefined && isSystemFile(event.key))
    return { outcome: 'ignored', id, ignored: LEFT_BY_PROGRAM };
  const ordered = event.sequencer === '' ? await inOrder(event, known, deps) : event;
  if (ordered === undefined) return { outcome: 'stale', id };
  const order = orderOf(known, changeOf(id, ordered, deps));
  if (order === 'stale') return { outcome: 'stale', id };
  if (order === 'repeat' && ordered.kind === 'created') return settleAgain(id, ordered, deps);
  return ordered.kind === 'removed' ? remove(ordered, known, deps) : upload(ordered, known, deps);
}

/**
 * Gives a deletion without a sequencer its place in the order of events: where the object is gone, it follows what is
 * known, and comes before all that S3 has yet to say. Undefined where the object is there, or its deletion is known.
 */
async function inOrder(
  event: SourceEvent,
  known: ArticleRecord | undefined,
  deps: IngestDeps,
): Promise<SourceEvent | undefined> {
  if (event.kind === 'created') return event;
  if (known === undefined || known.status === 'deleted') return undefined;
  if ((await deps.intake(event.bucket).head(event.key)) !== undefined) return undefined;
  // Shorter sequencers are padded with zeros: the least that is greater.
  return { ...event, kind: 'removed', sequencer: `${known.source.sequencer}1` };
}

/**
 * Ends what a function that died after it had written the record may have left: who is shown of those with the same
 * content, the media, and the items that it cancels. The file is not read again.
 */
async function settleAgain(id: string, event: SourceEvent, deps: IngestDeps): Promise<Outcome> {
  const stored = await storeAndSettle(id, event, deps, async () => {
    throw contention(id);
  });
  return outcomeOf(stored, id, undefined);
}

async function remove(
  { bucket, key, sequencer, at }: SourceEvent,
  known: ArticleRecord | undefined,
  deps: IngestDeps,
): Promise<Outcome> {
  const id = articleId(bucket, key);
  const source = { bucket, key, sequencer, uploadedAt: at };
  // Before the archive's own record, which names them.
  await removeMembers(membersOf(known), { etag: '', size: 0, ...source }, deps);
  const stored = await storeAndSettle(id, source, deps, async current =>
    composeTombstone(current, source, deps.now()),
  );
  const outcome = stored.kind === 'written' ? 'deleted' : stored.kind === 'repeat' ? 'unchanged' : 'stale';
  return { outcome, id, record: stored.record };
}

async function upload(
  event: SourceEvent,
  known: ArticleRecord | undefined,
  deps: IngestDeps,
): Promise<Outcome> {
  const id = articleId(event.bucket, event.key);
  const read = await readSource(event, deps);
  if (read === 'gone') return event.kind === 'created' ? { outcome: 'gone', id } : remove(event, known, deps);
  const { source, object } = read;
  if (!(object instanceof Rejection) && isArchive(object.bytes)) return unpack(source, object, known, deps);
  // An archive that is none any more.
  await removeMembers(membersOf(known), source, deps);
  const { key } = event;
  if (!(object instanceof Rejection) && isMedia(object.bytes))
    return storeMedia(id, source, object.bytes, deps);
  return storeParsed(
    id,
    source,
    object instanceof Rejection
      ? object
      : await tryToParse({ ...object, key, filedAt: source.uploadedAt }, deps),
    deps,
  );
}

/** Records what was made of a file, or why nothing can be. */
export async function storeParsed(
  id: string,
  source: Source,
  parsed: ParsedArticle | Rejection,
  deps: IngestDeps,
): Promise<Outcome> {
  const uses = parsed instanceof Rejection ? [] : (parsed.media ?? []);
  // As its record has it: an id that is cut there must be found by what is left of it.
  const wire = parsed instanceof Rejection ? undefined : bounded(parsed).wire;
  await Promise.all([
    referTo(uses, id, source, deps.articles),
    noteWireItem(wire, id, source, deps.articles),
  ]);
  const stored = await storeAndSettle(id, source, deps, async current => {
    if (parsed instanceof Rejection)
      return composeRejected(current, parsed, source, deps.parserVersion, deps.now());
    const composed = composeArticle(current, parsed, source, deps.now());
    const cancelled = await withCancellations(deps.articles, composed, deps.now());
    const noted = await withCancelled(deps.articles, cancelled, current ?? 'none');
    const article = await withMedia(deps.articles, noted);
    const recognized = await recognizeSimilar(deps.articles, article, current, deps.settings.duplicates);
    return moveLargeBody(recognized, deps.archive);
  });
  const rejection = parsed instanceof Rejection ? parsed : undefined;
  const { record } = stored;
  const outcome = outcomeOf(stored, id, rejection);
  if (stored.kind === 'stale' || record.status !== 'duplicate') return outcome;
  const canonical = (await canonicalsOf(deps.articles, [record])).get(id);
  return { ...outcome, duplicateOfKey: canonical?.source.key };
}

/** Whether two versions of an article wait for the same instant, or are held for the same reason. */
function isSameWait(before: Article, record: Article): boolean {
  return before.hold === record.hold && nextChangeOf(before) === nextChangeOf(record);
}

function changeOf(id: string, { sequencer }: { sequencer: string }, deps: IngestDeps) {
  return { id, sequencer, parserVersion: deps.parserVersion, now: deps.now() };
}

/** What came of an event, from what was stored. */
export function outcomeOf(stored: Stored, id: string, rejection: Rejection | undefined): Outcome {
  const { kind, record } = stored;
  if (kind === 'stale') return { outcome: 'stale', id };
  if (rejection !== undefined) return { outcome: 'rejected', id, record, rejection };
  if (kind === 'repeat') return { outcome: 'unchanged', id, record };
  const { before } = stored;
  const unchanged =
    before !== undefined &&
    before.status === record.status &&
    (isArticle(before) && isArticle(record)
      ? before.revision === record.revision && isSameWait(before, record)
      : before.status === 'media' && record.status === 'media' && before.file.sha256 === record.file.sha256);
  return { outcome: unchanged ? 'unchanged' : record.status, id, record };
}
