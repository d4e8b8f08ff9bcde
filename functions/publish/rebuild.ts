import type { Change } from './changes.ts';
import { loadDirectory } from './directory.ts';
import { editionView } from './edition-view.ts';
import {
  frontPages,
  type PublishDeps,
  type Published,
  publishChanges,
  publishSite,
  publishViews,
} from './publish.ts';
import type { EditionOf } from './site.ts';
import { sitemapView } from './sitemap-view.ts';
import { bind } from './view.ts';

/** Articles published at once when everything is. */
const BATCH = 100;

/**
 * Compares every edition and sitemap with the table, and mends what a lost change record has left behind.
 * The pages of articles are not looked at; see {@link republishAll}.
 */
export async function rebuildViews(deps: PublishDeps): Promise<Published> {
  const { state: directory } = await loadDirectory(deps.archive);
  const tags = Object.values(directory.tags).map((name): EditionOf => ({ kind: 'tag', name }));
  const views = [
    ...[...frontPages(directory), ...tags].map(of => bind(deps, editionView(of, deps, { rebuild: true }))),
    ...Object.keys(directory.months).map(month => bind(deps, sitemapView(month, deps, { rebuild: true }))),
  ];
  const files = await publishViews(views, new Map(), deps);
  return { articles: 0, views: views.length, files: files + (await publishSite(deps)) };
}

/**
 * Publishes every record of the table anew, pages included. Reads the whole table: for an operator, and for a
 * laptop that was switched off; never for a change.
 */
export async function republishAll(deps: PublishDeps): Promise<Published> {
  const done = await rebuildViews(deps);
  const publish = async (changes: Change[]) => {
    const { articles, views, files } = await publishChanges(changes, deps);
    done.articles += articles;
    done.views += views;
    done.files += files;
  };
  const batch: Change[] = [];
  for await (const { id } of deps.articles.all()) {
    batch.push({ id, editions: [], months: [], permalinks: [] });
    if (batch.length >= BATCH) await publish(batch.splice(0));
  }
  if (batch.length > 0) await publish(batch);
  return done;
}
