import { lstatSync, realpathSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { watch } from 'chokidar';
import { isSystemFile, isSystemFolder } from '../../shared/model/system-files.ts';
import { isWithin } from '../common/is-within.ts';
import { KeyLock } from '../common/key-lock.ts';
import { InboxFolder, inboxKey, type Listings } from './inbox-folder.ts';
import { ChangedWhileRead, readWhole, SavedFiles, type WholeFile } from './saved-files.ts';

/** The bucket to which the files of an inbox are uploaded. */
export interface InboxBucket {
  /** Uploads a file and records its inbox. Does nothing if the bucket holds the same file or a newer one. */
  upload(key: string, file: WholeFile, inbox: string): Promise<unknown>;
  remove(key: string): Promise<unknown>;
  removeFrom(key: string, inbox: string): Promise<unknown>;
  /** Current objects that were uploaded from an inbox, each with the id of its inbox. */
  uploads(): Iterable<{ key: string; inbox: string }>;
}

export interface Inbox {
  /** Resolves when all changes seen so far are passed on. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

interface InboxOptions {
  dir: string;
  bucket: InboxBucket;
  /** Called for a file that could not be passed on. The inbox tries again later. */
  onError?: (error: unknown, key: string) => void;
  /** Called with the reason, in one sentence, if objects are kept although their files are not in the folder. */
  onHeldBack?: (sentence: string) => void;
  /**
   * Follows links that lead out of the folder. By default they are ignored: otherwise anybody who can write to the
   * folder could publish any file of the machine.
   */
  follow?: boolean | undefined;
  onLink?: (file: string) => void;
  quietMs?: number;
  longQuietMs?: number;
}

const IDLE_POLL_MS = 20;

/**
 * Watches a folder, and creates it if it does not exist. Each saved file is uploaded when it is complete; its key is
 * its path below the folder. The object is removed when the file is deleted. At the start, all files in the folder are
 * uploaded, and objects from this folder whose files are gone are removed.
 */
export async function watchInbox(options: InboxOptions): Promise<Inbox> {
  const { dir, bucket, onError = () => undefined, onHeldBack = () => undefined } = options;
  const folder = await InboxFolder.open(dir);
  const root = realpathSync(dir);
  const links = new Set<string>();
  const isIgnoredLink = (path: string) => {
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
      onHeldBack(`The inbox ${dir} is missing, or another folder has its name. Its files stay published.`);
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

  await removeDeleted(folder, bucket).then(
    ({ strays }) => strays.length > 0 && onHeldBack(strayNotice(dir, strays)),
    error =>
      onHeldBack(`The inbox ${dir} cannot be read, so no article is removed: ${(error as Error).message}.`),
  );
  const onChange = (file: string) => {
    if (!isSystemFile(inboxKey(relative(dir, file)))) saved.changed(file);
  };
  const watcher = watch(dir, {
    // Without stats the type is unknown, and the rule for folders applies. `onChange` checks files again.
    ignored: (path, stats) =>
      path !== dir &&
      ((stats?.isFile() ? isSystemFile : isSystemFolder)(basename(path)) || isIgnoredLink(path)),
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

/** Tells whether a path is a link that leads out of a folder. A path that cannot be read counts as no link. */
function leadsOut(path: string, root: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink() && !isWithin(realpathSync(path), root);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    return false;
  }
}

/**
 * Removes objects that were uploaded from the folder and whose files are gone. Objects from another folder are kept:
 * this folder may be new because the other one is not mounted.
 * @returns for a new folder: the keys of objects that are kept without a file in this folder
 */
async function removeDeleted(folder: InboxFolder, bucket: InboxBucket): Promise<{ strays: string[] }> {
  const listings: Listings = new Map();
  const strays: string[] = [];
  for (const { key, inbox } of bucket.uploads()) {
    if (await folder.holds(key, listings)) continue;
    if (inbox === folder.id) await bucket.removeFrom(key, inbox);
    else if (folder.isNew) strays.push(key);
  }
  return { strays };
}

function strayNotice(dir: string, [first = '', ...others]: string[]): string {
  const [files, are] =
    others.length > 0 ? [`${first} and ${others.length} more were`, 'are'] : [`${first} was`, 'is'];
  return `${files} uploaded from another inbox and ${are} not in ${dir}, which is a new folder. Such files stay published: name the folder of that inbox with --inbox, or delete the files from the bucket.`;
}
