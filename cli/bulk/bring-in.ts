import { isDeepStrictEqual } from 'node:util';
import { noteWireItem } from '../../functions/ingest/cancellations.ts';
import { referTo, withMedia } from '../../functions/ingest/settle-media.ts';
import { lookupKeys } from '../../functions/ingest/sketch.ts';
import { type ArticleRecord, isArticle, isKilled } from '../../shared/article.ts';
import type { Articles } from '../../shared/articles.ts';
import { padSequencer } from '../../shared/identity.ts';
import { mediaKindOf } from '../../shared/media-address.ts';
import type { Bucket } from '../../shared/objects.ts';
import { asDuplicateOfOwner, contention, MOST_TRIES, settle } from '../../shared/succession.ts';
import type { Exported } from './exported.ts';

/** What became of a record that was to be brought in. */
export type BroughtIn =
  | 'imported'
  /** It is there already. */
  | 'there'
  /** What is there is newer, and stays. */
  | 'newer'
  /** A picture or recording whose file the archive does not hold: its upload is needed. */
  | 'without-file';

export interface BringInDeps {
  articles: Articles;
  archive: Bucket;
  /** RFC 3339, UTC, milliseconds. */
  now(): string;
}

/**
 * In which of three rounds a record is brought in: pictures before the articles that show them, and an article before
 * its duplicates, so that it is shown as it was.
 */
export function roundOf(record: ArticleRecord): 0 | 1 | 2 {
  if (!isArticle(record)) return 0;
  return record.status === 'duplicate' ? 2 : 1;
}

/** The number of rounds of {@link roundOf}. */
export const ROUNDS = 3;

/**
 * Writes a record of an export into a table, with what else the table says of it: who shows its content, what it
 * resembles, which media it shows. Safe to repeat; the change stream publishes it.
 * @throws CopydeskError where the table or the bucket fails
 */
export async function bringIn({ record, largeBody }: Exported, deps: BringInDeps): Promise<BroughtIn> {
  const { articles, archive } = deps;
  if (record.status === 'media' && (await archive.head(record.file.key)) === undefined) return 'without-file';
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const current = await articles.getForWrite(record.id);
    const standing = comparedTo(record, current);
    if (standing !== 'older') return standing;
    await prepare({ record, largeBody }, deps);
    const kept = keepingKill(record, current);
    const drafted = isArticle(kept)
      ? await asDuplicateOfOwner(articles, await withMedia(articles, kept), current)
      : kept;
    const next = { ...drafted, version: Math.max(record.version, (current?.version ?? 0) + 1) };
    if (!(await articles.replace(current, next))) continue;
    await settle(articles, next, deps.now());
    return 'imported';
  }
  throw contention(record.id);
}

/** How what is there stands to a record of an export: the later upload counts, and of one upload the later edit. */
function comparedTo(record: ArticleRecord, current: ArticleRecord | undefined): 'older' | 'there' | 'newer' {
  if (current === undefined) return 'older';
  const [there, given] = [current, record].map(({ source }) => padSequencer(source.sequencer));
  if (there !== given) return (there ?? '') < (given ?? '') ? 'older' : 'newer';
  if (isDeepStrictEqual(current, record) || current.version === record.version) return 'there';
  return current.version < record.version ? 'older' : 'newer';
}

/** An editor's kill outlives an import, but where the export was made after it: it then knows of the kill. */
function keepingKill(record: ArticleRecord, current: ArticleRecord | undefined): ArticleRecord {
  if (current === undefined || !isKilled(current) || record.version > current.version) return record;
  if (!isArticle(record)) return { ...record, killed: true };
  const { withdrawnBy: _, ...article } = record;
  return { ...article, status: 'withdrawn' };
}

/** What must be there before the record is. */
async function prepare({ record, largeBody }: Exported, { articles, archive }: BringInDeps): Promise<void> {
  const { id, source } = record;
  const order = padSequencer(source.sequencer);
  if (record.status === 'media' && mediaKindOf(source.key) === 'picture')
    await articles.media.stand(source.key, true, order);
  if (!isArticle(record)) return;
  if (largeBody !== undefined && record.bodyKey !== undefined)
    await archive.putIf(record.bodyKey, largeBody, { contentType: 'text/html; charset=utf-8' }, 'absent');
  await referTo(record.media ?? [], id, source, articles);
  await noteWireItem(record.wire, id, source, articles);
  if (record.nearHash !== undefined) await articles.near.enter(lookupKeys(record.nearHash), id);
}
