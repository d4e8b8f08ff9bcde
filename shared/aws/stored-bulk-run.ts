import { BULK_RUN_KEY, BulkNote, BulkRun, failuresPrefix } from '../model/bulk-run.ts';
import type { Bucket } from './bucket.ts';

/** Reads the present or last bulk run. Undefined if there is none, or if a different version wrote it. */
export async function readBulkRun(storage: Bucket): Promise<BulkRun | undefined> {
  return BulkRun.safeParse(await readJson(storage, BULK_RUN_KEY)).data;
}

/** Reads the notes about batches of a run that failed in part or as a whole, with their keys. */
export async function* bulkNotes(storage: Bucket, run: string): AsyncGenerator<BulkNote & { key: string }> {
  for await (const key of storage.keys(failuresPrefix(run))) {
    const { data } = BulkNote.safeParse(await readJson(storage, key));
    if (data !== undefined) yield { key, ...data };
  }
}

async function readJson(storage: Bucket, key: string): Promise<unknown> {
  const object = await storage.get(key);
  return object && JSON.parse(Buffer.from(object.bytes).toString('utf8'));
}
