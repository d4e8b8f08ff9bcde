import { inParallel } from '../../../shared/errors/in-parallel.ts';
import { publishRedirects } from '../jobs/publish-aliases.ts';
import { publishLinks, publishSite } from '../jobs/site-files.ts';
import { removeSwitchedOff } from '../jobs/switched-off.ts';
import { loadDirectory } from '../states/directory.ts';
import { HISTORY, MONTHS, MONTHS_STATE, pageOfKey, SITEMAPS } from '../states/history-states.ts';
import { historyView } from '../views/history-feed-view.ts';
import { monthView } from '../views/history-page-views.ts';
import { sitemapCount, sitemapView } from '../views/sitemap-view.ts';
import { bind, type PublishDeps } from '../views/view.ts';

const CONCURRENCY = 8;

/**
 * Ends a republish: removes what the settings switch off, and writes the files of the whole site and the pages of months.
 * It also writes the history documents and sitemaps that have no state because no article is left on them. Other pages
 * link to them.
 */
export async function finishSite(deps: PublishDeps): Promise<void> {
  const { state: directory } = await loadDirectory(deps);
  const documents = await missing(HISTORY, directory.pages, deps);
  const sitemaps = await missing(SITEMAPS, sitemapCount(directory.pages), deps);
  const months: string[] = [];
  for await (const key of deps.storage.keys(MONTHS))
    if (key !== MONTHS_STATE.key) months.push(key.slice(MONTHS.length, -'.json'.length));
  const views = [
    ...months.map(month => bind(deps, monthView(month, [], new Map(), deps))),
    ...documents.map(page => bind(deps, historyView(page, new Map(), deps))),
    ...sitemaps.map(page => bind(deps, sitemapView(page, new Map(), deps))),
  ];
  await inParallel(views, view => view.render(directory), { concurrency: CONCURRENCY });
  await removeSwitchedOff(deps);
  await publishLinks(deps);
  await publishSite(deps);
  await publishRedirects(deps);
}

/** The pages without a stored state. */
async function missing(prefix: string, count: number, { storage }: PublishDeps): Promise<number[]> {
  const stored = new Set<number>();
  for await (const key of storage.keys(prefix)) stored.add(pageOfKey(key));
  return Array.from({ length: count }, (_, page) => page).filter(page => !stored.has(page));
}
