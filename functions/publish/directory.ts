import type { Bucket } from '../../shared/objects.ts';
import { type Held, load, revise, type StateOf } from './state.ts';

/**
 * What the site consists of: the sections, tags and authors of which something is live, by the folder, with the
 * name as people read it, and how far the archive has grown. Navigation, OPML, the archive's links and the
 * sitemap's index are made of it. Every publish reads it, so it does not grow with the archive.
 */
export interface Directory {
  sections: Record<string, string>;
  /** The first so many; see {@link MOST_LISTED}. */
  tags: Record<string, string>;
  authors: Record<string, string>;
  /** Whether these have changed since what is made of them was last written; kept here, lest a retry forget it. */
  stale: boolean;
  /** How many archive documents there are. */
  pages: number;
  /** How many of them what is made of that number was last written for. */
  linkedPages: number;
}

/**
 * Tags, and authors, that are listed at most: those that came first. A site has thousands, each publish reads
 * the list, and nobody imports a thousand feeds from an OPML file; each has its page, which names its feeds.
 */
const MOST_LISTED = 100;

/** A line of the directory. */
export interface Listing {
  kind: 'sections' | 'tags' | 'authors';
  path: string;
  name: string;
}

const DIRECTORY: StateOf<Directory> = {
  key: 'directory.json',
  initial: { sections: {}, tags: {}, authors: {}, stale: true, pages: 0, linkedPages: 0 },
};

/** The directory as it is now. */
export function loadDirectory(archive: Bucket): Promise<Held<Directory>> {
  return load(archive, DIRECTORY);
}

/**
 * Enters or removes lines, and opens archive documents up to so many.
 * @returns the directory as it is then
 */
export async function list(
  archive: Bucket,
  listings: readonly { listing: Listing; present: boolean }[],
  pages = 0,
): Promise<Directory> {
  const { state } = await revise(archive, DIRECTORY, directory => {
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
  return !present || (kind !== 'sections' && Object.keys(lines).length >= MOST_LISTED);
}

/** Whether two directories look the same to the files of a view. */
export function isSameFrame(a: Directory, b: Directory): boolean {
  const names = (directory: Directory) => JSON.stringify(directory.sections);
  return a.pages === b.pages && names(a) === names(b);
}

/**
 * Notes that all that is made of the directory is written.
 * @returns whether it was still the one that was written
 */
export async function markPublished(archive: Bucket, { state, etag }: Held<Directory>): Promise<boolean> {
  // Nothing to note, but what was written is right only as long as it still says so.
  if (!state.stale) return (await archive.head(DIRECTORY.key))?.etag === etag;
  const condition = etag === undefined ? 'absent' : { etag };
  const json = JSON.stringify({ ...state, stale: false });
  return (
    (await archive.putIf(DIRECTORY.key, json, { contentType: 'application/json' }, condition)) !== undefined
  );
}

/**
 * Notes that all that is made of the number of archive documents is written, for this number of them.
 * @returns how many there are by now
 */
export async function markLinked(archive: Bucket, pages: number): Promise<number> {
  const { state } = await revise(archive, DIRECTORY, directory => ({
    ...directory,
    linkedPages: Math.max(directory.linkedPages, pages),
  }));
  return state.pages;
}

function sorted(lines: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(lines).sort(([a], [b]) => (a < b ? -1 : 1)));
}
