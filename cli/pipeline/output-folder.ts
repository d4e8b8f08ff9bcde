import { mkdir, readdir, readFile, realpath, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isWithin } from '../../local/common/is-within.ts';
import { pathError, UsageError } from '../output/usage-error.ts';

/** In the folder of a build: which files it wrote. Without it nothing there is ever deleted. */
const MARKER = '.copydesk-build.json';

/**
 * Looks whether a build may write a folder, and changes nothing in it but that it is made where there is none.
 * @param source folder of the copy that is built
 * @returns its real path
 * @throws UsageError where the output is the source or above it, or holds a file that no build wrote
 */
export async function checkOutput(out: string, source: string): Promise<string> {
  try {
    await mkdir(out, { recursive: true });
    const [from, to] = [await realpath(source), await realpath(out)];
    // Refused even where it could work: the next build would take its own pages for copy, or delete the copy.
    if (isWithin(from, to))
      throw new UsageError(`The folder ${out} holds the copy itself; name another with --out.`);
    await filesOfBuild(out);
    return to;
  } catch (error) {
    throw outputError(out, error);
  }
}

/**
 * Looks whether a build may write its report into a file, and makes the folder for it.
 * @param out real path of the folder of the site
 * @returns its real path
 * @throws UsageError where the file would be public, or is there and no report
 */
export async function checkReport(report: string, out: string): Promise<string> {
  try {
    const real = await realpathOf(report);
    if (isWithin(real, out))
      throw new UsageError(
        `The report ${report} would be public, since it lies in the site; name a file outside of it with --report.`,
      );
    await mkdir(path.dirname(real), { recursive: true });
    const before = await stat(report).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (before?.isDirectory()) throw new UsageError(`The report ${report} is a folder; name a file in it.`);
    if (before?.isFile() && !isReport(await readFile(report, 'utf8')))
      throw new UsageError(`The file ${report} is no report of a build; name another with --report.`);
    return real;
  } catch (error) {
    throw reportError(report, error);
  }
}

/** Writes the report of a build. @throws UsageError where that fails */
export async function writeReport(report: string, rows: readonly object[]): Promise<void> {
  try {
    await writeFile(report, `${JSON.stringify(rows, null, 2)}\n`);
  } catch (error) {
    throw reportError(report, error);
  }
}

/** Whether a text begins as a report does, or is empty: any other file is somebody's. */
function isReport(text: string): boolean {
  return /^\s*(?:\[\s*(?:\]|\{\s*"key")|$)/.test(text.slice(0, 1_000));
}

/** The real path of a file or folder of which the end may not be there yet. */
async function realpathOf(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    const parent = path.dirname(path.resolve(file));
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === file) throw error;
    return path.join(await realpathOf(parent), path.basename(file));
  }
}

function reportError(report: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  return !(error instanceof UsageError) && code?.startsWith('E')
    ? pathError('The report', report, error, 'written')
    : error;
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

function outputError(out: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  return !(error instanceof UsageError) && code?.startsWith('E')
    ? pathError('The folder', out, error, 'written')
    : error;
}
