import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Creates a folder, and the folders around it, if they do not exist. Node's `mkdir` with `recursive` never ends on a file
 * system that answers ENOENT for each new folder, such as /proc.
 */
export async function makeFolder(dir: string): Promise<void> {
  const path = resolve(dir);
  const isThere = await stat(path).then(
    found => found.isDirectory(),
    () => false,
  );
  if (isThere) return;
  if (dirname(path) !== path) await makeFolder(dirname(path));
  await mkdir(path).catch(async (error: NodeJS.ErrnoException) => {
    // Another task may have made it meanwhile.
    if (error.code !== 'EEXIST' || !(await stat(path)).isDirectory()) throw error;
  });
}
