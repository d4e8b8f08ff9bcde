import type { Dirent } from 'node:fs';
import { access, constants, mkdir, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isWithin } from '../../local/common/is-within.ts';
import { isSystemFile, isSystemFolder } from '../../shared/model/system-files.ts';
import { pathError, UsageError } from '../output/usage-error.ts';

/** A file below a folder: its path, and the key it is uploaded under. */
export interface FolderFile {
  file: string;
  key: string;
}

/** A link that was passed over, and why. */
export interface SkippedLink {
  file: string;
  why: 'leads out of the folder' | 'leads to a folder' | 'leads nowhere';
}

export interface WalkOptions {
  /** Real paths of files and folders that are left out, with everything in them. */
  except?: readonly string[];
  /** Follows links out of the folder and links to folders too; no folder is walked twice. */
  follow?: boolean | undefined;
  onSkipped?: (link: SkippedLink) => void;
}

/** Skipped links that are named; of others only the number is said. */
const MAX_NAMED_LINKS = 10;

/**
 * The files below a folder in the order of their keys, without what systems and editors leave. A link to a file in the
 * same folder is followed. Other links are passed over: whoever may write the folder could publish any file of the
 * machine by a link.
 * @throws UsageError where the folder cannot be read
 */
export async function filesBelow(
  folder: string,
  { except = [], follow = false, onSkipped = () => undefined }: WalkOptions = {},
): Promise<FolderFile[]> {
  const found: FolderFile[] = [];
  const waiting = [folder];
  /** Links to folders wait until all that is no link was walked: so a file gets the key of its own folder. */
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

/** The entries of a folder; none where it was read before under another name. */
async function readFolder(dir: string, walked: Set<string>): Promise<{ real: string; entries: Dirent[] }> {
  try {
    const real = await realpath(dir);
    if (walked.has(real)) return { real, entries: [] };
    walked.add(real);
    const entries = await readdir(dir, { withFileTypes: true });
    // Of two links to one folder the first by name counts, on every file system.
    return { real, entries: entries.sort((a, b) => (a.name < b.name ? -1 : 1)) };
  } catch (error) {
    throw pathError('The folder', dir, error);
  }
}

/** What a link leads to. */
interface Target {
  kind: 'file' | 'folder' | 'other' | 'nothing';
  /** Its real path, where it leads anywhere. */
  real?: string;
  isInside: boolean;
}

/** @param root real path of the folder in which links may lead anywhere */
async function targetOf(link: string, root: string): Promise<Target> {
  try {
    const found = await stat(link);
    const kind = found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
    const real = await realpath(link);
    return { kind, real, isInside: isWithin(real, root) };
  } catch (error) {
    // ELOOP: a link that leads to itself.
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

/** One sentence for the terminal on links that were passed over. */
export function skippedSentence(links: readonly SkippedLink[]): string {
  const named = links.slice(0, MAX_NAMED_LINKS).map(({ file, why }) => `${file} (${why})`);
  const more = links.length - named.length;
  const list = [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  const how = links.some(({ why }) => why !== 'leads nowhere')
    ? ' Include what they lead to with --follow.'
    : '';
  return `${links.length === 1 ? 'A link was' : `${links.length} links were`} passed over: ${list}.${how}`;
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
