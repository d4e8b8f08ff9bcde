import { CopydeskError } from '../../shared/errors.ts';
import { DAYS } from './archive-views.ts';
import { type Change, joined } from './changes.ts';
import { loadDirectory } from './directory.ts';
import { emptyEdition } from './edition.ts';
import { EDITIONS } from './edition-view.ts';
import { HISTORY, historyView } from './history-view.ts';
import { HISTORY_PLACES, pageOf, SITEMAP_PLACES } from './ledger.ts';
import { lift, mendPage } from './mend.ts';
import { type PublishDeps, type Published, publishChanges } from './publish.ts';
import { publishLinks, publishSite } from './site-files.ts';
import { SITEMAPS, sitemapView } from './sitemap-view.ts';
import { load } from './state.ts';
import { forget, unpublished } from './unpublished.ts';

/** Articles published at once: a batch holds their bodies. */
const BATCH = 100;

/** Newest articles that are compared with the site, whether they stand in an edition or not. */
const NEWEST = 1_000;

/** Archive documents, and sitemaps, that are compared with the table: the newest, in which most changes are. */
const NEWEST_PAGES = 4;

/** Pages of days that are compared with the table: of about the latest fortnight. */
const LATEST_DAY_PAGES = 14;

/**
 * Articles that may fail alone, each after its batch did. When more do, the fault is not in them: batches are no
 * longer taken apart.
 */
const MOST_ALONE = 20;

/** Where ingest keeps media in the archive bucket: `media/ID/EVENT`. */
const MEDIA = 'media/';

const NOTHING_KNOWN = { editions: [], permalinks: [] };

/** A rebuild under way. */
interface Work extends Published {
  /** Ids of what could not be published. */
  failed: string[];
  /** The first error. */
  cause?: unknown;
}

/**
 * Compares the site with the table and mends what a lost change record has left behind: everything that
 * stands in an edition or on the newest pages of the archive, the newest articles, what failed by itself since, and
 * all media. But for the media, what it costs depends on how many editions there are and not on how large the archive
 * is; see {@link republishAll} for everything.
 * @throws CopydeskError `not-rebuilt`, retryable, where something could not be published, after all else was
 */
export async function rebuild(deps: PublishDeps): Promise<Published> {
  const work = startWork();
  await rebuildNewest(deps, work);
  return finish(work);
}

/**
 * Publishes every record of the table anew, and takes away whatever stands anywhere without one. Reads the whole
 * table and all states: for an operator, and for a laptop that was switched off; never for a change.
 * @throws as {@link rebuild}
 */
export async function republishAll(deps: PublishDeps): Promise<Published> {
  const work = startWork();
  await rebuildNewest(deps, work);
  // Of those that the first part looked at, all are in the second.
  work.articles = 0;
  await publishAll(everything(deps, work), deps, work);
  work.files += (await publishSite(deps)) + (await publishLinks(deps, 0));
  return finish(work);
}

function startWork(): Work {
  return { articles: 0, views: 0, files: 0, failed: [] };
}

function finish({ failed, cause, ...done }: Work): Published {
  const ids = [...new Set(failed)];
  if (ids.length === 0) return done;
  const message = `${ids.length} articles or media files could not be published, the first of them ${ids[0]}.`;
  throw new CopydeskError('not-rebuilt', message, { subject: ids[0] ?? '', cause });
}

async function rebuildNewest(deps: PublishDeps, work: Work): Promise<void> {
  const changes = new Map<string, Change>();
  const add = (change: Change) => {
    const earlier = changes.get(change.id);
    changes.set(change.id, earlier ? joined(earlier, change) : change);
  };
  for await (const change of standingInEditions(deps)) add(change);
  for (const key of await newestPages(deps)) {
    const { strays, others } = await mend(key, deps, work);
    for (const change of [...strays, ...others]) add(change);
  }
  for (const id of await deps.articles.newest(NEWEST)) add({ id, ...NOTHING_KNOWN });
  await publishAll(changes.values(), deps, work);
  await publishNoted(deps, work);
  work.files += await publishSite(deps);
  // Last, for there can be many.
  const { articles } = work;
  await publishAll(keptMedia(deps), deps, work);
  work.articles = articles;
}

/** Publishes what failed by itself before, each alone, and forgets what goes well now. */
async function publishNoted(deps: PublishDeps, work: Work): Promise<void> {
  for await (const note of unpublished(deps.archive)) {
    const failures = work.failed.length;
    await publishApart([note.change], deps, work);
    if (work.failed.length === failures) await forget(note, deps.archive);
  }
}

async function* everything(deps: PublishDeps, work: Work): AsyncGenerator<Change> {
  const { articles, archive, onBroken } = deps;
  for (const prefix of [HISTORY, SITEMAPS, DAYS])
    for await (const key of archive.keys(prefix)) {
      const { strays, others } = await mend(key, deps, work);
      yield* strays;
      const present = await articles.getMany(others.map(({ id }) => id));
      for (const change of others) if (!present.has(change.id)) yield change;
    }
  for await (const { id } of articles.all(onBroken)) yield { id, ...NOTHING_KNOWN };
}

async function* standingInEditions(deps: PublishDeps): AsyncGenerator<Change> {
  const { archive } = deps;
  for await (const key of archive.keys(EDITIONS)) {
    const { state: edition } = await load(archive, { key, initial: emptyEdition({ kind: 'all' }) });
    const standing = [...edition.entries, ...edition.pins];
    await lift(standing, deps);
    for (const { id, permalink } of standing) yield { id, editions: [edition.of], permalinks: [permalink] };
  }
}

/** Keys of the states of the newest pages of the archive. */
async function newestPages({ archive, site, articles }: PublishDeps): Promise<string[]> {
  const { state: directory } = await loadDirectory(archive);
  const last = directory.pages - 1;
  const lastSitemap = pageOf(last * HISTORY_PLACES, SITEMAP_PLACES);
  const keys = [];
  for (let back = 0; back < NEWEST_PAGES; back++) {
    if (last - back >= 0) keys.push(historyView(last - back, new Map(), { archive, site }).key);
    if (lastSitemap - back >= 0) keys.push(sitemapView(lastSitemap - back, new Map(), site).key);
  }
  for (const month of (await articles.months()).slice(0, 2).reverse()) {
    const days: string[] = [];
    for await (const key of archive.keys(`${DAYS}${month}`)) days.push(key);
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

/** All media that ever came: one may be on the site that no live article shows any more. */
async function* keptMedia({ archive }: PublishDeps): AsyncGenerator<Change> {
  let last: string | undefined;
  for await (const key of archive.keys(MEDIA)) {
    const id = key.slice(MEDIA.length, key.indexOf('/', MEDIA.length));
    if (id !== last) yield { id, editions: [], permalinks: [], media: [id] };
    last = id;
  }
}

async function publishAll(
  changes: Iterable<Change> | AsyncIterable<Change>,
  deps: PublishDeps,
  work: Work,
): Promise<void> {
  const batch: Change[] = [];
  for await (const change of changes) {
    batch.push(change);
    if (batch.length >= BATCH) await publishApart(batch.splice(0), deps, work);
  }
  await publishApart(batch, deps, work);
}

/** Publishes a batch; where that fails each article alone, so that the others do not suffer from one. */
async function publishApart(batch: readonly Change[], deps: PublishDeps, work: Work): Promise<void> {
  if (batch.length === 0) return;
  try {
    const { articles, views, files } = await publishChanges(batch, deps);
    work.articles += articles;
    work.views += views;
    work.files += files;
  } catch (error) {
    // Each of them alone would meet the same.
    if (error instanceof CopydeskError && error.code === 'out-of-time') throw error;
    if (batch.length > 1 && work.failed.length < MOST_ALONE) {
      for (const change of batch) await publishApart([change], deps, work);
      return;
    }
    work.cause ??= error;
    for (const { id } of batch) {
      work.failed.push(id);
      const message = `${id} could not be published.`;
      deps.onBroken(new CopydeskError('not-published', message, { subject: id, cause: error }));
    }
  }
}
