import { access, constants, mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { isSystemFile, isSystemFolder } from '../shared/system-files.ts';
import { pathError, UsageError } from './usage-error.ts';

/** A file below a folder: its path, and the key it is uploaded under. */
export interface FolderFile {
  file: string;
  key: string;
}

/**
 * The files below a folder in the order of their keys, without what systems and editors leave. Links to files are
 * followed, links to folders are not, so that no loop is walked.
 * @param except a folder below, as `path.join` writes it, that is left out with everything in it
 * @throws UsageError where the folder cannot be read
 */
export async function filesBelow(folder: string, except?: string): Promise<FolderFile[]> {
  const found: FolderFile[] = [];
  const waiting = [folder];
  for (let dir = waiting.pop(); dir !== undefined; dir = waiting.pop()) {
    const entries = await readdir(dir, { withFileTypes: true }).catch((error: unknown) => {
      throw pathError('The folder', dir ?? folder, error);
    });
    for (const entry of entries) {
      if (entry.isDirectory() ? isSystemFolder(entry.name) : isSystemFile(entry.name)) continue;
      const file = path.join(dir, entry.name);
      if (file === except) continue;
      if (entry.isDirectory()) waiting.push(file);
      else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(file))))
        found.push({ file, key: path.relative(folder, file).split(path.sep).join('/').normalize('NFC') });
    }
  }
  return found.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Throws where a folder does not exist or is none, before any work is begun. */
export async function mustBeFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch((error: unknown) => {
    throw pathError('The folder', folder, error);
  });
  if (!found.isDirectory()) throw new UsageError(`${folder} is a file; name the folder that it lies in.`);
}

/**
 * Makes a folder where there is none, and throws where it cannot be read and written, before any work is begun.
 * @param what begins the sentence: `The inbox`
 */
export async function mustBeUsable(what: string, folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw pathError(what, folder, error, 'written');
  }
  await readdir(folder).catch((error: unknown) => {
    throw pathError(what, folder, error);
  });
}

async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    found => found.isFile(),
    () => false,
  );
}
