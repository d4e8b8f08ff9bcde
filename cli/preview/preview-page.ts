import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { Removal } from '../../functions/ingest/page/explain.ts';
import { explainArticle } from '../../functions/ingest/parse.ts';
import { type LocalHandlers, localHandlers } from '../../local/handlers.ts';
import { type InProcessServices, openInProcess } from '../../local/in-process.ts';
import { LOG_EVENTS } from '../../shared/aws/telemetry.ts';
import { type Article, type ArticleRecord, isArticle } from '../../shared/model/article.ts';
import { mediaKindOf, stemOf } from '../../shared/model/media-address.ts';
import { isOnHold } from '../../shared/model/schedule.ts';
import { THEME_STYLES } from '../../shared/model/theme-file.ts';
import type { Settings } from '../../shared/settings/settings.ts';
import { changeArticle, released } from '../deployment/change.ts';

/** A file to look at before it is public. */
export interface PreviewedFile {
  /** Its key in the intake bucket. */
  key: string;
  bytes: Uint8Array;
  contentType?: string | undefined;
  /** Metadata of the upload, encoded for headers: `mtime`, and what `put` says of the copy. */
  metadata?: Readonly<Record<string, string>> | undefined;
}

/** The files beside a story, by their keys: its pictures and recordings, and the look of the site. `Bucket` is one. */
export interface NearbyFiles {
  keys(prefix: string): AsyncIterable<string>;
  /** Undefined if there is no such file, or none that may be shown. */
  get(key: string): Promise<{ bytes: Uint8Array } | undefined>;
}

/** An article that a deployment holds. It takes the place of what its file would become. */
interface StoredStory {
  record: Article;
  /** Its body, if the record names an object of the storage bucket. */
  body?: Uint8Array | undefined;
}

interface PreviewDeps {
  settings: Settings;
  /** Address of the site, if the settings name none. */
  baseUrl: string;
  nearby: NearbyFiles;
  /** The clock: RFC 3339, UTC. Default: that of the system. */
  now?: (() => string) | undefined;
}

/** A file of the site in the preview. */
interface PreviewedSiteFile {
  bytes: Uint8Array;
  contentType: string;
}

/** A story of a file, or another record of it. */
export interface PreviewedStory {
  /** The record with the status that the file would have, or has. */
  record: ArticleRecord;
  /** Path of its page on the site, `articles/….html`. Undefined if it has no page. */
  page?: string | undefined;
  /** The parts of the source that are not in the article. Undefined if the file was not parsed. */
  removals?: readonly Removal[] | undefined;
}

export interface Preview extends PreviewedStory {
  /** The stories in a zip, or in a mail with several. */
  members: readonly PreviewedStory[];
  /** The whole site with these stories and no others, by path: `index.html`, `articles/…`, `media/…`. */
  files: ReadonlyMap<string, PreviewedSiteFile>;
}

/**
 * Makes the site that a file would make: the two functions read and publish it in memory. What keeps its story from the
 * site is then lifted, in this memory only: an embargo, a hold, a withdrawal. So the page has the bytes that would be
 * published, except for other stories that it names.
 * @param stored an article that takes the place of the one in the file
 * @throws the error of a file that could be neither read nor rejected
 */
export async function previewOf(
  file: PreviewedFile | undefined,
  deps: PreviewDeps,
  stored?: StoredStory,
): Promise<Preview> {
  const { settings, baseUrl, now = () => new Date().toISOString() } = deps;
  const removals = new Map<string, readonly Removal[]>();
  const errors: unknown[] = [];
  let handlers: LocalHandlers | undefined;
  const services = await openInProcess({
    handlers: local => {
      handlers = localHandlers(local, {
        settings,
        baseUrl,
        now,
        log: line => {
          if (line.event === LOG_EVENTS.ingestFailed) errors.push(new Error(String(line.message)));
        },
        parse: async (input, parserSettings) => {
          const explained = await explainArticle(input, parserSettings);
          // The parser knows a file of a zip by its key without the zip.
          removals.set(input.home ?? input.key, explained.removals);
          return explained.article;
        },
      });
      return handlers;
    },
    onError: error => errors.push(error),
    retryPauseSeconds: 0,
  });
  try {
    if (handlers === undefined) throw new Error('The services started without handlers.');
    const { articles } = handlers.publishDeps;
    await handlers.tick();
    if (file !== undefined) await upload(file, services);
    await services.idle();
    await uploadNearby(file?.key ?? stored?.record.source.key ?? '', handlers, services, deps.nearby);
    await services.idle();
    const filed = new Map<string, ArticleRecord>();
    for await (const record of articles.all()) filed.set(record.id, record);
    if (stored !== undefined) await enterStored(stored, filed, handlers);
    const waiting = stored ? [stored.record] : [...filed.values()].filter(({ status }) => status !== 'live');
    for (const record of waiting)
      if (isArticle(record) && record.revision > 0)
        await changeArticle(articles, record.id, article => lifted(article, now()), now());
    await services.idle();
    const story = (record: ArticleRecord): PreviewedStory => ({
      record,
      page: isArticle(record) && record.revision > 0 ? record.permalink : undefined,
      removals: removals.get(record.source.key),
    });
    const main = stored?.record ?? (file && filed.get(articles.idOf(file.key)));
    if (main === undefined) throw errors[0] ?? new Error('The file was not handled.');
    const members = stored === undefined ? [...filed.values()].filter(({ source }) => source.memberOf) : [];
    return {
      ...story(main),
      members: members.filter(({ status }) => status !== 'media').map(story),
      files: await filesOf(handlers),
    };
  } finally {
    await services.close();
  }
}

/** The article as if nothing kept it from the site. */
function lifted(article: Article, now: string): Article {
  const { withdrawnBy: _, gone: __, ...rest } = isOnHold(article) ? released(article, now) : article;
  return { ...rest, status: 'live' };
}

/** Writes the stored article in place of what the local parser made of its file. */
async function enterStored(
  { record, body }: StoredStory,
  filed: ReadonlyMap<string, ArticleRecord>,
  { publishDeps: { articles, storage } }: LocalHandlers,
): Promise<void> {
  if (body !== undefined && record.bodyKey !== undefined)
    await storage.put(record.bodyKey, body, { contentType: 'text/html; charset=utf-8' });
  const write = async (id: string, waiting: Article) => {
    const current = await articles.getForWrite(id);
    await articles.replace(current, { ...waiting, id, version: (current?.version ?? 0) + 1 });
  };
  // A story that was moved has another id than its file. Of two stories with the same text, one would be a duplicate.
  for (const other of filed.values())
    if (isArticle(other) && other.id !== record.id) await write(other.id, { ...other, status: 'held' });
  // The lift of the story joins it to its group.
  await write(record.id, { ...record, status: 'held' });
}

async function upload(
  { key, bytes, contentType, metadata }: PreviewedFile,
  { s3, buckets }: InProcessServices,
): Promise<void> {
  await s3.send(
    new PutObjectCommand({
      Bucket: buckets.intake,
      Key: key,
      Body: bytes,
      ContentType: contentType,
      Metadata: { ...metadata },
    }),
  );
}

/** Uploads the media that the stories refer to, those beside the file by their name, and the look of the site. */
async function uploadNearby(
  key: string,
  { publishDeps: { articles } }: LocalHandlers,
  services: InProcessServices,
  nearby: NearbyFiles,
): Promise<void> {
  const wanted = new Set<string>([THEME_STYLES]);
  for await (const theme of nearby.keys('theme/')) wanted.add(theme);
  for await (const record of articles.all())
    if (isArticle(record))
      for (const use of record.media ?? [])
        if (use.file === undefined) {
          wanted.add(use.key);
          await addBeside(use.key);
        }
  await addBeside(key);
  for (const each of wanted) {
    const found = await nearby.get(each);
    if (found !== undefined) await upload({ key: each, bytes: found.bytes }, services);
  }

  /** Pictures share their name with a story, and transcripts with a recording. */
  async function addBeside(of: string): Promise<void> {
    const stem = stemOf(of);
    for await (const found of nearby.keys(`${stem}.`))
      if (found !== key && stemOf(found) === stem && mediaKindOf(found) !== undefined) wanted.add(found);
  }
}

async function filesOf({
  publishDeps: { siteBucket },
}: LocalHandlers): Promise<Map<string, PreviewedSiteFile>> {
  const files = new Map<string, PreviewedSiteFile>();
  for await (const key of siteBucket.keys()) {
    const file = await siteBucket.get(key);
    if (file) files.set(key, { bytes: file.bytes, contentType: file.contentType ?? '' });
  }
  return files;
}
