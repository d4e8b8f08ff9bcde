import type { Bucket } from '../../shared/objects.ts';
import { type Held, load, revise, type StateOf } from './state.ts';

/**
 * What the site consists of: the sections, tags and months in which something is live, by the folder or
 * month, with the name as people read it. Navigation, OPML and the sitemap's index are made of it.
 */
export interface Directory {
  sections: Record<string, string>;
  tags: Record<string, string>;
  months: Record<string, string>;
}

/** A line of the directory. */
export interface Listing {
  kind: keyof Directory;
  path: string;
  name: string;
}

const DIRECTORY: StateOf<Directory> = {
  key: 'directory.json',
  initial: { sections: {}, tags: {}, months: {} },
};

/** The directory as it is now. */
export function loadDirectory(archive: Bucket): Promise<Held<Directory>> {
  return load(archive, DIRECTORY);
}

/** The ETag of the directory, to see whether it has changed. */
export async function directoryEtag(archive: Bucket): Promise<string | undefined> {
  return (await archive.head(DIRECTORY.key))?.etag;
}

/**
 * Enters or removes lines of the directory.
 * @returns whether that changed it
 */
export async function list(
  archive: Bucket,
  listings: readonly { listing: Listing; present: boolean }[],
): Promise<boolean> {
  const { changed } = await revise(archive, DIRECTORY, directory => {
    const next = structuredClone(directory);
    for (const { listing, present } of listings) {
      const { kind, path, name } = listing;
      if (!present) delete next[kind][path];
      else if (!Object.hasOwn(next[kind], path)) next[kind][path] = name;
    }
    return { sections: sorted(next.sections), tags: sorted(next.tags), months: sorted(next.months) };
  });
  return changed;
}

/** Whether these lines are what the directory says already. */
export function isListed(directory: Directory, { kind, path }: Listing, present: boolean): boolean {
  return Object.hasOwn(directory[kind], path) === present;
}

function sorted(lines: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(lines).sort(([a], [b]) => (a < b ? -1 : 1)));
}
