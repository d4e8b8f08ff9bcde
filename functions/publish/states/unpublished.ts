import type { Bucket } from '../../../shared/aws/bucket.ts';
import { ArticleChange, joinChanges } from '../model/change.ts';
import { load, type StateStore } from './state.ts';

/**
 * Key prefix of notes. A note is about a change that fails even alone. It is one object for each article, with the
 * editions and files that may show the article. Lambda gives up such a change after some tries. Without the note an
 * old article, even a killed one, would stay on the site. The next rebuild publishes the noted changes.
 */
const NOTES = 'unpublished/';

const EXTENSION = '.json';

const JSON_TYPE = { contentType: 'application/json' };

/** A stored note. */
interface Note {
  key: string;
  etag: string;
  change: ArticleChange;
}

/** Stores a note of a change, joined with an earlier note. Changes of one article never run in parallel. */
export async function noteUnpublished(change: ArticleChange, store: StateStore): Promise<void> {
  const key = `${NOTES}${change.id}${EXTENSION}`;
  const earlier = await read(key, store);
  await store.storage.put(
    key,
    JSON.stringify(earlier ? joinChanges(earlier.change, change) : change),
    JSON_TYPE,
  );
}

/** All noted changes. The key of a broken note still names the article. */
export async function* unpublished(store: StateStore): AsyncGenerator<Note> {
  for await (const key of store.storage.keys(NOTES)) {
    const note = await read(key, store);
    if (note) yield note;
  }
}

/** Deletes the note of a published change, unless it has been written again meanwhile. */
export async function forget({ key, etag }: Note, storage: Bucket): Promise<void> {
  if ((await storage.head(key))?.etag === etag) await storage.delete(key);
}

async function read(key: string, store: StateStore): Promise<Note | undefined> {
  const id = key.slice(NOTES.length, -EXTENSION.length);
  const initial: ArticleChange = { id, editions: [], permalinks: [] };
  const { state, etag } = await load(store, { key, schema: ArticleChange, initial });
  return etag === undefined ? undefined : { key, etag, change: state };
}
