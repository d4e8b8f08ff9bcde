import { isDeepStrictEqual } from 'node:util';
import pMap from 'p-map';
import type { ArticleRecord } from '../../shared/article.ts';
import { monthOf } from '../../shared/article-item.ts';
import type { Articles, OnBroken } from '../../shared/articles.ts';
import { contention } from '../../shared/succession.ts';
import { bodyOf } from './body.ts';
import { type Change, joined } from './changes.ts';
import { isListed, list, loadDirectory } from './directory.ts';
import { editionId, editionsOf } from './edition.ts';
import { editionView } from './edition-view.ts';
import { articleRendition, withdrawnRendition } from './renditions.ts';
import type { EditionOf, Site } from './site.ts';
import { publishSite } from './site-files.ts';
import { sitemapView } from './sitemap-view.ts';
import { type BoundView, bind, type Press, type Records, writeFile } from './view.ts';

/** What publishing needs. */
export interface PublishDeps extends Press {
  articles: Articles;
  site: Site;
  /** Told of records that cannot be read; what the site shows of them stays as it is. */
  onBroken: OnBroken;
}

/** What one publish did. */
export interface Published {
  articles: number;
  /** Editions and sitemaps that were looked at. */
  views: number;
  /** Files of the site that were written; those whose bytes would not have changed are not. */
  files: number;
}

/** How often articles that change while they are published are published anew before the batch is retried. */
const MOST_ROUNDS = 10;

/** Pages and views worked on at once: they wait for S3 more than they compute. */
const AT_ONCE = { concurrency: 8 };

/**
 * Brings pages, feeds and front pages up to what the table says of the changed articles. Safe to repeat, in
 * any order and by many at once: what was read is compared with the table again once it is written, so that
 * the one who writes last never leaves what is out of date.
 */
export async function publishChanges(changes: readonly Change[], deps: PublishDeps): Promise<Published> {
  const done: Published = { articles: changes.length, views: 0, files: 0 };
  let pending = changes;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const records = await read(pending, deps);
    const known = pending.filter(({ id }) => records.has(id));
    const pages = await pMap(known, change => publishPage(change, records.get(change.id), deps), AT_ONCE);
    // From here on a change also names where this round has put its article.
    const placed = known.map(change => joined(change, standing(change.id, records.get(change.id))));
    const views = viewsOf(placed, deps);
    done.views += views.length;
    done.files += sum(pages) + (await publishViews(views, records, deps));
    const now = await read(placed, deps);
    pending = placed.filter(({ id }) => !isDeepStrictEqual(records.get(id), now.get(id)));
    if (pending.length === 0) return done;
  }
  throw contention('articles');
}

/** The records of changed articles as they are now; without those that cannot be read. */
async function read(changes: readonly Change[], deps: PublishDeps): Promise<Records> {
  return readIds(
    changes.map(({ id }) => id),
    deps,
  );
}

async function readIds(ids: readonly string[], { articles, onBroken }: PublishDeps): Promise<Records> {
  const broken = new Set<string>();
  const found = await articles.getMany(ids, error => {
    broken.add(error.subject);
    onBroken(error);
  });
  return new Map(ids.filter(id => !broken.has(id)).map(id => [id, found.get(id)]));
}

async function publishPage(
  change: Change,
  record: ArticleRecord | undefined,
  deps: PublishDeps,
): Promise<number> {
  const { siteBucket, archive, site } = deps;
  const permalink = record && 'permalink' in record ? record.permalink : undefined;
  for (const old of change.permalinks) if (old !== permalink) await siteBucket.delete(old);
  if (record === undefined || permalink === undefined) return 0;
  // The page depends on its own article only: one change writes one page.
  const nav = { sections: 'section' in record ? [record.section] : [] };
  if (record.status === 'live') {
    const article = { ...record, bodyHtml: await bodyOf(record, archive) };
    return (await writeFile(deps, articleRendition(article, site, nav))) ? 1 : 0;
  }
  if (record.status === 'withdrawn') {
    // Only where there was a page to withdraw: what was never public is not announced by its address either.
    if ((await siteBucket.head(permalink)) === undefined) return 0;
    return (await writeFile(deps, withdrawnRendition(record, site, nav))) ? 1 : 0;
  }
  await siteBucket.delete(permalink);
  return 0;
}

/** Where a record stands on the site. */
function standing(id: string, record: ArticleRecord | undefined): Change {
  if (record?.status !== 'live') return { id, editions: [], months: [], permalinks: [] };
  return {
    id,
    editions: editionsOf(record, { tags: true }),
    months: [monthOf(record.publishedAt)],
    permalinks: [record.permalink],
  };
}

/** The views that the articles stood in, or stand in now. */
function viewsOf(changes: readonly Change[], deps: PublishDeps): BoundView[] {
  const editions = new Map<string, EditionOf>();
  const months = new Set<string>();
  for (const change of changes) {
    for (const of of change.editions)
      if (of.kind !== 'tag' || deps.site.tags) editions.set(editionId(of), of);
    for (const month of change.months) months.add(month);
  }
  return [
    ...[...editions.values()].map(of => bind(deps, editionView(of, deps))),
    ...[...months].map(month => bind(deps, sitemapView(month, deps.site))),
  ];
}

/**
 * Merges records into views and renders them; where that changes the directory, also what shows it.
 * @returns how many files were written
 */
async function publishViews(
  views: readonly BoundView[],
  records: Records,
  deps: PublishDeps,
): Promise<number> {
  await pMap(views, view => view.merge(records, ids => readIds(ids, deps)), AT_ONCE);
  await updateDirectory(views, deps);
  const written = sum(await pMap(views, view => view.render(), AT_ONCE));
  const { state: directory } = await loadDirectory(deps.archive);
  return directory.stale ? written + (await publishSite(deps)) : written;
}

/** Lists views that have come to hold something, and takes those off the list that hold nothing any more. */
async function updateDirectory(views: readonly BoundView[], { archive }: PublishDeps): Promise<void> {
  const { state: directory } = await loadDirectory(archive);
  const listings = [];
  for (const view of views)
    if (view.listing) listings.push({ view, listing: view.listing, present: !(await view.isEmpty()) });
  const news = listings.filter(({ listing, present }) => !isListed(directory, listing, present));
  if (news.length === 0) return;
  await list(archive, news);
  // Another publisher may have filled a view just before it was taken off the list, and found it there.
  const wrong = [];
  for (const { view, listing, present } of news)
    if (!present && !(await view.isEmpty('now'))) wrong.push({ listing, present: true });
  if (wrong.length > 0) await list(archive, wrong);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
