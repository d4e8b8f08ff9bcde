import { inParallel } from '../../../shared/errors/in-parallel.ts';
import type { ArticleRecord, EmbeddedFile, Source } from '../../../shared/model/article.ts';
import { composeContext, type IngestDeps } from '../model/ingest-deps.ts';
import { composeTombstone } from './compose.ts';
import { deleteFormer, storeAndSettle } from './link-media.ts';

/** Number of articles that are removed at the same time. Removing is mostly waiting for the table. */
const CONCURRENCY = 8;

/**
 * Removes the records of files that another file holds or held. A repeated call passes over removed records quickly, so
 * each retry gets further.
 * @param members ids of the records of the files
 * @param source the file that holds them
 */
export async function removeMembers(
  members: readonly string[],
  source: Source,
  deps: IngestDeps,
): Promise<void> {
  const { sequencer, uploadedAt } = source;
  const remove = async (id: string): Promise<void> => {
    deps.requireTime?.(source.key);
    const known = await deps.articles.getForWrite(id);
    // If a function was interrupted, it has not stored this file.
    if (known === undefined) return;
    // If a function was interrupted after it had written the tombstone, the files are still there.
    if (known.status === 'deleted') return deleteFormer(known, deps);
    // A file of this key was uploaded by itself in the meantime. It has its own object in the bucket.
    if (known.source.memberOf === undefined) return;
    // A document in a zip has pictures of its own, and a mail has documents.
    await removeMembers([...membersOf(known), ...embeddedOf(known)], source, deps);
    await storeAndSettle(id, { ...known.source, sequencer }, deps, async current => {
      const { bucket, key } = (current ?? known).source;
      return composeTombstone(current, { bucket, key, sequencer, uploadedAt }, composeContext(deps));
    });
  };
  await inParallel(members, remove, { concurrency: CONCURRENCY });
}

/** Removes the pictures and recordings of an older version of a file that the present version does not hold. */
export async function removeUnknown(
  older: readonly EmbeddedFile[] = [],
  present: ArticleRecord,
  deps: IngestDeps,
): Promise<void> {
  const known = new Set(embeddedOf(present));
  const ids = older.map(({ key }) => deps.articles.idOf(key)).filter(id => !known.has(id));
  await removeMembers(ids, present.source, deps);
}

/** The ids of the records of a zip's files. */
export function membersOf(record: ArticleRecord | undefined): string[] {
  return record?.status === 'unpacked' ? record.members : [];
}

/** The ids of the records of the pictures and recordings in a document or a mail, also of the version before. */
export function embeddedOf(record: ArticleRecord | undefined): string[] {
  return [...(record?.embedded ?? []), ...(record?.unembedded ?? [])];
}
