import type { Bucket } from '../../shared/objects.ts';
import { DAYS, type DayPage } from './archive-views.ts';
import { type Change, joined } from './changes.ts';
import { loadDirectory } from './directory.ts';
import type { Edition } from './edition.ts';
import { EDITIONS } from './edition-view.ts';
import { HISTORY, type HistoryPage, historyView } from './history-view.ts';
import { HISTORY_PLACES, pageOf, SITEMAP_PLACES } from './ledger.ts';
import { type PublishDeps, type Published, publishChanges } from './publish.ts';
import { publishLinks, publishSite } from './site-files.ts';
import { SITEMAPS, type SitemapRow, sitemapView } from './sitemap-view.ts';
import { load } from './state.ts';

/** Articles published at once: a batch holds their bodies. */
const BATCH = 100;

/** Newest articles that are compared with the site, whether they stand in an edition or not. */
const NEWEST = 1_000;

/** Archive documents, and sitemaps, that are compared with the table: the newest, in which most changes are. */
const NEWEST_PAGES = 4;

/** Pages of days that are compared with the table: of about the latest fortnight. */
const LATEST_DAY_PAGES = 14;

const NOTHING_KNOWN = { editions: [], permalinks: [] };

/**
 * Compares the site with the table and mends what a lost change record has left behind: everything that
 * stands in an edition or on the newest pages of the archive, and the newest articles. What it costs depends on
 * how many editions there are and not on how large the archive is; see {@link republishAll} for everything.
 */
export async function rebuild(deps: PublishDeps): Promise<Published> {
  const changes = new Map<string, Change>();
  const add = (change: Change) => {
    const earlier = changes.get(change.id);
    changes.set(change.id, earlier ? joined(earlier, change) : change);
  };
  for await (const change of standingInEditions(deps)) add(change);
  for await (const change of standingOnNewestPages(deps)) add(change);
  for (const id of await deps.articles.newest(NEWEST)) add({ id, ...NOTHING_KNOWN });
  return publishAll(changes.values(), deps);
}

/**
 * Publishes every record of the table anew, and takes away whatever stands anywhere without one. Reads the whole
 * table and all states: for an operator, and for a laptop that was switched off; never for a change.
 */
export async function republishAll(deps: PublishDeps): Promise<Published> {
  const known = await rebuild(deps);
  const done = await publishAll(everything(deps), deps);
  return {
    articles: done.articles,
    views: known.views + done.views,
    files: known.files + done.files + (await publishLinks(deps, 0)),
  };
}

async function* everything(deps: PublishDeps): AsyncGenerator<Change> {
  const { articles, archive, onBroken } = deps;
  const read = new Set<string>();
  for await (const { id } of articles.all(onBroken)) {
    read.add(id);
    yield { id, ...NOTHING_KNOWN };
  }
  for (const prefix of [HISTORY, SITEMAPS, DAYS])
    for await (const key of archive.keys(prefix))
      for (const change of standingIn(await stored<Rows>(archive, key)))
        if (!read.has(change.id)) yield change;
}

async function* standingInEditions({ archive }: PublishDeps): AsyncGenerator<Change> {
  for await (const key of archive.keys(EDITIONS)) {
    const edition = await stored<Edition>(archive, key);
    for (const { id, permalink } of [...(edition?.entries ?? []), ...(edition?.pins ?? [])])
      yield { id, editions: edition ? [edition.of] : [], permalinks: [permalink] };
  }
}

async function* standingOnNewestPages({ archive, site, ...deps }: PublishDeps): AsyncGenerator<Change> {
  const { state: directory } = await loadDirectory(archive);
  const last = directory.pages - 1;
  const lastSitemap = pageOf(last * HISTORY_PLACES, SITEMAP_PLACES);
  const keys = [];
  for (let back = 0; back < NEWEST_PAGES; back++) {
    if (last - back >= 0) keys.push(historyView(last - back, new Map(), { ...deps, archive, site }).key);
    if (lastSitemap - back >= 0) keys.push(sitemapView(lastSitemap - back, new Map(), site).key);
  }
  for (const month of (await deps.articles.months()).slice(0, 2).reverse()) {
    const days: string[] = [];
    for await (const key of archive.keys(`${DAYS}${month}`)) days.push(key);
    keys.push(...days.slice(-LATEST_DAY_PAGES));
  }
  for (const key of keys) yield* standingIn(await stored<Rows>(archive, key));
}

/** What the states of the archive's pages hold. */
type Rows = HistoryPage | DayPage | SitemapRow[];

function standingIn(state: Rows | undefined): Change[] {
  if (state === undefined) return [];
  const rows = Array.isArray(state) ? state : 'rows' in state ? state.rows : state.entries;
  return rows.map(({ id, permalink }) => ({ id, editions: [], permalinks: [permalink] }));
}

async function stored<State>(archive: Bucket, key: string): Promise<State | undefined> {
  return (await load<State | undefined>(archive, { key, initial: undefined })).state;
}

async function publishAll(
  changes: Iterable<Change> | AsyncIterable<Change>,
  deps: PublishDeps,
): Promise<Published> {
  const done: Published = { articles: 0, views: 0, files: 0 };
  const publish = async (batch: Change[]) => {
    const { articles, views, files } = await publishChanges(batch, deps);
    done.articles += articles;
    done.views += views;
    done.files += files;
  };
  const batch: Change[] = [];
  for await (const change of changes) {
    batch.push(change);
    if (batch.length >= BATCH) await publish(batch.splice(0));
  }
  if (batch.length > 0) await publish(batch);
  done.files += await publishSite(deps);
  return done;
}
