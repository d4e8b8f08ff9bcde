import pMap from 'p-map';
import { CopydeskError } from '../../../shared/errors/errors.ts';
import { CONFLICT, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import type { ArticleRecord, Media } from '../../../shared/model/article.ts';
import { articleId } from '../../../shared/model/identity.ts';
import { mediaPath } from '../../../shared/model/media-address.ts';
import type { ArticleChange } from '../model/change.ts';
import type { Records } from '../model/records.ts';
import { CHANGING } from '../model/rendition.ts';
import type { PublishDeps } from './publish-deps.ts';

/** Number of articles in one read, while an article that shows the file is searched. */
const ARTICLES_PER_READ = 25;

/** Number of files that are copied in parallel. Most of the time passes in waiting for S3. */
const CONCURRENCY = 8;

/** Ids of the media records that an article names. */
export function mediaIdsOf(record: ArticleRecord | undefined): string[] {
  if (record?.status === 'media') return [record.id];
  if (record === undefined || !('media' in record)) return [];
  return (record.media ?? []).map(({ key }) => articleId(record.source.bucket, key));
}

/**
 * Updates the media of changed articles, and changed media, from the table. The site has only media that a live article
 * shows, so that the picture of an embargoed story stays secret. After each write or deletion the table is read again,
 * so that the last publisher leaves the right files.
 * @returns the number of written files
 */
export async function publishMedia(
  changes: readonly ArticleChange[],
  records: Records,
  deps: PublishDeps,
): Promise<number> {
  const ids = new Set(changes.flatMap(({ id, media = [] }) => [...media, ...mediaIdsOf(records.get(id))]));
  const files = new Map(changes.map(({ id, file }) => [id, file]));
  const showing = new Map<string, string>();
  for (const { id } of changes) {
    const record = records.get(id);
    if (record?.status === 'live') for (const media of mediaIdsOf(record)) showing.set(media, id);
  }
  const publish = (id: string) => publishFile(id, { file: files.get(id), shownBy: showing.get(id) }, deps);
  const written = await pMap(ids, publish, { concurrency: CONCURRENCY });
  return written.filter(Boolean).length;
}

/** Facts about a media file in a batch of changes. */
interface Known {
  /** Path of the file on the site before the change. */
  file: string | undefined;
  /** Id of an article that showed the file when the batch was read. This article is checked first. */
  shownBy: string | undefined;
}

async function publishFile(id: string, known: Known, deps: PublishDeps): Promise<boolean> {
  const { siteBucket, storage } = deps;
  let written = false;
  let missing: string | undefined;
  let seen = await fileNow(id, known.file, known, deps);
  return retryOnConflict(`the media file ${id}`, deps.pacing, async () => {
    if (seen === undefined) return written;
    const { path, shown, state } = seen;
    let isLost = false;
    if (shown === undefined || state === missing) {
      // Old bytes are deleted only after their record is replaced. The record is unchanged, so its bytes are lost.
      if (shown !== undefined) deps.onBroken(bytesMissing(shown));
      await siteBucket.delete(path);
    } else {
      const { key, sha256, type } = shown.file;
      const options = { contentType: type, cacheControl: CHANGING };
      const copied = await siteBucket.copyIfChanged(path, { bucket: storage, key, sha256 }, options);
      if (copied) written = true;
      // The bytes are missing. The next read finds a newer record, or the same record, whose bytes are then lost.
      isLost = copied === undefined;
      if (isLost) missing = state;
    }
    seen = await fileNow(id, path, known, deps);
    return seen === undefined || (seen.state === state && !isLost) ? written : CONFLICT;
  });
}

/** The current facts about a media file in the table. */
interface FileNow {
  /** Path of the file on the site. */
  path: string;
  /** The record. Undefined if the site must not have the file. */
  shown: Media | undefined;
  /** Equal states give the same file on the site. */
  state: string;
}

/**
 * Reads the current facts about a media file. Undefined if it was never on the site, or if its record is broken.
 * @param path last known path of the file on the site
 */
async function fileNow(
  id: string,
  path: string | undefined,
  known: Known,
  deps: PublishDeps,
): Promise<FileNow | undefined> {
  const { record, isBroken } = await readOne(id, deps);
  const now = record === undefined ? path : mediaPath(record.source.key);
  if (now === undefined || isBroken) return undefined;
  const shown = record?.status === 'media' && (await isShown(record, known, deps)) ? record : undefined;
  return { path: now, shown, state: shown === undefined ? 'hidden' : shown.file.key + shown.file.sha256 };
}

function bytesMissing({ id, file }: Media): CopydeskError {
  return new CopydeskError('media-missing', `The media file ${file.key} is not in the storage bucket.`, {
    subject: id,
  });
}

async function readOne(
  id: string,
  { articles, onBroken }: PublishDeps,
): Promise<{ record: ArticleRecord | undefined; isBroken: boolean }> {
  let isBroken = false;
  const found = await articles.getMany([id], error => {
    isBroken = true;
    onBroken(error);
  });
  return { record: found.get(id), isBroken };
}

/** Whether a live article shows a file. */
async function isShown(
  media: Media,
  { shownBy }: Known,
  { articles, onBroken }: PublishDeps,
): Promise<boolean> {
  const some = async (ids: readonly string[]) => {
    for (const article of (await articles.getMany(ids, onBroken)).values())
      if (article.status === 'live' && mediaIdsOf(article).includes(media.id)) return true;
    return false;
  };
  if (shownBy !== undefined && (await some([shownBy]))) return true;
  let ids: string[] = [];
  for await (const id of articles.media.referrers(media.id)) {
    ids.push(id);
    if (ids.length < ARTICLES_PER_READ) continue;
    if (await some(ids)) return true;
    ids = [];
  }
  return some(ids);
}
