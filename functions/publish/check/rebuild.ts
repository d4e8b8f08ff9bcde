import { reportOf } from '../../../shared/errors/errors.ts';
import { publishRedirects } from '../jobs/publish-aliases.ts';
import { ownPages } from '../jobs/publish-own-page.ts';
import { type RetryDeps, retryAll } from '../jobs/retry-unpublished.ts';
import { publishSite } from '../jobs/site-files.ts';
import { changeTo } from '../model/change.ts';
import type { EditionOf } from '../model/edition-of.ts';
import { DIRECTORY, loadDirectory, relist } from '../states/directory.ts';
import { EDITIONS } from '../states/edition-state.ts';
import { DAYS, HISTORY, historyState, sitemapState } from '../states/history-states.ts';
import { sitemapOf } from '../states/positions.ts';
import { REDIRECTS } from '../states/redirects.ts';
import { load } from '../states/state.ts';
import { rememberChange } from '../states/unpublished.ts';
import { editionView } from '../views/edition-view.ts';
import type { PublishDeps } from '../views/view.ts';
import { checkEditions } from './check-editions.ts';
import { checkSlices } from './check-slices.ts';
import { checkPages, publishGoneFirst } from './compare.ts';
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

/** Number of newest articles that are compared with the site. */
const NEWEST_ARTICLES = 1_000;

/** Number of newest history documents, and of newest sitemaps, that are compared with the table. */
const NEWEST_PAGES = 4;

/** Number of newest pages of days that are compared with the table. They cover about two weeks. */
const LATEST_DAY_PAGES = 14;

/** Maximum number of sections that each check covers. The others follow in slices, like the tags and authors. */
const MAX_SECTIONS = 100;

/**
 * Compares the site with the table, and publishes changes that were lost. The most important comes first: remembered
 * changes, the newest articles and pages, the main edition and the sections. Then it checks the next slices of the rest,
 * and the media that were changed since the last check. Its cost does not grow with the archive. A bulk run covers all
 * articles.
 * @throws CopydeskError `not-rebuilt`, retryable, if something could not be published. Everything else is published
 */
export async function rebuild(given: RetryDeps): Promise<RebuildResult> {
  const { articles, now } = given;
  const work = startWork(async (change, error) => {
    const { isLive = false } = (await articles.lists.versions([change.id])).get(change.id) ?? {};
    await rememberChange(change, { isGone: !isLive, error, now: now() }, articles);
  });
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
      work.stuck.set(id, error);
      if (!work.failed.has(id)) work.failed.set(id, { subject: id, message: reportOf(error).message });
      given.onFailedAgain?.(id, error);
    },
  });
  await checkNewest(deps, work);
  await checkSlices(deps, work);
  return finish(work);
}

/** Checks what changes most: the main edition, the sections, the newest pages of the history and the newest articles. */
async function checkNewest(deps: PublishDeps, work: Work): Promise<void> {
  if (await isDirectoryBehind(deps)) await relist(deps);
  const { state: directory } = await loadDirectory(deps);
  let current = new Set<string>();
  await tried(HISTORY, deps, work, async () => {
    current = await checkPages(await newestPages(directory.pages, deps), deps, work);
  });
  const newest = (await deps.articles.newest(NEWEST_ARTICLES)).map(id => changeTo(id));
  await publishGoneFirst(
    newest.filter(({ id }) => !current.has(id)),
    deps,
    work,
  );
  // These are in their editions already. Their pages can lack a link to a related story, or be lost.
  await publishAll(
    newest.filter(({ id }) => current.has(id)),
    deps,
    work,
    'without-members',
  );
  await publishAll(await ownPages(deps), deps, work, 'without-members');
  const sections = Object.values(directory.sections).slice(0, MAX_SECTIONS);
  const editions: EditionOf[] = [
    { kind: 'all' },
    ...sections.map(name => ({ kind: 'section' as const, name })),
  ];
  const keys = editions.map(of => editionView(of, deps).key);
  for (let from = 0; from < keys.length; from += ARTICLES_PER_BATCH)
    await tried(EDITIONS, deps, work, () =>
      checkEditions(keys.slice(from, from + ARTICLES_PER_BATCH), deps, work),
    );
  await tried(DIRECTORY.key, deps, work, async () => {
    work.files += await publishSite(deps);
  });
  await tried(REDIRECTS.key, deps, work, async () => {
    work.files += await publishRedirects(deps);
  });
}

/** Whether the directory is lost, or there is a history document that it does not count. */
async function isDirectoryBehind(deps: PublishDeps): Promise<boolean> {
  const { state, isStored } = await load(deps, DIRECTORY);
  return !isStored || (await deps.storage.head(historyState(state.pages).key)) !== undefined;
}

async function newestPages(pages: number, { storage, articles }: PublishDeps): Promise<string[]> {
  const last = pages - 1;
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
