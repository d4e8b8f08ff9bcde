import { crc32 } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { Rejection } from '../../../shared/errors/rejection.ts';
import { readForeign } from './foreign-reader.ts';

/** A file or folder in a zip. */
export interface ZipEntry {
  /** Decoded name from the directory of the zip. It can be absolute or hold `..`. */
  name: string;
  /**
   * Inflated and deflated size in bytes, as the directory states. {@link read} throws if the content is
   * longer.
   */
  size: number;
  compressedSize: number;
  isFolder: boolean;
  isEncrypted: boolean;
  isLink: boolean;
  /**
   * Inflates the entry.
   * @throws Rejection `unreadable` for an entry that is broken or longer than stated
   */
  read(): Promise<Uint8Array>;
}

/** Number of last bytes that are searched for the end record: its own 22 bytes and the longest comment. */
const MAX_END_BYTES = 22 + 65_535;
const END_SIGNATURE = Buffer.from('PK\x05\x06', 'latin1');

/** Kind of a zip by the names in it: a document that is read, another document, or a zip of files. */
export type ZipKind = 'docx' | 'odt' | 'document' | 'files';

/** Returns the kind of a zip. Returns undefined if the bytes are not a zip or its end is missing. */
export function zipKind(bytes: Uint8Array): ZipKind | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < 22 || file.toString('latin1', 0, 2) !== 'PK') return undefined;
  const tail = file.subarray(Math.max(0, file.length - MAX_END_BYTES));
  const at = tail.lastIndexOf(END_SIGNATURE);
  if (at < 0 || at + 22 > tail.length) return undefined;
  const size = tail.readUInt32LE(at + 12);
  const start = tail.readUInt32LE(at + 16);
  const directory = file.subarray(start, start + size);
  const first = file.toString('latin1', 30, 120);
  if (directory.includes('[Content_Types].xml'))
    return directory.includes('word/document.xml') ? 'docx' : 'document';
  if (first.startsWith('mimetype'))
    return first.includes('mimetypeapplication/vnd.oasis.opendocument.text') ? 'odt' : 'document';
  // Documents that were packed by hand have no media type at their start. Pages, Numbers and Keynote never have one.
  if (directory.includes('META-INF/manifest.xml') && directory.includes('content.xml')) return 'odt';
  return directory.includes('META-INF/MANIFEST.MF') || directory.includes('Index/Document.iwa')
    ? 'document'
    : 'files';
}

/**
 * Lists the entries of a zip in the order of its directory, without inflating them.
 * @throws Rejection `unreadable` for a broken directory, `too-large` for too many entries
 */
export async function listZip(bytes: Uint8Array, maxEntries: number): Promise<ZipEntry[]> {
  const { default: yauzl } = await import('../packages/yauzl.ts');
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { zip, listed } = await readForeign('The ZIP archive is damaged', async () => {
    // Names are decoded by nameOf because yauzl refuses a whole zip for one unsafe name.
    const zip = await yauzl.fromBufferPromise(file, { lazyEntries: true, decodeStrings: false });
    if (zip.entryCount > maxEntries)
      throw new Rejection(
        'too-large',
        `The archive holds ${zip.entryCount} files; the limit is ${maxEntries}.`,
      );
    const listed: Entry[] = [];
    for await (const entry of zip.eachEntry()) listed.push(entry);
    return { zip, listed };
  });
  const entries: ZipEntry[] = [];
  for (const entry of listed) entries.push(entryOf(zip, entry, await nameOf(entry)));
  return entries;
}

function entryOf(zip: ZipFile, entry: Entry, name: string): ZipEntry {
  return {
    name,
    size: entry.uncompressedSize,
    compressedSize: entry.compressedSize,
    isFolder: /[/\\]$/.test(name),
    isEncrypted: entry.isEncrypted(),
    // A zip from Unix has the Unix mode in the upper half of the attributes.
    isLink: entry.externalFileAttributes >>> 28 === 0xa,
    read: () => inflate(zip, entry),
  };
}

async function inflate(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  const bytes = await readForeign('It is damaged', async () => {
    const chunks: Buffer[] = [];
    // The stream fails if the content is longer than the directory states.
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  });
  if (crc32(bytes) !== entry.crc32)
    throw new Rejection('unreadable', 'It is damaged: its checksum is wrong.');
  return bytes;
}

/** Flag for UTF-8 names (APPNOTE 4.4.4, bit 11). */
const UTF8_NAMES_FLAG = 0x800;

/**
 * Decodes a name as UTF-8 if it is flagged or valid. Other names are CP866 if they are Cyrillic, as on Windows, or
 * CP437.
 */
async function nameOf({
  fileNameRaw: raw,
  generalPurposeBitFlag: flags,
  extraFields,
}: Entry): Promise<string> {
  const unicode = extraFields.find(({ id, data }) => id === 0x7075 && data.length > 5 && data[0] === 1);
  if (unicode && unicode.data.readUInt32LE(1) === crc32(raw)) return unicode.data.toString('utf8', 5);
  const text = raw.toString('utf8');
  if (flags & UTF8_NAMES_FLAG || !text.includes('\uFFFD')) return text;
  const cyrillic = /[\x80-\xaf\xe0-\xf7]{3}/.test(raw.toString('latin1'));
  const { default: iconv } = await import('../packages/iconv-lite.ts');
  return iconv.decode(raw, cyrillic ? 'cp866' : 'cp437');
}
