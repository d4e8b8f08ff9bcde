import type { Article, ArticleRecord } from '../../../shared/model/article.ts';
import { sectionPath } from '../../../shared/model/identity.ts';
import { ownPermalink } from '../../../shared/model/own-page.ts';
import { withBodies } from '../content/bodies.ts';
import { steadyNavigation } from '../content/sections.ts';
import { EDITION_LISTS, type EditionOf, editionId, newsList, withStoredName } from '../model/edition-of.ts';
import { byNewest } from '../model/entry.ts';
import { linksOf } from '../states/directory.ts';
import { type Edition, type EditionList, editionState, type Position } from '../states/edition-state.ts';
import { rowsInRanges } from '../states/list-rows.ts';
import { type ArticlePositions, editionList } from '../states/positions.ts';
import {
  belongs,
  editionRules,
  type Filling,
  filled,
  isWithin,
  KEPT_NEWS,
  keptEntries,
  merge,
  newsPlaceOf,
} from './merge-edition.ts';
import { editionRenditions, newsSitemap } from './renditions.ts';
import { shownInFeed } from './shown-in-feed.ts';
import type { View, ViewDeps } from './view.ts';

/** Number of members in a page, if the newest ones do not fill an edition. */
const MEMBERS_PER_PAGE = 1_000;

/** The view of an edition: its feeds and its front page. */
export function editionView(
  of: EditionOf,
  deps: ViewDeps,
  positions: ArticlePositions = new Map(),
): View<Edition> {
  const { articles, site, onBroken } = deps;
  const rules = editionRules(site);
  const pageSize = rules.kept;
  const id = editionId(of, site);
  const named = (edition: Edition) => ({ ...edition, of: withStoredName(of, edition.of, site) });
  return {
    ...editionState(of, site),
    isEmpty: edition => edition.entries.length === 0,
    listing: ({ of: now }) =>
      now.kind === 'all'
        ? undefined
        : { kind: EDITION_LISTS[now.kind], path: id.slice(id.indexOf('/') + 1), name: now.name },
    merge: (edition, records) => merge(named(edition), records, rules, positions),
    isUnfilled: ({ unfilled }) => unfilled !== undefined,

    /**
     * Reads members, newest first, until it has found as many live articles as an edition keeps. The edition gets the
     * name that it had first.
     */
    async fill({ of: now, ...entries }) {
      const first =
        now.kind === 'all' ? now : { ...now, name: await articles.editionNames.enter(id, now.name) };
      const list = entries.list ?? (await listOf(of, deps));
      const edition = { ...entries, of: withStoredName(of, first, site), ...(list && { list }) };
      const found = new Map<string, Article>();
      const full = async (end: Position | undefined) =>
        filled(edition, { records: found, end, ...(await newsOf(of, deps)) }, rules);
      const read = async (members: readonly Position[]) => {
        const ids = members.map(member => member.id);
        for (const record of (await articles.getMany(ids, onBroken)).values())
          if (belongs(record, of, site)) found.set(record.id, record);
      };
      /** The filled edition, if it is full down to the last of these members. */
      const fullAt = async (members: readonly Position[]) => {
        const last = members.at(-1);
        const end = last && { publishedAt: last.publishedAt, id: last.id };
        const within = [...found.values()].filter(article => isWithin(article, end));
        return within.length >= keptEntries(within.sort(byNewest), rules) ? full(end) : undefined;
      };
      for await (const page of articles.members.newest(id, { pageSize })) {
        await read(page);
        const done = await fullAt(page);
        if (done !== undefined) return done;
        if (page.length < pageSize) return full(undefined);
        break;
      }
      // If thousands of articles were deleted together, their members can still stand before the others.
      for await (const page of articles.members.newest(id, { pageSize: MEMBERS_PER_PAGE })) {
        const live = new Set(await articles.lists.live(page.map(member => member.id)));
        const members = page.filter(member => live.has(member.id));
        for (let from = 0; from < members.length; from += pageSize) {
          const some = members.slice(from, from + pageSize);
          await read(some);
          const done = await fullAt(some);
          if (done !== undefined) return done;
        }
      }
      return full(undefined);
    },

    async render(edition, directory) {
      const shown = shownInFeed(edition, site.feedEntries);
      const entries = await withBodies(shown.entries, deps);
      // The page of a tag or author does not name each new section, because a site can have thousands of them.
      const isFront = of.kind === 'all' || of.kind === 'section';
      const nav = isFront
        ? { sections: Object.values(directory.sections), pages: linksOf(directory.own) }
        : steadyNavigation(site);
      const shownEdition = {
        of: named(edition).of,
        entries,
        gone: shown.gone,
        lead: edition.pins[0],
        list: edition.list,
      };
      if (of.kind !== 'all') {
        const files = editionRenditions(shownEdition, site, nav);
        // A page that has the address of a section that came later stays. The section keeps its feeds.
        const path = of.kind === 'section' && sectionPath(of.name, site.language);
        const isTaken = path && Object.hasOwn(directory.own, path);
        return isTaken ? files.filter(({ key }) => key !== ownPermalink(path)) : [...files];
      }
      return [
        ...editionRenditions({ ...shownEdition, historyDocuments: directory.pages }, site, nav),
        newsSitemap(edition.entries, site),
      ];
    },
  };
}

/** The list of an edition from the table. Its full pages count as written: after a loss, a bulk run writes them. */
async function listOf(of: EditionOf, { articles, site }: ViewDeps): Promise<EditionList | undefined> {
  if (of.kind === 'all') return undefined;
  const { name, pageSize } = editionList(of, site);
  const taken = await articles.positions.taken(name);
  const pages = Math.floor(taken / pageSize);
  const rows = await rowsInRanges([{ list: name, from: pages * pageSize, end: taken }], articles);
  const open = [...(rows.get(name) ?? [])].map(([at, row]) => ({ ...row, at }));
  return { taken, pages, open: open.sort(byNewest) };
}

/** Reads the latest events of an edition, until it has as many as an edition keeps. */
async function newsOf(
  of: EditionOf,
  { articles, site, onBroken }: ViewDeps,
): Promise<Pick<Filling, 'news' | 'newsEnd'>> {
  const news = new Map<string, ArticleRecord>();
  for await (const page of articles.members.newest(newsList(editionId(of, site)), { pageSize: KEPT_NEWS })) {
    const records = await articles.getMany(
      page.map(({ id }) => id),
      onBroken,
    );
    for (const { id, publishedAt: at } of page) {
      const record = records.get(id);
      if (record !== undefined && newsPlaceOf(record) === at) news.set(id, record);
      if (news.size >= KEPT_NEWS) return { news, newsEnd: { publishedAt: at, id } };
    }
  }
  return { news, newsEnd: undefined };
}
