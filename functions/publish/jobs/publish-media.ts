import { CopydeskError } from '../../../shared/errors/errors.ts';
import { inParallel } from '../../../shared/errors/in-parallel.ts';
import { CONFLICT, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import type { Media } from '../../../shared/model/article.ts';
import {
  publishedAddress,
  publishedPath,
  renditionAddress,
  renditionKey,
  renditionType,
} from '../../../shared/model/media-address.ts';
import { isThemeAddress, isThemeFile, isThemeKey } from '../../../shared/model/theme-file.ts';
import { mend } from '../../../shared/table/article-item.ts';
import type { ArticleChange } from '../model/change.ts';
import type { Records } from '../model/records.ts';
import { CHANGING } from '../model/rendition.ts';
import type { PublishDeps } from '../views/view.ts';
import { mediaIdsOf } from './change-plan.ts';

/** Number of articles in one read of the search for an article that shows a file. Memory must hold their bodies. */
const ARTICLES_PER_READ = 25;

/**
 * Number of articles whose status is read in parallel, if none of the first ones shows the file. Stories that were
 * withdrawn keep their references, so a file can have thousands.
 */
const STATUSES_PER_READ = 800;

/** Number of files that are copied in parallel. Copying is mostly waiting for S3. */
const CONCURRENCY = 8;

/**
 * Updates changed media, and the media of changed articles, from the table. The site has only media of live articles, so
 * that the picture of an embargoed story stays secret. After each write or deletion the table is read again, so that the
 * last publisher leaves the right files.
 * @returns the number of written files
 */
export async function publishMedia(
  changes: readonly ArticleChange[],
  records: Records,
  deps: PublishDeps,
): Promise<number> {
  const ids = new Set(
    changes.flatMap(({ id, media = [] }) => [...media, ...mediaIdsOf(records.get(id), deps.articles)]),
  );
  const files = new Map(changes.map(({ id, file }) => [id, file]));
  const showing = new Map<string, string>();
  for (const { id } of changes) {
    const record = records.get(id);
    if (record?.status === 'live')
      for (const media of mediaIdsOf(record, deps.articles)) showing.set(media, id);
  }
  const publish = (id: string) => publishFile(id, { file: files.get(id), shownBy: showing.get(id) }, deps);
  const written = await inParallel(ids, publish, { concurrency: CONCURRENCY });
  return written.filter(Boolean).length;
}

interface Known {
  /** Path of the file on the site before the change. */
  file: string | undefined;
  /** Id of an article of the batch that shows the file. This article is checked first. */
  shownBy: string | undefined;
}

async function publishFile(id: string, known: Known, deps: PublishDeps): Promise<boolean> {
  let written = false;
  let missing: string | undefined;
  let seen = await fileNow(id, known.file, known, deps);
  return retryOnConflict(`the media file ${id}`, deps.pacing, async () => {
    if (seen === undefined) return written;
    const { path, shown, state } = seen;
    let isLost = false;
    if (shown === undefined || state === missing) {
      // Ingest deletes old bytes only after it has replaced their record. This record is unchanged, so its bytes are lost.
      if (shown !== undefined) deps.onBroken(bytesMissing(shown));
      await clear(path, [], deps);
    } else {
      const files = filesOf(shown, path);
      const copied = await inParallel(files, file => copyFile(file, deps), { concurrency: CONCURRENCY });
      if (copied.includes(true)) {
        written = true;
        await clear(path, files, deps);
      } else if (!files.some(file => file.path === path)) {
        // An earlier version published the file under its own ending, also after a roll-back.
        await deps.siteBucket.delete(path);
      }
      // Bytes are missing. If the next read finds the same record, its bytes are lost.
      isLost = copied.includes(undefined);
      if (isLost) missing = state;
    }
    seen = await fileNow(id, path, known, deps);
    return seen === undefined || (seen.state === state && !isLost) ? written : CONFLICT;
  });
}

interface SiteFile {
  path: string;
  key: string;
  sha256: string;
  type: string;
}

/** The files of a media record on the site: the file itself, and the renditions of a picture. */
function filesOf({ file }: Media, path: string): SiteFile[] {
  const { key, sha256, type, renditions = [] } = file;
  return [
    { path: publishedAddress(path, type), key, sha256, type },
    ...renditions.map(({ name, sha256 }) => ({
      path: renditionAddress(path, name),
      key: renditionKey(key, name),
      sha256,
      type: renditionType(name),
    })),
  ];
}

function copyFile({ path, key, sha256, type }: SiteFile, { siteBucket, storage }: PublishDeps) {
  const options = { contentType: type, cacheControl: CHANGING };
  return siteBucket.copyIfChanged(path, { bucket: storage, key, sha256 }, options);
}

/**
 * Deletes the files of a media record from the site, except the given ones. Pictures and recordings have a folder for each
 * key, and the files of the look of the site share one.
 */
async function clear(path: string, kept: readonly SiteFile[], { siteBucket }: PublishDeps): Promise<void> {
  const paths = new Set(kept.map(file => file.path));
  if (isThemeAddress(path)) {
    if (!paths.has(path)) await siteBucket.delete(path);
    return;
  }
  for await (const key of siteBucket.keys(path.slice(0, path.lastIndexOf('/') + 1)))
    if (!paths.has(key)) await siteBucket.delete(key);
}

/**
 * The path of a media file on the site. If the site must have the file, `shown` is its record. Equal values of `state`
 * give the same file on the site. The result is undefined if the file was never on the site, or if its record is
 * broken.
 * @param lastPath last known path of the file on the site
 */
async function fileNow(id: string, lastPath: string | undefined, known: Known, deps: PublishDeps) {
  const { record, isBroken } = await readOne(id, deps);
  const path = record === undefined ? lastPath : publishedPath(record.source.key);
  if (path === undefined || isBroken) return undefined;
  const shown = record?.status === 'media' && (await isShown(record, known, deps)) ? record : undefined;
  return { path, shown, state: shown === undefined ? 'hidden' : shown.file.key + shown.file.sha256 };
}

function bytesMissing({ id, file }: Media): CopydeskError {
  const message = `The media file ${file.key} is not in the storage bucket. ${mend(id)}`;
  return new CopydeskError('media-missing', message, { subject: id });
}

async function readOne(id: string, { articles, onBroken }: PublishDeps) {
  let isBroken = false;
  const found = await articles.getMany([id], error => {
    isBroken = true;
    onBroken(error);
  });
  return { record: found.get(id), isBroken };
}

async function isShown(
  media: Media,
  { shownBy }: Known,
  { articles, onBroken }: PublishDeps,
): Promise<boolean> {
  if (isThemeFile(media.source.key)) return isThemeKey(media.source.key);
  const some = async (ids: readonly string[]) => {
    for (const article of (await articles.getMany(ids, onBroken)).values())
      if (article.status === 'live' && mediaIdsOf(article, articles).includes(media.id)) return true;
    return false;
  };
  if (shownBy !== undefined && (await some([shownBy]))) return true;
  let ids: string[] = [];
  let isFirst = true;
  const someOfIds = async () => {
    const live = isFirst ? ids : await articles.lists.live(ids);
    isFirst = false;
    ids = [];
    for (let from = 0; from < live.length; from += ARTICLES_PER_READ)
      if (await some(live.slice(from, from + ARTICLES_PER_READ))) return true;
    return false;
  };
  for await (const id of articles.media.referrers(media.id)) {
    ids.push(id);
    if (ids.length >= (isFirst ? ARTICLES_PER_READ : STATUSES_PER_READ) && (await someOfIds())) return true;
  }
  return someOfIds();
}
