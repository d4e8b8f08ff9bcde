import { createHash } from 'node:crypto';
import { inParallel } from '../../../shared/errors/in-parallel.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';
import type { MediaFacts, Source } from '../../../shared/model/article.ts';
import { mediaKindOf, renditionKey, storedKeys } from '../../../shared/model/media-address.ts';
import { isThemeFile } from '../../../shared/model/theme-file.ts';
import type { StrippedMedia } from '../media/stripped.ts';
import { composeContext, type IngestDeps } from '../model/ingest-deps.ts';
import { composeMedia } from './compose.ts';
import { storeAndSettle } from './link-media.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { storeRejected } from './store-rejected.ts';

/**
 * Stores a picture, a recording, a transcript or a file of the look of the site: its record in the table, and its bytes without metadata in the storage bucket. A picture
 * has renditions too. The keys of the bytes contain the event's sequencer, so a late writer never replaces the bytes of a
 * newer upload.
 */
export async function storeMedia(
  id: string,
  source: Source,
  bytes: Uint8Array,
  deps: IngestDeps,
): Promise<Outcome> {
  const read = await tryToRead(bytes, source.key, deps);
  if (read instanceof Rejection) return storeRejected(id, source, read, deps);
  const { bytes: body, renditions: made, ...facts } = read;
  const duration = await durationOf(body, facts.type);
  const key = `media/${id}/${source.sequencer || source.etag}`;
  const { storage, parserVersion } = deps;
  await storage.put(key, body, { contentType: facts.type });
  await inParallel(made ?? [], ({ name, type, bytes }) =>
    storage.put(renditionKey(key, name), bytes, { contentType: type }),
  );
  const renditions = made?.map(({ name, bytes }) => ({ name, sha256: sha256Of(bytes) }));
  const file = {
    ...facts,
    ...(duration && { duration }),
    length: body.length,
    key,
    sha256: sha256Of(body),
    ...(renditions && { renditions }),
  };
  const stored = await storeAndSettle(id, source, deps, async current =>
    composeMedia(current, { source, file, parserVersion }, composeContext(deps)),
  );
  const { record } = stored;
  // If a later upload was rejected, its record still uses these bytes.
  const isKept = record.status === 'media' && record.file.key === key;
  if (stored.kind === 'stale' && !isKept) await inParallel(storedKeys(file), each => storage.delete(each));
  return outcomeOf(stored, id, undefined);
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The readers are loaded with the first file that needs them. */
async function tryToRead(
  bytes: Uint8Array,
  key: string,
  { settings, decodeInTurn = (_, decode) => decode() }: IngestDeps,
): Promise<StrippedMedia | Rejection> {
  try {
    if (isThemeFile(key)) {
      const { readThemeFile } = await import('../theme/read-theme.ts');
      return await readThemeFile(bytes, key, settings.site.icon);
    }
    if (mediaKindOf(key) === 'transcript') {
      const { readTranscript } = await import('../media/transcript.ts');
      return readTranscript(bytes, key);
    }
    const { readMedia } = await import('../media/read-media.ts');
    return await decodeInTurn(key, () => readMedia(bytes, settings.limits.parseSeconds));
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
}

/** The duration of a recording in seconds, if it is known. Its reader is loaded with the first recording. */
async function durationOf(body: Uint8Array, type: MediaFacts['type']): Promise<number | undefined> {
  if (!/^(?:audio|video)\//.test(type)) return undefined;
  const { durationOf: read } = await import('../media/duration.ts');
  return read(body, type);
}
