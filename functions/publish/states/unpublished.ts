import type { Bucket } from '../../../shared/aws/bucket.ts';
import { ArticleChange, joinChanges } from '../model/change.ts';
import { load, type StateStore } from './state.ts';

/**
 * Changes that could not be published although each was tried by itself: one object of the storage bucket for each
 * article, with all that is known of where it stood. Lambda gives such a change up after some tries, and keeps of it
 * nothing but its position in the stream; without the note an old article would stay as it was for ever, a killed one
 * among them. The next rebuild publishes what is noted.
 */
const NOTES = 'unpublished/';

const EXTENSION = '.json';

const JSON_TYPE = { contentType: 'application/json' };

/** A note as it was read. */
interface Note {
  key: string;
  etag: string;
  change: ArticleChange;
}

/** Notes a change; what was noted of the article before stays known. Changes of one article come one by one. */
export async function noteUnpublished(change: ArticleChange, store: StateStore): Promise<void> {
  const key = `${NOTES}${change.id}${EXTENSION}`;
  const earlier = await read(key, store);
  await store.storage.put(
    key,
    JSON.stringify(earlier ? joinChanges(earlier.change, change) : change),
    JSON_TYPE,
  );
}

/** Every change that is noted. Of a note that is broken the key still names the article. */
export async function* unpublished(store: StateStore): AsyncGenerator<Note> {
  for await (const key of store.storage.keys(NOTES)) {
    const note = await read(key, store);
    if (note) yield note;
  }
}

/** Takes away the note of a change that is published now, but not one that was written anew meanwhile. */
export async function forget({ key, etag }: Note, storage: Bucket): Promise<void> {
  if ((await storage.head(key))?.etag === etag) await storage.delete(key);
}

async function read(key: string, store: StateStore): Promise<Note | undefined> {
  const id = key.slice(NOTES.length, -EXTENSION.length);
  const initial: ArticleChange = { id, editions: [], permalinks: [] };
  const { state, etag } = await load(store, { key, schema: ArticleChange, initial });
  return etag === undefined ? undefined : { key, etag, change: state };
}
