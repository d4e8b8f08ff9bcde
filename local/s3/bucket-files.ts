import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectVersion } from './bucket-store.ts';

/** Records read at the same time: enough to keep a disk busy, far below the limit of open files. */
const READERS = 32;

/**
 * Reads the records of a bucket, and removes files that no record names: their upload was cut off by a crash.
 * A record that cannot be read is left as it is, with its files, and a warning given.
 */
export async function loadObjects(dir: string): Promise<Map<string, ObjectVersion[]>> {
  await mkdir(dir, { recursive: true });
  const objects = new Map<string, ObjectVersion[]>();
  const shards = await readdir(dir);
  const reader = async () => {
    for (let shard = shards.pop(); shard !== undefined; shard = shards.pop())
      await loadShard(join(dir, shard), objects);
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  return objects;
}

async function loadShard(dir: string, objects: Map<string, ObjectVersion[]>): Promise<void> {
  const names = await readdir(dir);
  const files = new Set(names.filter(name => !name.endsWith('.json')));
  for (const name of names.filter(name => name.endsWith('.json'))) {
    const record = await readRecord(join(dir, name));
    if (record) {
      objects.set(record.key, record.versions);
      for (const { file } of record.versions) files.delete(file);
    } else {
      const hash = name.slice(0, -'json'.length);
      for (const file of files) if (file.startsWith(hash)) files.delete(file);
    }
  }
  for (const file of files) await rm(join(dir, file), { force: true });
}

async function readRecord(file: string): Promise<{ key: string; versions: ObjectVersion[] } | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    process.emitWarning(`The stored object ${file} cannot be read: ${(error as Error).message}`);
    return undefined;
  }
}
