import { mkdir, readdir, readFile, realpath, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isWithin } from '../../local/common/is-within.ts';
import { makeFolder } from '../../local/common/make-folder.ts';
import { pathError, UsageError } from '../output/usage-error.ts';

/** Name of the file that lists the files of a build. A build deletes only files of this list. */
const MARKER = '.copydesk-build.json';

/**
 * Checks whether a build may write to a folder. Creates the folder if it does not exist, and changes nothing else.
 * @param source folder with the copy
 * @returns real path of the folder
 * @throws UsageError if the folder holds the source, or a file that no build wrote
 */
export async function checkOutput(out: string, source: string): Promise<string> {
  try {
    await makeFolder(out);
    const [from, to] = [await realpath(source), await realpath(out)];
    // The next build would take its own pages for copy, or delete the copy.
    if (isWithin(from, to))
      throw new UsageError(`The folder ${out} holds the copy itself; name another with --out.`);
    await filesOfBuild(out);
    return to;
  } catch (error) {
    throw outputError(out, error);
  }
}

/**
 * Checks whether a build may write its report to a file. Creates the folder of the file.
 * @param out real path of the folder of the site
 * @returns real path of the file
 * @throws UsageError if the file would be public, or if it exists and is not a report
 */
export async function checkReport(report: string, out: string): Promise<string> {
  try {
    const real = await realpathOf(report);
    if (isWithin(real, out))
      throw new UsageError(
        `The report ${report} would be public, since it lies in the site; name a file outside of it with --report.`,
      );
    await makeFolder(path.dirname(real));
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

/** Writes the report of a build. @throws UsageError if the file cannot be written */
export async function writeReport(report: string, rows: readonly object[]): Promise<void> {
  try {
    await writeFile(report, `${JSON.stringify(rows, null, 2)}\n`);
  } catch (error) {
    throw reportError(report, error);
  }
}

/** Tells whether a text is a report or empty. Other files must not be overwritten. */
function isReport(text: string): boolean {
  return /^\s*(?:\[\s*(?:\]|\{\s*"key")|$)/.test(text.slice(0, 1_000));
}

/** Returns the real path of a file or folder. The last parts of the path may not exist yet. */
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
 * Replaces the files of an earlier build in a folder. The list of files is written first, so that the next build can
 * remove the files of an interrupted build.
 * @param names paths below the folder, with forward slashes
 * @param read returns the bytes of a file. It is called for one file after the other
 * @throws UsageError as {@link checkOutput}, before any file is deleted
 */
export async function writeOutput(
  out: string,
  names: readonly string[],
  read: (name: string) => Promise<string | Uint8Array | undefined>,
): Promise<void> {
  try {
    await clear(out, await filesOfBuild(out));
    await writeFile(path.join(out, MARKER), `${JSON.stringify({ files: names }, null, 2)}\n`);
    const folders = new Set<string>();
    for (const name of names) {
      const body = await read(name);
      if (body === undefined) continue;
      const file = path.join(out, name);
      const folder = path.dirname(file);
      if (!folders.has(folder)) await mkdir(folder, { recursive: true });
      folders.add(folder);
      await writeFile(file, body);
    }
  } catch (error) {
    throw outputError(out, error);
  }
}

/**
 * Lists the files of an earlier build in the folder, without the marker.
 * @throws UsageError if there is any other file
 */
async function filesOfBuild(out: string): Promise<string[]> {
  const written = new Set(await readMarker(out));
  const entries = await readdir(out, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    if (entry.isDirectory()) continue;
    const file = path.relative(out, path.join(entry.parentPath, entry.name));
    if (file === MARKER) continue;
    // A build writes only files, so it did not make a link of the same name.
    if (!entry.isFile() || !written.has(named(file)))
      throw new UsageError(`The folder ${out} holds ${file}, which no build wrote; name another with --out.`);
    found.push(file);
  }
  return found;
}

/** Reads the files of the marker. Returns none if there is no marker or if it is not valid. */
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

/** Deletes files, and folders that are then empty. */
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

/** Path in the form of the marker, the same on every system. */
function named(file: string): string {
  return file.split(path.sep).join('/').normalize('NFC');
}

function outputError(out: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  return !(error instanceof UsageError) && code?.startsWith('E')
    ? pathError('The folder', out, error, 'written')
    : error;
}
