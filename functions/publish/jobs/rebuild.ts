import { reportOf } from '../../../shared/errors/errors.ts';
import { type ArticleChange, addChange, changeTo } from '../model/change.ts';
import { type EditionOf, editionId } from '../model/edition-of.ts';
import type { Entry } from '../model/entry.ts';
import { DIRECTORY, loadDirectory, relist } from '../states/directory.ts';
import { EDITIONS, Edition, editionOf, emptyEdition } from '../states/edition-state.ts';
import { DAYS, historyState, sitemapState } from '../states/history-states.ts';
import { sitemapOf } from '../states/positions.ts';
import { load } from '../states/state.ts';
import { editionSize } from '../views/merge-edition.ts';
import { lift, mendPage } from './mend.ts';
import { publishEditions } from './publish-changes.ts';
import type { PublishDeps } from './publish-deps.ts';
import {
  ARTICLES_PER_BATCH,
  finish,
  noticing,
  publishAll,
  type RebuildResult,
  startWork,
  tried,
  type Work,
} from './rebuild-work.ts';
import { type RetryDeps, retryAll } from './retry-unpublished.ts';
import { publishSite } from './site-files.ts';

/** Number of newest articles that are compared with the site. */
const NEWEST_ARTICLES = 1_000;

/** Number of newest history documents, and of newest sitemaps, that are compared with the table. */
const NEWEST_PAGES = 4;

/** Number of newest pages of days that are compared with the table. They cover about two weeks. */
const LATEST_DAY_PAGES = 14;

/** Where ingest keeps media in the storage bucket: `media/ID/EVENT`. */
const MEDIA = 'media/';

/**
 * Publishes changes that were lost. It covers all editions, the newest pages of the history, the newest articles,
 * remembered changes, and all media. Except for the media, its cost does not grow with the history. A bulk run covers
 * all articles.
 * @throws CopydeskError `not-rebuilt`, retryable, if something could not be published. Everything else is published
 */
export async function rebuild(given: RetryDeps): Promise<RebuildResult> {
  const work = startWork();
  const deps = { ...given, ...noticing(given, work) };
  await retryAll({
    ...deps,
    onRetried(ids, done) {
      work.articles += ids.length;
      work.views += done.views;
      work.files += done.files;
      given.onRetried?.(ids, done);
    },
    // These stay remembered, so that they do not fail the rebuild.
    onFailedAgain(id, error) {
      if (!work.failed.has(id)) work.failed.set(id, { subject: id, message: reportOf(error).message });
      given.onFailedAgain?.(id, error);
    },
  });
  await rebuildNewest(deps, work);
  return finish(work);
}

async function rebuildNewest(deps: PublishDeps, work: Work): Promise<void> {
  const changes = new Map<string, ArticleChange>();
  const editions = await storedEditions(deps);
  for await (const change of changesInEditions(editions, deps)) addChange(changes, change);
  for (const key of await newestPages(deps)) {
    await tried(key, deps, work, async () => {
      const { strays, others } = await mend(key, deps, work);
      for (const change of [...strays, ...others]) addChange(changes, change);
    });
  }
  for (const id of await deps.articles.newest(NEWEST_ARTICLES)) addChange(changes, changeTo(id));
  const { gone, others } = await withGoneApart([...changes.values()], deps);
  await publishAll(gone, deps, work);
  await publishAll(others, deps, work);
  await fillEditions(editions, deps, work);
  await tried(DIRECTORY.key, deps, work, async () => {
    work.files += await publishSite(deps);
  });
  // Media comes last, because there can be many files.
  const { articles } = work;
  await publishAll(keptMedia(deps), deps, work);
  work.articles = articles;
}

/** Splits changes by whether their articles are live. Articles that are not live (`gone`) include killed ones. */
async function withGoneApart(changes: readonly ArticleChange[], { articles }: PublishDeps) {
  const live = new Set<string>();
  for (let from = 0; from < changes.length; from += ARTICLES_PER_BATCH) {
    const ids = changes.slice(from, from + ARTICLES_PER_BATCH).map(({ id }) => id);
    for (const [id, { status }] of await articles.getMany(ids)) if (status === 'live') live.add(id);
  }
  return {
    gone: changes.filter(({ id }) => !live.has(id)),
    others: changes.filter(({ id }) => live.has(id)),
  };
}

/** Fills every edition that has too few entries or none. */
async function fillEditions(
  editions: ReadonlyMap<string, StoredEdition>,
  deps: PublishDeps,
  work: Work,
): Promise<void> {
  await relist(deps);
  const { state: directory } = await loadDirectory(deps);
  // A section with a lost state has no key in storage. The directory still lists it.
  const sections = Object.values(directory.sections).map((name): EditionOf => ({ kind: 'section', name }));
  const all: EditionOf[] = [{ kind: 'all' }, ...sections, ...[...editions.values()].map(({ of }) => of)];
  const distinct = [...new Map(all.map(of => [editionId(of), of])).values()];
  for (let from = 0; from < distinct.length; from += ARTICLES_PER_BATCH)
    await tried(EDITIONS, deps, work, async () => {
      const { files } = await publishEditions(distinct.slice(from, from + ARTICLES_PER_BATCH), deps);
      work.files += files;
    });
}

/** The stored editions by key. The key also names the subject of a broken edition. */
async function storedEditions(deps: PublishDeps): Promise<Map<string, StoredEdition>> {
  const editions = new Map<string, StoredEdition>();
  for await (const key of deps.storage.keys(EDITIONS)) {
    const initial = emptyEdition(editionOf(key));
    const { state, isStored } = await load(deps, { key, schema: Edition, initial });
    editions.set(key, { of: state.of, standing: [...state.entries, ...state.pins], isStored });
  }
  return editions;
}

interface StoredEdition {
  of: EditionOf;
  standing: Entry[];
  /** False if the stored edition is broken. */
  isStored: boolean;
}

async function* changesInEditions(
  editions: ReadonlyMap<string, StoredEdition>,
  deps: PublishDeps,
): AsyncGenerator<ArticleChange> {
  for (const { of, standing, isStored } of editions.values()) {
    if (!isStored) yield* newestMembers(of, deps);
    await lift(standing, deps);
    for (const { id, permalink, publishedAt } of standing)
      yield { id, editions: [of], dates: [publishedAt], permalinks: [permalink] };
  }
}

/** Changes of the newest members of a broken edition. Their records give the name of the edition. */
async function* newestMembers(of: EditionOf, { articles, site }: PublishDeps): AsyncGenerator<ArticleChange> {
  const { kept: pageSize } = editionSize(site.feedEntries);
  for await (const members of articles.members.newest(editionId(of), { pageSize })) {
    for (const { id, publishedAt } of members) yield changeTo(id, { dates: [publishedAt] });
    return;
  }
}

async function newestPages(deps: PublishDeps): Promise<string[]> {
  const { storage, articles } = deps;
  const { state: directory } = await loadDirectory(deps);
  const last = directory.pages - 1;
  const lastSitemap = sitemapOf(last);
  const keys = [];
  for (let back = 0; back < NEWEST_PAGES; back++) {
    if (last - back >= 0) keys.push(historyState(last - back).key);
    if (lastSitemap - back >= 0) keys.push(sitemapState(lastSitemap - back).key);
  }
  for (const month of (await articles.months()).slice(0, 2).reverse()) {
    const days: string[] = [];
    for await (const key of storage.keys(`${DAYS}${month}`)) days.push(key);
    keys.push(...days.slice(-LATEST_DAY_PAGES));
  }
  return keys;
}

async function mend(key: string, deps: PublishDeps, work: Work) {
  const { views, files, ...stood } = await mendPage(key, deps);
  work.views += views;
  work.files += files;
  return stood;
}

/** Changes of all stored media. The site can have a file that no live article shows any more. */
async function* keptMedia({ storage }: PublishDeps): AsyncGenerator<ArticleChange> {
  let last: string | undefined;
  for await (const key of storage.keys(MEDIA)) {
    const id = key.slice(MEDIA.length, key.indexOf('/', MEDIA.length));
    if (id !== last) yield changeTo(id, { media: [id] });
    last = id;
  }
}
