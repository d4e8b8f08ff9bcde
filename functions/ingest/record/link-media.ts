import { inParallel } from '../../../shared/errors/in-parallel.ts';
import { CONFLICT, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import {
  type Article,
  type ArticleRecord,
  isArticle,
  type MediaFacts,
  type MediaUse,
  type Source,
} from '../../../shared/model/article.ts';
import { isDeepStrictEqual } from '../../../shared/model/deep-equal.ts';
import { padSequencer } from '../../../shared/model/identity.ts';
import {
  canHaveBeside,
  mediaKindOf,
  mediaKindOfType,
  recordingsOf,
  storedKeys,
  storiesBeside,
  transcriptsOf,
} from '../../../shared/model/media-address.ts';
import { isThemeFile } from '../../../shared/model/theme-file.ts';
import type { Articles } from '../../../shared/table/articles.ts';
import type { IngestDeps, MediaNews } from '../model/ingest-deps.ts';
import { settleCancellations } from './cancellations.ts';
import { isNamed } from './compose.ts';
import { type Stored, store } from './store.ts';

/**
 * Articles and their media can come in any order, and they must find each other without a transaction. An article
 * enters its references before it is written, and looks at the media again afterwards. A picture is written before it
 * looks for references to it. So the later of the two sees the other. Each change of an article for its media is a
 * conditional write that is repeated after a conflict.
 */

/** Beginnings of warnings about media. Warnings that begin so are replaced when the media change. */
const MEDIA_WARNINGS = ['The picture “', 'The recording “'];

/** Number of articles in one read: the maximum of one DynamoDB request. */
const ARTICLES_PER_READ = 100;

/**
 * Maximum number of referring articles that one call reads and updates. It takes a few seconds. Another call continues
 * after them, because thousands of stories can show the same portrait.
 */
const MAX_TOLD_AT_ONCE = 500;

/** Number of articles that are updated at the same time. */
const CONCURRENCY = { concurrency: 16 };

/** Enters the media that an article refers to, before the article is written. */
export async function referTo(
  uses: readonly MediaUse[],
  id: string,
  { sequencer }: Pick<Source, 'sequencer'>,
  articles: Articles,
): Promise<void> {
  const media = uses.map(({ key }) => articles.idOf(key));
  await articles.media.refer(media, id, padSequencer(sequencer));
}

/**
 * Changes a record as {@link store} does, then updates the articles, media and cancelled items that depend on
 * it. It is safe to repeat after an interruption.
 */
export async function storeAndSettle(
  id: string,
  source: Pick<Source, 'key' | 'sequencer'>,
  deps: IngestDeps,
  decide: (current: ArticleRecord | undefined) => Promise<ArticleRecord>,
): Promise<Stored> {
  const { articles, parserVersion } = deps;
  const { key, sequencer } = source;
  const event = { id, key, sequencer, parserVersion, now: deps.now() };
  const stored = await store(articles, event, async current => {
    const { unstored: _, ...next } = await decide(current);
    return { ...next, ...formerKeys(current, next) };
  });
  if (stored.kind === 'stale') return stored;
  const record = await continuedBy(stored.record, key, articles);
  const order = padSequencer(source.sequencer);
  const before = stored.kind === 'written' ? stored.before : undefined;
  await deleteFormer(stored.record, deps);
  if (mediaKindOf(source.key) !== undefined) await tellOfMedia(source.key, record, order, deps);
  const shownMedia = isArticle(record) ? ((await refresh(articles, record.id)) ?? record) : record;
  // This covers the cancellations of the previous event, in case its function was interrupted.
  if (before !== undefined) await settleCancellations(articles, before, deps.now());
  const settled = await settleCancellations(articles, shownMedia, deps.now());
  if (before !== undefined) {
    // The picture beside the article is known only now.
    const shown = new Set(mediaOf(settled, articles));
    const gone = mediaOf(before, articles).filter(media => !shown.has(media));
    await articles.media.forget(gone, id, order);
  }
  return { ...stored, record: settled };
}

/** Maximum number of keys of former files in a record: those of several versions of a picture. */
const MAX_UNSTORED = 50;

/** The keys of the files that a record had before its next version, and of those before that were perhaps not deleted. */
function formerKeys(
  current: ArticleRecord | undefined,
  next: Omit<ArticleRecord, 'unstored'>,
): Pick<ArticleRecord, 'unstored'> {
  const kept = new Set(keysOf(next as ArticleRecord));
  const former = new Set([...keysOf(current), ...(current?.unstored ?? [])]);
  const unstored = [...former].filter(key => !kept.has(key)).slice(0, MAX_UNSTORED);
  return unstored.length > 0 ? { unstored } : {};
}

function keysOf(record: ArticleRecord | undefined): string[] {
  return record?.status === 'media' ? storedKeys(record.file) : [];
}

/** Deletes the former files of a record from the storage bucket. It is safe to repeat. */
export async function deleteFormer({ unstored = [] }: ArticleRecord, { storage }: IngestDeps): Promise<void> {
  await inParallel(unstored, key => storage.delete(key), CONCURRENCY);
}

/**
 * The record of a file after its group was settled. If the file continues the article of another key, this is the record
 * of that article. If another file continues the article of this one, its media are looked up.
 */
async function continuedBy(record: ArticleRecord, key: string, articles: Articles): Promise<ArticleRecord> {
  if (record.status === 'deleted' && record.was !== undefined) await refresh(articles, record.id);
  return record.source.key === key ? record : ((await articles.find(key)).record ?? record);
}

/** Ids of the media records that an article uses. */
function mediaOf(record: ArticleRecord, articles: Articles): string[] {
  if (!isArticle(record)) return [];
  return (record.media ?? []).map(({ key }) => articles.idOf(key));
}

/** Updates the articles that show a media file which was added, changed or removed. */
async function tellOfMedia(
  key: string,
  record: ArticleRecord,
  order: string,
  deps: IngestDeps,
): Promise<void> {
  const { articles } = deps;
  if (mediaKindOf(key) === 'picture') {
    await articles.media.stand(key, record.status === 'media', order);
    const stories = await articles.getByKeys(storiesBeside(key));
    await inParallel(stories.values(), ({ id }) => refresh(articles, id), CONCURRENCY);
  }
  if (mediaKindOf(key) === 'transcript') {
    // A recording that comes later finds the transcript, because this record is written already.
    const recordings = await articles.getMany(recordingsOf(key).map(recording => articles.idOf(recording)));
    for (const each of recordings.values()) {
      const { source } = each;
      await tellReferrers(
        each,
        { key: source.key, order: padSequencer(source.sequencer), after: undefined },
        deps,
      );
    }
    return;
  }
  await tellReferrers(record, { key, order, after: undefined }, deps);
}

/**
 * Continues the news of a media file in another call. Does nothing if the file has changed since, because that change
 * tells all articles.
 */
export async function tellMore({ key, order, after }: MediaNews, deps: IngestDeps): Promise<void> {
  const record = await deps.articles.getForWrite(deps.articles.idOf(key));
  if (record === undefined || padSequencer(record.source.sequencer) !== order) return;
  await tellReferrers(record, { key, order, after }, deps);
}

/** Updates the next articles that refer to a media file, at most {@link MAX_TOLD_AT_ONCE} if another call can continue. */
async function tellReferrers(
  record: ArticleRecord,
  { key, order, after }: Omit<MediaNews, 'after'> & { after: string | undefined },
  { articles, tellLater }: IngestDeps,
): Promise<void> {
  const facts = factsOf(record, key);
  const recording: MediaUse[] =
    mediaKindOf(key) === 'recording' ? [{ key, as: 'recording', file: facts }] : [];
  const texts = transcriptKeys(recording).map(each => articles.idOf(each));
  const transcripts = transcriptUses(recording, await articles.getMany(texts), articles);
  const tell = async (ids: readonly string[]) => {
    const found = [...(await articles.getMany(ids)).values()];
    const news = found.filter(article => !knows(article, key, facts, transcripts));
    await inParallel(news, ({ id }) => refresh(articles, id), CONCURRENCY);
  };
  let ids: string[] = [];
  let told = 0;
  for await (const id of articles.media.referrers(record.id, after)) {
    ids.push(id);
    if (ids.length < ARTICLES_PER_READ) continue;
    await tell(ids);
    told += ids.length;
    ids = [];
    if (tellLater !== undefined && told >= MAX_TOLD_AT_ONCE) return tellLater({ key, order, after: id });
  }
  if (ids.length > 0) await tell(ids);
}

/**
 * Whether an article already has these facts at each use of a file, and the transcripts of a recording, because an
 * interrupted function updated it.
 */
function knows(
  article: ArticleRecord,
  key: string,
  facts: MediaFacts | undefined,
  transcripts: readonly MediaUse[],
): boolean {
  if (!isArticle(article) || facts === undefined) return false;
  const { media = [] } = article;
  const uses = media.filter(use => use.key === key);
  const keys = new Set(transcriptsOf(key));
  const known = media.filter(use => use.as === 'transcript' && keys.has(use.key));
  return (
    uses.length > 0 &&
    uses.every(({ file }) => isDeepStrictEqual(file, facts)) &&
    isDeepStrictEqual(known, transcripts)
  );
}

/**
 * The facts that articles keep about a media file. Undefined if the file is missing, or its kind does not fit its key.
 */
function factsOf(record: ArticleRecord | undefined, key: string): MediaFacts | undefined {
  if (record?.status !== 'media') return undefined;
  if (isThemeFile(key)) return undefined;
  if (mediaKindOfType(record.file.type) !== (mediaKindOf(key) ?? 'recording')) return undefined;
  const { key: _, sha256: __, renditions: ___, ...facts } = record.file;
  return facts;
}

/** Updates the media of a stored article. The change stream then publishes the change. */
export async function refresh(articles: Articles, id: string): Promise<Article | undefined> {
  return retryOnConflict(id, articles.pacing, async () => {
    const current = await articles.getForWrite(id);
    if (current === undefined || !isArticle(current)) return undefined;
    const next = await withMedia(articles, current);
    if (next === current) return current;
    const written = { ...next, version: current.version + 1 };
    return (await articles.replace(current, written)) ? written : CONFLICT;
  });
}

/** Returns the article with the current facts of its media. Returns the same object if nothing changes. */
export async function withMedia(articles: Articles, article: Article): Promise<Article> {
  const named = (article.media ?? []).filter(isNamed);
  const beside = await besideOf(articles, article, named);
  // The reference is entered before the article is written, like the references to media that it names.
  if (beside) await referTo([beside], article.id, article.source, articles);
  const uses = beside ? [beside, ...named] : named;
  const idOf = (use: MediaUse) => articles.idOf(use.key);
  const ids = [...uses.map(idOf), ...transcriptKeys(uses).map(key => articles.idOf(key))];
  const records = ids.length > 0 ? await articles.getMany(ids) : new Map<string, ArticleRecord>();
  const isAboutMedia = (text: string) => MEDIA_WARNINGS.some(start => text.startsWith(start));
  const known = article.warnings.filter(isAboutMedia);
  const missing: string[] = [];
  const media = uses.flatMap(({ file: _, ...use }): MediaUse[] => {
    const record = records.get(idOf(use));
    const file = factsOf(record, use.key);
    if (file !== undefined) return [{ ...use, file }];
    if (use.as === 'beside') return [];
    missing.push(warningOf(use, mediaKindOf(use.key) ?? 'picture', record));
    return [use];
  });
  const transcripts = transcriptUses(media, records, articles);
  // The references are entered before the article is written.
  if (transcripts.length > 0) await referTo(transcripts, article.id, article.source, articles);
  media.push(...transcripts);
  const before = { media: article.media ?? [], warnings: known };
  if (isDeepStrictEqual(before, { media, warnings: missing })) return article;
  const { media: _, ...rest } = article;
  const warnings = [...article.warnings.filter(text => !isAboutMedia(text)), ...missing];
  return { ...rest, warnings, ...(media.length > 0 && { media }) };
}

function warningOf({ key }: MediaUse, kind: string, record: ArticleRecord | undefined): string {
  const what = `The ${kind} “${key}”`;
  if (record?.status === 'rejected') return `${what} was rejected: ${record.reason.message}`;
  if (record === undefined) return `${what} is not in the bucket yet.`;
  return record.status === 'deleted' ? `${what} was deleted from the bucket.` : `${what} is not a ${kind}.`;
}

/** Keys of the transcripts that the recordings among some media can have, each once. */
function transcriptKeys(media: readonly MediaUse[]): string[] {
  return [...new Set(media.flatMap(({ key, as }) => (as === 'recording' ? transcriptsOf(key) : [])))];
}

/**
 * The transcripts of the recordings that are there.
 * @param records the records of the transcripts by their ids
 */
function transcriptUses(
  media: readonly MediaUse[],
  records: ReadonlyMap<string, ArticleRecord>,
  articles: Articles,
): MediaUse[] {
  return transcriptKeys(media.filter(({ file }) => file)).flatMap((key): MediaUse[] => {
    const file = factsOf(records.get(articles.idOf(key)), key);
    return file === undefined ? [] : [{ key, as: 'transcript', file }];
  });
}

/**
 * The picture that has the same name as a story. It is used if the story has no image and does not name the
 * picture.
 */
async function besideOf(
  articles: Articles,
  { source, image }: Article,
  named: readonly MediaUse[],
): Promise<MediaUse | undefined> {
  if (image !== undefined || !canHaveBeside(source.key)) return undefined;
  const keys = await articles.media.beside(source.key);
  const [key] = keys;
  return key === undefined || named.some(use => keys.includes(use.key)) ? undefined : { key, as: 'beside' };
}
