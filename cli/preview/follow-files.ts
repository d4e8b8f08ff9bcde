import path from 'node:path';
import { watch } from 'chokidar';
import { SavedFiles } from '../../local/inbox/saved-files.ts';
import { mediaKindOf } from '../../shared/model/media-address.ts';

/**
 * Calls `onSaved` for each of the files after it was saved, and when a picture or recording in its folder was. A file that
 * somebody writes to is waited for, as in the inbox.
 * @param options.onError called if a folder cannot be watched
 * @returns a function that ends it
 */
export async function followFiles(
  files: readonly string[],
  onSaved: (file: string) => void,
  { onError, ...quiet }: { onError: (error: unknown) => void; quietMs?: number; longQuietMs?: number },
): Promise<() => Promise<void>> {
  const followed = new Map<string, string>(files.map(file => [path.resolve(file), file]));
  const saved = new SavedFiles(whole => {
    const file = followed.get(whole);
    if (file !== undefined) onSaved(file);
    else for (const [place, each] of followed) if (path.dirname(place) === path.dirname(whole)) onSaved(each);
  }, quiet);
  const folders = [...new Set([...followed.keys()].map(file => path.dirname(file)))];
  const watcher = watch(folders, {
    ignoreInitial: true,
    depth: 0,
    // Editors replace a file by another, so its folder is watched. Without stats the path is a folder.
    ignored: (place, stats) =>
      stats?.isFile() === true && !followed.has(place) && mediaKindOf(path.basename(place)) === undefined,
  });
  const onChange = (place: string) => saved.changed(path.resolve(place));
  watcher.on('add', onChange).on('change', onChange).on('error', onError);
  await new Promise<void>(resolve => watcher.once('ready', () => resolve()));
  return async () => {
    await watcher.close();
    saved.close();
  };
}
