import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import type { Bucket } from '../../../shared/aws/bucket.ts';
import { EDITIONS, Edition, emptyEdition } from './edition-state.ts';
import { HISTORY, pageOfKey } from './history-states.ts';
import { type Held, load, revise, type StateOf, type StateStore } from './state.ts';

const Lines = z.record(z.string(), z.string());

/**
 * What the site consists of: the sections, tags and authors of which something is live, by the folder, with the
 * name as people read it, and how far the archive has grown. Navigation, OPML, the archive's links and the
 * sitemap's index are made of it. Every publish reads it, so it does not grow with the archive.
 */
const Directory = z.object({
  sections: Lines,
  /** The first so many; see {@link MAX_LISTED}. */
  tags: Lines,
  authors: Lines,
  /** Whether these have changed since what is made of them was last written; kept here, lest a retry forget it. */
  stale: z.boolean(),
  /** How many archive documents there are. */
  pages: z.number(),
  /** How many of them what is made of that number was last written for. */
  linkedPages: z.number(),
});
export type Directory = z.infer<typeof Directory>;

/**
 * Tags, and authors, that are listed at most: those that came first. A site has thousands, each publish reads
 * the list, and nobody imports a thousand feeds from an OPML file; each has its page, which names its feeds.
 */
const MAX_LISTED = 100;

/** A line of the directory. */
export interface Listing {
  kind: 'sections' | 'tags' | 'authors';
  path: string;
  name: string;
}

export const DIRECTORY: StateOf<Directory> = {
  key: 'directory.json',
  schema: Directory,
  initial: { sections: {}, tags: {}, authors: {}, stale: true, pages: 0, linkedPages: 0 },
};

/** The directory as it is now. A broken one is made again. */
export async function loadDirectory(store: StateStore): Promise<Held<Directory>> {
  const held = await load(store, DIRECTORY);
  return isBroken(held) ? reviseDirectory(store, state => state) : held;
}

/** Lists every stored edition that holds something, and every stored archive document: for a directory that is lost. */
export async function relist(store: StateStore): Promise<void> {
  const { sections, tags, authors, pages } = await directoryFromStates(store);
  await reviseDirectory(store, directory => {
    const next: Directory = {
      ...directory,
      sections: sorted({ ...sections, ...directory.sections }),
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

function reviseDirectory(store: StateStore, change: (directory: Directory) => Directory) {
  return revise(store, DIRECTORY, async (state, before) =>
    change(isBroken(before) ? await directoryFromStates(store) : state),
  );
}

const KINDS = ['sections', 'tags', 'authors'] as const;

/** The directory as the stored editions and archive documents tell it. */
async function directoryFromStates(store: StateStore): Promise<Directory> {
  let pages = 0;
  for await (const key of store.storage.keys(HISTORY)) pages = pageOfKey(key) + 1;
  // The last documents may not be linked yet.
  const directory: Directory = { ...DIRECTORY.initial, pages, linkedPages: Math.max(0, pages - 1) };
  for (const kind of KINDS) {
    const prefix = `${EDITIONS}${kind}/`;
    const lines: Record<string, string> = {};
    for await (const key of store.storage.keys(prefix)) {
      if (kind !== 'sections' && Object.keys(lines).length >= MAX_LISTED) break;
      const { state } = await load(store, { key, schema: Edition, initial: emptyEdition({ kind: 'all' }) });
      const path = key.slice(prefix.length, -'.json'.length);
      if (state.entries.length > 0 && 'name' in state.of) lines[path] = state.of.name;
    }
    directory[kind] = lines;
  }
  return directory;
}

/**
 * Enters or removes lines, and opens archive documents up to so many.
 * @returns the directory as it is then
 */
export async function updateListings(
  store: StateStore,
  listings: readonly { listing: Listing; present: boolean }[],
  pages = 0,
): Promise<Directory> {
  const { state } = await reviseDirectory(store, directory => {
    const next = { ...structuredClone(directory), pages: Math.max(directory.pages, pages) };
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

/** Whether a line is what the directory says already, or cannot be entered any more. */
export function isListed(directory: Directory, { kind, path }: Listing, present: boolean): boolean {
  const lines = directory[kind];
  if (Object.hasOwn(lines, path)) return present;
  return !present || (kind !== 'sections' && Object.keys(lines).length >= MAX_LISTED);
}

/** Whether two directories look the same to the files of a view. */
export function isSameNavigation(a: Directory, b: Directory): boolean {
  const names = (directory: Directory) => JSON.stringify(directory.sections);
  return a.pages === b.pages && names(a) === names(b);
}

/**
 * Notes that all that is made of the directory is written.
 * @returns whether it was still the one that was written
 */
export async function markPublished(storage: Bucket, { state, etag }: Held<Directory>): Promise<boolean> {
  // Nothing to note, but what was written is right only as long as it still says so.
  if (!state.stale) return (await storage.head(DIRECTORY.key))?.etag === etag;
  const condition = etag === undefined ? 'absent' : { etag };
  const json = JSON.stringify({ ...state, stale: false });
  return (
    (await storage.putIf(DIRECTORY.key, json, { contentType: 'application/json' }, condition)) !== undefined
  );
}

/**
 * Notes that all that is made of the number of archive documents is written, for this number of them.
 * @returns how many there are by now
 */
export async function markLinked(store: StateStore, pages: number): Promise<number> {
  const { state } = await reviseDirectory(store, directory => ({
    ...directory,
    linkedPages: Math.max(directory.linkedPages, pages),
  }));
  return state.pages;
}

function sorted(lines: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(lines).sort(([a], [b]) => (a < b ? -1 : 1)));
}
