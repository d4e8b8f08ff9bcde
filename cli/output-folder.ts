import { mkdir, readdir, readFile, realpath, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathError, UsageError } from './usage-error.ts';

/** In the folder of a build: which files it wrote. Without it nothing there is ever deleted. */
const MARKER = '.copydesk-build.json';

/**
 * Looks whether a build may write a folder, and changes nothing in it but that it is made where there is none.
 * @param source folder of the copy that is built
 * @returns where the output lies below the source, as `source` is written, or undefined where it does not
 * @throws UsageError where the output is the source or above it, or holds a file that no build wrote
 */
export async function checkOutput(out: string, source: string): Promise<string | undefined> {
  try {
    await mkdir(out, { recursive: true });
    const [from, to] = [await realpath(source), await realpath(out)];
    // Refused even where it could work: the next build would take its own pages for copy, or delete the copy.
    if (isWithin(from, to))
      throw new UsageError(`The folder ${out} holds the copy itself; name another with --out.`);
    await filesOfBuild(out);
    return isWithin(to, from) ? path.join(source, path.relative(from, to)) : undefined;
  } catch (error) {
    throw outputError(out, error);
  }
}

/**
 * Replaces what an earlier build has left in a folder. The list of files is written before the first of them, so
 * that the next build can clear what an interrupted one has left.
 * @param files path below the folder, with forward slashes, to bytes; read one after the other
 * @throws UsageError as {@link checkOutput}, before anything is deleted
 */
export async function writeOutput(
  out: string,
  names: readonly string[],
  read: (name: string) => Promise<string | Uint8Array | undefined>,
): Promise<void> {
  try {
    await clear(out, await filesOfBuild(out));
    await writeFile(path.join(out, MARKER), `${JSON.stringify({ files: names }, null, 2)}\n`);
    for (const name of names) {
      const body = await read(name);
      if (body === undefined) continue;
      const file = path.join(out, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, body);
    }
  } catch (error) {
    throw outputError(out, error);
  }
}

/**
 * The files in the folder, each of which an earlier build wrote; its own list of them is left out.
 * @throws UsageError where there is any other
 */
async function filesOfBuild(out: string): Promise<string[]> {
  const written = new Set(await readMarker(out));
  const entries = await readdir(out, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    if (entry.isDirectory()) continue;
    const file = path.relative(out, path.join(entry.parentPath, entry.name));
    if (file === MARKER) continue;
    // A build writes files only: a link of the same name is somebody's.
    if (!entry.isFile() || !written.has(named(file)))
      throw new UsageError(`The folder ${out} holds ${file}, which no build wrote; name another with --out.`);
    found.push(file);
  }
  return found;
}

/** What the marker lists; nothing where there is none or it is none of ours. */
async function readMarker(out: string): Promise<string[]> {
  let text: string;
  try {
    text = await readFile(path.join(out, MARKER), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  try {
    const { files } = JSON.parse(text);
    return Array.isArray(files) ? files.map(file => named(String(file))) : [];
  } catch {
    return [];
  }
}

/** Deletes files, and the folders in which nothing is left then. */
async function clear(out: string, files: readonly string[]): Promise<void> {
  const folders = new Set<string>();
  for (const file of files) {
    await rm(path.join(out, file));
    for (let dir = path.dirname(file); dir !== '.'; dir = path.dirname(dir)) folders.add(dir);
  }
  const deepestFirst = [...folders].sort((a, b) => b.length - a.length);
  for (const dir of deepestFirst)
    await rmdir(path.join(out, dir)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
}

/** A path as the marker has it, on every system. */
function named(file: string): string {
  return file.split(path.sep).join('/').normalize('NFC');
}

/** Whether a path is a folder or lies in it; both are real paths. */
function isWithin(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

function outputError(out: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  return !(error instanceof UsageError) && code?.startsWith('E')
    ? pathError('The folder', out, error, 'written')
    : error;
}
