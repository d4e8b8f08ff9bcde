import { isDeepStrictEqual } from 'node:util';
import pMap from 'p-map';
import type { Article, ArticleRecord } from '../../shared/article.ts';
import { monthOf } from '../../shared/article-item.ts';
import type { Articles } from '../../shared/articles.ts';
import type { Change } from './changes.ts';
import { type Directory, directoryEtag, isListed, list, loadDirectory } from './directory.ts';
import { editionId, editionsOf } from './edition.ts';
import { editionView, readBody } from './edition-view.ts';
import { articleRendition, sitemapIndex, siteRenditions, withdrawnRendition } from './renditions.ts';
import type { EditionOf, Site } from './site.ts';
import { sitemapPath, sitemapView } from './sitemap-view.ts';
import { contention } from './state.ts';
import { type BoundView, bind, type Press, type Records, writeFile } from './view.ts';

/** What publishing needs. */
export interface PublishDeps extends Press {
  articles: Articles;
  site: Site;
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
    const records = await read(pending, deps.articles);
    const pages = await pMap(pending, change => publishPage(change, records.get(change.id), deps), AT_ONCE);
    done.files += sum(pages);
    const views = viewsOf(pending, records, deps);
    done.views += views.length;
    done.files += await publishViews(views, records, deps);
    const now = await read(pending, deps.articles);
    pending = pending.filter(({ id }) => !isDeepStrictEqual(records.get(id), now.get(id)));
    if (pending.length === 0) return done;
  }
  throw contention('articles');
}

/** Writes what belongs to the site as a whole: style sheet, icons, robots.txt, OPML, the index of sitemaps. */
export async function publishSite(deps: PublishDeps): Promise<number> {
  let files = 0;
  for (let tries = 0; tries < MOST_ROUNDS; tries++) {
    const { state: directory, etag } = await loadDirectory(deps.archive);
    const { sections, tags } = directory;
    const months = Object.keys(directory.months).map(month => ({ path: sitemapPath(month) }));
    const renditions = [
      ...siteRenditions(deps.site, { sections: Object.values(sections), tags: Object.values(tags) }),
      sitemapIndex(months, deps.site),
    ];
    for (const rendition of renditions) if (await writeFile(deps, rendition)) files++;
    if ((await directoryEtag(deps.archive)) === etag) return files;
  }
  throw contention('directory.json');
}

/** The records of changed articles as they are now. */
async function read(changes: readonly Change[], articles: Articles): Promise<Records> {
  const ids = changes.map(({ id }) => id);
  const found = await articles.getMany(ids);
  return new Map(ids.map(id => [id, found.get(id)]));
}

async function publishPage(
  change: Change,
  record: ArticleRecord | undefined,
  deps: PublishDeps,
): Promise<number> {
  let files = 0;
  const permalink = record && 'permalink' in record ? record.permalink : undefined;
  for (const old of change.permalinks) if (old !== permalink) await deps.siteBucket.delete(old);
  if (record === undefined || permalink === undefined) return files;
  // The page depends on its own article only: one change writes one page.
  const nav = { sections: 'section' in record ? [record.section] : [] };
  if (record.status === 'live') {
    const page = articleRendition(await withBody(record, deps), deps.site, nav);
    if (await writeFile(deps, page)) files++;
  } else if (record.status === 'withdrawn') {
    if (await writeFile(deps, withdrawnRendition(record, deps.site, nav))) files++;
  } else await deps.siteBucket.delete(permalink);
  return files;
}

async function withBody(article: Article, deps: PublishDeps): Promise<Article & { bodyHtml: string }> {
  const { bodyHtml, bodyKey } = article;
  return {
    ...article,
    bodyHtml: bodyHtml ?? (bodyKey === undefined ? '' : await readBody(bodyKey, deps.archive)),
  };
}

/** The views that the articles stood in, or stand in now. */
function viewsOf(changes: readonly Change[], records: Records, deps: PublishDeps): BoundView[] {
  const editions = new Map<string, EditionOf>();
  const months = new Set<string>();
  for (const change of changes) {
    const record = records.get(change.id);
    const now = record?.status === 'live' ? record : undefined;
    const stands = [...change.editions, ...(now ? editionsOf(now, deps.site) : [])];
    for (const of of stands) if (of.kind !== 'tag' || deps.site.tags) editions.set(editionId(of), of);
    for (const month of change.months) months.add(month);
    if (now) months.add(monthOf(now.publishedAt));
  }
  return [
    ...[...editions.values()].map(of => bind(deps, editionView(of, deps))),
    ...[...months].map(month => bind(deps, sitemapView(month, deps))),
  ];
}

/**
 * Merges records into views and renders them; where that changes the directory, also what shows it.
 * @returns how many files were written
 */
export async function publishViews(
  views: readonly BoundView[],
  records: Records,
  deps: PublishDeps,
): Promise<number> {
  const merged = await pMap(
    views,
    async ({ listing, merge }) => ({ listing, present: await merge(records) }),
    AT_ONCE,
  );
  const listings = merged.flatMap(({ listing, present }) => (listing ? [{ listing, present }] : []));
  const { state: directory } = await loadDirectory(deps.archive);
  const news = listings.filter(({ listing, present }) => !isListed(directory, listing, present));
  let files = 0;
  const stale = [...views];
  if (news.length > 0 && (await list(deps.archive, news))) {
    files += await publishSite(deps);
    if (news.some(({ listing }) => listing.kind === 'sections'))
      stale.push(...(await navigated(views, deps)));
  }
  const written = await pMap(stale, view => view.render(), AT_ONCE);
  return files + sum(written);
}

/** The front pages that are not among `views` but whose navigation has changed. */
async function navigated(views: readonly BoundView[], deps: PublishDeps): Promise<BoundView[]> {
  const { state: directory } = await loadDirectory(deps.archive);
  const known = new Set(views.map(({ key }) => key));
  return frontPages(directory)
    .map(of => bind(deps, editionView(of, deps)))
    .filter(({ key }) => !known.has(key));
}

/** The editions whose pages carry the navigation. */
export function frontPages(directory: Directory): EditionOf[] {
  const sections = Object.values(directory.sections).map((name): EditionOf => ({ kind: 'section', name }));
  return [{ kind: 'all' }, ...sections];
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
