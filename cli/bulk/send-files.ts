import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import pMap from 'p-map';
import { awsFault } from '../../shared/aws/aws-errors.ts';
import { pathError } from '../output/usage-error.ts';
import type { FolderFile } from '../pipeline/folder.ts';

/** A file that lies in the bucket. */
export interface SentFile {
  key: string;
  /** `there`: the bucket held these bytes already, said of in the same way. */
  state: 'sent' | 'there';
  etag: string;
  versionId?: string | undefined;
}

/** What became of sending files. */
export interface Sent {
  files: SentFile[];
  /** Files that could not be read here, and why. */
  unread: { key: string; reason: string }[];
  /** What made it stop before the end: the network, say. */
  stoppedBy?: unknown;
}

export interface SendOptions {
  s3: S3Client;
  bucket: string;
  metadata: Readonly<Record<string, string>>;
  concurrency: number;
  /** Once aborted no further file is begun; those under way are finished. */
  signal: AbortSignal;
  onDone(count: number): void;
  /** Pauses before a request is tried again, in milliseconds: after the last one it is given up. */
  pauses?: readonly number[];
}

/** Copydesk reads no file above this in any setting (`limits.mediaBytes`), and an upload holds it in memory. */
const MOST_BYTES = 100_000_000;

/** After the quick retries of the SDK: long enough for a network that comes and goes. */
const PAUSES = [1_000, 2_000, 5_000];

/**
 * Uploads what the bucket does not hold yet: so an interrupted upload goes on where it was, with no state of its own.
 * What is there is told by a digest in its metadata, which holds whatever the encryption, or by its ETag.
 */
export async function sendFiles(files: readonly FolderFile[], options: SendOptions): Promise<Sent> {
  const sent: Sent = { files: [], unread: [] };
  let done = 0;
  await pMap(
    files,
    async file => {
      if (options.signal.aborted || sent.stoppedBy !== undefined) return;
      try {
        const bytes = await read(file);
        if (typeof bytes === 'string') sent.unread.push({ key: file.key, reason: bytes });
        else sent.files.push(await send(file, bytes, options));
        options.onDone(++done);
      } catch (error) {
        sent.stoppedBy ??= error;
      }
    },
    { concurrency: options.concurrency },
  );
  return sent;
}

/** The bytes and age of a file, or why it cannot be sent. */
async function read({ file }: FolderFile): Promise<{ body: Uint8Array; mtime: string } | string> {
  try {
    const { size, mtimeMs } = await stat(file);
    if (size > MOST_BYTES)
      return `It has ${Math.round(size / 1e6)} MB; Copydesk reads no file above ${MOST_BYTES / 1e6} MB.`;
    return { body: await readFile(file), mtime: (mtimeMs / 1_000).toFixed(3) };
  } catch (error) {
    return pathError('The file', file, error).message;
  }
}

async function send(
  { key }: FolderFile,
  { body, mtime }: { body: Uint8Array; mtime: string },
  options: SendOptions,
): Promise<SentFile> {
  const { s3, bucket } = options;
  const metadata = { ...options.metadata, sha256: createHash('sha256').update(body).digest('hex') };
  const known = await persistently(options, () => look(s3, bucket, key));
  if (known !== undefined && holds(known, body, metadata))
    return { key, state: 'there', etag: known.etag, versionId: known.versionId };
  // Tells ingest when the copy was last touched: a date for copy that states none.
  const Metadata = { ...metadata, mtime };
  const { ETag = '', VersionId } = await persistently(options, () =>
    s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, Metadata })),
  );
  return { key, state: 'sent', etag: plain(ETag), versionId: VersionId };
}

interface Known {
  etag: string;
  versionId?: string | undefined;
  metadata: Readonly<Record<string, string>>;
}

async function look(s3: S3Client, Bucket: string, Key: string): Promise<Known | undefined> {
  try {
    const { ETag = '', VersionId, Metadata = {} } = await s3.send(new HeadObjectCommand({ Bucket, Key }));
    return { etag: plain(ETag), versionId: VersionId, metadata: Metadata };
  } catch (error) {
    // Who may only write cannot look. Ingest knows an equal file as such.
    if (['missing', 'forbidden'].includes(awsFault(error))) return undefined;
    throw error;
  }
}

/** Whether an object is what would be uploaded. Its `mtime` does not count: the same copy saved again is no news. */
function holds(known: Known, body: Uint8Array, { sha256, ...said }: Record<string, string>): boolean {
  const { sha256: itsDigest, mtime, ...itSays } = known.metadata;
  const isSame =
    itsDigest === undefined
      ? known.etag === createHash('md5').update(body).digest('hex')
      : itsDigest === sha256;
  const names = new Set([...Object.keys(said), ...Object.keys(itSays)]);
  return isSame && [...names].every(name => said[name] === itSays[name]);
}

/** Tries again what may succeed later: S3 is busy, or no answer came at all. */
async function persistently<T>(
  { signal, pauses = PAUSES }: Pick<SendOptions, 'signal' | 'pauses'>,
  call: () => Promise<T>,
): Promise<T> {
  for (const pause of pauses) {
    try {
      return await call();
    } catch (error) {
      if (signal.aborted || !mayPass(error)) throw error;
      await setTimeout(pause);
    }
  }
  return call();
}

function mayPass(error: unknown): boolean {
  if (awsFault(error) === 'busy') return true;
  const { code, $metadata } = error as NodeJS.ErrnoException & { $metadata?: { httpStatusCode?: number } };
  return code !== undefined && $metadata?.httpStatusCode === undefined;
}

function plain(etag: string): string {
  return etag.replaceAll('"', '');
}
