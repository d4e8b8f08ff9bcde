import { inParallel } from '../../../shared/errors/in-parallel.ts';
import { CONFLICT, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import type { Article, ArticleRecord } from '../../../shared/model/article.ts';
import { loadedOnce } from '../../../shared/model/loaded-once.ts';
import { bodyIfThere } from '../content/bodies.ts';
import { withShownMedia } from '../content/media-shown.ts';
import { steadyNavigation } from '../content/sections.ts';
import { enterRows } from '../lists/enter-rows.ts';
import { type Neighbourhood, readNeighbourhood } from '../lists/neighbourhood.ts';
import type { relatedFinder } from '../lists/related.ts';
import { type ArticleChange, addChange, changeTo, joinChanges } from '../model/change.ts';
import type { MoreStories } from '../model/more-stories.ts';
import type { Records } from '../model/records.ts';
import type { Rendition } from '../model/rendition.ts';
import type { HistoryRow } from '../states/history-states.ts';
import type { ArticlePositions } from '../states/positions.ts';
import { rememberChange } from '../states/unpublished.ts';
import { articleRendition, withdrawnRendition } from '../views/renditions.ts';
import { type PublishDeps, writeFile, writeFileOver } from '../views/view.ts';
import { type EditionScope, splitByStatus } from './change-plan.ts';
import { findFormerPages, leaveFormerPages, positionsMetadata } from './former-pages.ts';
import { changesFace, publishFace } from './publish-face.ts';
import { publishMedia } from './publish-media.ts';
import { ownPathsOf, publishOwnPage } from './publish-own-page.ts';

/** Few articles have aliases. */
const aliasesCode = loadedOnce(() => import('./publish-aliases.ts'));

/** Number of pages that are written in parallel. Writing is mostly waiting for S3. */
const CONCURRENCY = 8;

/** Changes of articles, with what the table says about them. */
export interface Batch {
  changes: readonly ArticleChange[];
  records: Records;
  positions: ArticlePositions;
  related: ReturnType<typeof relatedFinder>;
}

/** What {@link publishArticles} has done. */
export interface ShownArticles {
  /** Number of written files. */
  files: number;
  /** The changes, with the editions and files in which the site showed the articles although the table did not tell it. */
  changes: readonly ArticleChange[];
}

/**
 * Writes the pages of articles, their aliases, their media and the pages that list them. Withdrawn pages are removed
 * first, in case a later step fails. Media is written before the pages that show it.
 */
export async function publishArticles(
  batch: Batch,
  scope: Exclude<EditionScope, 'postponed'>,
  deps: PublishDeps,
): Promise<ShownArticles> {
  const { changes, records, positions, related } = batch;
  const parallel = { concurrency: CONCURRENCY };
  let files = 0;
  // `files += await …` would lose what is counted during the wait.
  const count = (written: number) => {
    files += written;
  };
  const former = new Map<string, ArticleChange>();
  const informed = () =>
    changes.map(change => joinChanges(change, former.get(change.id) ?? changeTo(change.id)));
  const publish = async (change: ArticleChange, near?: Neighbourhood) => {
    const leave = async (metadata: Readonly<Record<string, string>>) => {
      const record = records.get(change.id);
      const at = { metadata, positions: positions.get(change.id), isBulk: scope === 'without-members' };
      const found = await findFormerPages(change.id, record, at, deps);
      count(await leaveFormerPages(change, record, found, deps));
      addChange(former, found.change);
    };
    count(await publishArticle(change, { ...batch, near, leave }, deps));
  };
  const { gone, live } = splitByStatus(changes, records);
  await inParallel(gone, change => publish(change), parallel);
  await enterRows(records, positions, deps, scope === 'without-members');
  count(await publishMedia(informed(), records, deps));
  if (changesFace(changes, deps)) count(await publishFace(deps));
  const ids = changes.map(({ id }) => id);
  // In a bulk run, the pages that list these articles have their own turn.
  const listed = scope === 'all' ? changes : scope === 'of-part' ? gone : [];
  const leaving = new Set(listed.map(({ id }) => id));
  await retryOnConflict('lists', deps.pacing, async () => {
    const near = await readNeighbourhood(ids, positions, leaving, deps);
    await inParallel(live, change => publish(change, near), parallel);
    const renew = async ({ id, permalink }: HistoryRow) => {
      try {
        count(await renewArticlePage(id, permalink, related, deps));
      } catch (error) {
        // The articles of this call must not wait for the page of another. Its own change is remembered.
        const isGone = gone.length > 0;
        await rememberChange(changeTo(id), { isGone, error, now: deps.now() }, deps.articles);
      }
    };
    await inParallel(near.followers, renew, parallel);
    return (await near.isCurrent()) || CONFLICT;
  });
  return { files, changes: informed() };
}

interface PageContext extends Pick<Batch, 'related' | 'positions'> {
  more?: MoreStories | undefined;
  /** Called with the metadata of the page of an article before it is replaced or deleted. */
  leave(metadata: Readonly<Record<string, string>>): Promise<void>;
}

/** Writes or removes the page of an article, and its aliases. Returns the number of written files. */
async function publishArticle(
  change: ArticleChange,
  context: Batch & Pick<PageContext, 'leave'> & { near: Neighbourhood | undefined },
  deps: PublishDeps,
): Promise<number> {
  const record = context.records.get(change.id);
  const paths = ownPathsOf(change, record);
  let files = 0;
  for (const path of paths) files += await publishOwnPage(path, deps);
  if (paths.length === 0) {
    const more = record?.status === 'live' ? context.near?.moreFor(record) : undefined;
    files += await publishPage(change, record, { ...context, more }, deps);
  }
  if (!change.aliases && !(record && 'aliases' in record && record.aliases)) return files;
  return files + (await (await aliasesCode()).publishAliases(change, record, deps));
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
 * All that the page shows is read after the page was looked at, and the page is written only over what was seen. So the
 * page of an earlier record or of earlier lists never replaces a later one, or the notice of a withdrawal, also if this
 * call dies.
 * @returns the number of written files: 0 if there is no page, because the article's own change then writes it
 */
async function renewArticlePage(
  id: string,
  permalink: string,
  related: PageContext['related'],
  deps: PublishDeps,
): Promise<number> {
  return retryOnConflict(permalink, deps.pacing, async () => {
    const present = await deps.siteBucket.head(permalink);
    const record = (await deps.articles.getMany([id], deps.onBroken)).get(id);
    if (present === undefined || record?.status !== 'live' || record.permalink !== permalink) return 0;
    const positions = await deps.articles.positions.read([id]);
    const near = await readNeighbourhood([id], positions, new Set(), deps);
    const page = await pageOf(record, { related, positions, more: near.moreFor(record) }, deps);
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
