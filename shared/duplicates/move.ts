import { CONFLICT, retryOnConflict } from '../errors/retry-on-conflict.ts';
import {
  type Article,
  type ArticleRecord,
  canBeMoved,
  type Forward,
  forwardOf,
  groupOf,
  groupSinceOf,
  isArticle,
  isKilled,
  type Tombstone,
} from '../model/article.ts';
import { editsOf, withEdits } from '../model/edited.ts';
import { padSequencer } from '../model/identity.ts';
import { isRevisedByMove, laterThan, shownUpdate } from '../model/revised.ts';
import { isStated, statusAt } from '../model/schedule.ts';
import type { Articles } from '../table/articles.ts';
import { leftBy, memberOf } from './membership.ts';

/**
 * A file that is moved is deleted under one key and uploaded under another. Its article then continues: the record of
 * the deleted key (the *leaver*) takes the file of the other key (the *mover*), and the record of the mover becomes the
 * tombstone of the deleted key. So the two keys exchange their records. The ids of records never change. `forwards`
 * lead from the record that a key has by its id to the one that it has now.
 *
 * There are no transactions. Three conditional writes follow each other: the mover forwards its key, so that no later
 * event of the file changes it; the leaver takes the file; the mover becomes the tombstone. {@link homeOf} finishes or
 * undoes what a function left that died between them. See docs/decisions/0030-moved-files.md.
 */

/** Maximum time between the deletion of a file and the upload of the same content under another key, in milliseconds. */
const MAX_MOVE_MS = 24 * 3_600_000;

/** Maximum number of keys that have left one record. A story that moves more often becomes a new one. */
const MAX_FORWARDS = 20;

/** A record whose file is deleted, with what a moved file continues. */
export interface Leaver {
  record: Article | Tombstone;
  key: string;
  deleted: NonNullable<Forward['deleted']>;
  was: NonNullable<Tombstone['was']>;
}

/** A live article whose file is about to be deleted. Undefined if the article cannot follow its file. */
export function leavingNow(record: ArticleRecord, deleted: Leaver['deleted']): Leaver | undefined {
  if (record.status !== 'live' || !canBeMoved(record) || !hasRoom(record)) return undefined;
  return { record, key: record.source.key, deleted, was: shownBy(record) };
}

/** What the file of a live article shows, for a file that continues the article. */
export function shownBy(article: Article): Leaver['was'] {
  const { contentHash, publishedAt, publishedFrom } = article;
  const edits = editsOf(article);
  return { contentHash, publishedAt, publishedFrom, ...(edits && { edits }) };
}

/** Reads an article whose file was deleted. Undefined if no file can continue it. */
export async function leaverOf(articles: Articles, id: string | undefined): Promise<Leaver | undefined> {
  const record = id === undefined ? undefined : await articles.getForWrite(id);
  if (record?.status !== 'deleted' || isKilled(record) || !hasRoom(record)) return undefined;
  const { was, permalink, slug, revision, source } = record;
  if (was === undefined || permalink === undefined || slug === undefined || revision === undefined)
    return undefined;
  const { bucket, key, sequencer, uploadedAt: at } = source;
  return { record, key, deleted: { bucket, sequencer, at }, was };
}

function hasRoom({ forwards = [] }: ArticleRecord): boolean {
  return forwards.length < MAX_FORWARDS;
}

/** Whether a file that is about to be stored continues a deleted article. */
export async function continues(articles: Articles, draft: Article, departed: string): Promise<boolean> {
  if (departed === draft.id) return false;
  const leaver = await leaverOf(articles, departed);
  return leaver !== undefined && isMoverTo(leaver, draft);
}

/**
 * Whether a file has the content of a deleted one, came within a day of its deletion, and was never public itself. A
 * file that was public has an address of its own. The caller knows that the file may be public now.
 */
export function isMoverTo({ record, key, deleted, was }: Leaver, file: Article): boolean {
  if (!canBeMoved(file) || file.source.key === key) return false;
  if (!hasRoom(file) && forwardOf(file, file.source.key)?.id !== record.id) return false;
  if (file.contentHash !== was.contentHash || file.goneAt !== undefined) return false;
  return Math.abs(Date.parse(file.source.uploadedAt) - Date.parse(deleted.at)) <= MAX_MOVE_MS;
}

/**
 * Moves an article to another key.
 * @param mover the record of a duplicate, in the group of the leaver
 * @returns the article, to be settled before the record of the mover is {@link vacate}d. Undefined after a conflict: read
 * and decide again
 */
export async function move(
  articles: Articles,
  leaver: Leaver,
  mover: Article,
  now: string,
): Promise<Article | undefined> {
  const { key } = mover.source;
  const forward = { key, id: leaver.record.id };
  const reserved = { ...mover, version: mover.version + 1, forwards: withForward(mover, forward) };
  if (!(await articles.replace(mover, reserved))) return undefined;
  const media = (mover.media ?? []).map(use => articles.idOf(use.key));
  await articles.media.refer(media, leaver.record.id, padSequencer(mover.source.sequencer));
  const next = articles.withNews(continued(leaver, reserved, now), leaver.record, now);
  return (await articles.replace(leaver.record, next)) ? next : undefined;
}

/** The article with the file of the mover, and its own identity, address, dates and corrections by hand. */
function continued({ record, key, deleted, was }: Leaver, mover: Article, now: string): Article {
  const { slug = mover.slug, permalink = mover.permalink, revision = mover.revision } = record;
  const { duplicateOf: _, withdrawnBy: __, left: ___, ...file } = mover;
  const { publishedAt, publishedFrom } = isStated(mover.publishedFrom) ? mover : was;
  const live = isArticle(record) ? record : undefined;
  const article: Article = {
    ...file,
    id: record.id,
    guid: record.guid,
    version: record.version + 1,
    ingestedAt: now,
    ...{ slug, permalink, revision, publishedAt, publishedFrom },
    updatedAt: record.updatedAt ?? publishedAt,
    groupSince: groupSinceOf(live ?? mover),
    ...(record.embedded && { unembedded: record.embedded }),
    forwards: withForward(record, { key, id: mover.id, deleted }).filter(
      forward => forward.key !== mover.source.key,
    ),
  };
  const edited = withEdits(article, was.edits);
  const revised = live === undefined ? edited : withRevision(edited, live, now);
  const next = { ...revised, ...statusAt(revised, now) };
  return { ...next, left: leftBy(record, next) };
}

/** A file of the same headline and text can have another byline or correction. Then feeds must say that it changed. */
function withRevision(article: Article, before: Article, now: string): Article {
  if (!isRevisedByMove(before, article)) return article;
  const updatedAt = laterThan(shownUpdate(before), now);
  return { ...article, revision: before.revision + 1, updatedAt };
}

function withForward({ forwards = [] }: ArticleRecord, forward: Forward): Forward[] {
  return [...forwards.filter(({ key }) => key !== forward.key), forward];
}

/**
 * Makes the record that a moved file left the tombstone of the deleted key.
 * @param id of that record
 * @param key the deleted key, and how it was `deleted`, as the record that has the file now forwards it
 * @returns the tombstone. It names what it `left` if another function made the record live meanwhile
 */
export async function vacate(
  articles: Articles,
  id: string,
  key: string,
  deleted: Leaver['deleted'],
  now: string,
): Promise<Tombstone | undefined> {
  return retryOnConflict(id, articles.pacing, async () => {
    const mover = await articles.getForWrite(id);
    if (!mover || !forwardOf(mover, mover.source.key)) return undefined;
    const { guid, version, forwards = [] } = mover;
    const vacated: Tombstone = {
      ...{ id, guid, version: version + 1, ingestedAt: now },
      source: {
        ...{ bucket: deleted.bucket, key, etag: '', size: 0 },
        ...{ sequencer: deleted.sequencer, uploadedAt: deleted.at },
      },
      status: 'deleted',
      forwards: forwards.filter(forward => forward.key !== key),
    };
    const tombstone = mover.status === 'live' ? { ...vacated, left: leftBy(mover, vacated) } : vacated;
    if (!(await articles.replace(mover, tombstone))) return CONFLICT;
    if (isArticle(mover)) await articles.groups.leave(groupOf(mover), memberOf(mover));
    return tombstone;
  });
}
