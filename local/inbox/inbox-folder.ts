import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';

/**
 * Name of the file that holds the id of an inbox. The id identifies the folder after a move. An empty mount point of a
 * missing disk has no id, so it is not mistaken for an inbox whose files were deleted.
 */
const MARKER = '.copydesk-inbox';

/** Cache of the names in folders, by the path of the folder. */
export type Listings = Map<string, readonly string[]>;

export class InboxFolder {
  readonly dir: string;
  readonly id: string;
  /** The folder had no id before, so no file of it was ever uploaded. */
  readonly isNew: boolean;

  private constructor(dir: string, id: string, isNew: boolean) {
    this.dir = dir;
    this.id = id;
    this.isNew = isNew;
  }

  /** Opens an inbox. The folder is created if it does not exist. */
  static async open(dir: string): Promise<InboxFolder> {
    await mkdir(dir, { recursive: true });
    const known = await readId(dir);
    if (known !== undefined) return new InboxFolder(dir, known, false);
    const id = randomBytes(8).toString('hex');
    await writeFile(join(dir, MARKER), `${id}\n`);
    return new InboxFolder(dir, id, true);
  }

  /** Tells whether the folder still exists and is still the same one. */
  async isThere(): Promise<boolean> {
    return (await readId(this.dir)) === this.id;
  }

  /**
   * Tells whether the folder holds the file of a key. A file counts as present if its sub-folder cannot be read, for
   * example a linked folder that is not mounted.
   * @throws if the inbox folder itself cannot be read
   */
  holds(key: string, listings: Listings = new Map()): Promise<boolean> {
    return holdsBelow(this.dir, key.split('/'), listings);
  }
}

async function holdsBelow(
  dir: string,
  [first = '', ...rest]: string[],
  listings: Listings,
): Promise<boolean> {
  let names = listings.get(dir);
  if (names === undefined) {
    names = await readdir(dir);
    listings.set(dir, names);
  }
  // A file system may hold the composed form of a letter, the decomposed form, or both. Keys are composed (NFC).
  for (const name of names.filter(each => each.normalize('NFC') === first)) {
    if (rest.length === 0) return true;
    try {
      if (await holdsBelow(join(dir, name), rest, listings)) return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTDIR') return true;
    }
  }
  return false;
}

async function readId(dir: string): Promise<string | undefined> {
  try {
    return /^[0-9a-f]{16}$/m.exec(await readFile(join(dir, MARKER), 'utf8'))?.[0];
  } catch {
    return undefined;
  }
}

/** Key of a file: its path with forward slashes and composed letters (NFC). Some file systems decompose letters. */
export function inboxKey(path: string): string {
  return path.split(sep).join('/').normalize('NFC');
}
