import { isDeepStrictEqual } from 'node:util';
import {
  noteCancellations,
  noteWireItem,
  settleCancellations,
  withCancellations,
} from '../../functions/ingest/record/cancellations.ts';
import { referTo, withMedia } from '../../functions/ingest/record/link-media.ts';
import type { Bucket } from '../../shared/aws/bucket.ts';
import { joinGroup } from '../../shared/duplicates/join-group.ts';
import { coverByKill } from '../../shared/duplicates/kills.ts';
import { finishLeaving, settle, uncoverCopies } from '../../shared/duplicates/settle.ts';
import { CONFLICT, retryOnConflict } from '../../shared/errors/retry-on-conflict.ts';
import { type ArticleRecord, isArticle, isKilled } from '../../shared/model/article.ts';
import { padSequencer } from '../../shared/model/identity.ts';
import { mediaKindOf } from '../../shared/model/media-address.ts';
import type { Articles } from '../../shared/table/articles.ts';
import type { Exported } from './exported.ts';

export type ImportResult =
  | 'imported'
  /** The table already holds the record. */
  | 'there'
  /** The table holds a newer record, which is kept. */
  | 'newer'
  /** The storage bucket does not hold the file of this picture or recording. The file must be uploaded. */
  | 'without-file';

export interface BringInDeps {
  articles: Articles;
  storage: Bucket;
  /** RFC 3339, UTC, milliseconds. */
  now(): string;
}

/**
 * Returns the round in which a record is imported. Pictures come before the articles that show them, killed articles
 * before their copies, and articles before their duplicates, so that the canonical article stays the same.
 */
export function roundOf(record: ArticleRecord): 0 | 1 | 2 | 3 {
  if (isKilled(record)) return 1;
  if (!isArticle(record)) return 0;
  return record.status === 'duplicate' ? 3 : 2;
}

/** Number of rounds of {@link roundOf}. */
export const IMPORT_ROUNDS = 4;

/**
 * Writes a record of an export into a table, and updates the entries that belong to it: its duplicate group, the
 * groups that its kill covers, similar texts, its media, and cancellations. The change stream then publishes the
 * record. A repeated import changes nothing.
 * @throws CopydeskError if the table or the bucket fails
 */
export async function bringIn(exported: Exported, deps: BringInDeps): Promise<ImportResult> {
  const { articles, storage } = deps;
  const { record } = exported;
  if (record.status === 'media' && (await storage.head(record.file.key)) === undefined) return 'without-file';
  return retryOnConflict(record.id, articles.pacing, async () => {
    const current = await articles.getForWrite(record.id);
    const order = comparedTo(record, current);
    if (order === 'newer') return order;
    if (current !== undefined && order === 'there') {
      // An import that was interrupted may have written the record only.
      await settleAll(exported, current, current, deps);
      return order;
    }
    await prepare(exported, deps);
    if (current !== undefined) await finishLeaving(articles, current, deps.now());
    const kept = keepingKill(record, current);
    const draft = isArticle(kept)
      ? await withMedia(articles, await withCancellations(articles, kept, deps.now()))
      : kept;
    const joined = await joinGroup(articles, draft, current, deps.now());
    const imported = { ...joined, version: Math.max(record.version, (current?.version ?? 0) + 1) };
    // The import of an archive is no news.
    const next = current ? articles.withNews(imported, current, deps.now()) : imported;
    if (!(await articles.replace(current, next))) return CONFLICT;
    await settleAll(exported, current, next, deps);
    return 'imported';
  });
}

async function settleAll(
  { record, kills = [] }: Exported,
  current: ArticleRecord | undefined,
  next: ArticleRecord,
  { articles, now }: BringInDeps,
): Promise<void> {
  if (current !== undefined && isKilled(current) && !isKilled(next))
    await uncoverCopies(articles, next.id, now());
  // The export lists the groups that the kill covers. The table may not hold them all yet.
  if (isKilled(record) && isKilled(next))
    for (const kill of kills) await coverByKill(articles, next.id, kill, now());
  if (isKilled(next)) await finishLeaving(articles, next, now());
  else await settle(articles, next, now(), current);
  await settleCancellations(articles, next, now());
}

/** Compares the current record with one of an export. The later upload wins. Of two edits of one upload, the later wins. */
function comparedTo(record: ArticleRecord, current: ArticleRecord | undefined): 'older' | 'there' | 'newer' {
  if (current === undefined) return 'older';
  const [there, given] = [current, record].map(({ source }) => padSequencer(source.sequencer));
  if (there !== given) return (there ?? '') < (given ?? '') ? 'older' : 'newer';
  if (isDeepStrictEqual(current, record) || current.version === record.version) return 'there';
  return current.version < record.version ? 'older' : 'newer';
}

/** Keeps an editor's kill, except if the export is newer than the kill. */
function keepingKill(record: ArticleRecord, current: ArticleRecord | undefined): ArticleRecord {
  if (current === undefined || !isKilled(current) || record.version > current.version) return record;
  if (!isArticle(record)) return { ...record, killed: true };
  const { withdrawnBy: _, ...article } = record;
  return { ...article, status: 'withdrawn' };
}

/** Writes the entries that must exist before the record. */
async function prepare(
  { record, largeBody, cancellations = [] }: Exported,
  { articles, storage }: BringInDeps,
): Promise<void> {
  const { id, source } = record;
  const order = padSequencer(source.sequencer);
  if (record.status === 'media' && mediaKindOf(source.key) === 'picture')
    await articles.media.stand(source.key, true, order);
  if (!isArticle(record)) return;
  if (largeBody !== undefined && record.bodyKey !== undefined)
    await storage.putIf(record.bodyKey, largeBody, { contentType: 'text/html; charset=utf-8' }, 'absent');
  await referTo(record.media ?? [], id, source, articles);
  await noteWireItem(record.wire, id, source, articles);
  await noteCancellations(articles, record, cancellations);
}
