import { inParallel } from '../../../shared/errors/in-parallel.ts';
import { CONFLICT, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import { sectionPath } from '../../../shared/model/identity.ts';
import { loadedOnce } from '../../../shared/model/loaded-once.ts';
import { steadyNavigation } from '../content/sections.ts';
import { filteredDocuments } from '../search/term-filter.ts';
import {
  type Directory,
  isFull,
  linksOf,
  loadDirectory,
  markLinked,
  markPublished,
} from '../states/directory.ts';
import { sitemapOf } from '../states/positions.ts';
import { editionView } from '../views/edition-view.ts';
import { historyView } from '../views/history-feed-view.ts';
import { monthsView } from '../views/history-page-views.ts';
import { sitemapCount, sitemapIndexView, sitemapView } from '../views/sitemap-view.ts';
import { bind, type PublishDeps, writeSiteFile } from '../views/view.ts';
import { publishFace, publishNamedFiles } from './publish-face.ts';
import { publishOwnPage } from './publish-own-page.ts';

const CONCURRENCY = 8;

/**
 * Writes the files of the whole site (style sheet, icons, robots.txt), and the files that show data of the directory
 * (OPML, the index of sitemaps, pages with the navigation).
 * @returns the number of written files
 */
export async function publishSite(deps: PublishDeps): Promise<number> {
  let files = 0;
  // The sections of all attempts, because the page of a section that was just removed also has the navigation.
  const seen: Record<string, string> = {};
  return retryOnConflict('directory.json', deps.pacing, async () => {
    const held = await loadDirectory(deps);
    Object.assign(seen, held.state.sections);
    files += await writeSite(held.state, seen, deps);
    return (await markPublished(deps.storage, held)) ? files : CONFLICT;
  });
}

/** A container writes these files once, so their code is not loaded at start. */
const siteFilesCode = loadedOnce(() => import('../views/site-renditions.ts'));

async function writeSite(
  directory: Directory,
  frontSections: Directory['sections'],
  deps: PublishDeps,
): Promise<number> {
  let files = 0;
  const { site } = deps;
  const { siteRenditions, searchPageFiles } = await siteFilesCode();
  const listed = {
    sections: Object.values(directory.sections),
    tags: Object.values(directory.tags),
    authors: Object.values(directory.authors),
    pages: linksOf(directory.own),
  };
  const names = {
    tags: await namesOf('tags', directory, deps),
    authors: await namesOf('authors', directory, deps),
  };
  for (const file of [...siteRenditions(site, listed, names), ...searchPageFiles(site, listed)])
    if (await writeSiteFile(deps, file)) files++;
  for (const path of Object.keys(directory.own)) files += await publishOwnPage(path, deps);
  files += (await publishFace(deps)) + (await publishNamedFiles(deps));
  files += await bind(deps, sitemapIndexView([], deps)).render(directory);
  // Every page links the sections that the setting names, also before their first story.
  const named = new Map(
    [...steadyNavigation(site).sections, ...Object.values(frontSections)].map(name => [
      sectionPath(name, site.language),
      name,
    ]),
  );
  const sections = [...named.values()].map(name => ({ kind: 'section' as const, name }));
  for (const of of [{ kind: 'all' as const }, ...sections])
    files += await bind(deps, editionView(of, deps)).render(directory);
  // Every page links the page of all months. So this page must exist even on an empty site.
  files += await bind(deps, monthsView([], deps)).render(directory);
  return files;
}

/**
 * Maximum number of names on the page of all tags, and on that of all authors. Each costs a query each time the page is
 * made, and the page has about 100 KB.
 */
const MAX_NAMES = 1_000;

/**
 * The tags or authors for the page that lists them: those of the directory, and if its list is full, also others with live
 * articles.
 */
async function namesOf(kind: 'tags' | 'authors', directory: Directory, deps: PublishDeps): Promise<string[]> {
  const listed = directory[kind];
  if (!isFull(directory, kind)) return Object.values(listed);
  const { editionNames, members } = deps.articles;
  const others = (await editionNames.first(`${kind}/`, MAX_NAMES)).filter(
    ([edition]) => !Object.hasOwn(listed, edition.slice(kind.length + 1)),
  );
  const live = await inParallel(
    others,
    async ([edition, name]) => {
      for await (const _ of members.newest(edition, { pageSize: 1 })) return [name];
      return [];
    },
    { concurrency: CONCURRENCY },
  );
  return [...Object.values(listed), ...live.flat()].slice(0, MAX_NAMES);
}

/**
 * Writes new history documents and their sitemaps, and the files that link to them: the document before the first of
 * them, the main feeds and the index of sitemaps.
 * @param from number of the first document to write. Default: the last linked document
 * @returns the number of written files
 */
export async function publishLinks(deps: PublishDeps, from?: number): Promise<number> {
  let files = 0;
  return retryOnConflict('directory.json', deps.pacing, async () => {
    const { state } = await loadDirectory(deps);
    const first = from ?? Math.max(0, state.linkedPages - 1);
    // A new document can give the ones before it a column in the filter of the search.
    const filtered = filteredDocuments(first + 1);
    const pages = range(
      filteredDocuments(state.pages) > filtered ? Math.min(filtered, first) : first,
      state.pages,
    );
    const sitemaps = range(sitemapOf(first), sitemapCount(state.pages));
    const views = [
      ...pages.map(page => bind(deps, historyView(page, new Map(), deps))),
      ...sitemaps.map(page => bind(deps, sitemapView(page, new Map(), deps))),
      bind(deps, editionView({ kind: 'all' }, deps)),
      bind(deps, sitemapIndexView([], deps)),
    ];
    for (const count of await inParallel(views, view => view.render(state), { concurrency: CONCURRENCY }))
      files += count;
    // If another publisher has linked a newer document during this call, this call can have removed that link.
    return (await markLinked(deps, state.pages)) === state.pages ? files : CONFLICT;
  });
}

/** The numbers from `first` to `end` - 1. */
function range(first: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
}
