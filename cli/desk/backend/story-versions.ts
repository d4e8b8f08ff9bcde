import { parseArticle } from '../../../functions/ingest/parse.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';
import type { ArticleRecord, ParsedArticle } from '../../../shared/model/article.ts';
import type { Settings } from '../../../shared/settings/settings.ts';
import type { Deployment } from '../../deployment/deployment.ts';

/** A version of a file as the parser of this checkout reads it. */
export interface ReadVersion {
  /** Undefined if the file is rejected, or is no longer in the bucket. */
  article?: ParsedArticle;
  /** Time of the upload, RFC 3339. */
  at?: string;
  /** Why there is no article. */
  reason?: string;
}

/** Maximum size of a file that is read again, in bytes. */
const MAX_READ_BYTES = 20_000_000;

/** Reads a version of the file of a record again. It stores nothing. */
export async function readVersion(
  { intake }: Pick<Deployment, 'intake'>,
  { source }: Pick<ArticleRecord, 'source'>,
  versionId: string | undefined,
  settings: Settings,
): Promise<ReadVersion> {
  if (source.memberOf !== undefined)
    return { reason: `It is a part of ${source.memberOf}, which was filed as a whole.` };
  const object = await intake.get(source.key, { versionId, maxBytes: MAX_READ_BYTES });
  if (object === undefined) return { reason: 'The intake bucket has no such version.' };
  const { bytes, contentType, metadata, lastModified } = object;
  try {
    const filedAt = lastModified.toISOString();
    const article = await parseArticle({ bytes, key: source.key, contentType, metadata, filedAt }, settings);
    return { article, at: filedAt };
  } catch (error) {
    if (error instanceof Rejection) return { reason: error.message };
    throw error;
  }
}
