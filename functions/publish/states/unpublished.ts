import type { Bucket } from '../../../shared/aws/bucket.ts';
import { ArticleChange, changeTo, joinChanges } from '../model/change.ts';
import { load, type StateStore } from './state.ts';

/**
 * Key prefix of notes. A note stores a change of one article that cannot be published even alone. Lambda gives up such
 * a change after some tries. Without the note an old article, even a killed one, could stay on the site. The next
 * rebuild publishes the noted changes.
 */
const NOTES = 'unpublished/';

const EXTENSION = '.json';

interface Note {
  key: string;
  etag: string;
  change: ArticleChange;
}

/** Stores a note of a change, and joins it with an earlier note. Changes of one article never run in parallel. */
export async function noteUnpublished(change: ArticleChange, store: StateStore): Promise<void> {
  const key = `${NOTES}${change.id}${EXTENSION}`;
  const earlier = await read(key, store);
  const json = JSON.stringify(earlier ? joinChanges(earlier.change, change) : change);
  await store.storage.put(key, json, { contentType: 'application/json' });
}

/** All noted changes. The key of a broken note still names the article. */
export async function* unpublished(store: StateStore): AsyncGenerator<Note> {
  for await (const key of store.storage.keys(NOTES)) {
    const note = await read(key, store);
    if (note) yield note;
  }
}

/** Deletes the note of a published change, unless another publisher has written the note again. */
export async function forget({ key, etag }: Note, storage: Bucket): Promise<void> {
  if ((await storage.head(key))?.etag === etag) await storage.delete(key);
}

async function read(key: string, store: StateStore): Promise<Note | undefined> {
  const id = key.slice(NOTES.length, -EXTENSION.length);
  const { state, etag } = await load(store, { key, schema: ArticleChange, initial: changeTo(id) });
  return etag === undefined ? undefined : { key, etag, change: state };
}
