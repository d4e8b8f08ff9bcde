import type { ItemKey } from './keys.ts';
import type { TableClient } from './table-client.ts';

/**
 * Articles that are looked at under one key: the newest. What more have in common, such as the first words of a
 * daily forecast, says little; the others are found by their other keys.
 */
const MAX_FOUND_BY_KEY = 50;

/** An article in the index. */
export interface Indexed {
  id: string;
  /** Since when the article has been in its duplicate group, RFC 3339; the newest are found first. */
  since: string;
  /** The version of its record that enters it, or that takes it away. */
  version: number;
}

/**
 * Which articles share a part of their fingerprint: one small item for each article and key, found by one query
 * for each key.
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

  /** Takes an article away from keys, unless a later version of its record has entered it again. */
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
