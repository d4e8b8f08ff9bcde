import { isDeepStrictEqual } from 'node:util';
import pMap from 'p-map';
import { CONFLICT, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import type { ArticleRecord } from '../../../shared/model/article.ts';
import type { Member } from '../../../shared/table/edition-members.ts';
import { bodyIfThere } from '../content/body.ts';
import { withShownMedia } from '../content/media-shown.ts';
import { type ArticleChange, joinChanges } from '../model/change.ts';
import { type EditionOf, editionId, editionsOf } from '../model/edition-of.ts';
import type { Records } from '../model/records.ts';
import {
  type Directory,
  isListed,
  isSameNavigation,
  loadDirectory,
  updateListings,
} from '../states/directory.ts';
import {
  ALL_ARTICLES,
  type ArticlePositions,
  assignPositions,
  HISTORY_POSITIONS,
  pagesIn,
  SITEMAP_POSITIONS,
} from '../states/positions.ts';
import { editionView } from '../views/edition-view.ts';
import { historyView } from '../views/history-feed-view.ts';
import { mergeHistory } from '../views/merge-history.ts';
import { articleRendition, withdrawnRendition } from '../views/renditions.ts';
import { sitemapView } from '../views/sitemap-view.ts';
import { type BoundView, bind, writeFile } from '../views/view.ts';
import type { PublishDeps, Published } from './publish-deps.ts';
import { mediaIdsOf, publishMedia } from './publish-media.ts';
import { relatedFinder } from './related.ts';
import { publishLinks, publishSite } from './site-files.ts';

/** Pages and views worked on at once: they wait for S3 more than they compute. */
const CONCURRENCY = 8;

/**
 * Updates pages, feeds and front pages of changed articles from the table. It is safe to repeat, in any order and by
 * many publishers at once: after writing, the records are compared with the table again, so that the last writer never
 * leaves an old version.
 */
export async function publishChanges(
  changes: readonly ArticleChange[],
  deps: PublishDeps,
): Promise<Published> {
  const done: Published = { articles: changes.length, views: 0, files: 0 };
  let pending = changes;
  return retryOnConflict('articles', deps.pacing, async () => {
    const records = await read(pending, deps);
    const known = pending.filter(({ id }) => records.has(id));
    const related = relatedFinder(records, deps);
    const publish = (change: ArticleChange) => publishPage(change, records.get(change.id), related, deps);
    const isLive = ({ id }: ArticleChange) => records.get(id)?.status === 'live';
    // Remove withdrawn pages first, so that they go even if a later step fails. Write files before pages that show them.
    const gone = await pMap(
      known.filter(change => !isLive(change)),
      publish,
      { concurrency: CONCURRENCY },
    );
    done.files += await publishMedia(known, records, deps);
    const pages = [...gone, ...(await pMap(known.filter(isLive), publish, { concurrency: CONCURRENCY }))];
    // From here on a change also names where this round has put its article.
    const current = known.map(change => joinChanges(change, changeNow(change.id, records.get(change.id))));
    // Members come before merges: an entry that a full edition leaves out is found among them later.
    await enterMembers(current, records, deps);
    const editions = current.flatMap(change => change.editions);
    const { views, files } = await publishViews(editions, records, deps);
    done.views += views;
    done.files += sum(pages) + files;
    const now = await read(current, deps);
    pending = current.filter(({ id }) => !isDeepStrictEqual(records.get(id), now.get(id)));
    return pending.length === 0 ? done : CONFLICT;
  });
}

/** Fills editions that have too few entries, and renders all given editions. */
export async function publishEditions(
  editions: readonly EditionOf[],
  deps: PublishDeps,
): Promise<{ views: number; files: number }> {
  return publishViews(editions, new Map(), deps);
}

/** The current records of changed articles, without those that cannot be read. */
async function read(
  changes: readonly ArticleChange[],
  { articles, onBroken }: PublishDeps,
): Promise<Records> {
  const ids = changes.map(({ id }) => id);
  const broken = new Set<string>();
  const found = await articles.getMany(ids, error => {
    broken.add(error.subject);
    onBroken(error);
  });
  return new Map(ids.filter(id => !broken.has(id)).map(id => [id, found.get(id)]));
}

async function publishPage(
  change: ArticleChange,
  record: ArticleRecord | undefined,
  relatedTo: ReturnType<typeof relatedFinder>,
  deps: PublishDeps,
): Promise<number> {
  const { siteBucket, site } = deps;
  const permalink = record && 'permalink' in record ? record.permalink : undefined;
  for (const old of change.permalinks) if (old !== permalink) await siteBucket.delete(old);
  if (record === undefined || permalink === undefined) return 0;
  // The page depends on its own article only: one change writes one page.
  const nav = { sections: 'section' in record ? [record.section] : [] };
  if (record.status === 'live') {
    const [bodyHtml, related] = await Promise.all([bodyIfThere(record, deps), relatedTo(record)]);
    // Its page stays as it is.
    if (bodyHtml === undefined) return 0;
    const article = { ...withShownMedia(record), bodyHtml, related };
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

/** The editions and files that show a record now, as a change. */
function changeNow(id: string, record: ArticleRecord | undefined): ArticleChange {
  if (record?.status !== 'live') return { id, editions: [], permalinks: [] };
  return {
    id,
    editions: editionsOf(record),
    dates: [record.publishedAt],
    permalinks: [record.permalink],
    media: mediaIdsOf(record),
  };
}

/** Enters the articles among the members of the editions in which they stand now, and removes them from the others. */
async function enterMembers(
  changes: readonly ArticleChange[],
  records: Records,
  { articles }: PublishDeps,
): Promise<void> {
  const members = (id: string, editions: readonly EditionOf[], dates: readonly string[]): Member[] =>
    editions.flatMap(of => dates.map(publishedAt => ({ edition: editionId(of), publishedAt, id })));
  await articles.members.change({
    remove: changes.flatMap(({ id, editions, dates = [] }) => members(id, editions, dates)),
    enter: [...records.values()].flatMap(record =>
      record?.status === 'live' ? members(record.id, editionsOf(record), [record.publishedAt]) : [],
    ),
  });
}

/** The editions that were named, and the pages on which articles have their places. */
async function viewsOf(
  editions: readonly EditionOf[],
  positions: ArticlePositions,
  deps: PublishDeps,
): Promise<BoundView[]> {
  const named = new Map(editions.map(of => [editionId(of), of]));
  const wanted = await pMap(
    [...named.values()].map(of => ({ of, view: editionView(of, deps) })),
    async ({ of, view }) => ((await isPublished(of, view.key, deps)) ? [bind(deps, view)] : []),
    { concurrency: CONCURRENCY },
  );
  const history = pagesIn(positions, ALL_ARTICLES, HISTORY_POSITIONS);
  const sitemaps = pagesIn(positions, ALL_ARTICLES, SITEMAP_POSITIONS);
  return [
    ...wanted.flat(),
    ...history.map(page => bind(deps, historyView(page, positions, deps))),
    ...sitemaps.map(page => bind(deps, sitemapView(page, positions, deps))),
  ];
}

/** An edition that was switched off is kept right where there is one already: a kill must reach its feeds too. */
async function isPublished(of: EditionOf, key: string, { site, storage }: PublishDeps): Promise<boolean> {
  const isOn = (of.kind !== 'tag' || site.tags) && (of.kind !== 'author' || site.authors);
  return isOn || (await storage.head(key)) !== undefined;
}

/**
 * Merges records into views and renders them; where that changes the directory, also what shows it.
 * Returns how many views there were, and how many files were written.
 */
async function publishViews(
  editions: readonly EditionOf[],
  records: Records,
  deps: PublishDeps,
): Promise<{ views: number; files: number }> {
  const positions = await assignPositions(records, deps.articles, deps.site);
  const listed = await viewsOf(editions, positions, deps);
  await pMap(listed, view => view.merge(records), { concurrency: CONCURRENCY });
  const views = [...listed, ...(await mergeHistory(positions, records, deps, { concurrency: CONCURRENCY }))];
  const directory = await updateDirectory(listed, positions, deps);
  const rendered = await render(views, directory, deps);
  let { files } = rendered;
  if (rendered.directory.linkedPages < rendered.directory.pages) files += await publishLinks(deps);
  if (rendered.directory.stale) files += await publishSite(deps);
  return { views: views.length, files };
}

/** Renders views, and again where the directory has changed meanwhile: they show its sections and link its pages. */
async function render(
  views: readonly BoundView[],
  first: Directory,
  deps: PublishDeps,
): Promise<{ files: number; directory: Directory }> {
  let files = 0;
  let directory = first;
  return retryOnConflict('directory.json', deps.pacing, async () => {
    files += sum(await pMap(views, view => view.render(directory), { concurrency: CONCURRENCY }));
    const { state: now } = await loadDirectory(deps);
    const isSame = isSameNavigation(directory, now);
    directory = now;
    return isSame ? { files, directory } : CONFLICT;
  });
}

/**
 * Lists views that have come to hold something, takes those off the list that hold nothing any more, and opens
 * the archive documents on which articles have their places. Returns the directory as it is then.
 */
async function updateDirectory(
  views: readonly BoundView[],
  positions: ArticlePositions,
  deps: PublishDeps,
): Promise<Directory> {
  const { state: directory } = await loadDirectory(deps);
  const pages = Math.max(0, ...pagesIn(positions, ALL_ARTICLES, HISTORY_POSITIONS).map(page => page + 1));
  const listings = [];
  for (const view of views)
    if (view.listing) listings.push({ view, listing: view.listing, present: !(await view.isEmpty()) });
  const news = listings.filter(({ listing, present }) => !isListed(directory, listing, present));
  if (news.length === 0 && pages <= directory.pages) return directory;
  const updated = await updateListings(deps, news, pages);
  // Another publisher may have filled a view just before it was taken off the list, and found it there.
  const wrong = [];
  for (const { view, listing, present } of news)
    if (!present && !(await view.isEmpty('now'))) wrong.push({ listing, present: true });
  return wrong.length > 0 ? updateListings(deps, wrong) : updated;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
