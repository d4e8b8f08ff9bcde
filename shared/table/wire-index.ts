import { createHash } from 'node:crypto';
import type { Item, ItemKey } from './keys.ts';
import type { TableClient } from './table-client.ts';

/** A file that cancels an item by its id. */
export interface Cancellation {
  /** Id of the record of that file, and its key. */
  by: string;
  key: string;
  /** Sequencer of the upload that cancels, padded. */
  order: string;
  /** Later versions of the item are not cancelled. Absent: all are. */
  version?: number;
}

/** What is known of an item of a wire: the articles that are it, and the files that cancel it. */
export interface WireEntries {
  articles: string[];
  cancellations: Cancellation[];
}

/** Items are told apart by folder: who may write one folder cannot withdraw the stories of another. */
export interface WireItemId {
  folder: string;
  id: string;
}

const ARTICLE = 'item#';
const CANCELLATION = 'cancel#';

/**
 * Which articles are which items of wires, and which files cancel them. One partition an item, so that one query
 * tells both, and whichever of two writers comes last sees the other.
 */
export class WireIndex {
  readonly #table: TableClient;

  constructor(table: TableClient) {
    this.#table = table;
  }

  /** Notes that an article is this item. It is noted for ever: readers compare with the article's record. */
  async enter(item: WireItemId, article: string): Promise<void> {
    await this.#put({ pk: partitionOf(item), sk: `${ARTICLE}${article}` }, '0');
  }

  /** Notes that a file cancels this item. No later upload or deletion of the file takes that back. */
  async cancel(item: WireItemId, { by, key, order, version }: Cancellation): Promise<void> {
    const entry = { pk: partitionOf(item), sk: `${CANCELLATION}${by}`, key };
    await this.#put(version === undefined ? entry : { ...entry, version }, order);
  }

  /** What is noted of an item; consistent. */
  async read(item: WireItemId): Promise<WireEntries> {
    const found: WireEntries = { articles: [], cancellations: [] };
    for await (const entry of this.#table.query(partitionOf(item), { subject: item.id })) {
      const sk = String(entry.sk);
      if (sk.startsWith(ARTICLE)) found.articles.push(sk.slice(ARTICLE.length));
      else found.cancellations.push(cancellationOf(sk.slice(CANCELLATION.length), entry));
    }
    return found;
  }

  async #put(entry: Item & ItemKey, order: string): Promise<void> {
    await this.#table.putIfNewer(entry.sk, { ...entry, since: order }, 'since');
  }
}

function cancellationOf(by: string, { key, since, version }: Item): Cancellation {
  const found = { by, key: String(key), order: String(since) };
  return typeof version === 'number' ? { ...found, version } : found;
}

/** A digest, because an id can be longer than DynamoDB takes in a key. */
function partitionOf({ folder, id }: WireItemId): string {
  return `wire#${createHash('sha256').update(`${folder}\n${id}`).digest('hex')}`;
}
