import { inParallel } from '../../../shared/errors/in-parallel.ts';
import { CONFLICT, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import type { Article, ArticleRecord } from '../../../shared/model/article.ts';
import { isDeepStrictEqual } from '../../../shared/model/deep-equal.ts';
import { loadedOnce } from '../../../shared/model/loaded-once.ts';
import { isOwnPage } from '../../../shared/model/own-page.ts';
import type { Member } from '../../../shared/table/edition-members.ts';
import { bodyIfThere } from '../content/bodies.ts';
import { withShownMedia } from '../content/media-shown.ts';
import { steadyNavigation } from '../content/sections.ts';
import { enterRows } from '../lists/enter-rows.ts';
import { publishListPages } from '../lists/list-pages.ts';
import { type Neighbourhood, readNeighbourhood } from '../lists/neighbourhood.ts';
import { relatedFinder } from '../lists/related.ts';
import { type ArticleChange, addChange, changeTo, joinChanges } from '../model/change.ts';
import { type EditionOf, editionId, editionsOf, newsList } from '../model/edition-of.ts';
import type { MoreStories } from '../model/more-stories.ts';
import type { Records } from '../model/records.ts';
import type { Rendition } from '../model/rendition.ts';
import type { Site } from '../model/site.ts';
import {
  type Directory,
  isListed,
  isOnlyNamed,
  isSameNavigation,
  loadDirectory,
  updateListings,
} from '../states/directory.ts';
import type { Edition } from '../states/edition-state.ts';
import type { HistoryRow } from '../states/history-states.ts';
import { type ArticlePositions, assignPositions, HISTORY_LIST, pagesIn } from '../states/positions.ts';
import { type Postponing, postponeViews, type ViewsNow } from '../states/postponed.ts';
import { rememberChange } from '../states/unpublished.ts';
import { editionView } from '../views/edition-view.ts';
import { historyView } from '../views/history-feed-view.ts';
import { newsEditions, newsPlaceOf } from '../views/merge-edition.ts';
import { mergeHistory } from '../views/merge-history.ts';
import { articleRendition, withdrawnRendition } from '../views/renditions.ts';
import { type BoundView, bind, writeFile, writeFileOver } from '../views/view.ts';
import { type FormerPages, findFormerPages, positionsMetadata, takeOut } from './mend.ts';
import type { PublishDeps, Published, PublishedViews } from './publish-deps.ts';
import { changesFace, publishFace } from './publish-face.ts';
import { mediaIdsOf, publishMedia } from './publish-media.ts';
import { ownPathsOf, publishOwnPage } from './publish-own-page.ts';
import { publishLinks, publishSite } from './site-files.ts';
import { isSwitchedOff } from './switched-off.ts';

/** Few articles have aliases. */
const aliasesCode = loadedOnce(() => import('./publish-aliases.ts'));

/** Number of pages and views that are written in parallel. Writing is mostly waiting for S3. */
const CONCURRENCY = 8;

/**
 * What {@link publishChanges} writes: everything that shows the articles; the same, without the pages that list articles
 * which stay (a bulk run of a part); everything except editions that have the
 * articles as members already; or only what was postponed: the editions that the changes name, and the history. A bulk
 * run writes all editions by itself, because each edition shows articles of many batches.
 */
export type EditionScope = 'all' | 'of-part' | 'without-members' | 'postponed';

/**
 * Updates pages, feeds and front pages of changed articles from the table. Calls may be repeated, in any order and in
 * parallel. After writing, each call reads the records again, so that the last publisher leaves the current version.
 * @param postponing postpones busy views of new articles
 */
export async function publishChanges(
  changes: readonly ArticleChange[],
  deps: PublishDeps,
  scope: EditionScope = 'all',
  postponing?: Postponing,
): Promise<Published> {
  const done: Published = { articles: changes.length, views: 0, files: 0 };
  // `done.files += await …` would lose what is counted during the wait.
  const count = (files: number) => {
    done.files += files;
  };
  let pending = changes;
  return retryOnConflict('articles', deps.pacing, async () => {
    const stored = await read(pending, deps);
    const related = relatedFinder(stored, deps);
    const positions = await assignPositions(stored, deps.articles, deps.site);
    const records = withoutUnseen(stored, positions);
    const isUnseen = ({ id }: ArticleChange) => records.get(id)?.status !== 'live' && !positions.has(id);
    const known = await inParallel(
      pending.filter(({ id }) => stored.has(id)),
      async change => (isUnseen(change) ? withStoredEditions(change, deps) : change),
      { concurrency: CONCURRENCY },
    );
    const found = new Map<string, ArticleChange>();
    const informed = (change: ArticleChange) =>
      joinChanges(change, found.get(change.id) ?? changeTo(change.id));
    const publishFile = async (change: ArticleChange, near?: Neighbourhood) => {
      const record = records.get(change.id);
      const paths = ownPathsOf(change, record);
      if (paths.length > 0)
        return sum(await inParallel(paths, path => publishOwnPage(path, deps), { concurrency: 1 }));
      const leave = async (metadata: Readonly<Record<string, string>>) => {
        const isBulk = scope === 'without-members';
        const at = { metadata, positions: positions.get(change.id), isBulk };
        const former = await findFormerPages(change.id, record, at, deps);
        count(await leaveFormerPages(change, record, former, deps));
        addChange(found, former.change);
      };
      const more = record?.status === 'live' ? near?.moreFor(record) : undefined;
      return publishPage(change, record, { related, positions, more, leave }, deps);
    };
    const publish = async (change: ArticleChange, near?: Neighbourhood) => {
      const files = await publishFile(change, near);
      const record = records.get(change.id);
      if (!change.aliases && !(record && 'aliases' in record && record.aliases)) return files;
      return files + (await (await aliasesCode()).publishAliases(change, record, deps));
    };
    const isLive = ({ id }: ArticleChange) => records.get(id)?.status === 'live';
    if (scope !== 'postponed') {
      const [gone, live] = [known.filter(change => !isLive(change)), known.filter(isLive)];
      // Withdrawn pages are removed first, in case a later step fails. Media is written before the pages that show it.
      count(sum(await inParallel(gone, change => publish(change), { concurrency: CONCURRENCY })));
      await enterRows(records, positions, deps, scope === 'without-members');
      count(await publishMedia(known.map(informed), records, deps));
      if (changesFace(known, deps)) count(await publishFace(deps));
      const ids = known.map(({ id }) => id);
      // In a bulk run, the pages that list these articles have their own turn.
      const listed = scope === 'all' ? known : scope === 'of-part' ? gone : [];
      const leaving = new Set(listed.map(({ id }) => id));
      await retryOnConflict('lists', deps.pacing, async () => {
        const near = await readNeighbourhood(ids, positions, leaving, deps);
        count(sum(await inParallel(live, change => publish(change, near), { concurrency: CONCURRENCY })));
        const renew = async ({ id, permalink }: HistoryRow) => {
          try {
            return await renewArticlePage(id, permalink, { related, near }, deps);
          } catch (error) {
            // The articles of this call must not wait for the page of another. Its own change is remembered.
            const isGone = gone.length > 0;
            await rememberChange(changeTo(id), { isGone, error, now: deps.now() }, deps.articles);
            return 0;
          }
        };
        count(sum(await inParallel(near.followers, renew, { concurrency: CONCURRENCY })));
        return (await near.isCurrent()) || CONFLICT;
      });
    }
    // Each change now also names the editions and files that show the current record. What was postponed stays as it
    // was named: if this call dies, the next one must write the same views of a later record.
    const current =
      scope === 'postponed'
        ? known
        : known.map(change =>
            joinChanges(informed(change), changeNow(change.id, records.get(change.id), deps)),
          );
    // Members are written first, because an edition that is filled reads its members.
    let editions = await editionsIn(scope, current, records, deps);
    let later: ViewsNow['later'] = new Set();
    if (postponing) {
      const added = known.flatMap(({ id, isNew }) => {
        const record = records.get(id);
        return isNew && record?.status === 'live' && !isOwnPage(record) ? [[id, record] as const] : [];
      });
      ({ editions, later } = await postponeViews(current, new Map(added), deps, postponing));
    }
    const isNow = ([id]: readonly [string, unknown]) => !later.has(id);
    const { views, files } = await publishEditions(editions, deps, records, {
      places: positions,
      positions: new Map([...positions].filter(isNow)),
      history: new Map([...records].filter(isNow)),
    });
    done.views += views;
    count(files);
    const now = await read(current, deps);
    // An earlier change of an article that was not public yet can have been published meanwhile. Then it has left.
    const unseen = known.filter(isUnseen).map(({ id }) => id);
    const seen = unseen.length > 0 ? await deps.articles.positions.read(unseen) : new Map();
    pending = current.filter(({ id }) => seen.has(id) || !isDeepStrictEqual(stored.get(id), now.get(id)));
    return pending.length === 0 ? done : CONFLICT;
  });
}

async function read(changes: readonly ArticleChange[], { articles, onBroken }: PublishDeps) {
  const ids = changes.map(({ id }) => id);
  const broken = new Set<string>();
  const found = await articles.getMany(ids, error => {
    broken.add(error.subject);
    onBroken(error);
  });
  return new Map(ids.filter(id => !broken.has(id)).map(id => [id, found.get(id)]));
}

/** The records without the notices of articles that were never public: a notice would reveal them. */
function withoutUnseen(records: Records, positions: ArticlePositions): Records {
  return new Map(
    [...records].map(([id, record]) => {
      if (record?.gone === undefined || positions.has(id)) return [id, record];
      const { gone: _, ...unseen } = record;
      return [id, unseen];
    }),
  );
}

/** A change with the editions that exist. A new edition would reveal the section of an article that was never public. */
async function withStoredEditions(change: ArticleChange, deps: PublishDeps): Promise<ArticleChange> {
  const stored = async (of: EditionOf) =>
    (await deps.storage.head(editionView(of, deps).key)) === undefined ? [] : [of];
  return { ...change, editions: (await inParallel(change.editions, stored)).flat() };
}

interface PageContext {
  related: ReturnType<typeof relatedFinder>;
  positions: ArticlePositions;
  more?: MoreStories | undefined;
  /** Called with the metadata of the page of an article before it is replaced or deleted. */
  leave(metadata: Readonly<Record<string, string>>): Promise<void>;
}

async function publishPage(
  change: ArticleChange,
  record: ArticleRecord | undefined,
  { related, positions, more, leave }: PageContext,
  deps: PublishDeps,
): Promise<number> {
  const { siteBucket, site } = deps;
  const permalink = record && 'permalink' in record ? record.permalink : undefined;
  const wasPublic = positions.has(change.id);
  const remove = async (key: string) => {
    const present = await siteBucket.head(key);
    if (present !== undefined || wasPublic) await leave(present?.metadata ?? {});
    await siteBucket.delete(key);
  };
  for (const old of change.permalinks) if (old !== permalink) await remove(old);
  if (record === undefined || permalink === undefined) return 0;
  if (record.status === 'live') return writeArticlePage(record, { related, positions, more, leave }, deps);
  if (record.status !== 'withdrawn' && record.status !== 'deleted') {
    await remove(permalink);
    return 0;
  }
  const present = await siteBucket.head(permalink);
  // If the article was never public, a notice would reveal its address.
  if (present === undefined && !wasPublic) return 0;
  await leave(present?.metadata ?? {});
  return (await writeFile(deps, withdrawnRendition({ ...record, permalink }, site, steadyNavigation(site))))
    ? 1
    : 0;
}

/** Writes the page of a live article. Returns the number of written files. */
async function writeArticlePage(
  record: Article,
  { positions, leave, ...context }: PageContext,
  deps: PublishDeps,
): Promise<number> {
  const page = await pageOf(record, { ...context, positions }, deps);
  // Without its body the page stays unchanged.
  return page && (await writeFile(deps, { ...page, onReplace: leave })) ? 1 : 0;
}

/**
 * Writes the page of a live article that this call does not publish, because it lists one of those that it does publish.
 * Its record is read after the page was looked at, and the page is written only over what was seen. So the page of an
 * earlier record never replaces that of a later one, or the notice of a withdrawal, also if this call dies.
 * @returns the number of written files: 0 if there is no page, because the article's own change then writes it
 */
async function renewArticlePage(
  id: string,
  permalink: string,
  { related, near }: { related: PageContext['related']; near: Neighbourhood },
  deps: PublishDeps,
): Promise<number> {
  return retryOnConflict(permalink, deps.pacing, async () => {
    const present = await deps.siteBucket.head(permalink);
    const record = (await deps.articles.getMany([id], deps.onBroken)).get(id);
    if (present === undefined || record?.status !== 'live' || record.permalink !== permalink) return 0;
    const page = await pageOf(
      record,
      { related, positions: near.positions, more: near.moreFor(record) },
      deps,
    );
    if (page === undefined) return 0;
    const written = await writeFileOver(deps, page, present);
    return written === undefined ? CONFLICT : Number(written);
  });
}

/** The page of a live article. Undefined without its body. */
async function pageOf(
  record: Article,
  { related: relatedTo, positions, more }: Omit<PageContext, 'leave'>,
  deps: PublishDeps,
): Promise<Rendition | undefined> {
  const [bodyHtml, related] = await Promise.all([bodyIfThere(record, deps), relatedTo(record)]);
  if (bodyHtml === undefined) return undefined;
  const article = { ...withShownMedia(record), bodyHtml, related };
  const metadata = positionsMetadata(positions.get(record.id));
  return { ...articleRendition(article, deps.site, steadyNavigation(deps.site), more), metadata };
}

/**
 * Takes an article out of the editions and pages that only the site tells. This comes before its page is changed, and
 * before the documents that tell it, so that a retry finds the same.
 */
async function leaveFormerPages(
  { id, editions, permalinks }: ArticleChange,
  record: ArticleRecord | undefined,
  { keys, change: former }: FormerPages,
  deps: PublishDeps,
): Promise<number> {
  const idOf = (of: EditionOf) => editionId(of, deps.site);
  const named = [...editions, ...(record?.status === 'live' ? editionsOf(record) : [])];
  const ids = new Set(named.map(idOf));
  const unnamed = former.editions.filter(of => !ids.has(idOf(of)));
  let files = 0;
  if (unnamed.length > 0)
    files += (await publishEditions(unnamed, deps, new Map([[id, undefined]]), NO_HISTORY)).files;
  for (const key of keys) files += (await takeOut([{ id }], key, deps)).files;
  const current = record && 'permalink' in record ? record.permalink : undefined;
  for (const old of former.permalinks)
    if (old !== current && !permalinks.includes(old)) await deps.siteBucket.delete(old);
  return files;
}

const NO_HISTORY = { positions: new Map() };

/** A change with the editions and files that show the current record. */
function changeNow(id: string, record: ArticleRecord | undefined, { articles }: PublishDeps): ArticleChange {
  if (record?.status !== 'live') return changeTo(id, { editions: record ? newsEditions(record) : [] });
  return {
    id,
    editions: editionsOf(record),
    dates: [record.publishedAt],
    ...(record.newsAt && { news: [record.newsAt] }),
    permalinks: [record.permalink],
    ...(record.aliases && { aliases: record.aliases }),
    media: mediaIdsOf(record, articles),
  };
}

/** Updates the members of editions. Returns the editions to write. */
async function editionsIn(
  scope: EditionScope,
  changes: readonly ArticleChange[],
  records: Records,
  deps: PublishDeps,
): Promise<EditionOf[]> {
  if (scope === 'postponed') return changes.flatMap(({ editions }) => editions);
  if (scope === 'without-members') return enterMissingMembers(changes, records, deps);
  return enterMembers(changes, records, deps);
}

/**
 * Adds articles to the members of their current editions, and removes them from earlier editions.
 * @returns the earlier and the current editions
 */
async function enterMembers(
  changes: readonly ArticleChange[],
  records: Records,
  { articles, site }: PublishDeps,
): Promise<EditionOf[]> {
  await articles.members.change({
    remove: changes.flatMap(({ id, editions, dates = [], news = [] }) => {
      const lists = editions.map(of => editionId(of, site));
      return [...membersOf(id, lists, dates), ...membersOf(id, lists.map(newsList), news)];
    }),
    enter: membersIn(records, site),
  });
  return changes.flatMap(change => change.editions);
}

/**
 * Adds articles to the members of their current editions where they are missing. A read costs a fifth of a write.
 * @returns the editions of the articles that were missing
 */
async function enterMissingMembers(
  changes: readonly ArticleChange[],
  records: Records,
  { articles, site }: PublishDeps,
): Promise<EditionOf[]> {
  const missing = await articles.members.missing(membersIn(records, site));
  await articles.members.change({ remove: [], enter: missing });
  const ids = new Set(missing.map(({ id }) => id));
  return changes.filter(({ id }) => ids.has(id)).flatMap(change => change.editions);
}

/** The members of the editions, and of their lists of news. */
function membersIn(records: Records, site: Site): Member[] {
  const idsOf = (editions: readonly EditionOf[]) => editions.map(of => editionId(of, site));
  return [...records.values()].flatMap(record => {
    if (record === undefined) return [];
    const { id } = record;
    const at = newsPlaceOf(record);
    return [
      ...(record.status === 'live' ? membersOf(id, idsOf(editionsOf(record)), [record.publishedAt]) : []),
      ...(at === undefined ? [] : membersOf(id, idsOf(newsEditions(record)).map(newsList), [at])),
    ];
  });
}

function membersOf(id: string, lists: readonly string[], dates: readonly string[]): Member[] {
  return lists.flatMap(edition => dates.map(publishedAt => ({ edition, publishedAt, id })));
}

/** The views of the given editions. @param places positions of the changed articles in their lists */
async function viewsOf(
  editions: readonly EditionOf[],
  places: ArticlePositions,
  deps: PublishDeps,
): Promise<{ of: EditionOf; view: BoundView<Edition> }[]> {
  const named = new Map(editions.map(of => [editionId(of, deps.site), of]));
  const published = async (of: EditionOf) => {
    const view = editionView(of, deps, places);
    return (await isPublished(of, view.key, deps)) ? [{ of, view: bind(deps, view) }] : [];
  };
  return (await inParallel(named.values(), published, { concurrency: CONCURRENCY })).flat();
}

/** The views of the history documents that hold the positions. */
function documentsOf(positions: ArticlePositions, deps: PublishDeps): BoundView[] {
  const history = pagesIn(positions, HISTORY_LIST);
  return history.map(page => bind(deps, historyView(page, positions, deps)));
}

/** Whether an edition is turned on or stored. A kill must reach the feeds of a stored edition that is turned off. */
async function isPublished(of: EditionOf, key: string, { site, storage }: PublishDeps): Promise<boolean> {
  return !isSwitchedOff(of, site) || (await storage.head(key)) !== undefined;
}

/**
 * Merges records into the given editions and the history, and renders them. Editions with too few entries are filled. If
 * the directory changes, the files that show it are also rendered.
 * @param given.positions positions of the records. Default: read from the table, and assigned if they are missing. With
 * an empty map, the history stays as it is
 * @param given.places positions of the records in the lists of editions. Default: `given.positions`
 * @param given.history records to merge into the history. Default: all
 */
export async function publishEditions(
  editions: readonly EditionOf[],
  deps: PublishDeps,
  records: Records = new Map(),
  given: { positions?: ArticlePositions; history?: Records; places?: ArticlePositions } = {},
): Promise<PublishedViews> {
  const parallel = { concurrency: CONCURRENCY };
  const { history = records } = given;
  const positions = given.positions ?? (await assignPositions(records, deps.articles, deps.site));
  const places = given.places ?? positions;
  const found = await viewsOf(editions, places, deps);
  const listed = found.map(({ view }) => view);
  await inParallel(listed, view => view.merge(records), parallel);
  const ofRecords = new Map([...places].filter(([id]) => records.has(id)));
  const pages = await inParallel(
    found,
    ({ of, view }) => publishListPages(of, view, ofRecords, deps),
    parallel,
  );
  const documents = documentsOf(positions, deps);
  await inParallel(documents, view => view.merge(history), parallel);
  const views = [...listed, ...documents, ...(await mergeHistory(positions, history, deps, parallel))];
  const { directory, isUnnamed } = await updateDirectory(listed, positions, deps);
  const rendered = await render(views, directory, deps);
  let files = rendered.files + sum(pages);
  if (rendered.directory.linkedPages < rendered.directory.pages) files += await publishLinks(deps);
  // Another publisher can have read the names before an edition became empty, and have marked them as published since.
  if (rendered.directory.stale || isUnnamed) files += await publishSite(deps);
  return { views: views.length, files };
}

/** Renders views, which show data of the directory. Repeats this if the directory has changed during it. */
async function render(views: readonly BoundView[], first: Directory, deps: PublishDeps) {
  let files = 0;
  let directory = first;
  return retryOnConflict('directory.json', deps.pacing, async () => {
    files += sum(await inParallel(views, view => view.render(directory), { concurrency: CONCURRENCY }));
    const { state: now } = await loadDirectory(deps);
    const isSame = isSameNavigation(directory, now);
    directory = now;
    return isSame ? { files, directory } : CONFLICT;
  });
}

/**
 * Adds views with articles to the directory, removes empty views, and raises the number of history documents until they
 * cover all positions.
 * @returns the directory, and whether a view became empty that only a page of names has
 */
async function updateDirectory(
  views: readonly BoundView[],
  positions: ArticlePositions,
  deps: PublishDeps,
): Promise<{ directory: Directory; isUnnamed: boolean }> {
  const { state: directory } = await loadDirectory(deps);
  const pages = Math.max(0, ...pagesIn(positions, HISTORY_LIST).map(page => page + 1));
  const listings = [];
  for (const view of views) {
    const listing = await view.listing();
    if (listing) listings.push({ view, listing, present: !(await view.isEmpty()) });
  }
  let news = listings.filter(({ listing, present }) => !isListed(directory, listing, present));
  if (news.length === 0 && pages <= directory.pages) return { directory, isUnnamed: false };
  const isUnnamed = news.some(({ listing, present }) => !present && isOnlyNamed(directory, listing));
  return retryOnConflict('directory.json', deps.pacing, async () => {
    const updated = await updateListings(deps, news, pages);
    // Another publisher can have filled or emptied a view since this call read it.
    const now = await inParallel(news, async each => ({
      ...each,
      present: !(await each.view.isEmpty('now')),
    }));
    news = now.filter(({ present }, at) => present !== news[at]?.present);
    return news.length > 0 ? CONFLICT : { directory: updated, isUnnamed };
  });
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
