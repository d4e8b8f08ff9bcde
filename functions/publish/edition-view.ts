import type { Articles } from '../../shared/articles.ts';
import type { Bucket } from '../../shared/objects.ts';
import { withBodies } from './bodies.ts';
import { belongs, type Edition, editionId, emptyEdition, merge, SLACK } from './edition.ts';
import { editionRenditions, newsSitemap } from './renditions.ts';
import { type EditionOf, editionFolder, type Site } from './site.ts';
import type { View } from './view.ts';

/** Articles that are looked through to fill up the edition of a tag or an author, which no index is keyed by. */
const MOST_LOOKED_THROUGH = 2_000;

/** Records read at once while they are looked through. */
const READ_AT_ONCE = 100;

export interface EditionDeps {
  articles: Articles;
  archive: Bucket;
  site: Site;
}

/** Where the states of editions are, in the archive bucket. */
export const EDITIONS = 'editions/';

const LISTS = { section: 'sections', tag: 'tags', author: 'authors' } as const;

/** The view of an edition: its feeds and its front page. */
export function editionView(of: EditionOf, { articles, archive, site }: EditionDeps): View<Edition> {
  const size = site.feedEntries + SLACK;
  const path = editionFolder(of).replace(/^(?:tags|authors)\/|\/$/g, '');
  return {
    key: `${EDITIONS}${editionId(of)}.json`,
    initial: emptyEdition(of),
    isEmpty: edition => edition.entries.length === 0,
    ...(of.kind !== 'all' && {
      listing: { kind: LISTS[of.kind], path, name: of.name },
    }),
    merge: (edition, records) => merge(edition, records, size),
    refill: {
      isShort: ({ truncated, entries }) => truncated && entries.length < site.feedEntries,
      ids: () => newestOf(of, articles, size),
      filled: (edition, ids) => ({ ...edition, truncated: ids.length >= size }),
    },

    async render(edition, directory) {
      const shown = edition.entries.slice(0, site.feedEntries);
      const entries = await withBodies(shown, archive, site);
      // Under the name it was first given, however the latest article spells it.
      const sections = isFrontPage(of) ? Object.values(directory.sections) : [];
      const shownEdition = { of: edition.of, entries, lead: edition.pins[0] };
      if (of.kind !== 'all') return editionRenditions(shownEdition, site, { sections });
      return [
        ...editionRenditions({ ...shownEdition, archived: directory.pages }, site, { sections }),
        newsSitemap(edition.entries, site),
      ];
    },
  };
}

/** Whether the page of an edition carries the navigation. Of tags and authors there can be thousands to renew. */
function isFrontPage(of: EditionOf): boolean {
  return of.kind === 'all' || of.kind === 'section';
}

/** Ids of the newest live articles of an edition, from the index. */
async function newestOf(of: EditionOf, articles: Articles, size: number): Promise<string[]> {
  if (of.kind === 'all') return articles.newest(size);
  if (of.kind === 'section') return articles.newest(size, of.name);
  const found: string[] = [];
  const ids = await articles.newest(MOST_LOOKED_THROUGH);
  for (let from = 0; from < ids.length && found.length < size; from += READ_AT_ONCE) {
    const records = await articles.getMany(ids.slice(from, from + READ_AT_ONCE));
    for (const [id, record] of records) if (belongs(record, of)) found.push(id);
  }
  return found.slice(0, size);
}
