import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CopydeskError } from '../../../shared/errors/errors.ts';
import type { Checksum } from './body.ts';

/** Records read at the same time: enough to keep a disk busy, far below the limit of open files. */
const READERS = 32;

/** Folder of a bucket in which records and bytes lie. */
export const OBJECTS = 'objects';

/** One version of an object, as it is stored beside its bytes. */
export interface ObjectVersion {
  versionId: string;
  sequencer: string;
  /** RFC 3339. */
  lastModified: string;
  deleteMarker: boolean;
  /** Name of the file with the bytes, in the folder of the record; empty for a delete marker. */
  file: string;
  size: number;
  /** Without quotes. */
  etag: string;
  /** Headers that a GET gives back: Content-Type, Cache-Control, x-amz-meta-*... with names in lower case. */
  headers: Readonly<Record<string, string>>;
  checksum?: Checksum | undefined;
}

/** What is kept of a key: a JSON file beside the files with the bytes. */
export interface KeyRecord {
  key: string;
  /** The newest first. None where the last one was deleted for good and the bucket keeps versions. */
  versions: ObjectVersion[];
  /** The version that was deleted for good since the newest one was written, with the sequencer of its deletion. */
  removed?: ObjectVersion | undefined;
}

/**
 * Reads the records of a bucket, and removes files that no record names: their upload was cut off by a crash.
 * @throws CopydeskError `broken-record` where a record cannot be read; it stays as it is, with its files
 */
export async function loadRecords(dir: string): Promise<Map<string, KeyRecord>> {
  await mkdir(dir, { recursive: true });
  const objects = new Map<string, KeyRecord>();
  const shards = await readdir(dir);
  const reader = async () => {
    for (let shard = shards.pop(); shard !== undefined; shard = shards.pop())
      await loadShard(join(dir, shard), objects);
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  return objects;
}

/**
 * Moves the damaged records of a bucket, and the files with their bytes, to another folder.
 * @returns what was moved
 */
export async function putAside(bucketDir: string, to: string): Promise<string[]> {
  const moved: string[] = [];
  const objects = join(bucketDir, OBJECTS);
  for (const shard of await readdir(objects).catch(() => [])) {
    const dir = join(objects, shard);
    const names = await readdir(dir);
    for (const name of names.filter(name => name.endsWith('.json'))) {
      if (await readRecord(join(dir, name)).catch(() => undefined)) continue;
      await mkdir(to, { recursive: true });
      for (const file of names.filter(other => other.startsWith(name.slice(0, -'json'.length)))) {
        await rename(join(dir, file), join(to, file));
        moved.push(join(to, file));
      }
    }
  }
  return moved;
}

async function loadShard(dir: string, objects: Map<string, KeyRecord>): Promise<void> {
  const names = await readdir(dir);
  const files = new Set(names.filter(name => !name.endsWith('.json')));
  for (const name of names.filter(name => name.endsWith('.json'))) {
    const record = await readRecord(join(dir, name));
    objects.set(record.key, record);
    for (const { file } of record.versions) files.delete(file);
  }
  for (const file of files) await rm(join(dir, file), { force: true });
}

async function readRecord(file: string): Promise<KeyRecord> {
  const text = await readFile(file, 'utf8');
  try {
    const record: KeyRecord = JSON.parse(text);
    if (typeof record.key === 'string' && Array.isArray(record.versions)) return record;
  } catch {
    // Said below.
  }
  const key = /"key":("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
  throw new BrokenRecordError(file, key === undefined ? undefined : JSON.parse(key));
}

/** Thrown when a record of a key cannot be read; its code is `broken-record`. */
export class BrokenRecordError extends CopydeskError {
  readonly file: string;
  /** The key, where that can still be read. */
  readonly key: string | undefined;

  constructor(file: string, key: string | undefined) {
    super('broken-record', `The record ${file} of a stored object is damaged.`, { subject: file });
    this.file = file;
    this.key = key;
  }
}
