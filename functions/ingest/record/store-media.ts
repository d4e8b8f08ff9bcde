import { createHash } from 'node:crypto';
import { Rejection } from '../../../shared/errors/rejection.ts';
import type { MediaFacts, Source } from '../../../shared/model/article.ts';
import type { StrippedMedia } from '../media/stripped.ts';
import { composeContext, type IngestDeps } from '../model/ingest-deps.ts';
import { composeMedia } from './compose.ts';
import { storeAndSettle } from './link-media.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { storeRejected } from './store-rejected.ts';

/**
 * Stores a picture or recording: its record in the table, and its bytes without metadata in the storage
 * bucket. The key of the bytes contains the event's sequencer, so a late writer never replaces the bytes of a
 * newer upload.
 */
export async function storeMedia(
  id: string,
  source: Source,
  bytes: Uint8Array,
  deps: IngestDeps,
): Promise<Outcome> {
  const stripped = await tryToStrip(bytes);
  if (stripped instanceof Rejection) return storeRejected(id, source, stripped, deps);
  const { bytes: body, ...facts } = stripped;
  const duration = await durationOf(body, facts.type);
  const key = `media/${id}/${source.sequencer || source.etag}`;
  await deps.storage.put(key, body, { contentType: facts.type });
  const sha256 = createHash('sha256').update(body).digest('hex');
  const file = { ...facts, ...(duration && { duration }), length: body.length, key, sha256 };
  const { parserVersion } = deps;
  const stored = await storeAndSettle(id, source, deps, async current =>
    composeMedia(current, { source, file, parserVersion }, composeContext(deps)),
  );
  const { record } = stored;
  // If a later upload was rejected, its record still uses these bytes.
  const isKept = record.status === 'media' && record.file.key === key;
  if (stored.kind === 'stale' && !isKept) await deps.storage.delete(key);
  return outcomeOf(stored, id, undefined);
}

/** The readers of media are loaded with the first file that needs them. */
async function tryToStrip(bytes: Uint8Array): Promise<StrippedMedia | Rejection> {
  const { stripMedia } = await import('../media/strip-media.ts');
  try {
    return stripMedia(bytes);
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
}

/** The duration of a recording in seconds, if it is known. Its reader is loaded with the first recording. */
async function durationOf(body: Uint8Array, type: MediaFacts['type']): Promise<number | undefined> {
  if (type.startsWith('image/')) return undefined;
  const { durationOf: read } = await import('../media/duration.ts');
  return read(body, type);
}
