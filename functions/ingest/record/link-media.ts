import { isDeepStrictEqual } from 'node:util';
import pMap from 'p-map';
import { CONFLICT, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import {
  type Article,
  type ArticleRecord,
  isArticle,
  type MediaFacts,
  type MediaUse,
  type Source,
} from '../../../shared/model/article.ts';
import { articleId, padSequencer } from '../../../shared/model/identity.ts';
import { canHaveBeside, mediaKindOf, storiesBeside } from '../../../shared/model/media-address.ts';
import type { Articles } from '../../../shared/table/articles.ts';
import type { IngestDeps } from '../model/ingest-deps.ts';
import { settleCancellations } from './cancellations.ts';
import { type Stored, store } from './store.ts';

/**
 * How articles and the media that they show find one another, whichever comes first, without a transaction. An
 * article notes whom it refers to before it is written, and looks at the media again after it was. A picture is
 * written before it looks who refers to it. So whoever comes last sees the other; and who changes an article for it
 * reads the article first, writes on condition that nobody has changed it, and else begins anew.
 */

/** Begin the warnings about media, by which those of an earlier state are known. */
const ABOUT_MEDIA = ['The picture “', 'The recording “'];

/** Articles that refer to a file, read at once: as many as DynamoDB gives in one answer. */
const READ_AT_ONCE = 100;

/** Articles brought up to date at once: they wait for the table. */
const AT_ONCE = { concurrency: 16 };

/** Notes what an article refers to, before it is written. */
export async function referTo(
  uses: readonly MediaUse[],
  id: string,
  { bucket, sequencer }: Pick<Source, 'bucket' | 'sequencer'>,
  articles: Articles,
): Promise<void> {
  const media = uses.map(({ key }) => articleId(bucket, key));
  await articles.media.refer(media, id, padSequencer(sequencer));
}

/**
 * As {@link store}, then settles what follows for articles, media and cancelled items. Safe to repeat where it was
 * interrupted.
 */
export async function storeAndSettle(
  id: string,
  source: Pick<Source, 'bucket' | 'key' | 'sequencer'>,
  deps: IngestDeps,
  decide: (current: ArticleRecord | undefined) => Promise<ArticleRecord>,
): Promise<Stored> {
  const { articles, storage, parserVersion } = deps;
  const event = { id, sequencer: source.sequencer, parserVersion, now: deps.now() };
  const stored = await store(articles, event, decide);
  if (stored.kind === 'stale') return stored;
  const { record } = stored;
  const order = padSequencer(source.sequencer);
  const before = stored.kind === 'written' ? stored.before : undefined;
  if (before?.status === 'media' && !(record.status === 'media' && record.file.key === before.file.key))
    await storage.delete(before.file.key);
  if (mediaKindOf(source.key) !== undefined) await tellArticles(source, record, order, articles);
  const shownMedia = isArticle(record) ? ((await refresh(articles, id)) ?? record) : record;
  // The event before this one may have been interrupted between its write and what it cancels.
  if (before !== undefined) await settleCancellations(articles, before, deps.now());
  const settled = await settleCancellations(articles, shownMedia, deps.now());
  if (before !== undefined) {
    // Only now is it known which picture beside it the article shows.
    const shown = new Set(mediaOf(settled));
    const gone = mediaOf(before).filter(media => !shown.has(media));
    await articles.media.forget(gone, id, order);
  }
  return { ...stored, record: settled };
}

/** Ids of the records of the media that an article uses. */
function mediaOf(record: ArticleRecord): string[] {
  if (!isArticle(record)) return [];
  return (record.media ?? []).map(({ key }) => articleId(record.source.bucket, key));
}

/** Brings the articles up to date that show a file which has come, changed or gone. */
async function tellArticles(
  { bucket, key }: Pick<Source, 'bucket' | 'key'>,
  record: ArticleRecord,
  order: string,
  articles: Articles,
): Promise<void> {
  if (mediaKindOf(key) === 'picture') {
    await articles.media.stand(key, record.status === 'media', order);
    const stories = await articles.getMany(storiesBeside(key).map(story => articleId(bucket, story)));
    await pMap(stories.keys(), id => refresh(articles, id), AT_ONCE);
  }
  const facts = factsOf(record, key);
  const tell = async (ids: readonly string[]) => {
    const found = [...(await articles.getMany(ids)).values()];
    const news = found.filter(article => !knows(article, key, facts));
    await pMap(news, ({ id }) => refresh(articles, id), AT_ONCE);
  };
  let ids: string[] = [];
  for await (const id of articles.media.referrers(record.id)) {
    ids.push(id);
    if (ids.length < READ_AT_ONCE) continue;
    await tell(ids);
    ids = [];
  }
  if (ids.length > 0) await tell(ids);
}

/** Whether an article has these facts wherever it uses a file: so it was told before the function was interrupted. */
function knows(article: ArticleRecord, key: string, facts: MediaFacts | undefined): boolean {
  if (!isArticle(article) || facts === undefined) return false;
  const uses = (article.media ?? []).filter(use => use.key === key);
  return uses.length > 0 && uses.every(({ file }) => isDeepStrictEqual(file, facts));
}

/** What articles say of a media file; undefined where it is not there, or not of the kind that its key names. */
function factsOf(record: ArticleRecord | undefined, key: string): MediaFacts | undefined {
  if (record?.status !== 'media') return undefined;
  if (record.file.type.startsWith('image/') !== (mediaKindOf(key) === 'picture')) return undefined;
  const { key: _, sha256: __, ...facts } = record.file;
  return facts;
}

/** Brings one article up to what is known of its media now; the change stream publishes it. */
async function refresh(articles: Articles, id: string): Promise<Article | undefined> {
  return retryOnConflict(id, articles.pacing, async () => {
    const current = await articles.getForWrite(id);
    if (current === undefined || !isArticle(current)) return undefined;
    const next = await withMedia(articles, current);
    if (next === current) return current;
    const written = { ...next, version: current.version + 1 };
    return (await articles.replace(current, written)) ? written : CONFLICT;
  });
}

/** The article with what is known of its media now; the same object where that is nothing new. */
export async function withMedia(articles: Articles, article: Article): Promise<Article> {
  const { bucket, sequencer } = article.source;
  const named = (article.media ?? []).filter(({ as }) => as !== 'beside');
  const beside = await besideOf(articles, article, named);
  // Before it is written, as what it names.
  if (beside) await referTo([beside], article.id, { bucket, sequencer }, articles);
  const uses = beside ? [beside, ...named] : named;
  const idOf = (use: MediaUse) => articleId(bucket, use.key);
  const records = uses.length > 0 ? await articles.getMany(uses.map(idOf)) : new Map<string, ArticleRecord>();
  const isAboutMedia = (text: string) => ABOUT_MEDIA.some(start => text.startsWith(start));
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
  return record.status === 'deleted' ? `${what} was taken out of the bucket.` : `${what} is no ${kind}.`;
}

/** The picture named like a story that does not name it, where the story has no other. */
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
