import { mkdir } from 'node:fs/promises';
import { basename, relative, sep } from 'node:path';
import { watch } from 'chokidar';
import { isSystemFile, isSystemFolder } from '../shared/system-files.ts';
import { KeyLock } from './s3/key-lock.ts';

/** How long a file must not grow before it counts as saved, and how often that is looked at. Milliseconds. */
const SAVED_AFTER = 300;
const LOOK_EVERY = 50;

export interface Inbox {
  /** Resolves when all changes that were noticed are passed on. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Watches a folder, which is made where it does not exist: each file saved is uploaded under its path below the
 * folder, and removed when the file goes. Files that are there at the start are uploaded too.
 * @param options.onError told of a file that could not be passed on; it is tried again when it is next saved
 */
export async function watchInbox(options: {
  dir: string;
  upload: (key: string, file: string) => Promise<unknown>;
  remove: (key: string) => Promise<unknown>;
  onError?: (error: unknown, key: string) => void;
}): Promise<Inbox> {
  const { dir, upload, remove, onError = () => undefined } = options;
  await mkdir(dir, { recursive: true });
  const turns = new KeyLock();
  const pending = new Set<Promise<void>>();
  const pass = (file: string, task: (key: string) => Promise<unknown>) => {
    const key = inboxKey(relative(dir, file));
    if (isSystemFile(key)) return;
    const done = turns
      .run(key, () => task(key))
      .then(() => undefined)
      .catch(error => onError(error, key))
      .finally(() => pending.delete(done));
    pending.add(done);
  };
  const watcher = watch(dir, {
    // Without the kind of the entry the rules for folders are asked: a file that they leave is looked at below.
    ignored: (path, stats) =>
      path !== dir && (stats?.isFile() ? isSystemFile : isSystemFolder)(basename(path)),
    awaitWriteFinish: { stabilityThreshold: SAVED_AFTER, pollInterval: LOOK_EVERY },
  });
  watcher
    .on('add', file => pass(file, key => upload(key, file)))
    .on('change', file => pass(file, key => upload(key, file)))
    .on('unlink', file => pass(file, remove))
    .on('error', error => onError(error, ''));
  await new Promise<void>(resolve => watcher.once('ready', () => resolve()));
  const idle = async () => {
    while (pending.size) await Promise.all(pending);
  };
  return {
    idle,
    async close() {
      await watcher.close();
      await idle();
    },
  };
}

/** Key of a file: forward slashes, and composed letters, which some file systems take apart. */
export function inboxKey(path: string): string {
  return path.split(sep).join('/').normalize('NFC');
}
