import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';

/**
 * Name of the file in an inbox that holds its id. By it a folder is known wherever it is moved, and an empty place
 * where a disk was mounted is not taken for an inbox from which everything was deleted.
 */
const MARKER = '.copydesk-inbox';

/** Names of folders as they were read, by the folder's path: for many questions in a row. */
export type Listings = Map<string, readonly string[]>;

/** A folder whose files are uploaded. */
export class InboxFolder {
  readonly dir: string;
  readonly id: string;
  /** It had no id before: nothing of it was uploaded ever. */
  readonly isNew: boolean;

  private constructor(dir: string, id: string, isNew: boolean) {
    this.dir = dir;
    this.id = id;
    this.isNew = isNew;
  }

  /** Opens an inbox, and makes it where it does not exist. */
  static async open(dir: string): Promise<InboxFolder> {
    await mkdir(dir, { recursive: true });
    const known = await readId(dir);
    if (known !== undefined) return new InboxFolder(dir, known, false);
    const id = randomBytes(8).toString('hex');
    await writeFile(join(dir, MARKER), `${id}\n`);
    return new InboxFolder(dir, id, true);
  }

  /** Whether the folder is still there and still the same. */
  async isThere(): Promise<boolean> {
    return (await readId(this.dir)) === this.id;
  }

  /**
   * Whether a file of this key is in the folder. What cannot be looked at, such as a linked folder that is not
   * mounted, counts as there.
   * @throws where the folder itself cannot be read
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
  // A file system may hold both spellings of a letter, or only the one that is not ours.
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

/** Key of a file: forward slashes, and composed letters, which some file systems take apart. */
export function inboxKey(path: string): string {
  return path.split(sep).join('/').normalize('NFC');
}
