import type { StoredObject } from '../../../shared/aws/bucket.ts';
import { homeOf } from '../../../shared/duplicates/home.ts';
import { moveAway } from '../../../shared/duplicates/promote.ts';
import { CopydeskError } from '../../../shared/errors/errors.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';
import { contention } from '../../../shared/errors/retry-on-conflict.ts';
import type { ArticleRecord, Source } from '../../../shared/model/article.ts';
import { isSameUpload } from '../../../shared/model/edited.ts';
import { loadedOnce } from '../../../shared/model/loaded-once.ts';
import { MAIL_FOLDER } from '../../../shared/model/mail-folder.ts';
import { canHoldMedia, mediaKindOf } from '../../../shared/model/media-address.ts';
import { isSystemFile } from '../../../shared/model/system-files.ts';
import { isThemeFile } from '../../../shared/model/theme-file.ts';
import { tryToParse } from '../article/try-to-parse.ts';
import { isMailFile } from '../formats/sniff.ts';
import { mediaKind } from '../media/media-kind.ts';
import { composeContext, type IngestDeps } from '../model/ingest-deps.ts';
import { composeTombstone } from '../record/compose.ts';
import { refresh, storeAndSettle } from '../record/link-media.ts';
import { type Outcome, outcomeOf } from '../record/outcome.ts';
import { embeddedOf, membersOf, removeMembers, removeUnknown } from '../record/remove-members.ts';
import { orderOf } from '../record/store.ts';
import { storeMedia } from '../record/store-media.ts';
import { storeParsed } from '../record/store-parsed.ts';
import { isArticleZip } from '../zip/members.ts';
import { refuseFutureEvent } from './order-of-s3.ts';
import { readSource } from './read-source.ts';
import type { SourceEvent } from './s3-event.ts';

/** Zips are rare, and their release terms need tables of 100 KB. */
const zips = loadedOnce(() => import('../zip/unpack.ts'));

/** Few newsrooms have a mailbox. */
const mails = loadedOnce(() => import('../article/as-mailed.ts'));

const IGNORED_FOLDER = 'It is a folder, not a file.';
const IGNORED_SYSTEM_FILE = 'Operating systems and editors leave files of this name. They are not copy.';

/**
 * Handles one event of one object: fetches, parses and stores it. A repeated event changes nothing. Events of one key
 * can come in any order.
 * @throws CopydeskError if the failure is not the file's fault. The event must then be delivered again
 */
export async function ingest(event: SourceEvent, deps: IngestDeps): Promise<Outcome> {
  // The id does not depend on the bucket. So a deletion in another bucket would delete the article of the same key.
  if (event.bucket !== deps.intake.name)
    throw new CopydeskError(
      'other-bucket',
      `The event is about the bucket ${event.bucket}; copy is read from ${deps.intake.name} only.`,
      { subject: event.key },
    );
  if (deps.highestSequencer) refuseFutureEvent(event, deps.highestSequencer());
  const named = deps.articles.idOf(event.key);
  // An empty object whose key ends with a slash is a folder that a console or a sync tool made.
  if (event.kind === 'created' && event.size === 0 && event.key.endsWith('/'))
    return { outcome: 'ignored', id: named, ignored: IGNORED_FOLDER };
  if (event.kind === 'created' && isSystemFile(event.key))
    return { outcome: 'ignored', id: named, ignored: IGNORED_SYSTEM_FILE };
  const { id, record: known } = await homeOf(deps.articles, event.key, deps.now());
  if (known === undefined && isSystemFile(event.key))
    return { outcome: 'ignored', id, ignored: IGNORED_SYSTEM_FILE };
  const ordered = event.sequencer === '' ? await withSequencer(event, known, deps) : event;
  if (ordered === undefined) return { outcome: 'stale', id };
  const order = orderOf(known, { sequencer: ordered.sequencer, parserVersion: deps.parserVersion });
  if (known !== undefined && order === 'stale') {
    if (ordered.kind === 'created') await removeOvertaken(ordered, known, deps);
    return { outcome: 'stale', id };
  }
  if (order === 'repeat' && ordered.kind === 'created') return settleAgain(id, ordered, deps);
  if (ordered.kind !== 'removed') return upload(ordered, known, deps);
  // A deletion is old if the object exists. The event of the later upload follows, or S3 did not send the deletion.
  if (event.sequencer !== '' && (await deps.intake.head(event.key)) !== undefined)
    return { outcome: 'stale', id };
  return remove(ordered, known, deps);
}

/**
 * Removes the pictures of a document that was overtaken by a later version. If its function was interrupted before it had
 * written the record, no record names them. Only the repeated event of the document does.
 */
async function removeOvertaken(event: SourceEvent, known: ArticleRecord, deps: IngestDeps): Promise<void> {
  const { key, versionId } = event;
  // Without a version, the later document would be read.
  if (versionId === undefined || versionId === known.source.versionId || !canHoldMedia(key)) return;
  const read = await readSource(event, deps);
  if (read === 'gone' || read.object instanceof Rejection || isArticleZip(read.object.bytes)) return;
  const parsed = await tryToParse({ ...read.object, key, filedAt: event.at }, deps);
  if (parsed instanceof Rejection) return;
  await removeUnknown(parsed.embeddedFiles, known, deps);
}

/**
 * Gives a sequencer to a deletion that came without one. If the object is gone, the deletion follows the last
 * known event and comes before all later events. Returns undefined if the object exists or its deletion is
 * known.
 */
async function withSequencer(
  event: SourceEvent,
  known: ArticleRecord | undefined,
  deps: IngestDeps,
): Promise<SourceEvent | undefined> {
  if (event.kind === 'created') return event;
  if (known === undefined || known.status === 'deleted') return undefined;
  if ((await deps.intake.head(event.key)) !== undefined) return undefined;
  // Sequencers are padded with zeros on the right. So an appended 1 gives a sequencer between this event and the next.
  return { ...event, kind: 'removed', sequencer: `${known.source.sequencer}1` };
}

/**
 * Completes the work of a function that died after it had written the record: the choice of the canonical
 * article, the media, and the items that the file cancels. The file is not read again.
 */
async function settleAgain(id: string, event: SourceEvent, deps: IngestDeps): Promise<Outcome> {
  const stored = await storeAndSettle(id, event, deps, async () => {
    throw contention(id);
  });
  await removeMembers(stored.record.unembedded ?? [], stored.record.source, deps);
  return outcomeOf(stored, id, undefined);
}

async function remove(
  { bucket, key, sequencer, at }: SourceEvent,
  known: ArticleRecord | undefined,
  deps: IngestDeps,
): Promise<Outcome> {
  const id = idOf(known, key, deps);
  const source = { bucket, key, sequencer, uploadedAt: at };
  const deleted = { bucket, sequencer, at };
  const moved = known && (await moveAway(deps.articles, known, deleted, deps.now()));
  if (moved) {
    await removeMembers(moved.unembedded ?? [], moved.source, deps);
    await refresh(deps.articles, moved.id);
    return { outcome: 'deleted', id, record: moved };
  }
  // Members are removed before the record of the zip, because a retry finds them by this record.
  const members = [...membersOf(known), ...embeddedOf(known)];
  await removeMembers(members, { etag: '', size: 0, ...source }, deps);
  const stored = await storeAndSettle(id, source, deps, async current =>
    composeTombstone(current, source, composeContext(deps)),
  );
  const outcome = stored.kind === 'written' ? 'deleted' : stored.kind === 'repeat' ? 'unchanged' : 'stale';
  return { outcome, id, record: stored.record };
}

async function upload(
  event: SourceEvent,
  known: ArticleRecord | undefined,
  deps: IngestDeps,
): Promise<Outcome> {
  const id = idOf(known, event.key, deps);
  const read = await readSource(event, deps);
  if (read === 'gone') return event.kind === 'created' ? { outcome: 'gone', id } : remove(event, known, deps);
  const { object } = read;
  if (object instanceof Rejection) {
    await removeMembers(membersOf(known), read.source, deps);
    return storeParsed(id, read.source, object, deps);
  }
  const verdict = await mailVerdict(read.source, object, known, deps);
  const source = verdict === undefined ? read.source : { ...read.source, mail: verdict };
  const outcome = await storeObject(source, object, known, deps);
  // Only the first record of a message is answered. So a repeated event or a new parser sends no second answer.
  const isAnswered = known === undefined && wantsAnswer(event.key, outcome, deps);
  return isAnswered ? { ...outcome, answer: await answerOf(object.bytes, deps) } : outcome;
}

/**
 * The verdict on a file of the mail folder. It is given once, when the mail arrives. So a new parser neither publishes the
 * held mails of a newsroom that has removed its mailbox, nor takes down the stories of a sender who has left.
 */
async function mailVerdict(
  source: Source,
  object: StoredObject,
  known: ArticleRecord | undefined,
  { settings }: IngestDeps,
): Promise<Source['mail']> {
  if (!source.key.startsWith(MAIL_FOLDER)) return undefined;
  const before = known !== undefined && isSameUpload(known, source) ? known.source.mail : undefined;
  return before ?? (await mails()).mailVerdictOf(object, settings);
}

async function storeObject(
  source: Source,
  object: StoredObject,
  known: ArticleRecord | undefined,
  deps: IngestDeps,
): Promise<Outcome> {
  const { key } = source;
  const id = idOf(known, key, deps);
  if (isThemeFile(key)) {
    await removeMembers([...membersOf(known), ...embeddedOf(known)], source, deps);
    return storeMedia(id, source, object.bytes, deps);
  }
  const isTranscript = mediaKindOf(key) === 'transcript';
  if (!isTranscript && isArticleZip(object.bytes)) return (await zips()).unpack(source, object, known, deps);
  if (!isTranscript && isMailFile({ ...object, key })) {
    const unpacked = await (await zips()).unpackMail(source, object, known, deps);
    if (unpacked) return unpacked;
  }
  // If the key held a zip before, its members are removed.
  await removeMembers(membersOf(known), source, deps);
  if (isTranscript || mediaKind(object.bytes)) {
    await removeMembers(embeddedOf(known), source, deps);
    return storeMedia(id, source, object.bytes, deps);
  }
  const parsed = await tryToParse({ ...object, key, mail: source.mail, filedAt: source.uploadedAt }, deps);
  return storeParsed(id, source, parsed, deps);
}

/** Outcomes of events that wrote no record. */
const WITHOUT_RECORD: ReadonlySet<Outcome['outcome']> = new Set(['unchanged', 'stale']);

/** Whether this call wrote the record of a mail and those of all its stories, and the settings ask for answers. */
function wantsAnswer(key: string, outcome: Outcome, { settings: { deployment } }: IngestDeps): boolean {
  if (deployment?.mail?.reply !== true || !key.startsWith(MAIL_FOLDER)) return false;
  return [outcome, ...(outcome.members ?? [])].every(({ outcome: each }) => !WITHOUT_RECORD.has(each));
}

async function answerOf(bytes: Uint8Array, { settings: { deployment } }: IngestDeps) {
  const { mailToAnswer } = await import('./mail-to-answer.ts');
  return mailToAnswer(bytes, { senders: deployment?.mail?.senders ?? [] });
}

/** The id of the record of a key. That of a moved file is not made from its key. */
function idOf(known: ArticleRecord | undefined, key: string, { articles }: IngestDeps): string {
  return known?.id ?? articles.idOf(key);
}
