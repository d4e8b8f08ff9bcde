import type { Dirent } from 'node:fs';
import { access, constants, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isWithin } from '../../local/common/is-within.ts';
import { makeFolder } from '../../local/common/make-folder.ts';
import { isSystemFile, isSystemFolder } from '../../shared/model/system-files.ts';
import { pathError, UsageError } from '../output/usage-error.ts';

/** A file below a folder: its path and its key. */
export interface FolderFile {
  file: string;
  key: string;
}

/** A link that is ignored, with the reason. */
export interface SkippedLink {
  file: string;
  why: 'leads out of the folder' | 'leads to a folder' | 'leads nowhere';
}

export interface WalkOptions {
  /** Real paths of files and folders that are excluded. */
  except?: readonly string[];
  /** Also follows links to folders and links out of the folder. No folder is read twice. */
  follow?: boolean | undefined;
  onSkipped?: (link: SkippedLink) => void;
}

/** Maximum number of ignored links that are named. The others are counted. */
const MAX_NAMED_LINKS = 10;

/**
 * Lists the files below a folder, sorted by key, without the files of systems and editors. A link to a file in the same
 * folder is followed. Other links are ignored: otherwise anybody who can write to the folder could publish any file of
 * the machine.
 * @throws UsageError if the folder cannot be read
 */
export async function filesBelow(
  folder: string,
  { except = [], follow = false, onSkipped = () => undefined }: WalkOptions = {},
): Promise<FolderFile[]> {
  const found: FolderFile[] = [];
  const waiting = [folder];
  /** Links to folders. They are read last, so that a file gets the key of its real folder. */
  const linked: string[] = [];
  const root = await realpath(folder).catch((error: unknown) => {
    throw pathError('The folder', folder, error);
  });
  const walked = new Set<string>();
  for (let dir = waiting.pop(); dir !== undefined; dir = waiting.pop() ?? linked.shift()) {
    const { real, entries } = await readFolder(dir, walked);
    for (const entry of entries) {
      const file = path.join(dir, entry.name);
      const link = entry.isSymbolicLink() ? await targetOf(file, root) : undefined;
      if (except.includes(link?.real ?? path.join(real, entry.name))) continue;
      const isFolder = entry.isDirectory() || link?.kind === 'folder';
      if (isFolder ? isSystemFolder(entry.name) : isSystemFile(entry.name)) continue;
      const why = link && whySkipped(link, follow);
      if (why) onSkipped({ file, why });
      else if (link?.kind === 'folder') linked.push(file);
      else if (isFolder) waiting.push(file);
      else if (entry.isFile() || link?.kind === 'file')
        found.push({ file, key: path.relative(folder, file).split(path.sep).join('/').normalize('NFC') });
    }
  }
  return found.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Reads the entries of a folder. Returns none if it was read before under another name. */
async function readFolder(dir: string, walked: Set<string>): Promise<{ real: string; entries: Dirent[] }> {
  try {
    const real = await realpath(dir);
    if (walked.has(real)) return { real, entries: [] };
    walked.add(real);
    const entries = await readdir(dir, { withFileTypes: true });
    // Entries are sorted, so that of two links to one folder the first by name is used on every file system.
    return { real, entries: entries.sort((a, b) => (a.name < b.name ? -1 : 1)) };
  } catch (error) {
    throw pathError('The folder', dir, error);
  }
}

/** Target of a link. */
interface Target {
  kind: 'file' | 'folder' | 'other' | 'nothing';
  /** Real path of the target, if it exists. */
  real?: string;
  isInside: boolean;
}

/** @param root real path of the folder inside which links are allowed */
async function targetOf(link: string, root: string): Promise<Target> {
  try {
    const found = await stat(link);
    const kind = found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
    const real = await realpath(link);
    return { kind, real, isInside: isWithin(real, root) };
  } catch (error) {
    // ELOOP: the link leads to itself.
    if (['ENOENT', 'ELOOP', 'ENOTDIR', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return { kind: 'nothing', isInside: true };
    throw error;
  }
}

function whySkipped({ kind, isInside }: Target, follow: boolean): SkippedLink['why'] | undefined {
  if (kind === 'nothing') return 'leads nowhere';
  if (follow) return undefined;
  if (!isInside) return 'leads out of the folder';
  return kind === 'folder' ? 'leads to a folder' : undefined;
}

/** Makes a sentence about ignored links, for the terminal. */
export function skippedSentence(links: readonly SkippedLink[]): string {
  const named = links.slice(0, MAX_NAMED_LINKS).map(({ file, why }) => `${file} (${why})`);
  const more = links.length - named.length;
  const list = [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  const how = links.some(({ why }) => why !== 'leads nowhere')
    ? ' Include what they lead to with --follow.'
    : '';
  return `${links.length === 1 ? 'A link was' : `${links.length} links were`} passed over: ${list}.${how}`;
}

/** Checks that a folder exists, before any work starts. @throws UsageError */
export async function mustBeFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch((error: unknown) => {
    throw pathError('The folder', folder, error);
  });
  if (!found.isDirectory()) throw new UsageError(`${folder} is a file; name the folder that it lies in.`);
}

/**
 * Creates a folder if it does not exist, and checks that it can be read and written, before any work starts.
 * @param what beginning of the error message: `The inbox`
 * @throws UsageError
 */
export async function mustBeUsable(what: string, folder: string): Promise<void> {
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw pathError(what, folder, error, 'written');
  }
  await readdir(folder).catch((error: unknown) => {
    throw pathError(what, folder, error);
  });
}
