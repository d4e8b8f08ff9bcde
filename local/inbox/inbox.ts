import { lstatSync, realpathSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { watch } from 'chokidar';
import { isSystemFile, isSystemFolder } from '../../shared/model/system-files.ts';
import { isWithin } from '../common/is-within.ts';
import { KeyLock } from '../common/key-lock.ts';
import { InboxFolder, inboxKey, type Listings } from './inbox-folder.ts';
import { ChangedWhileRead, readWhole, SavedFiles, type WholeFile } from './saved-files.ts';

/** The bucket that files of an inbox go to. */
export interface InboxBucket {
  /** Uploads a file, and notes the inbox that it comes from; not what is there already, or newer. */
  upload(key: string, file: WholeFile, inbox: string): Promise<unknown>;
  remove(key: string): Promise<unknown>;
  /** Deletes a key if what is there now was uploaded from this inbox. */
  removeFrom(key: string, inbox: string): Promise<unknown>;
  /** The uploads of inboxes that are there now, with the inbox that each comes from. */
  uploads(): Iterable<{ key: string; inbox: string }>;
}

export interface Inbox {
  /** Resolves when all changes that were noticed are passed on. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

interface InboxOptions {
  dir: string;
  bucket: InboxBucket;
  /** Told of a file that could not be passed on; it is tried again. */
  onError?: (error: unknown, key: string) => void;
  /** Told in one sentence why files stay that are not in the folder. */
  onHeldBack?: (sentence: string) => void;
  /** Takes what links lead to outside of the folder; else whoever may write it could publish any file of the machine. */
  follow?: boolean | undefined;
  /** Told of each link that is passed over. */
  onLink?: (file: string) => void;
  quietMs?: number;
  longQuietMs?: number;
}

/** How often `idle` looks whether files still wait. */
const IDLE_POLL_MS = 20;

/**
 * Watches a folder, which is made where it does not exist: each file saved is uploaded under its path below the
 * folder once it is whole, and removed when the file goes. Files that are there at the start are uploaded too, and what
 * was uploaded from this folder and has gone from it since is removed.
 */
export async function watchInbox(options: InboxOptions): Promise<Inbox> {
  const { dir, bucket, onError = () => undefined, onHeldBack = () => undefined } = options;
  const folder = await InboxFolder.open(dir);
  const root = realpathSync(dir);
  const links = new Set<string>();
  const isPassedOver = (path: string) => {
    if (options.follow || !leadsOut(path, root)) return false;
    if (!links.has(path)) options.onLink?.(path);
    links.add(path);
    return true;
  };
  const turns = new KeyLock();
  const pending = new Set<Promise<void>>();
  const failed = new Set<string>();
  let isHeldBack = false;

  const upload = async (key: string, file: string) => {
    try {
      await bucket.upload(key, await readWhole(file), folder.id);
      failed.delete(file);
    } catch (error) {
      if (error instanceof ChangedWhileRead) saved.changed(file);
      else if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        if (!failed.has(file)) onError(error, key);
        failed.add(file);
        saved.again(file);
      }
    }
  };
  const remove = async (key: string) => {
    if (await folder.isThere()) {
      if (!(await folder.holds(key))) await bucket.remove(key);
    } else if (!isHeldBack) {
      isHeldBack = true;
      onHeldBack(`The inbox ${dir} is gone or another folder now: what was in it stays published.`);
    }
  };
  const pass = (file: string, task: (key: string) => Promise<void>) => {
    const key = inboxKey(relative(dir, file));
    const done = turns
      .run(key, () => task(key))
      .catch(error => onError(error, key))
      .finally(() => pending.delete(done));
    pending.add(done);
  };
  const saved = new SavedFiles(file => pass(file, key => upload(key, file)), options);

  await takeBack(folder, bucket).then(
    ({ strays }) => strays.length > 0 && onHeldBack(strange(dir, strays)),
    error =>
      onHeldBack(`The inbox ${dir} cannot be read, and nothing is taken back: ${(error as Error).message}.`),
  );
  const onChange = (file: string) => {
    if (!isSystemFile(inboxKey(relative(dir, file)))) saved.changed(file);
  };
  const watcher = watch(dir, {
    // Without the kind of the entry the rules for folders are asked: a file that they leave is looked at above.
    ignored: (path, stats) =>
      path !== dir &&
      ((stats?.isFile() ? isSystemFile : isSystemFolder)(basename(path)) || isPassedOver(path)),
  });
  watcher
    .on('add', onChange)
    .on('change', onChange)
    .on('unlink', file => {
      saved.forget(file);
      pass(file, remove);
    })
    .on('error', error => onError(error, ''));
  await new Promise<void>(resolve => watcher.once('ready', () => resolve()));
  const idle = async () => {
    while (pending.size > 0 || !saved.isEmpty) {
      await Promise.all(pending);
      if (!saved.isEmpty) await new Promise(resolve => setTimeout(resolve, IDLE_POLL_MS));
    }
  };
  return {
    idle,
    async close() {
      await watcher.close();
      saved.close();
      await Promise.all(pending);
    },
  };
}

/** Whether a path is a link that leads out of a folder. What cannot be looked at is no such link. */
function leadsOut(path: string, root: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink() && !isWithin(realpathSync(path), root);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    return false;
  }
}

/**
 * Removes what was uploaded from the folder and has gone from it. What came from another folder stays: this one may
 * be new because the other is not mounted.
 * @returns keys that stay although no file of theirs is here, where the folder is new
 */
async function takeBack(folder: InboxFolder, bucket: InboxBucket): Promise<{ strays: string[] }> {
  const listings: Listings = new Map();
  const strays: string[] = [];
  for (const { key, inbox } of bucket.uploads()) {
    if (await folder.holds(key, listings)) continue;
    if (inbox === folder.id) await bucket.removeFrom(key, inbox);
    else if (folder.isNew) strays.push(key);
  }
  return { strays };
}

function strange(dir: string, [first = '', ...others]: string[]): string {
  const and =
    others.length > 0 ? ` and ${others.length} more from an inbox are` : ', which comes from an inbox, is';
  return `${first}${and} not in ${dir}, which is a new folder, and stay published: name the folder with --inbox, or delete them from the bucket.`;
}
