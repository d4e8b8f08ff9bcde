import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import pMap from 'p-map';
import { awsFault } from '../../shared/aws/aws-errors.ts';
import { pathError } from '../output/usage-error.ts';
import type { FolderFile } from '../pipeline/folder.ts';

export interface SentFile {
  key: string;
  /** `there`: the bucket already held the same bytes with the same metadata. */
  state: 'sent' | 'there';
  etag: string;
  versionId?: string | undefined;
}

export interface Sent {
  files: SentFile[];
  /** Files that could not be read from the disk, each with the reason. */
  unread: { key: string; reason: string }[];
  /** The error that ended the upload early, for example a network failure. */
  stoppedBy?: unknown;
}

export interface SendOptions {
  s3: S3Client;
  bucket: string;
  metadata: Readonly<Record<string, string>>;
  /** Uploads files that the bucket holds, too. Ingest then makes their records, bodies and media again. */
  force?: boolean | undefined;
  concurrency: number;
  /** After the abort no further file is started. Files under way are finished. */
  signal: AbortSignal;
  onDone(count: number): void;
  /** Pauses before the retries of a request. After the last retry the request has failed. */
  pausesMs?: readonly number[];
}

/** Maximum size of a file. No setting allows more (`limits.mediaBytes`), and an upload holds the file in memory. */
const MAX_FILE_BYTES = 100_000_000;

/** Pauses after the quick retries of the SDK. They are long enough for a short network failure. */
const PAUSES_MS = [1_000, 2_000, 5_000];

/**
 * Uploads the files that the bucket does not hold yet. An interrupted upload can therefore be repeated, without state
 * of its own. A file is recognized by the digest in its metadata, which does not depend on encryption, or by its ETag.
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

/** Reads the bytes and the modification time of a file. Returns the reason if it cannot be sent. */
async function read({ file }: FolderFile): Promise<{ body: Uint8Array; mtime: string } | string> {
  try {
    const { size, mtimeMs } = await stat(file);
    if (size > MAX_FILE_BYTES)
      return `It has ${Math.round(size / 1e6)} MB; Copydesk reads no file above ${MAX_FILE_BYTES / 1e6} MB.`;
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
  const known = options.force ? undefined : await persistently(options, () => headOf(s3, bucket, key));
  if (known !== undefined && isSameFile(known, body, metadata))
    return { key, state: 'there', etag: known.etag, versionId: known.versionId };
  // Ingest uses `mtime` as the date of an article if the copy states no date.
  const Metadata = { ...metadata, mtime };
  const { ETag = '', VersionId } = await persistently(options, () =>
    s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, Metadata })),
  );
  return { key, state: 'sent', etag: plain(ETag), versionId: VersionId };
}

interface StoredObject {
  etag: string;
  versionId?: string | undefined;
  metadata: Readonly<Record<string, string>>;
}

async function headOf(s3: S3Client, Bucket: string, Key: string): Promise<StoredObject | undefined> {
  try {
    const { ETag = '', VersionId, Metadata = {} } = await s3.send(new HeadObjectCommand({ Bucket, Key }));
    return { etag: plain(ETag), versionId: VersionId, metadata: Metadata };
  } catch (error) {
    // Credentials that may only write get a 403. The upload is then repeated, and ingest recognizes the same file.
    if (['missing', 'forbidden'].includes(awsFault(error))) return undefined;
    throw error;
  }
}

/** Tells whether an object has the same bytes and metadata, except `mtime`, which changes with every save. */
function isSameFile(
  known: StoredObject,
  body: Uint8Array,
  { sha256, ...said }: Record<string, string>,
): boolean {
  const { sha256: itsDigest, mtime, ...itSays } = known.metadata;
  const isSame =
    itsDigest === undefined
      ? known.etag === createHash('md5').update(body).digest('hex')
      : itsDigest === sha256;
  const names = new Set([...Object.keys(said), ...Object.keys(itSays)]);
  return isSame && [...names].every(name => said[name] === itSays[name]);
}

async function persistently<T>(
  { signal, pausesMs = PAUSES_MS }: Pick<SendOptions, 'signal' | 'pausesMs'>,
  call: () => Promise<T>,
): Promise<T> {
  for (const pause of pausesMs) {
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
