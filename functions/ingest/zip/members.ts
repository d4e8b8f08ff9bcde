import { Rejection } from '../../../shared/errors/rejection.ts';
import { isSystemFile } from '../../../shared/model/system-files.ts';
import { listZip, type ZipEntry, zipKind } from '../decode/zip.ts';
import { stripForbidden } from '../text/characters.ts';
import { MAGIC_NUMBERS } from '../words/magic-numbers.ts';

/** How much an archive may hold; sizes in bytes, inflated. */
export interface ArchiveLimits {
  members: number;
  memberBytes: number;
  totalBytes: number;
  /** Most inflated bytes for one deflated one. */
  ratio: number;
}

export interface ArchiveMembers {
  /** In the order of their names. Names are relative, with `/`, and unique. */
  members: { name: string; bytes: Uint8Array }[];
  /** What was left out, and why in words that follow its name: “holds …”, “is …”. */
  skipped: { name: string; why: string }[];
}

/**
 * Enough for a day's copy, and little enough for a function with 512 MB. Text deflates to a tenth, rarely to
 * a fiftieth; what goes beyond a hundredth was made to.
 */
export const ARCHIVE_LIMITS: ArchiveLimits = {
  members: 500,
  memberBytes: 10_000_000,
  totalBytes: 50_000_000,
  ratio: 100,
};

/** Folders and their like are entries too, and cost nothing. */
const ENTRIES_PER_MEMBER = 4;

/** Small files of one repeated line deflate better than any ratio, and harm nobody. */
const RATIO_FROM_BYTES = 100_000;

/** Whether the file is an archive of articles: a ZIP that is not itself a document, as DOCX is. */
export function isArchive(bytes: Uint8Array): boolean {
  return zipKind(bytes) === 'archive';
}

/**
 * The files in a ZIP archive. Folders and what systems and editors leave are passed over silently; encrypted,
 * oversized, damaged and nested ones are in `skipped`.
 * @throws Rejection `unreadable` for a damaged archive, `too-large` where it holds more than the limits
 */
export async function readMembers(
  bytes: Uint8Array,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): Promise<ArchiveMembers> {
  const entries = await listZip(bytes, limits.members * ENTRIES_PER_MEMBER);
  const named = entries
    .map(entry => ({ entry, name: safeName(entry.name) }))
    // Both names: one may hold a backslash or a control character that the other does not.
    .filter(({ entry, name }) => !entry.isFolder && !isSystemFile(entry.name) && !isSystemFile(name))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  if (named.length > limits.members)
    throw new Rejection(
      'too-large',
      `The archive holds ${named.length} files; the limit is ${limits.members}.`,
    );
  const result: ArchiveMembers = { members: [], skipped: [] };
  const seen = new Set<string>();
  const wanted = named.filter(({ entry, name }) => {
    const why = seen.has(name) ? 'has the name of another file in the archive' : refusal(entry, limits);
    seen.add(name);
    if (why) result.skipped.push({ name, why });
    return !why;
  });
  const total = wanted.reduce((sum, { entry }) => sum + entry.size, 0);
  if (total > limits.totalBytes)
    throw new Rejection(
      'too-large',
      `The archive holds ${total} bytes when unpacked; the limit is ${limits.totalBytes}.`,
    );
  for (const { entry, name } of wanted) await readMember(entry, name, result);
  return result;
}

function refusal(entry: ZipEntry, limits: ArchiveLimits): string | undefined {
  if (entry.isEncrypted) return 'is encrypted';
  if (entry.isLink) return 'is a link, not a file';
  if (entry.size > limits.memberBytes)
    return `has ${entry.size} bytes when unpacked; the limit is ${limits.memberBytes}`;
  const packed = Math.max(1, entry.compressedSize);
  return entry.size > RATIO_FROM_BYTES && entry.size / packed > limits.ratio
    ? `is packed ${Math.round(entry.size / packed)} to 1, as no text is`
    : undefined;
}

async function readMember(entry: ZipEntry, name: string, result: ArchiveMembers): Promise<void> {
  try {
    const bytes = await entry.read();
    if (isNested(bytes)) result.skipped.push({ name, why: 'is an archive within the archive' });
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
  return zipKind(bytes) === 'archive' || zipKind(bytes) === undefined;
}

/** A relative name without `..`, drive letters, backslashes or control characters. */
function safeName(name: string): string {
  const parts = stripForbidden(name.replace(/[\t\n\r]/g, ' '))
    .replaceAll('\\', '/')
    .replace(/^[a-z]:/i, '')
    .split('/')
    .map(part => part.trim())
    .filter(part => part !== '' && part !== '.' && part !== '..');
  return parts.join('/').normalize('NFC') || 'unnamed';
}
