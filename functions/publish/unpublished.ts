import type { Bucket } from '../../shared/objects.ts';
import { type Change, joined } from './changes.ts';

/**
 * Changes that could not be published although each was tried by itself: one object of the archive bucket for each
 * article, with all that is known of where it stood. Lambda gives such a change up after some tries, and keeps of it
 * nothing but its position in the stream; without the note an old article would stay as it was for ever, a killed one
 * among them. The next rebuild publishes what is noted.
 */
const NOTES = 'unpublished/';

const JSON_TYPE = { contentType: 'application/json' };

/** A note as it was read. */
interface Note {
  key: string;
  etag: string;
  change: Change;
}

/** Notes a change; what was noted of the article before stays known. Changes of one article come one by one. */
export async function noteUnpublished(change: Change, archive: Bucket): Promise<void> {
  const key = `${NOTES}${change.id}.json`;
  const earlier = await read(key, archive);
  await archive.put(key, JSON.stringify(earlier ? joined(earlier.change, change) : change), JSON_TYPE);
}

/** Every change that is noted. */
export async function* unpublished(archive: Bucket): AsyncGenerator<Note> {
  for await (const key of archive.keys(NOTES)) {
    const note = await read(key, archive);
    if (note) yield note;
  }
}

/** Takes away the note of a change that is published now, but not one that was written anew meanwhile. */
export async function forget({ key, etag }: Note, archive: Bucket): Promise<void> {
  if ((await archive.head(key))?.etag === etag) await archive.delete(key);
}

async function read(key: string, archive: Bucket): Promise<Note | undefined> {
  const object = await archive.get(key);
  return object && { key, etag: object.etag, change: JSON.parse(Buffer.from(object.bytes).toString()) };
}
