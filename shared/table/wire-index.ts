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
  /** Last cancelled version of the item. Default: all versions are cancelled. */
  version?: number;
}

/** The entries of a wire item: its articles, and the files that cancel it. */
export interface WireEntries {
  articles: string[];
  cancellations: Cancellation[];
}

/** Id of a wire item. It includes the folder, so that an uploader of one folder cannot withdraw stories of another. */
export interface WireItemId {
  folder: string;
  id: string;
}

const ARTICLE = 'item#';
const CANCELLATION = 'cancel#';

/**
 * Index of wire items: their articles, and the files that cancel them. An item has one partition, so that one query reads
 * both, and the later of two writers always sees the other.
 */
export class WireIndex {
  readonly #table: TableClient;

  constructor(table: TableClient) {
    this.#table = table;
  }

  /** Notes that an article is this item. The entry is never removed, so readers compare it with the record. */
  async enter(item: WireItemId, article: string): Promise<void> {
    await this.#put({ pk: partitionOf(item), sk: `${ARTICLE}${article}` }, '0');
  }

  /** Notes that a file cancels this item. A later upload or deletion of the file does not undo it. */
  async cancel(item: WireItemId, { by, key, order, version }: Cancellation): Promise<void> {
    const entry = { pk: partitionOf(item), sk: `${CANCELLATION}${by}`, key };
    await this.#put(version === undefined ? entry : { ...entry, version }, order);
  }

  /** Reads the entries of an item. Consistent. */
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

/** The partition is a digest, because an id can be too long for DynamoDB. */
function partitionOf({ folder, id }: WireItemId): string {
  return `wire#${createHash('sha256').update(`${folder}\n${id}`).digest('hex')}`;
}
