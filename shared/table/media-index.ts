import { createHash } from 'node:crypto';
import { stemOf } from '../model/media-address.ts';
import type { ItemKey } from './keys.ts';
import type { TableClient } from './table-client.ts';

/** Bytes. */
const LONGEST_SORT_KEY = 1_024;

/** Ids read in one page of a query: the first that is live is enough for the publisher. */
const PAGE = 100;

/**
 * Which articles refer to which media, and which media lie beside a story of their name: an item for each, found by
 * one query, so that what happens to a picture touches its articles and nothing else.
 */
export class MediaIndex {
  readonly #table: TableClient;

  constructor(table: TableClient) {
    this.#table = table;
  }

  /**
   * Notes that an article refers to media, before it is written. Safe in any order: `order` is that of the event by
   * which the article does, and an older one changes nothing.
   * @param media ids of their records
   * @param order the event's sequencer, padded
   */
  async refer(media: readonly string[], article: string, order: string): Promise<void> {
    await Promise.all(media.map(id => this.#put(referenceKey(id, article), order)));
  }

  /** Takes away what {@link refer} noted, unless a newer event has noted it again. */
  async forget(media: readonly string[], article: string, order: string): Promise<void> {
    await Promise.all(media.map(id => this.#delete(referenceKey(id, article), order)));
  }

  /** Ids of the articles that refer to media, or did once; consistent. */
  referrers(media: string): AsyncGenerator<string> {
    return this.#query(`media#${media}`);
  }

  /** Notes that a picture of this key is there, or is not. */
  async stand(key: string, isThere: boolean, order: string): Promise<void> {
    // DynamoDB takes no longer sort key; such a name stands in an archive of archives, and beside no story.
    if (Buffer.byteLength(key) > LONGEST_SORT_KEY) return;
    const item = { pk: besideKey(key), sk: key };
    await (isThere ? this.#put(item, order) : this.#delete(item, order));
  }

  /** Keys of the pictures that are named like this story; consistent, in the order of their names. */
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

  async *#query(pk: string): AsyncGenerator<string> {
    for await (const { sk } of this.#table.query(pk, { pageSize: PAGE })) yield String(sk);
  }
}

function referenceKey(media: string, article: string): ItemKey {
  return { pk: `media#${media}`, sk: article };
}

/** A digest, because a key can be longer than DynamoDB takes in a sort key, and stems of one folder stay apart. */
function besideKey(key: string): string {
  return `beside#${createHash('sha256').update(stemOf(key)).digest('hex')}`;
}
