import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isWithin } from '../../local/common/is-within.ts';
import { readWhole } from '../../local/inbox/saved-files.ts';
import { mediaKindOf } from '../../shared/model/media-address.ts';
import { isThemeFile, THEME_STYLES } from '../../shared/model/theme-file.ts';
import type { FolderFile } from '../pipeline/folder.ts';
import type { NearbyFiles, PreviewedFile } from './preview-page.ts';

/**
 * Reads a file for its preview, as `put` would upload it.
 * @throws ChangedWhileRead if somebody writes to it
 */
export async function readPreviewed(
  { file, key }: FolderFile,
  filing: Readonly<Record<string, string>>,
): Promise<PreviewedFile> {
  const { bytes, mtimeMs } = await readWhole(file);
  return { key, bytes, metadata: { ...filing, mtime: (mtimeMs / 1_000).toFixed(3) } };
}

/**
 * The media files beside a file on the disk, and the look of the site. Other files are not read, and neither are files
 * outside of the two folders.
 * @param file the file and its key. The folder of all keys follows from both
 * @param lookFolder folder that holds `theme.css` or `theme/`
 */
export function filesNear(
  file: FolderFile,
  { lookFolder, maxBytes }: { lookFolder: string | undefined; maxBytes: number },
): NearbyFiles {
  const root = rootOf(file);
  const placeOf = (key: string): { folder: string; name: string } | undefined => {
    if (isThemeFile(key)) return lookFolder === undefined ? undefined : { folder: lookFolder, name: key };
    if (!key.startsWith(root.prefix) || key.split('/').includes('..')) return undefined;
    return { folder: root.folder, name: key.slice(root.prefix.length) };
  };
  return {
    async *keys(prefix) {
      const place = placeOf(prefix);
      if (place === undefined) return;
      const dir = path.join(place.folder, path.posix.dirname(`${place.name}.`));
      const start = prefix.slice(0, prefix.lastIndexOf('/') + 1);
      for (const name of (await readdir(dir).catch(() => [])).sort()) {
        const key = start + name.normalize('NFC');
        if (key.startsWith(prefix)) yield key;
      }
    },
    async get(key) {
      const place = placeOf(key);
      if (place === undefined || !(isThemeFile(key) || mediaKindOf(key) !== undefined)) return undefined;
      try {
        const found = await realpath(path.join(place.folder, place.name));
        if (!isWithin(found, await realpath(place.folder))) return undefined;
        const { size } = await stat(found);
        return size > maxBytes ? undefined : await readWhole(found);
      } catch (error) {
        const { code = '' } = error as NodeJS.ErrnoException;
        if (['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'ELOOP'].includes(code)) return undefined;
        throw error;
      }
    },
  };
}

/** The first of the folders that holds the look of a site. */
export async function lookFolderOf(folders: readonly string[]): Promise<string | undefined> {
  const isThere = (name: string) =>
    stat(name).then(
      () => true,
      () => false,
    );
  for (const folder of folders)
    for (const name of [THEME_STYLES, 'theme']) if (await isThere(path.join(folder, name))) return folder;
  return undefined;
}

/** The folder of the files whose keys begin with `prefix`: the path of the file without the end that its key shares. */
function rootOf({ file, key }: FolderFile): { folder: string; prefix: string } {
  const names = path.resolve(file).split(path.sep);
  const parts = key.split('/');
  do {
    names.pop();
    parts.pop();
  } while (parts.length > 0 && names.at(-1)?.normalize('NFC') === parts.at(-1));
  return { folder: names.join(path.sep) || path.sep, prefix: parts.map(part => `${part}/`).join('') };
}
