import { contention } from '../../shared/succession.ts';
import { type Directory, loadDirectory, markPublished } from './directory.ts';
import { type EditionDeps, editionView } from './edition-view.ts';
import { sitemapIndex, siteRenditions } from './renditions.ts';
import type { EditionOf } from './site.ts';
import { sitemapPath } from './sitemap-view.ts';
import { bind, type Press, writeFile } from './view.ts';

/** How often what is made of the directory is written anew when it changes meanwhile. */
const MOST_TRIES = 20;

/**
 * Writes what belongs to the site as a whole and what is made of its directory: style sheet, icons,
 * robots.txt, OPML, the index of sitemaps, and the pages that carry the navigation.
 * @returns how many files were written
 */
export async function publishSite(deps: EditionDeps & Press): Promise<number> {
  let files = 0;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const held = await loadDirectory(deps.archive);
    const { sections, tags, months } = held.state;
    const renditions = [
      ...siteRenditions(deps.site, { sections: Object.values(sections), tags: Object.values(tags) }),
      sitemapIndex(
        Object.keys(months).map(month => ({ path: sitemapPath(month) })),
        deps.site,
      ),
    ];
    for (const rendition of renditions) if (await writeFile(deps, rendition)) files++;
    for (const of of frontPages(held.state)) files += await bind(deps, editionView(of, deps)).render();
    if (await markPublished(deps.archive, held)) return files;
  }
  throw contention('directory.json');
}

/** The editions whose pages carry the navigation. */
export function frontPages({ sections }: Directory): EditionOf[] {
  return [{ kind: 'all' }, ...Object.values(sections).map((name): EditionOf => ({ kind: 'section', name }))];
}
