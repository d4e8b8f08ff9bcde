import type { ItemKey } from './keys.ts';
import type { TableClient } from './table-client.ts';

/**
 * Maximum number of articles read per key, the newest first. Many articles share a key if they begin with the same words,
 * such as a daily forecast. Similar articles are also found by their other keys.
 */
const MAX_FOUND_BY_KEY = 50;

export interface Indexed {
  id: string;
  /** Time since which the article is in its duplicate group, RFC 3339. The newest articles are found first. */
  since: string;
  /** Version of the article's record at which the article is entered or removed. */
  version: number;
}

/**
 * Index of articles by parts of their fingerprints. There is one small item per article and key, and one query per key.
 */
export class SimilarityIndex {
  readonly #table: TableClient;

  constructor(table: TableClient) {
    this.#table = table;
  }

  /** Enters an article under keys. Entering it again changes nothing. */
  async enter(keys: readonly string[], article: Indexed): Promise<void> {
    const { id, version } = article;
    await Promise.all(
      keys.map(key => this.#table.putIfNewer(id, { ...itemKey(key, article), version }, 'version')),
    );
  }

  /** Removes an article from keys, unless a later version of its record has entered it again. */
  async leave(keys: readonly string[], article: Indexed): Promise<void> {
    const { id, version } = article;
    await Promise.all(
      keys.map(key => this.#table.deleteUnlessNewer(id, itemKey(key, article), 'version', version)),
    );
  }

  /** Ids of the articles under any of these keys, in a fixed order. */
  async find(keys: readonly string[]): Promise<string[]> {
    const found = await Promise.all(keys.map(key => this.#newest(key)));
    return [...new Set(found.flat())].sort();
  }

  async #newest(key: string): Promise<string[]> {
    const ids: string[] = [];
    for await (const { sk } of this.#table.query(partition(key), {
      descending: true,
      limit: MAX_FOUND_BY_KEY,
      subject: key,
    }))
      ids.push(String(sk).split('#')[1] ?? '');
    return ids;
  }
}

function partition(key: string): string {
  return `similar#${key}`;
}

function itemKey(key: string, { id, since }: Pick<Indexed, 'id' | 'since'>): ItemKey {
  return { pk: partition(key), sk: `${since}#${id}` };
}
