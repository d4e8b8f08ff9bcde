import { inParallel } from '../../../shared/errors/in-parallel.ts';
import { EDITION_FILES, SITE_FILES } from '../content/addresses.ts';
import { EDITION_LISTS, type EditionOf, editionFolder } from '../model/edition-of.ts';
import type { Site } from '../model/site.ts';
import { loadDirectory, updateListings } from '../states/directory.ts';
import { EDITIONS, editionOf } from '../states/edition-state.ts';
import { editionView } from '../views/edition-view.ts';
import type { PublishDeps } from '../views/view.ts';

/** Number of editions that are removed in parallel. Each takes six requests. */
const CONCURRENCY = 8;

/** Maximum number of editions that {@link removeSwitchedOff} removes. They take less than a minute. */
const MAX_REMOVED = 1_000;

/** The kinds of editions that a setting can switch off. */
const SWITCHED = ['tag', 'author'] as const;

/** Whether the settings switch off the pages and feeds of an edition. */
export function isSwitchedOff({ kind }: EditionOf, site: Pick<Site, 'tags' | 'authors'>): boolean {
  return (kind === 'tag' && !site.tags) || (kind === 'author' && !site.authors);
}

/** Removes the state and the files of an edition. Its members stay in the table, so it can be made again. */
export async function removeEdition(of: EditionOf, deps: PublishDeps): Promise<void> {
  // Without its state, publishers do not write the edition any more.
  await deps.storage.delete(editionView(of, deps).key);
  const folder = editionFolder(of, deps.site);
  await Promise.all(Object.values(EDITION_FILES).map(name => deps.siteBucket.delete(folder + name)));
  if (of.kind === 'all') return;
  for await (const key of deps.siteBucket.keys(folder)) await deps.siteBucket.delete(key);
}

/**
 * Removes the editions that the settings switch off from the directory, and those of them that are left in the storage
 * bucket: their names are missing in the table, or a publisher wrote them during their removal.
 */
export async function removeSwitchedOff(deps: PublishDeps): Promise<void> {
  const { state: directory } = await loadDirectory(deps);
  for (const kind of SWITCHED.filter(each => isSwitchedOff({ kind: each, name: '' }, deps.site))) {
    const list = EDITION_LISTS[kind];
    const { keys } = await deps.storage.keysAfter(`${EDITIONS}${list}/`, undefined);
    await inParallel(keys.slice(0, MAX_REMOVED), key => removeEdition(editionOf(key), deps), {
      concurrency: CONCURRENCY,
    });
    await deps.siteBucket.delete(SITE_FILES[list]);
    const listings = Object.entries(directory[list]).map(([path, name]) => ({
      listing: { kind: list, path, name },
      present: false,
    }));
    if (listings.length > 0) await updateListings(deps, listings);
  }
}
