import { createHash } from 'node:crypto';
import { stemOf } from '../model/media-address.ts';
import type { ItemKey } from './keys.ts';
import type { QueryOptions, TableClient } from './table-client.ts';

/** Maximum length of a sort key in DynamoDB. */
const MAX_SORT_KEY_BYTES = 1_024;

/** Number of ids in one page of a query. The publisher needs only the first live article. */
const IDS_PER_PAGE = 100;

/**
 * The articles that refer to media, and the pictures that have the name of a story. Each of them has an item, so that
 * one query finds the articles of a picture.
 */
export class MediaIndex {
  readonly #table: TableClient;

  constructor(table: TableClient) {
    this.#table = table;
  }

  /**
   * Notes that an article refers to media, before the article is written. A call with an older `order` than the last
   * one changes nothing.
   * @param media ids of the records of the media
   * @param order padded sequencer of the event of the article
   */
  async refer(media: readonly string[], article: string, order: string): Promise<void> {
    await Promise.all(media.map(id => this.#put(referenceKey(id, article), order)));
  }

  /** Undoes {@link refer}, unless a newer event has recorded the reference again. */
  async forget(media: readonly string[], article: string, order: string): Promise<void> {
    await Promise.all(media.map(id => this.#delete(referenceKey(id, article), order)));
  }

  /**
   * Ids of articles that refer to a media file, or once referred to it. Consistent.
   * @param after id after which to begin. Default: the first
   */
  async *referrers(media: string, after?: string): AsyncGenerator<string> {
    // `~` sorts after all ids.
    const sort = after === undefined ? undefined : { from: after, until: '~' };
    for await (const id of this.#query(`media#${media}`, sort)) if (id !== after) yield id;
  }

  /** Notes that the picture with this key exists, or does not exist. */
  async stand(key: string, isThere: boolean, order: string): Promise<void> {
    // Only a file in nested zips can have such a long key.
    if (Buffer.byteLength(key) > MAX_SORT_KEY_BYTES) return;
    const item = { pk: besideKey(key), sk: key };
    await (isThere ? this.#put(item, order) : this.#delete(item, order));
  }

  /** Keys of the pictures with the name of a story, sorted by name. Consistent. */
  async beside(key: string): Promise<string[]> {
    const keys: string[] = [];
    for await (const found of this.#query(besideKey(key))) keys.push(found);
    return keys;
  }

  async #put(key: ItemKey, order: string): Promise<void> {
    await this.#table.putIfNewer(key.sk, { ...key, since: order }, 'since');
  }

  async #delete(key: ItemKey, order: string): Promise<void> {
    await this.#table.deleteUnlessNewer(key.sk, key, 'since', order);
  }

  async *#query(pk: string, sort?: QueryOptions['sort']): AsyncGenerator<string> {
    const options = { pageSize: IDS_PER_PAGE, ...(sort && { sort }) };
    for await (const { sk } of this.#table.query(pk, options)) yield String(sk);
  }
}

function referenceKey(media: string, article: string): ItemKey {
  return { pk: `media#${media}`, sk: article };
}

/** The key is a digest, because an object key can be too long for DynamoDB. */
function besideKey(key: string): string {
  return `beside#${createHash('sha256').update(stemOf(key)).digest('hex')}`;
}
