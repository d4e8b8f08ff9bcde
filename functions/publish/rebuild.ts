import { monthOf } from '../../shared/article-item.ts';
import { type Change, joined } from './changes.ts';
import { loadDirectory } from './directory.ts';
import { editionView } from './edition-view.ts';
import { type PublishDeps, type Published, publishChanges } from './publish.ts';
import type { EditionOf } from './site.ts';
import { frontPages, publishSite } from './site-files.ts';
import { sitemapView } from './sitemap-view.ts';
import { load } from './state.ts';

/** Articles published at once: a batch holds their bodies. */
const BATCH = 100;

/** Newest articles that are compared with the site, whether they stand in an edition or not. */
const NEWEST = 1_000;

/** Sitemaps that are compared with the table: of the latest months, in which most changes are. */
const LATEST_MONTHS = 2;

/**
 * Compares the site with the table and mends what a lost change record has left behind: everything that
 * stands in an edition or in the sitemaps of the latest months, and the newest articles. What it costs
 * depends on how many editions there are and not on how large the archive is; see {@link republishAll} for
 * everything.
 */
export async function rebuild(deps: PublishDeps): Promise<Published> {
  const changes = new Map<string, Change>();
  const add = (change: Change) => {
    const earlier = changes.get(change.id);
    changes.set(change.id, earlier ? joined(earlier, change) : change);
  };
  const { state: directory } = await loadDirectory(deps.archive);
  const tags = Object.values(directory.tags).map((name): EditionOf => ({ kind: 'tag', name }));
  for (const of of [...frontPages(directory), ...tags]) {
    const { state } = await load(deps.archive, editionView(of, deps));
    for (const { id, publishedAt, permalink } of state.entries)
      add({ id, editions: [of], months: [monthOf(publishedAt)], permalinks: [permalink] });
  }
  for (const month of Object.keys(directory.months).slice(-LATEST_MONTHS)) {
    const { state } = await load(deps.archive, sitemapView(month, deps.site));
    for (const { id, permalink } of state)
      add({ id, editions: [], months: [month], permalinks: [permalink] });
  }
  for (const id of await deps.articles.newest(NEWEST)) add({ id, editions: [], months: [], permalinks: [] });
  return publishAll(changes.values(), deps);
}

/**
 * Publishes every record of the table anew. Reads the whole table: for an operator, and for a laptop that was
 * switched off; never for a change.
 */
export async function republishAll(deps: PublishDeps): Promise<Published> {
  const known = await rebuild(deps);
  const done = await publishAll(everything(deps), deps);
  return {
    articles: done.articles,
    views: known.views + done.views,
    files: known.files + done.files,
  };
}

async function* everything({ articles, onBroken }: PublishDeps): AsyncGenerator<Change> {
  for await (const { id } of articles.all(onBroken)) yield { id, editions: [], months: [], permalinks: [] };
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
