import type { Article } from '../../../shared/model/article.ts';
import { withBodies } from '../content/bodies.ts';
import { type EditionOf, editionFolder, editionId } from '../model/edition-of.ts';
import { EDITIONS, Edition, emptyEdition, type Position } from '../states/edition-state.ts';
import { belongs, editionSize, filled, isWithin, merge } from './merge-edition.ts';
import { editionRenditions, newsSitemap } from './renditions.ts';
import type { View, ViewDeps } from './view.ts';

const LISTS = { section: 'sections', tag: 'tags', author: 'authors' } as const;

/** The view of an edition: its feeds and its front page. */
export function editionView(of: EditionOf, deps: ViewDeps): View<Edition> {
  const { articles, site, onBroken } = deps;
  const size = editionSize(site.feedEntries);
  const path = editionFolder(of).replace(/^(?:tags|authors)\/|\/$/g, '');
  return {
    key: `${EDITIONS}${editionId(of)}.json`,
    schema: Edition,
    initial: emptyEdition(of),
    isEmpty: edition => edition.entries.length === 0,
    ...(of.kind !== 'all' && {
      listing: { kind: LISTS[of.kind], path, name: of.name },
    }),
    merge: (edition, records) => merge(edition, records, size),
    isUnfilled: ({ unfilled }) => unfilled !== undefined,

    /** Reads members, newest first, until it has found the number of live articles that an edition keeps. */
    async fill(edition) {
      const found = new Map<string, Article>();
      let end: Position | undefined;
      for await (const page of articles.members.newest(editionId(of), { pageSize: size.kept })) {
        end = page.at(-1);
        for (const [id, record] of await articles.getMany(
          page.map(({ id }) => id),
          onBroken,
        ))
          if (belongs(record, of)) found.set(id, record);
        const within = [...found.values()].filter(article => isWithin(article, end));
        if (within.length >= size.kept)
          return filled(edition, found, end && { publishedAt: end.publishedAt, id: end.id }, size);
      }
      return filled(edition, found, undefined, size);
    },

    async render(edition, directory) {
      const shown = edition.entries.slice(0, site.feedEntries);
      const entries = await withBodies(shown, deps);
      // The navigation spells a section as its first article did.
      const sections = isFrontPage(of) ? Object.values(directory.sections) : [];
      const shownEdition = { of: edition.of, entries, lead: edition.pins[0] };
      if (of.kind !== 'all') return editionRenditions(shownEdition, site, { sections });
      return [
        ...editionRenditions({ ...shownEdition, historyDocuments: directory.pages }, site, { sections }),
        newsSitemap(edition.entries, site),
      ];
    },
  };
}

/** Whether the page of an edition has the navigation. Pages of tags and authors do not, because there are thousands. */
function isFrontPage(of: EditionOf): boolean {
  return of.kind === 'all' || of.kind === 'section';
}
