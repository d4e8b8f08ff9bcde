import { Rejection } from '../../../shared/errors/rejection.ts';
import { isLargeMedia } from '../../../shared/model/media-address.ts';
import { isSystemFile } from '../../../shared/model/system-files.ts';
import { listZip, type ZipEntry, zipKind } from '../decode/zip.ts';
import type { ParseInput } from '../model/format-reader.ts';
import { stripForbidden } from '../text/characters.ts';
import { MAGIC_NUMBERS } from '../words/magic-numbers.ts';

export interface ZipLimits {
  /** Maximum number of files. */
  members: number;
  /** Maximum size of one file that is neither a picture nor a recording, in unpacked bytes. */
  memberBytes: number;
  /** Maximum size of one picture or recording, in unpacked bytes. */
  mediaBytes: number;
  /** Maximum size of all files together, in unpacked bytes. */
  totalBytes: number;
  /** Maximum number of unpacked bytes per packed byte. */
  ratio: number;
}

export interface ZipMember {
  name: string;
  bytes: Uint8Array;
  /** The mail that holds the story, and which of its stories it is. Absent in a zip. */
  holder?: Pick<ParseInput, 'bytes' | 'story'>;
}

export interface ZipMembers {
  /** Files in the order of their names. Names are relative, with `/`, and unique. */
  members: ZipMember[];
  /** Files that were left out. `why` continues a sentence that begins with the name: “is encrypted”. */
  skipped: { name: string; why: string }[];
}

/**
 * The default limits. They allow a day's copy and fit a function with 512 MB of memory. Text packs 10 to 1,
 * rarely 50 to 1. A file beyond 100 to 1 was made as an attack.
 */
export const ZIP_LIMITS: ZipLimits = {
  members: 500,
  memberBytes: 10_000_000,
  mediaBytes: 25_000_000,
  totalBytes: 50_000_000,
  ratio: 100,
};

/** Maximum number of entries per allowed file. Folders and system files are entries too, and cost little. */
const MAX_ENTRIES_PER_MEMBER = 4;

/**
 * Size, in unpacked bytes, up to which the ratio is not checked. A small file of one repeated line packs very
 * well.
 */
const UNCHECKED_RATIO_BYTES = 100_000;

/** Whether a file is a zip of articles. A document that is a ZIP file itself, such as DOCX, is not. */
export function isArticleZip(bytes: Uint8Array): boolean {
  return zipKind(bytes) === 'files';
}

/**
 * Reads the files in a zip. Folders, and files that operating systems and editors leave, are ignored.
 * Encrypted, oversized, damaged and nested files are in `skipped`.
 * @throws Rejection `unreadable` for a damaged zip, `too-large` for one above the limits
 */
export async function readMembers(bytes: Uint8Array, limits: ZipLimits = ZIP_LIMITS): Promise<ZipMembers> {
  const entries = await listZip(bytes, limits.members * MAX_ENTRIES_PER_MEMBER);
  const named = entries
    .map(entry => ({ entry, name: safeName(entry.name) }))
    // Both names are checked: only the original name can hold a backslash or a control character.
    .filter(({ entry, name }) => !entry.isFolder && !isSystemFile(entry.name) && !isSystemFile(name))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  if (named.length > limits.members)
    throw new Rejection('too-large', `The zip holds ${named.length} files; the limit is ${limits.members}.`);
  const result: ZipMembers = { members: [], skipped: [] };
  const seen = new Set<string>();
  const wanted = named.filter(({ entry, name }) => {
    const why = seen.has(name) ? 'has the name of another file in the zip' : refusal(entry, limits);
    seen.add(name);
    if (why) result.skipped.push({ name, why });
    return !why;
  });
  const total = wanted.reduce((sum, { entry }) => sum + entry.size, 0);
  if (total > limits.totalBytes)
    throw new Rejection(
      'too-large',
      `The zip holds ${total} bytes when unpacked; the limit is ${limits.totalBytes}.`,
    );
  for (const { entry, name } of wanted) await readMember(entry, name, result);
  return result;
}

function refusal(entry: ZipEntry, limits: ZipLimits): string | undefined {
  if (entry.isEncrypted) return 'is encrypted';
  if (entry.isLink) return 'is a link, not a file';
  const maxBytes = isLargeMedia(entry.name) ? limits.mediaBytes : limits.memberBytes;
  if (entry.size > maxBytes) return `has ${entry.size} bytes when unpacked; the limit is ${maxBytes}`;
  const packed = Math.max(1, entry.compressedSize);
  return entry.size > UNCHECKED_RATIO_BYTES && entry.size / packed > limits.ratio
    ? `is packed ${Math.round(entry.size / packed)} to 1; the limit is ${limits.ratio} to 1`
    : undefined;
}

async function readMember(entry: ZipEntry, name: string, result: ZipMembers): Promise<void> {
  try {
    const bytes = await entry.read();
    if (isNested(bytes)) result.skipped.push({ name, why: 'is an archive inside the zip' });
    else result.members.push({ name, bytes });
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    result.skipped.push({ name, why: `could not be unpacked: ${error.message}` });
  }
}

function isNested(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 512)).toString('latin1');
  const magic = MAGIC_NUMBERS.find(each => each.bytes.some(start => head.startsWith(start, each.offset)));
  if (magic?.name !== 'a ZIP archive') return magic !== undefined && / archive$/.test(magic.name);
  return zipKind(bytes) === 'files' || zipKind(bytes) === undefined;
}

/** Makes a relative name without `..`, drive letters, backslashes or control characters. */
function safeName(name: string): string {
  const parts = stripForbidden(name.replace(/[\t\n\r]/g, ' '))
    .replaceAll('\\', '/')
    .replace(/^[a-z]:/i, '')
    .split('/')
    .map(part => part.trim())
    .filter(part => part !== '' && part !== '.' && part !== '..');
  return parts.join('/').normalize('NFC') || 'unnamed';
}
