import pMap from 'p-map';
import type { ArticleRecord, Media } from '../../shared/article.ts';
import { articleId } from '../../shared/identity.ts';
import { mediaPath } from '../../shared/media-address.ts';
import { contention } from '../../shared/succession.ts';
import type { Change } from './changes.ts';
import type { PublishDeps } from './publish.ts';
import { CHANGING } from './renditions.ts';
import type { Records } from './view.ts';

/** How often a file is written or deleted anew when who shows it changes meanwhile. */
const MOST_TRIES = 10;

/** Articles read at once until one is found that shows the file. */
const READ_AT_ONCE = 25;

/** Files worked on at once: they wait for S3. */
const AT_ONCE = { concurrency: 8 };

/** Ids of the records of the media that an article names. */
export function mediaIdsOf(record: ArticleRecord | undefined): string[] {
  if (record?.status === 'media') return [record.id];
  if (record === undefined || !('media' in record)) return [];
  return (record.media ?? []).map(({ key }) => articleId(record.source.bucket, key));
}

/**
 * Brings the media of changed articles, and changed media, up to what the table says: on the site is what a live
 * article shows, and nothing else, so that the picture of a story under embargo is as secret as the story. Who
 * shows a file is looked at again once it was written or deleted: whoever comes last leaves it right.
 * @returns how many files were written
 */
export async function publishMedia(
  changes: readonly Change[],
  records: Records,
  deps: PublishDeps,
): Promise<number> {
  const ids = new Set(changes.flatMap(({ id, media = [] }) => [...media, ...mediaIdsOf(records.get(id))]));
  const written = await pMap(ids, id => publishFile(id, deps), AT_ONCE);
  return written.filter(Boolean).length;
}

async function publishFile(id: string, deps: PublishDeps): Promise<boolean> {
  const { siteBucket, archive } = deps;
  let written = false;
  let before: Media | string | undefined;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const record = (await readOne(id, deps)) ?? undefined;
    if (record === undefined) return written;
    const path = mediaPath(record.source.key);
    const shown = record.status === 'media' && (await isShown(record, deps)) ? record : undefined;
    const state = shown === undefined ? 'hidden' : shown.file.key + shown.file.sha256;
    if (state === before) return written;
    before = state;
    if (shown === undefined) {
      await siteBucket.delete(path);
      continue;
    }
    const { key, sha256, type } = shown.file;
    const options = { contentType: type, cacheControl: CHANGING };
    const copied = await siteBucket.copyIfChanged(path, { bucket: archive, key, sha256 }, options);
    if (copied === true) written = true;
    // Replaced since it was read: the next look finds the newer one.
    if (copied === undefined) before = undefined;
  }
  throw contention(`the media file ${id}`);
}

async function readOne(id: string, { articles, onBroken }: PublishDeps): Promise<ArticleRecord | undefined> {
  return (await articles.getMany([id], onBroken)).get(id);
}

/** Whether a live article shows a file. */
async function isShown(media: Media, { articles, onBroken }: PublishDeps): Promise<boolean> {
  const some = async (ids: readonly string[]) => {
    for (const article of (await articles.getMany(ids, onBroken)).values())
      if (article.status === 'live' && mediaIdsOf(article).includes(media.id)) return true;
    return false;
  };
  let ids: string[] = [];
  for await (const id of articles.media.referrers(media.id)) {
    ids.push(id);
    if (ids.length < READ_AT_ONCE) continue;
    if (await some(ids)) return true;
    ids = [];
  }
  return some(ids);
}
