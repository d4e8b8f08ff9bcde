import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CopydeskError } from '../../../shared/errors/errors.ts';
import type { Checksum } from './body.ts';

/** Number of folders that are read at the same time. It keeps a disk busy and is far below the limit of open files. */
const READ_CONCURRENCY = 32;

/** Folder of a bucket that holds records and bytes. */
export const OBJECTS = 'objects';

/** The stored data of one version of an object, without its bytes. */
export interface ObjectVersion {
  versionId: string;
  sequencer: string;
  /** RFC 3339. */
  lastModified: string;
  deleteMarker: boolean;
  /** Name of the file with the bytes, in the folder of the record. Empty for a delete marker. */
  file: string;
  size: number;
  /** Without quotes. */
  etag: string;
  /** Headers that a GET returns (Content-Type, Cache-Control, x-amz-meta-*). Names are in lower case. */
  headers: Readonly<Record<string, string>>;
  checksum?: Checksum | undefined;
}

/** The record of a key. It is a JSON file next to the files with the bytes. */
export interface KeyRecord {
  key: string;
  /** The newest version first. Empty after the last version in a versioned bucket was deleted permanently. */
  versions: ObjectVersion[];
  /**
   * The version that was deleted permanently after the newest one was written, with the sequencer of the deletion.
   */
  removed?: ObjectVersion | undefined;
}

/**
 * Reads the records of a bucket. Files without a record are removed: a crash interrupted their upload.
 * @throws CopydeskError `broken-record` if a record cannot be read. The record and its files are kept
 */
export async function loadRecords(dir: string): Promise<Map<string, KeyRecord>> {
  await mkdir(dir, { recursive: true });
  const objects = new Map<string, KeyRecord>();
  const shards = await readdir(dir);
  const reader = async () => {
    for (let shard = shards.pop(); shard !== undefined; shard = shards.pop())
      await loadShard(join(dir, shard), objects);
  };
  await Promise.all(Array.from({ length: READ_CONCURRENCY }, reader));
  return objects;
}

/**
 * Moves the damaged records of a bucket, and the files with their bytes, to another folder.
 * @returns the new paths of the moved files
 */
export async function moveDamaged(bucketDir: string, to: string): Promise<string[]> {
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
    // The error below reports the damage.
  }
  const key = /"key":("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
  throw new BrokenRecordError(file, key === undefined ? undefined : JSON.parse(key));
}

/** Thrown when the record of a key cannot be read. Code: `broken-record`. */
export class BrokenRecordError extends CopydeskError {
  readonly file: string;
  /** The key, if it can still be read. */
  readonly key: string | undefined;

  constructor(file: string, key: string | undefined) {
    super('broken-record', `The record ${file} of a stored object is damaged.`, { subject: file });
    this.file = file;
    this.key = key;
  }
}
