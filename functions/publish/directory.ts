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
  /** Whether it has changed since what is made of it was last written; kept here, lest a retry forget it. */
  stale: boolean;
}

/** A line of the directory. */
export interface Listing {
  kind: 'sections' | 'tags' | 'months';
  path: string;
  name: string;
}

const DIRECTORY: StateOf<Directory> = {
  key: 'directory.json',
  initial: { sections: {}, tags: {}, months: {}, stale: true },
};

/** The directory as it is now. */
export function loadDirectory(archive: Bucket): Promise<Held<Directory>> {
  return load(archive, DIRECTORY);
}

/** Enters or removes lines. */
export async function list(
  archive: Bucket,
  listings: readonly { listing: Listing; present: boolean }[],
): Promise<void> {
  await revise(archive, DIRECTORY, directory => {
    if (listings.every(({ listing, present }) => isListed(directory, listing, present))) return directory;
    const next = structuredClone(directory);
    for (const { listing, present } of listings) {
      const { kind, path, name } = listing;
      if (!present) delete next[kind][path];
      else if (!Object.hasOwn(next[kind], path)) next[kind][path] = name;
    }
    const { sections, tags, months } = next;
    return { sections: sorted(sections), tags: sorted(tags), months: sorted(months), stale: true };
  });
}

/** Whether a line is what the directory says already. */
export function isListed(directory: Directory, { kind, path }: Listing, present: boolean): boolean {
  return Object.hasOwn(directory[kind], path) === present;
}

/**
 * Notes that all that is made of the directory is written.
 * @returns whether it was still the one that was written
 */
export async function markPublished(archive: Bucket, { state, etag }: Held<Directory>): Promise<boolean> {
  if (!state.stale) return true;
  const condition = etag === undefined ? 'absent' : { etag };
  const json = JSON.stringify({ ...state, stale: false });
  return (
    (await archive.putIf(DIRECTORY.key, json, { contentType: 'application/json' }, condition)) !== undefined
  );
}

function sorted(lines: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(lines).sort(([a], [b]) => (a < b ? -1 : 1)));
}
