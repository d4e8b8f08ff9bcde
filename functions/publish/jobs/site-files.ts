import pMap from 'p-map';
import { CONFLICT, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import type { EditionOf } from '../model/edition-of.ts';
import type { Rendition } from '../model/rendition.ts';
import type { Site } from '../model/site.ts';
import { type Directory, loadDirectory, markLinked, markPublished } from '../states/directory.ts';
import { HISTORY_POSITIONS, pageOf, SITEMAP_POSITIONS } from '../states/positions.ts';
import { editionView } from '../views/edition-view.ts';
import { historyView } from '../views/history-feed-view.ts';
import { monthsView } from '../views/history-page-views.ts';
import { sitemapIndex, siteRenditions } from '../views/renditions.ts';
import { sitemapCount, sitemapPath, sitemapView } from '../views/sitemap-view.ts';
import { bind, type SiteWriter, type ViewDeps, writeFile } from '../views/view.ts';

const CONCURRENCY = 8;

/**
 * Writes the files of the whole site (style sheet, icons, robots.txt), and the files made from the directory
 * (OPML, the index of sitemaps, pages with the navigation).
 * @returns the number of written files
 */
export async function publishSite(deps: ViewDeps & SiteWriter): Promise<number> {
  let files = 0;
  // Sections of all tries. A section that was removed meanwhile also has a page with the old navigation.
  const seen: Record<string, string> = {};
  return retryOnConflict('directory.json', deps.pacing, async () => {
    const held = await loadDirectory(deps);
    Object.assign(seen, held.state.sections);
    files += await writeSite(held.state, seen, deps);
    return (await markPublished(deps.storage, held)) ? files : CONFLICT;
  });
}

async function writeSite(
  directory: Directory,
  frontSections: Directory['sections'],
  deps: ViewDeps & SiteWriter,
): Promise<number> {
  let files = 0;
  const { site } = deps;
  const [sections = [], tags = [], authors = []] = [
    directory.sections,
    directory.tags,
    directory.authors,
  ].map(lines => Object.values(lines));
  const renditions = siteRenditions(site, { sections, tags, authors });
  for (const rendition of [...renditions, indexOfSitemaps(directory.pages, site)])
    if (await writeFile(deps, rendition)) files++;
  for (const of of frontPages({ sections: frontSections }))
    files += await bind(deps, editionView(of, deps)).render(directory);
  // Every page links the page of all months, even on an empty site.
  files += await bind(deps, monthsView([], deps)).render(directory);
  return files;
}

/**
 * Writes the files that link new history documents: the document before them, the main feeds and the index of
 * sitemaps. Also writes the new documents and their sitemaps, so that none is missing if positions were lost.
 * @param from number of the first document to write. Default: the last one that is already linked
 * @returns the number of written files
 */
export async function publishLinks(deps: ViewDeps & SiteWriter, from?: number): Promise<number> {
  let files = 0;
  const { site } = deps;
  return retryOnConflict('directory.json', deps.pacing, async () => {
    const { state } = await loadDirectory(deps);
    const first = from ?? Math.max(0, state.linkedPages - 1);
    const pages = range(first, state.pages);
    const sitemaps = range(pageOf(first * HISTORY_POSITIONS, SITEMAP_POSITIONS), sitemapCount(state.pages));
    const views = [
      ...pages.map(page => bind(deps, historyView(page, new Map(), deps))),
      ...sitemaps.map(page => bind(deps, sitemapView(page, new Map(), deps))),
      bind(deps, editionView({ kind: 'all' }, deps)),
    ];
    for (const count of await pMap(views, view => view.render(state), { concurrency: CONCURRENCY }))
      files += count;
    if (await writeFile(deps, indexOfSitemaps(state.pages, site))) files++;
    // If another publisher has linked a newer document meanwhile, this call may have overwritten that link.
    return (await markLinked(deps, state.pages)) === state.pages ? files : CONFLICT;
  });
}

/** The editions whose pages carry the navigation. */
function frontPages({ sections }: Pick<Directory, 'sections'>): EditionOf[] {
  return [{ kind: 'all' }, ...Object.values(sections).map((name): EditionOf => ({ kind: 'section', name }))];
}

function indexOfSitemaps(pages: number, site: Site): Rendition {
  const paths = range(0, sitemapCount(pages)).map(page => ({ path: sitemapPath(page) }));
  return sitemapIndex(paths, site);
}

/** The numbers from `first` to `end` - 1. */
function range(first: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
}
