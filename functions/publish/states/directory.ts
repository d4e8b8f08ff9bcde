import * as z from 'zod/mini';
import type { Bucket } from '../../../shared/aws/bucket.ts';
import { isDeepStrictEqual } from '../../../shared/model/deep-equal.ts';
import type { Articles } from '../../../shared/table/articles.ts';
import { EDITION_LISTS } from '../model/edition-of.ts';
import { EDITIONS, Edition, emptyEdition } from './edition-state.ts';
import { HISTORY, pageOfKey } from './history-states.ts';
import { type Held, load, putState, revise, type StateOf, type StateStore } from './state.ts';

const Lines = z.record(z.string(), z.string());

/** A page of the site's own: its title, and the time of its last change. */
const OwnPageLine = z.object({ title: z.string(), updatedAt: z.string() });
export type OwnPageLine = z.infer<typeof OwnPageLine>;

/** Maximum number of listed pages of the site's own. The others are public, but neither linked nor in the sitemap. */
const MAX_OWN_PAGES = 200;

/**
 * The directory of the site: the names of the sections, tags and authors with live articles, by folder, and the number
 * of history documents. It gives the navigation, OPML, the links of the history and the sitemap index. Every publish
 * reads the directory, so it must not grow with the history.
 */
const Directory = z.strictObject({
  /** The lists have at most {@link MAX_LISTED} lines. */
  sections: Lines,
  tags: Lines,
  authors: Lines,
  /** The pages of the site's own by their folders: at most {@link MAX_OWN_PAGES}. */
  own: z.record(z.string(), OwnPageLine),
  /** Whether the lists have changed since the files made from them were written. A retry needs this field. */
  stale: z.boolean(),
  pages: z.number(),
  /** Number of history documents when the files that link them were last written. */
  linkedPages: z.number(),
});
export type Directory = z.infer<typeof Directory>;

/**
 * Maximum numbers of listed editions, because every publish reads the lists. A site can have thousands of tags and
 * authors. Each front page shows all sections, and a new section changes the front pages of all. The pages of the unlisted
 * ones still link to their feeds.
 */
export const MAX_LISTED = { sections: 500, tags: 100, authors: 100 } as const;

/** The stored states, and the table, from which a lost directory is made. */
type DirectoryStore = StateStore & { articles: Pick<Articles, 'editionNames' | 'members'> };

export interface Listing {
  kind: (typeof EDITION_LISTS)[keyof typeof EDITION_LISTS];
  path: string;
  name: string;
}

export const DIRECTORY: StateOf<Directory> = {
  key: 'directory.json',
  schema: Directory,
  initial: { sections: {}, tags: {}, authors: {}, own: {}, stale: true, pages: 0, linkedPages: 0 },
  format: 2,
};

/** Loads the directory. Makes a broken directory again from the other states. */
export async function loadDirectory(store: DirectoryStore): Promise<Held<Directory>> {
  const held = await load(store, DIRECTORY);
  return isBroken(held) ? reviseDirectory(store, state => state) : held;
}

/** Adds every stored edition with entries and every stored history document, to repair a lost directory. */
export async function relist(store: DirectoryStore): Promise<void> {
  const { sections, tags, authors, pages } = await directoryFromStates(store);
  await reviseDirectory(store, directory => {
    const next: Directory = {
      ...directory,
      sections: sorted({ ...firstOf(sections, directory.sections), ...directory.sections }),
      tags: Object.keys(directory.tags).length > 0 ? directory.tags : sorted(tags),
      authors: Object.keys(directory.authors).length > 0 ? directory.authors : sorted(authors),
      pages: Math.max(directory.pages, pages),
    };
    return isDeepStrictEqual(next, directory) ? directory : { ...next, stale: true };
  });
}

function isBroken({ isStored, etag }: Held<Directory>): boolean {
  return !isStored && etag !== undefined;
}

function reviseDirectory(
  store: DirectoryStore,
  change: (directory: Directory, isStored: boolean) => Directory,
) {
  return revise(store, DIRECTORY, async (state, before) =>
    isBroken(before) ? change(await directoryFromStates(store), true) : change(state, before.isStored),
  );
}

/** Makes the directory from the stored editions and history documents. */
async function directoryFromStates(store: DirectoryStore): Promise<Directory> {
  let pages = 0;
  for await (const key of store.storage.keys(HISTORY)) pages = pageOfKey(key) + 1;
  // The site possibly does not link to the last document yet, so this document counts as not linked.
  const directory: Directory = { ...DIRECTORY.initial, pages, linkedPages: Math.max(0, pages - 1) };
  for (const kind of Object.values(EDITION_LISTS)) {
    const prefix = `${EDITIONS}${kind}/`;
    const lines: Record<string, string> = {};
    for await (const key of store.storage.keys(prefix)) {
      if (Object.keys(lines).length >= MAX_LISTED[kind]) break;
      const path = key.slice(prefix.length, -'.json'.length);
      const name = await nameOf(key, store);
      if (name !== undefined) lines[path] = name;
    }
    directory[kind] = lines;
  }
  return directory;
}

/** The name of an edition with articles. If its state is lost too, the table tells it. */
async function nameOf(key: string, store: DirectoryStore): Promise<string | undefined> {
  const of = { key, schema: Edition, initial: emptyEdition({ kind: 'all' }) };
  const { state, isStored } = await load(store, of);
  if (isStored) return state.entries.length > 0 && 'name' in state.of ? state.of.name : undefined;
  const { editionNames, members } = store.articles;
  const id = key.slice(EDITIONS.length, -'.json'.length);
  for await (const _ of members.newest(id, { pageSize: 1 })) return editionNames.find(id);
  return undefined;
}

/** Maximum number of history documents that one call writes to link them. */
const MAX_LINKED_AT_ONCE = 100;

/**
 * Adds or removes lines, and raises the number of history documents to `pages`. Without a stored directory, the site is
 * new or its states were lost. Then the many documents of a large site count as linked, except the last, because a call
 * that wrote all of them would never end. A bulk run writes them.
 * @returns the new directory
 */
export async function updateListings(
  store: DirectoryStore,
  listings: readonly { listing: Listing; present: boolean }[],
  pages = 0,
): Promise<Directory> {
  const { state } = await reviseDirectory(store, (directory, isStored) => {
    const next = { ...structuredClone(directory), pages: Math.max(directory.pages, pages) };
    if (!isStored && next.pages > MAX_LINKED_AT_ONCE) next.linkedPages = next.pages - 1;
    for (const { listing, present } of listings) {
      if (isListed(next, listing, present)) continue;
      const { kind, path, name } = listing;
      if (present) next[kind] = sorted({ ...next[kind], [path]: name });
      else delete next[kind][path];
      next.stale = true;
    }
    return next;
  });
  return state;
}

/** Lists a page of the site's own, or removes it without a line. */
export async function updateOwnPage(
  store: DirectoryStore,
  path: string,
  line: OwnPageLine | undefined,
): Promise<Directory> {
  const { state } = await reviseDirectory(store, directory => {
    const { [path]: before, ...others } = directory.own;
    if (isDeepStrictEqual(before, line)) return directory;
    if (before === undefined && Object.keys(others).length >= MAX_OWN_PAGES) return directory;
    const own = line === undefined ? others : sorted({ ...others, [path]: line });
    return { ...directory, own, stale: true };
  });
  return state;
}

/** Whether a line needs no change, because the directory has it already or the list is full. */
export function isListed(directory: Directory, listing: Listing, present: boolean): boolean {
  const { kind, path } = listing;
  if (Object.hasOwn(directory[kind], path)) return present;
  return present ? isFull(directory, kind) : !isOnlyNamed(directory, listing);
}

/**
 * Whether only the page of all tags or of all authors names an edition, because the list of the directory is full. If it
 * becomes empty, that page must be written again.
 */
export function isOnlyNamed(directory: Directory, { kind, path }: Listing): boolean {
  return kind !== 'sections' && isFull(directory, kind) && !Object.hasOwn(directory[kind], path);
}

/** Whether a list of the directory can have no further line. */
export function isFull(directory: Directory, kind: Listing['kind']): boolean {
  return Object.keys(directory[kind]).length >= MAX_LISTED[kind];
}

/** Whether two directories have the same sections, the same pages of the site's own, and the same number of history documents. Views show only these. */
export function isSameNavigation(a: Directory, b: Directory): boolean {
  const names = (directory: Directory) => JSON.stringify([directory.sections, directory.own]);
  return a.pages === b.pages && names(a) === names(b);
}

/**
 * Notes that all files made of the directory are written.
 * @returns false if the directory has changed meanwhile
 */
export async function markPublished(storage: Bucket, { state, etag }: Held<Directory>): Promise<boolean> {
  // The written files are correct only if the directory has not changed.
  if (!state.stale) return (await storage.head(DIRECTORY.key))?.etag === etag;
  return (await putState(storage, DIRECTORY, JSON.stringify({ ...state, stale: false }), etag)) !== undefined;
}

/**
 * Stores the number of history documents that the site links.
 * @returns the current number of history documents
 */
export async function markLinked(store: DirectoryStore, pages: number): Promise<number> {
  const { state } = await reviseDirectory(store, directory => ({
    ...directory,
    linkedPages: Math.max(directory.linkedPages, pages),
  }));
  return state.pages;
}

/** The lines that still find room in the list of sections. */
function firstOf(lines: Record<string, string>, listed: Record<string, string>): Record<string, string> {
  const others = Object.entries(lines).filter(([path]) => !Object.hasOwn(listed, path));
  const room = Math.max(0, MAX_LISTED.sections - Object.keys(listed).length);
  return Object.fromEntries(others.slice(0, room));
}

function sorted<T>(lines: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(lines).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The pages of the site's own with their titles, for links. */
export function linksOf(own: Directory['own']): { path: string; title: string }[] {
  return Object.entries(own).map(([path, { title }]) => ({ path, title }));
}
