import type { Source } from '../../../shared/model/article.ts';
import type { IngestDeps } from '../model/ingest-deps.ts';

/** The properties of an upload that its event holds. */
export type Upload = Pick<Source, 'key' | 'etag' | 'size' | 'sequencer' | 'uploadedAt'>;

/**
 * The upload from which a broken record can be made again: the present object of its key. Its event must come after the
 * one that made the record, because ingest cannot tell which parser made it. Sequencers are padded with zeros on the
 * right, so an appended 1 is before every later upload.
 * @returns undefined if the record does not say which file made it, or if the intake bucket does not hold the file
 * @throws CopydeskError if S3 or the table fails
 */
export async function uploadOfBroken(
  id: string,
  { articles, intake }: Pick<IngestDeps, 'articles' | 'intake'>,
): Promise<Upload | undefined> {
  const salvaged = await articles.getForWrite(id);
  const { key = '', sequencer = '' } = salvaged?.source ?? {};
  if ((await articles.find(key)).id !== id || sequencer === '') return undefined;
  const head = await intake.head(key);
  if (head === undefined) return undefined;
  const { etag, size, lastModified } = head;
  return {
    ...{ key, etag: etag.replaceAll('"', ''), size },
    ...{ sequencer: `${sequencer}1`, uploadedAt: lastModified.toISOString() },
  };
}
